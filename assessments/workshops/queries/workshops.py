"""The workshops of an assessment, and what is known of it that helps to plan one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Literal

from django.db.models import Count, Q

from assessments.core.queries.standing import Standing, standing_of
from assessments.models import Assessment
from assessments.scoring.placement import DimensionPlacement
from assessments.workshops.models import Workshop
from assessments.workshops.rules.kinds import State

Where = Literal["prepared", "live", "over"]
# Ours: up to here opinions are said to differ (scoring.spread, LeBreton and Senter).
_DIFFER = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Listed:
    """A workshop as the list shows it; `rounds` counts positions of the agenda."""

    public_id: str
    title: str
    state: Where
    is_rehearsal: bool
    created_at: datetime
    opened_at: datetime | None
    ended_at: datetime | None
    people: int
    rounds: int
    agreed: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a dimension: why it is urgent, empty if it is not; its next closed gate."""

    remark: str
    next_gate: int | None


def workshops_of(assessment: Assessment, *, now: datetime) -> list[Listed]:
    """Return the workshops, newest first, rehearsals behind the others. Costs: 1 query."""
    rows = (
        Workshop.objects.filter(assessment=assessment)
        .annotate(
            people=Count("participants", filter=Q(participants__removed_at=None), distinct=True),
            positions=Count("rounds", filter=Q(rounds__attempt=1), distinct=True),
            agreed=Count("rounds", filter=Q(rounds__state=State.AGREED.value), distinct=True),
        )
        .order_by("is_rehearsal", "-created_at", "-pk")
    )
    return [_listed(row, now=now) for row in rows]


def _listed(row: Any, *, now: datetime) -> Listed:
    people, rounds, agreed = row.people, row.positions, row.agreed
    if row.told:
        people, told = row.told["joined"], row.told["rounds"]
        rounds = len({each["number"] for each in told})
        agreed = sum(each["state"] == "agreed" for each in told)
    return Listed(
        public_id=row.public_id,
        title=row.title,
        state="over" if row.is_over(now=now) else "live" if row.is_live(now=now) else "prepared",
        is_rehearsal=row.is_rehearsal,
        created_at=row.created_at,
        opened_at=row.opened_at,
        ended_at=row.ended_at,
        people=people,
        rounds=rounds,
        agreed=agreed,
    )


def known_of(assessment: Assessment) -> Mapping[str, Known]:
    """Return what is known of each dimension; nothing of what may not be seen.

    Costs: as `standing_of`.
    """
    standing: Standing = standing_of(assessment, with_notes=False)
    if standing.is_hidden:
        return {}
    return {
        each.key: Known(_remark(each), _next_gate(each)) for each in standing.placement.dimensions
    }


def urgent_first(known: Mapping[str, Known]) -> list[str]:
    """Return the keys of the urgent dimensions, in the model's order."""
    return [key for key, each in known.items() if each.remark]


def _remark(placed: DimensionPlacement) -> str:
    if placed.does_not_apply:
        return ""
    if placed.basis == "none":
        return "nobody has answered yet"
    agreement = placed.agreement
    found = agreement.ratings if agreement.ratings is not None else agreement.picks
    if placed.basis != "agreed" and found is not None and found <= _DIFFER:
        return "opinions differ"
    return ""


def _next_gate(placed: DimensionPlacement) -> int | None:
    return next((gate.to for gate in placed.gates if gate.is_closed), None)
