"""Start an assessment in an organisation, and change how it is set up."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from assessments.core.queries.answers import GIVEN_HERE
from assessments.core.services.locking import AssessmentClosed, AssessmentGone
from assessments.core.services.setup import Groups
from assessments.models import Assessment, Pick, Rating, Respondent, Result
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Organisation

# What stands still once somebody has answered, and how a page calls it.
LOCKED_WORDS = {
    "voices": "named or anonymous",
    "fewest_answers": "the fewest answers",
    "asked": "what is asked",
    "groups": "the groups",
}


class SetupLocked(Exception):
    """These fields cannot be changed any more, because somebody answered meanwhile."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = tuple(fields)


class AsksOnePersonOnly(Exception):
    """One person answers this assessment as they like; with several, all are asked the same."""


@transaction.atomic
def new_assessment(
    organisation: Organisation,
    *,
    model_version_id: int,
    date: dt.date,
    purpose: str,
    scope: str,
    voices: str,
    fewest_answers: int,
    asked: str,
    asked_up_to: int | None,
    groups: Groups,
    follows: Assessment | None = None,
    now: dt.datetime,
    by: Actor,
) -> Assessment:
    """Start an assessment in an organisation whose workspace is loaded.

    Nobody is asked yet; it takes answers at once. `follows` is one of the same organisation.
    Costs: 2 queries.
    """
    assessment = Assessment.objects.create(
        workspace=organisation.workspace,
        organisation=organisation,
        model_version_id=model_version_id,
        date=date,
        purpose=purpose,
        scope=scope,
        voices=voices,
        fewest_answers=fewest_answers,
        asked=asked,
        asked_up_to=asked_up_to,
        groups=list(groups),
        follows=follows,
        created_at=now,
    )
    record_event(
        "assessment.started",
        by=by,
        subject=assessment.public_id,
        workspace=organisation.workspace.public_id,
        at=now,
        detail={"organisation": organisation.public_id, "voices": voices, "asked": asked},
    )
    return assessment


@transaction.atomic
def change_setup(
    assessment: Assessment,
    *,
    date: dt.date,
    purpose: str,
    scope: str,
    voices: str,
    fewest_answers: int,
    asked: str,
    asked_up_to: int | None,
    groups: Groups,
    now: dt.datetime,
    by: Actor,
) -> None:
    """Change how an assessment is set up; what respondents were told is told to them again.

    What came along from the assessment before goes where it must not be seen: see
    `drops_what_came_along`.
    Raises: AssessmentClosed; SetupLocked, when something was answered, or somebody began, and this
    would change what its respondents were promised; AsksOnePersonOnly, when several are asked
    already.
    Costs: 5 to 14 queries.
    """
    current = locked(assessment)
    if current.is_closed:
        raise AssessmentClosed
    wanted = {
        "voices": voices,
        "fewest_answers": fewest_answers,
        "asked": (asked, asked_up_to),
        "groups": list(groups),
    }
    held = [name for name in locked_in(current) if not _may_become(current, name, wanted[name])]
    if held:
        raise SetupLocked(held)
    people = Respondent.objects.filter(assessment=current)
    if asked == Assessment.Asked.FREE and people.count() > 1:
        raise AsksOnePersonOnly
    told_before = _told(current)
    if voices != current.voices:
        _drop_what_came_along(current)
    is_told_again = not _only_adds(current.groups, list(groups)) or (
        voices == Assessment.Voices.ANONYMOUS and fewest_answers < current.fewest_answers
    )
    changed = []
    for name, value in {
        "date": date,
        "purpose": purpose,
        "scope": scope,
        "voices": voices,
        "fewest_answers": fewest_answers,
        "asked": asked,
        "asked_up_to": asked_up_to,
        "groups": list(groups),
    }.items():
        if getattr(current, name) != value:
            setattr(current, name, value)
            changed.append(name)
    if not changed:
        return
    current.revision += 1
    current.save(update_fields=[*changed, "revision"])
    if _told(current) != told_before or is_told_again:
        people.update(begun_at=None)
    record_event(
        "assessment.setup_changed",
        by=by,
        subject=current.public_id,
        workspace=current.workspace.public_id,
        at=now,
        detail={"changed": changed},
    )


