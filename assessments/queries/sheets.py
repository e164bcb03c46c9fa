"""The whole assessment as the answer sheet a placement is computed from."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.models import Assessment, DimensionSetting, Pick, Rating, Respondent
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers


@dataclass(frozen=True, slots=True)
class Collected:
    """An answer sheet, and the ids of its respondents in the sheet's order."""

    sheet: AnswerSheet
    ids: tuple[int, ...]


def answer_sheet_of(assessment: Assessment) -> AnswerSheet:
    """Return everything answered in the assessment; respondents by name, then by age.

    This is what was said, with nothing held back and nothing agreed on: pages and exports show
    `standing_of` instead. Answers carried over from the assessment before and not confirmed yet
    are left out. The organisation must be loaded. Costs: 4 queries.
    """
    return collected_in(assessment).sheet


def collected_in(assessment: Assessment) -> Collected:
    """Return the same with the respondents' ids. Costs: 4 queries."""
    people = list(
        Respondent.objects.filter(assessment=assessment)
        .order_by("name", "pk")
        .values_list("pk", "name")
    )
    ratings: dict[int, dict[str, Any]] = defaultdict(dict)
    picks: dict[int, dict[str, int]] = defaultdict(dict)
    notes: dict[int, dict[str, str]] = defaultdict(dict)
    began = assessment.created_at
    rating_rows = Rating.objects.filter(respondent__assessment=assessment).order_by("pk")
    for pk, key, step, word, note, is_from_before, at in rating_rows.values_list(
        "respondent_id", "descriptor_id", "step", "word", "note", "is_from_before", "updated_at"
    ):
        if not is_from_before and (word or step is not None):
            ratings[pk][key] = word or step
        # A note carried over keeps its time, so one that was written since is known by it.
        if note and (not is_from_before or at >= began):
            notes[pk][key] = note
    pick_rows = Pick.objects.filter(respondent__assessment=assessment).order_by("pk")
    for pk, key, stage, note, is_from_before, at in pick_rows.values_list(
        "respondent_id", "dimension", "stage", "note", "is_from_before", "updated_at"
    ):
        if not is_from_before and stage is not None:
            picks[pk][key] = stage
        if note and (not is_from_before or at >= began):
            notes[pk][key] = note
    settings = list(DimensionSetting.objects.filter(assessment=assessment).order_by("pk"))
    sheet = AnswerSheet(
        respondents=tuple(
            RespondentAnswers(name=name, ratings=ratings[pk], picks=picks[pk], notes=notes[pk])
            for pk, name in people
        ),
        targets={s.dimension: s.target for s in settings if s.target is not None},
        weights={s.dimension: Fraction(s.weight) for s in settings},
        baseline={s.dimension: Fraction(s.baseline) for s in settings if s.baseline is not None},
        organisation=assessment.organisation.name,
        date=assessment.date.isoformat(),
    )
    return Collected(sheet, tuple(pk for pk, _ in people))
