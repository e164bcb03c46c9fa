"""Who is here, who waits at the door, and how many have voted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from assessments.workshops.models import Participant, Round, Workshop
from assessments.workshops.queries.votes import how_many_voted

# A phone says every minute that it is there; after this it may have gone.
PRESENT_FOR: Final = timedelta(seconds=150)
MOST_SHOWN: Final = 400


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody in the room or at the door; `name` may be empty."""

    id: int
    name: str
    is_present: bool
    is_pretend: bool


@dataclass(frozen=True, slots=True)
class Attendance:
    """Everybody by name; `inside` and `waiting` end at `MOST_SHOWN`, the counts do not."""

    inside: tuple[Attendee, ...]
    waiting: tuple[Attendee, ...]
    inside_count: int
    waiting_count: int
    present_count: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many voted in the current round, of how many who are in."""

    voted: int
    inside: int
    waiting: int


def people_of(workshop: Workshop, *, now: datetime) -> Attendance:
    """Return who is in and who waits, by name, those without one last. Costs: 1 query."""
    rows = Participant.objects.filter(workshop=workshop, removed_at=None).order_by("pk")
    inside: list[Attendee] = []
    waiting: list[Attendee] = []
    for pk, name, seen_at, admitted_at, is_pretend in rows.values_list(
        "pk", "name", "seen_at", "admitted_at", "is_pretend"
    ):
        is_present = is_pretend or (seen_at is not None and now - seen_at < PRESENT_FOR)
        person = Attendee(pk, name, is_present, is_pretend)
        (waiting if admitted_at is None else inside).append(person)
    inside.sort(key=lambda each: (not each.name, each.name.casefold(), each.id))
    return Attendance(
        inside=tuple(inside[:MOST_SHOWN]),
        waiting=tuple(waiting[:MOST_SHOWN]),
        inside_count=len(inside),
        waiting_count=len(waiting),
        present_count=sum(each.is_present for each in inside),
    )


def turnout_of(workshop: Workshop, round_: Round | None) -> Turnout:
    """Return how many have voted, and never what. Costs: 2 queries, 1 without a round."""
    rows = Participant.objects.filter(workshop=workshop, removed_at=None)
    counts = rows.aggregate(
        inside=Count("pk", filter=Q(admitted_at__isnull=False)),
        waiting=Count("pk", filter=Q(admitted_at=None)),
    )
    voted = how_many_voted(round_) if round_ is not None else 0
    return Turnout(voted=voted, **counts)
