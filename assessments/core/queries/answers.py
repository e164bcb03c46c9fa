"""One respondent's answers, for the pages that ask."""

from dataclasses import dataclass, field

from django.db.models import F, Q

from assessments.models import Pick, Rating, Respondent
from assessments.scoring.sheets import Answer, answer_in

# What was carried over keeps the time it was given, so a note written to it since is known by its
# own. For rows of ratings or of picks.
GIVEN_HERE = Q(is_from_before=False) | Q(updated_at__gte=F("respondent__assessment__created_at"))


@dataclass(frozen=True, slots=True)
class Given:
    """What a respondent answered: values and notes by descriptor id, or by dimension key.

    A value is a step or stage, "unknown" or "not_applicable"; what has none is not a key. `before`
    holds what was carried over from the assessment before and neither confirmed nor changed yet:
    no answer.
    """

    values: dict[str, Answer] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    before: dict[str, Answer] = field(default_factory=dict)


def ratings_of(respondent: Respondent) -> Given:
    """Return the respondent's answers to descriptors. Costs: 1 query."""
    given = Given()
    rows = Rating.objects.filter(respondent=respondent)
    for key, step, word, note, is_before in rows.values_list(
        "descriptor_id", "step", "word", "note", "is_from_before"
    ):
        if (answer := answer_in(word, step)) is not None:
            (given.before if is_before else given.values)[key] = answer
        if note:
            given.notes[key] = note
    return given


def picks_of(respondent: Respondent) -> Given:
    """Return the respondent's choices of stages. Costs: 1 query."""
    given = Given()
    rows = Pick.objects.filter(respondent=respondent)
    for key, stage, word, note, is_before in rows.values_list(
        "dimension", "stage", "word", "note", "is_from_before"
    ):
        if (answer := answer_in(word, stage)) is not None:
            (given.before if is_before else given.values)[key] = answer
        if note:
            given.notes[key] = note
    return given
