"""The whole assessment as the answer sheet a placement is computed from."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Aggregate, TextField
from django.db.models.functions import Cast, Coalesce

from assessments.models import Assessment, DimensionSetting, Pick, Rating, Respondent
from assessments.scoring.sheets import (
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    AnswerSheet,
    RespondentAnswers,
)
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrix_of_version


@dataclass(frozen=True, slots=True)
class Collected:
    """An answer sheet, and the ids of its respondents in the sheet's order."""

    sheet: AnswerSheet
    ids: tuple[int, ...]


def answer_sheet_of(assessment: Assessment) -> AnswerSheet:
    """Return everything answered in the assessment; respondents by name, then by age.

    This is what was said, with nothing held back and nothing agreed on: pages and exports show
    `standing_of` instead. Answers carried over from the assessment before and not confirmed yet
    are left out. The organisation must be loaded. Costs: 5 queries.
    """
    return collected_in(assessment).sheet


class _Joined(Aggregate):
    """Texts joined by commas; no key of a model holds one."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "%(function)s(%(expressions)s, ',')"
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template=template, **context
        )


def ratings_given(assessment: Assessment, matrix: Matrix) -> dict[int, dict[str, Answer]]:
    """Return what everybody answered to statements, by the respondent's id. Costs: 1 query.

    Answers carried over from the assessment before and not confirmed yet are left out.
    """
    # Thousands of answers: fetched as one long row a person, which takes a third of the time.
    # Both columns are joined in the same pass over the same rows, so they run side by side.
    answers: list[Answer] = [*range(len(matrix.scale)), NOT_APPLICABLE, UNKNOWN]
    by_text = {str(answer): answer for answer in answers}
    found = (
        Rating.objects.filter(respondent__assessment=assessment, is_from_before=False)
        .exclude(step=None, word="")
        .values_list("respondent_id")
        .annotate(
            keys=_Joined("descriptor_id"),
            answers=_Joined(Coalesce(Cast("step", TextField()), "word")),
        )
    )
    return {
        pk: dict(zip(keys.split(","), map(by_text.__getitem__, texts.split(",")), strict=True))
        for pk, keys, texts in found
    }


def figures_in(assessment: Assessment) -> Collected:
    """Return the same as `collected_in` without the notes on statements. Costs: 4 queries."""
    return _collected(assessment, {})


def collected_in(assessment: Assessment) -> Collected:
    """Return the same with the respondents' ids. Costs: 5 queries."""
    notes: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Rating.objects.filter(respondent__assessment=assessment).exclude(note="").order_by("pk")
    for pk, key, *note in rows.values_list("respondent_id", "descriptor_id", *_NOTE):
        if _is_own(assessment, *note):
            notes[pk][key] = note[0]
    return _collected(assessment, notes)


_NOTE = ("note", "is_from_before", "updated_at")


def _is_own(assessment: Assessment, note: str, is_from_before: bool, at: datetime) -> bool:
    """Say whether there is a note of this assessment; one carried over keeps its older time."""
    return bool(note) and (not is_from_before or at >= assessment.created_at)


def _people(assessment: Assessment) -> list[tuple[int, str]]:
    rows = Respondent.objects.filter(assessment=assessment).order_by("name", "pk")
    return list(rows.values_list("pk", "name"))


def _collected(assessment: Assessment, notes: Mapping[int, Mapping[str, str]]) -> Collected:
    people = _people(assessment)
    ratings = ratings_given(assessment, matrix_of_version(assessment.model_version_id))
    picks: dict[int, dict[str, int]] = defaultdict(dict)
    noted = {pk: dict(each) for pk, each in notes.items()}
    rows = Pick.objects.filter(respondent__assessment=assessment).order_by("pk")
    for pk, key, stage, *note in rows.values_list("respondent_id", "dimension", "stage", *_NOTE):
        if stage is not None and not note[1]:
            picks[pk][key] = stage
        if _is_own(assessment, *note):
            noted.setdefault(pk, {})[key] = note[0]
    settings = list(DimensionSetting.objects.filter(assessment=assessment).order_by("pk"))
    sheet = AnswerSheet(
        respondents=tuple(
            RespondentAnswers(
                name=name,
                ratings=dict(ratings.get(pk, {})),
                picks=dict(picks.get(pk, {})),
                notes=noted.get(pk, {}),
            )
            for pk, name in people
        ),
        targets={s.dimension: s.target for s in settings if s.target is not None},
        weights={s.dimension: Fraction(s.weight) for s in settings},
        baseline={s.dimension: Fraction(s.baseline) for s in settings if s.baseline is not None},
        organisation=assessment.organisation.name,
        date=assessment.date.isoformat(),
    )
    return Collected(sheet, tuple(pk for pk, _ in people))
