"""Everybody's answers, for the page that compares them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from assessments.core.queries.agreed import Decision, decisions_of
from assessments.core.queries.sheets import ratings_given
from assessments.models import Assessment, Pick, Rating, Respondent
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from maturity.catalogue.matrix import Dimension, Matrix


@dataclass(frozen=True, slots=True)
class Voices:
    """What people said and what the group decided, with everybody as they are.

    `groups` runs like the sheet's respondents. Of an anonymous assessment none of this may reach a
    page before `scoring/confidential.py` has seen it. `decisions` include what was taken back.
    """

    sheet: AnswerSheet
    groups: tuple[Mapping[str, str], ...]
    decisions: tuple[Decision, ...]


def voices_of(assessment: Assessment, matrix: Matrix, dimension: Dimension | None = None) -> Voices:
    """Return what everybody answered, to one dimension with the notes or to all without.

    Respondents by name, then by age. Answers carried over from before and not confirmed are left
    out. Costs: 4 queries.
    """
    ratings: dict[int, dict[str, Any]] = defaultdict(dict)
    picks: dict[int, dict[str, int]] = defaultdict(dict)
    notes: dict[int, dict[str, str]] = defaultdict(dict)
    rating_rows = Rating.objects.filter(respondent__assessment=assessment)
    pick_rows = Pick.objects.filter(respondent__assessment=assessment)
    if dimension is None:
        ratings.update(ratings_given(assessment, matrix))
        pick_rows = pick_rows.filter(is_from_before=False)
        for pk, key, stage in pick_rows.values_list("respondent_id", "dimension", "stage"):
            if stage is not None:
                picks[pk][key] = stage
    else:
        # A note carried over keeps its time, so one that was written since is known by it.
        own_notes = Q(is_from_before=False) | Q(updated_at__gte=assessment.created_at)
        ids = [each.id for each in dimension.descriptors]
        rating_rows = rating_rows.filter(own_notes, descriptor_id__in=ids).order_by("pk")
        for pk, key, step, word, note, is_from_before in rating_rows.values_list(
            "respondent_id", "descriptor_id", "step", "word", "note", "is_from_before"
        ):
            if not is_from_before and (word or step is not None):
                ratings[pk][key] = word or step
            if note:
                notes[pk][key] = note
        pick_rows = pick_rows.filter(own_notes, dimension=dimension.key).order_by("pk")
        for pk, key, stage, note, is_from_before in pick_rows.values_list(
            "respondent_id", "dimension", "stage", "note", "is_from_before"
        ):
            if not is_from_before and stage is not None:
                picks[pk][key] = stage
            if note:
                notes[pk][key] = note
    people = list(
        Respondent.objects.filter(assessment=assessment)
        .order_by("name", "pk")
        .values_list("pk", "name", "user__name", "user__email", "email", "groups")
    )
    decisions = tuple(decisions_of(assessment, also_taken_back=True))
    in_force: Any = [each for each in decisions if each.is_in_force]
    return Voices(
        sheet=AnswerSheet(
            respondents=tuple(
                RespondentAnswers(
                    name=next(filter(None, names), f"Person {number}"),
                    ratings=ratings[pk],
                    picks=picks[pk],
                    notes=notes[pk],
                )
                for number, (pk, *names, _) in enumerate(people, 1)
            ),
            agreed_ratings={each.key: each.value for each in in_force if each.what == "rating"},
            agreed_picks={each.key: each.value for each in in_force if each.what == "pick"},
        ),
        groups=tuple(groups or {} for *_, groups in people),
        decisions=decisions,
    )
