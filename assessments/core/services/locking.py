"""Take an assessment's row for a change: one change at a time, and none after closing.

Whoever changes anything a placement depends on takes the row first, so that no change slips in
between the moment a result is computed and the moment it is frozen.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.db.models import Exists, F

from assessments.models import Assessment, Respondent


class AssessmentGone(LookupError):
    """The assessment was deleted meanwhile."""


class AnswersEnded(AssessmentGone):
    """No more answers are taken: collecting ended, or the assessment was closed, meanwhile."""


class NotAsked(ValueError):
    """This is not what the assessment asks, or not how: its lead changed that meanwhile."""


class AssessmentClosed(Exception):
    """The assessment is closed: its result is frozen, and nothing of it changes."""


@contextmanager
def gone_is_told(respondent: Respondent) -> Iterator[None]:
    """Raise AssessmentGone where a write inside the block fails for want of its respondent."""
    try:
        yield
    except IntegrityError:
        if Respondent.objects.filter(pk=respondent.pk).exists():
            raise
        raise AssessmentGone from None


def take_for_answers(respondent: Respondent) -> None:
    """Lock the row until the transaction ends, and let its revision grow by one.

    The respondent's assessment must be loaded: what is asked, and what respondents were promised,
    must be what it was then.
    Raises: AnswersEnded; NotAsked; AssessmentGone, also when the respondent was removed, unless
    one person answers as they like.
    Costs: 1 query, in which all of that is found out.
    """
    known = respondent.assessment
    taken = Assessment.objects.filter(
        pk=respondent.assessment_id, answers_ended_at=None, asked=known.asked
    )
    # Every save of one person who answers as they like asks no more than this, for each condition
    # costs: they were told nothing of others, and `gone_is_told` notices when they were removed.
    if known.asked != Assessment.Asked.FREE:
        taken = taken.filter(
            Exists(Respondent.objects.filter(pk=respondent.pk)),
            asked_up_to=known.asked_up_to,
            voices=known.voices,
            fewest_answers__gte=known.fewest_answers,
        )
    if taken.update(revision=F("revision") + 1):
        return
    rows = Assessment.objects.filter(pk=respondent.assessment_id)
    found = rows.filter(respondents=respondent.pk).first()
    if found is None:
        raise AssessmentGone
    raise NotAsked if found.takes_answers else AnswersEnded


def take_for_change(assessment_id: int) -> None:
    """Lock the row of one that is not closed, and let its revision grow by one.

    Raises: AssessmentClosed, AssessmentGone. Costs: 1 query.
    """
    rows = Assessment.objects.filter(pk=assessment_id)
    if not rows.filter(closed_at=None).update(revision=F("revision") + 1):
        raise AssessmentClosed if rows.exists() else AssessmentGone


def take(assessment_id: int) -> Assessment:
    """Lock the row whatever its state, and return it as it is now, with all above it.

    Its revision grows by one. Raises: AssessmentGone. Costs: 2 queries.
    """
    rows = Assessment.objects.filter(pk=assessment_id)
    if not rows.update(revision=F("revision") + 1):
        raise AssessmentGone
    return rows.select_related("organisation", "workspace").get()
