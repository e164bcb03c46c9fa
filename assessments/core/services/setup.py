"""How an assessment is set up: the rules that pages and the API share."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.core.exceptions import ValidationError

from assessments.models import Assessment
from maturity.catalogue.matrix import Matrix

ME, SEVERAL = "me", "several"
PICKS, ALL_GATES, SOME_GATES = "picks", "gates", "gates_up_to"
USUAL_FEWEST = 5
MOST_GROUPS = 5
MOST_OPTIONS = 20
GROUP_LENGTH = 60

Groups = Sequence[Mapping[str, Any]]
"""The lead's own list: `[{"name": "Function", "options": ["Service", "IT"]}]`."""


class Setup(TypedDict):
    """What the lead decides, as `new_assessment` and `change_setup` take it."""

    date: dt.date
    purpose: str
    scope: str
    voices: str
    fewest_answers: int
    asked: str
    asked_up_to: int | None
    groups: Groups


def setup_of(
    *,
    date: dt.date,
    purpose: str,
    scope: str,
    who: str,
    voices: str,
    fewest_answers: int,
    asked: str,
    asked_up_to: int | None,
    groups: Groups,
    matrix: Matrix,
) -> Setup:
    """Return the set-up for what was chosen; of one person's only the first three count.

    Raises: ValidationError, by field.
    """
    if who == ME:
        voices, asked, groups = Assessment.Voices.NAMED.value, Assessment.Asked.FREE.value, []
    if asked != SOME_GATES:
        asked_up_to = None
    elif asked_up_to in [stage.number for stage in matrix.stages[1:]]:
        asked = ALL_GATES
    else:
        raise ValidationError({"asked_up_to": "Please choose one of this model’s stages."})
    if problem := groups_problem(groups):
        raise ValidationError({"groups": problem})
    return Setup(
        date=date,
        purpose=purpose,
        scope=scope,
        voices=voices,
        fewest_answers=fewest_answers,
        asked=asked,
        asked_up_to=asked_up_to,
        groups=groups,
    )


def groups_problem(groups: Groups) -> str:
    """Return what is wrong with a list of groups, or an empty text."""
    if len(groups) > MOST_GROUPS:
        return f"At most {MOST_GROUPS} groups, please."
    names = [group["name"].casefold() for group in groups]
    if len(set(names)) < len(names):
        return "Two groups have the same name. Please put them into one."
    for group in groups:
        name, options = group["name"], group["options"]
        if len(options) > MOST_OPTIONS:
            return f"“{name[:60]}”: at most {MOST_OPTIONS} choices, please."
        if too_long := next((each for each in (name, *options) if len(each) > GROUP_LENGTH), ""):
            return f"“{too_long[:60]}…”: {GROUP_LENGTH} characters at most, please."
        if len({option.casefold() for option in options}) < len(options):
            return f"“{name}”: the same choice stands there twice."
    return ""
