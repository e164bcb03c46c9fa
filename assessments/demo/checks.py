"""PURE. Whether a story fits the model it is told about, and its days their order."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from assessments.demo.stories import (
    NO_ANSWER,
    DemoAnswers,
    DemoAssessment,
    DemoGuest,
    DemoOrganisation,
    DemoSetting,
    DemoStep,
)
from assessments.scoring.asked import QuestionSet, asked_of
from maturity.catalogue.matrix import Dimension, Matrix
from maturity.web.validation import Problem


def problems_in_guest(guest: DemoGuest, matrix: Matrix) -> Iterator[Problem]:
    """Yield what is wrong with the guest's assessment."""
    yield from _settings("guest", guest.settings, matrix)
    yield from _answers("guest", guest, matrix, asked_of(matrix, "free"))


def problems_in_organisation(story: DemoOrganisation, matrix: Matrix) -> Iterator[Problem]:
    """Yield what is wrong with an organisation's story."""
    for number, assessment in enumerate(story.assessments):
        place = f"assessments[{number}]"
        if assessment.begun <= story.since:
            yield Problem(f"{place}.begun", "is not after the day in since")
        if assessment.follows_last and number == 0:
            yield Problem(f"{place}.follows_last", "is true for the first assessment")
        yield from _assessment(place, assessment, matrix)


def _assessment(place: str, assessment: DemoAssessment, matrix: Matrix) -> Iterator[Problem]:
    if assessment.date <= assessment.begun:
        yield Problem(f"{place}.date", "is not after the day in begun")
    if assessment.closed and assessment.closed <= assessment.date:
        yield Problem(f"{place}.closed", "is not after the day in date")
    if assessment.asked_up_to not in (None, *matrix.stage_by_number):
        yield Problem(f"{place}.asked_up_to", "is no stage of the model")
    yield from _settings(place, assessment.settings, matrix)
    asked = asked_of(matrix, assessment.asked, assessment.asked_up_to)
    is_named = assessment.voices == "named"
    for number, each in enumerate(assessment.respondents):
        here = f"{place}.respondents[{number}]"
        if bool(each.name) != is_named or (each.email and not is_named):
            yield Problem(here, "has a name exactly when voices is named")
        if each.begun is None and (each.answers or each.picks or each.notes or not is_named):
            yield Problem(here, "has answers but has not begun")
        if each.begun and not assessment.begun <= each.begun.date() < assessment.date:
            yield Problem(f"{here}.begun", "is not between the assessment's begun and date")
        for group, option in each.groups.items():
            if option not in assessment.groups.get(group, ()):
                yield Problem(f"{here}.groups.{group}", "is not among the assessment's groups")
        yield from _answers(here, each, matrix, asked)
    top = {"rating": matrix.top_step, "pick": matrix.stages[-1].number}
    for number, agreed in enumerate(assessment.agreed):
        here = f"{place}.agreed[{number}]"
        kind = kind_of(agreed.key, matrix)
        if not asked.is_asked(kind, agreed.key):
            yield Problem(f"{here}.key", "is not asked in this assessment")
        if not 0 <= agreed.value <= top[kind]:
            yield Problem(f"{here}.value", f"is not between 0 and {top[kind]}")
    in_place = {each.key for each in assessment.agreed if each.value == matrix.top_step}
    for number, step in enumerate(assessment.steps):
        yield from _step(f"{place}.steps[{number}]", step, assessment, matrix, in_place)


def kind_of(key: str, matrix: Matrix) -> Literal["rating", "pick"]:
    """Return what an answer with this key is: a pick for a dimension, else a rating."""
    return "pick" if key in matrix.dimension_by_key else "rating"


def _step(
    place: str, step: DemoStep, assessment: DemoAssessment, matrix: Matrix, in_place: set[str]
) -> Iterator[Problem]:
    if step.descriptor not in matrix.descriptors:
        yield Problem(f"{place}.descriptor", "is no descriptor of the model")
    if step.descriptor in in_place:
        yield Problem(f"{place}.descriptor", "was agreed to be in place already")
    for name, day in (("due", step.due), ("done", step.done)):
        if assessment.closed is None or (day and day <= assessment.closed):
            yield Problem(f"{place}.{name}", "is not after the day in closed")


def _settings(place: str, settings: Mapping[str, DemoSetting], matrix: Matrix) -> Iterator[Problem]:
    yield from _dimensions(f"{place}.settings", settings, matrix)
    for key, each in settings.items():
        if each.target not in (None, *matrix.stage_by_number):
            yield Problem(f"{place}.settings.{key}.target", "is no stage of the model")


def _answers(
    place: str, given: DemoAnswers, matrix: Matrix, asked: QuestionSet
) -> Iterator[Problem]:
    yield from _dimensions(f"{place}.answers", given.answers, matrix)
    yield from _dimensions(f"{place}.picks", given.picks, matrix)
    for key, letters in given.answers.items():
        if key in matrix.dimension_by_key:
            here = f"{place}.answers.{key}"
            yield from _letters(here, letters, matrix.dimension_by_key[key], matrix, asked)
    for key, pick in given.picks.items():
        if not asked.is_asked("pick", key):
            yield Problem(f"{place}.picks.{key}", "is not asked in this assessment")
        if pick != "unknown" and pick not in matrix.stage_by_number:
            yield Problem(f"{place}.picks.{key}", "is no stage of the model")
    for key in given.notes:
        if not asked.is_asked(kind_of(key, matrix), key):
            yield Problem(f"{place}.notes.{key}", "is not asked in this assessment")


def _letters(
    place: str, letters: str, row: Dimension, matrix: Matrix, asked: QuestionSet
) -> Iterator[Problem]:
    groups = letters.split(" ")
    if len(groups) > len(row.cells):
        yield Problem(place, f"has {len(groups)} groups for {len(row.cells)} stages")
    known = f"u-{NO_ANSWER}" + "".join(map(str, range(matrix.top_step + 1)))
    for cell, group in zip(row.cells, groups, strict=False):
        where = f"stage {cell.stage}"
        if len(group) != len(cell.descriptors):
            yield Problem(
                place, f"{where} has {len(group)} letters for {len(cell.descriptors)} descriptors"
            )
        for descriptor, letter in zip(cell.descriptors, group, strict=False):
            if letter not in known:
                yield Problem(place, f"{where} has the letter {letter!r}; known are {known}")
            elif letter != NO_ANSWER and not asked.is_asked("rating", descriptor.id):
                yield Problem(place, f"{where} answers {descriptor.id}, which is not asked")


def _dimensions(place: str, keys: Iterable[str], matrix: Matrix) -> Iterator[Problem]:
    for key in keys:
        if key not in matrix.dimension_by_key:
            yield Problem(f"{place}.{key}", "is no dimension of the model")