def locked(assessment: Assessment) -> Assessment:
    """Return the assessment as it is now, locked until the transaction ends.

    Who saves an answer takes the same lock, so what is read under it stays true.
    Raises: AssessmentGone. Costs: 1 query.
    """
    rows = Assessment.objects.select_for_update(of=("self",))
    found = rows.select_related("workspace", "organisation").filter(pk=assessment.pk).first()
    if found is None:
        raise AssessmentGone
    return found


def is_answered(assessment: Assessment) -> bool:
    """Say whether anybody has answered or noted anything; what was carried over is no answer yet.

    Costs: 1 or 2 queries.
    """
    ratings = Rating.objects.filter(GIVEN_HERE, respondent__assessment=assessment)
    picks = Pick.objects.filter(GIVEN_HERE, respondent__assessment=assessment)
    return ratings.exists() or picks.exists()


def locked_in(assessment: Assessment) -> list[str]:
    """Return which of `LOCKED_WORDS` stand still: all of them from the first answer or note on.

    An anonymous one stays anonymous from the moment somebody has begun: they were told so.
    Costs: 1 to 4 queries.
    """
    if is_answered(assessment):
        return list(LOCKED_WORDS)
    return ["voices"] if assessment.is_anonymous and _is_begun(assessment) else []


def drops_what_came_along(assessment: Assessment) -> bool:
    """Say whether answers came along that must go when this anonymous one becomes a named one.

    They were given anonymously, so they may stand nowhere with a name. Costs: 1 to 3 queries.
    """
    if not assessment.is_anonymous or _follows_named(assessment):
        return False
    return any(rows.exists() for rows in _came_along(assessment))


def _is_begun(assessment: Assessment) -> bool:
    begun = Respondent.objects.filter(assessment=assessment, begun_at__isnull=False)
    return begun.exists() or Result.objects.filter(assessment=assessment).exists()


def _follows_named(assessment: Assessment) -> bool:
    named = Assessment.objects.filter(voices=Assessment.Voices.NAMED)
    return assessment.follows_id is not None and named.filter(pk=assessment.follows_id).exists()


def _came_along(assessment: Assessment) -> tuple[QuerySet[Rating], QuerySet[Pick]]:
    mine = {"respondent__assessment": assessment, "is_from_before": True}
    return Rating.objects.filter(**mine), Pick.objects.filter(**mine)


def _drop_what_came_along(current: Assessment) -> None:
    """Delete what may not cross over when the voices of one that nobody answered change.

    No answer and no choice of a group becomes a named one that was given anonymously, and no note
    that stood beside a name comes to stand among those without.
    """
    ratings, picks = _came_along(current)
    if current.is_anonymous:
        Respondent.objects.filter(assessment=current).update(groups={})
        if not _follows_named(current):
            ratings.delete()
            picks.delete()
        return
    ratings.filter(step=None, word="").delete()
    picks.filter(stage=None, word="").delete()
    ratings.update(note="")
    picks.update(note="")


def _told(assessment: Assessment) -> tuple[object, ...]:
    """Return what respondents were told before they began."""
    return (assessment.voices, assessment.asked, assessment.asked_up_to)


def _may_become(current: Assessment, name: str, wanted: Any) -> bool:
    """Return whether a field may take a value although somebody has answered."""
    if name == "asked":
        return bool((current.asked, current.asked_up_to) == wanted)
    if name == "fewest_answers":
        # They were told how many it takes; more of them keeps that promise, until figures show.
        kept = current.fewest_answers
        return bool(wanted == kept or (wanted > kept and current.takes_answers))
    if name == "groups":
        return _only_adds(current.groups, wanted)
    return bool(getattr(current, name) == wanted)


def _only_adds(before: Groups, after: Groups) -> bool:
    """Return whether every group is still there in its place with every option it had."""
    return len(before) == len(after) and all(
        old["name"] == new["name"] and set(old["options"]) <= set(new["options"])
        for old, new in zip(before, after, strict=True)
    )
