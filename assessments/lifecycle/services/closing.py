"""The states of an assessment: collecting answers, settled, closed; and back again.

Closing freezes the result. A frozen result never changes: reopening keeps it as a milestone, and
closing again adds another one beside it.
"""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from django.db import transaction
from django.db.models import Max

from assessments.core.queries.sheets import answer_sheet_of
from assessments.core.queries.standing import Standing, standing_of
from assessments.core.services.locking import AssessmentClosed, take
from assessments.models import Assessment, Result
from assessments.roadmap.queries.outcomes import steps_to_freeze
from assessments.scoring.confidential import people_who_answered
from assessments.scoring.frozen import FORMAT, frozen_placement, frozen_sheet, frozen_values
from assessments.webhooks.services.webhooks import tell_closed
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import User


class ResultWasSeen(Exception):
    """Figures of an anonymous assessment could be seen already: it takes no further answers.

    Whoever saw the result before and after one more answer would know that answer.
    """


@transaction.atomic
def end_answers(assessment: Assessment, *, now: datetime, by: Actor) -> None:
    """Stop collecting answers; nothing happens when it has stopped already.

    Raises: AssessmentGone.
    """
    current = take(assessment.pk)
    if current.takes_answers:
        current.answers_ended_at = now
        current.save(update_fields=["answers_ended_at"])
        _record("assessment.answers_ended", current, by=by, now=now)
    _tell(assessment, current)


@transaction.atomic
def collect_again(assessment: Assessment, *, now: datetime, by: Actor) -> None:
    """Take answers again; nothing happens when they are taken already.

    Raises: AssessmentClosed; ResultWasSeen; AssessmentGone.
    """
    current = take(assessment.pk)
    if current.is_closed:
        raise AssessmentClosed
    if not current.takes_answers:
        people = people_who_answered(answer_sheet_of(current))
        if not may_collect_again(current, people=people):
            raise ResultWasSeen
        current.answers_ended_at = None
        current.save(update_fields=["answers_ended_at"])
        _record("assessment.answers_reopened", current, by=by, now=now)
    _tell(assessment, current)


def may_collect_again(assessment: Assessment, *, people: int) -> bool:
    """Say whether answers could be taken again, when this many people have answered."""
    return not assessment.is_anonymous or people < assessment.fewest_answers


@transaction.atomic
def close_assessment(
    assessment: Assessment, *, user: User | None, now: datetime, by: Actor
) -> Result:
    """Freeze the result as it stands, and return it; of a closed one, the result it has.

    Collecting ends with it. Raises: AssessmentGone.
    """
    current = take(assessment.pk)
    if current.is_closed:
        _tell(assessment, current)
        return Result.objects.filter(assessment=current).latest("number")
    if current.takes_answers:
        current.answers_ended_at = now
    result = _freeze(current, standing_of(current), user=user, now=now)
    current.closed_at = now
    current.save(update_fields=["answers_ended_at", "closed_at"])
    _record("assessment.closed", current, by=by, now=now, detail={"result": result.number})
    tell_closed(current, result, now=now)
    _tell(assessment, current)
    return result


@transaction.atomic
def reopen_assessment(assessment: Assessment, *, now: datetime, by: Actor) -> None:
    """Let targets and agreed answers change again; the frozen result stays, as a milestone.

    Answers are not taken again by this. Nothing happens when it is open. Raises: AssessmentGone.
    """
    current = take(assessment.pk)
    if current.is_closed:
        current.closed_at = None
        current.save(update_fields=["closed_at"])
        _record("assessment.reopened", current, by=by, now=now)
    _tell(assessment, current)


def _freeze(
    assessment: Assessment, standing: Standing, *, user: User | None, now: datetime
) -> Result:
    known = Result.objects.filter(assessment=assessment).aggregate(last=Max("number"))
    return freeze(
        assessment,
        standing,
        number=(known["last"] or 0) + 1,
        steps=steps_to_freeze(assessment, standing),
        user=user,
        now=now,
    )


def freeze(
    assessment: Assessment,
    standing: Standing,
    *,
    number: int,
    steps: list[dict[str, Any]],
    user: User | None,
    now: datetime,
) -> Result:
    """Store how an assessment stands as its result of this number. Costs: 1 query.

    `steps` are those done since the result before, as `steps_to_freeze` gives them.
    """
    placement, overall = standing.placement, standing.placement.overall
    return Result.objects.create(
        assessment=assessment,
        number=number,
        date=assessment.date,
        closed_at=now,
        closed_by=user,
        model_version_id=assessment.model_version_id,
        frozen={
            "format": FORMAT,
            "sheet": frozen_sheet(standing.sheet, ids=standing.ids),
            "placement": frozen_placement(placement),
            "values": frozen_values(standing.scored.settled),
            "hidden": standing.hidden and asdict(standing.hidden),
            "purpose": standing.purpose,
            "scope": standing.scope,
            "counts_from_first": standing.counts_from_first,
            "steps": steps,
        },
        scores={
            each.key: None if each.score is None else [each.stage, float(_cut(each.score, 6))]
            for each in placement.dimensions
        },
        overall_score=None if overall.score is None else _cut(overall.score, 4),
        overall_stage=overall.stage,
        people=standing.people,
    )


def _cut(score: Fraction, places: int) -> Decimal:
    """Return a score with so many decimals, cut and not rounded: 2.99999 is not yet 3."""
    return Decimal(floor(score * 10**places)).scaleb(-places)


def _record(
    verb: str,
    assessment: Assessment,
    *,
    by: Actor,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    record_event(
        verb,
        by=by,
        subject=assessment.public_id,
        workspace=assessment.workspace.public_id,
        at=now,
        detail=detail,
    )


def _tell(assessment: Assessment, current: Assessment) -> None:
    """Let the caller's own copy say what the row says now."""
    assessment.answers_ended_at = current.answers_ended_at
    assessment.closed_at = current.closed_at
    assessment.revision = current.revision
