"""The agenda of a workshop: add rounds, move them, give them other minutes, take them out.

All of it is about rounds that are still planned; while the room is on, that includes those that
were not put to it yet. What somebody else changed or opened meanwhile raises MovedOn.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from assessments.workshops.models import Round, Workshop
from assessments.workshops.rules.kinds import RoundKind, State
from assessments.workshops.services.doors import record
from assessments.workshops.services.locking import MovedOn, take_workshop
from assessments.workshops.services.planning import WorkshopIsOver
from maturity.workspaces.actors import Actor

MOST_ROUNDS: Final = 60
# Beyond every position there is; where a round waits while two change places.
_ASIDE: Final = 30_000


class TooManyRounds(Exception):
    """An agenda holds `MOST_ROUNDS` rounds at most."""


@transaction.atomic
def add_round(
    workshop: Workshop,
    *,
    kind: RoundKind,
    dimension: str,
    gate_to: int | None,
    minutes: int,
    now: datetime,
    by: Actor,
) -> Round:
    """Add a round at the end. The caller has checked that the model can ask it.

    Raises: TooManyRounds, WorkshopIsOver, WorkshopGone. Costs: 6 queries.
    """
    current = _take(workshop, now=now)
    rounds = Round.objects.filter(workshop=current)
    last = rounds.aggregate(last=Max("position"))["last"] or 0
    if rounds.filter(attempt=1).count() >= MOST_ROUNDS:
        raise TooManyRounds
    added: Round = Round.objects.create(
        workshop=current,
        position=last + 1,
        kind=kind.value,
        dimension=dimension,
        gate_to=gate_to,
        minutes=minutes,
    )
    record(current, "workshop.agenda_changed", now=now, by=by, round=added.pk)
    return added


@transaction.atomic
def move_round(workshop: Workshop, *, round_id: int, is_up: bool, now: datetime, by: Actor) -> None:
    """Let a planned round change places with the planned one before or after it.

    At the end of the agenda, or beside a round that was put to the room, it stays where it is.
    Raises: MovedOn, WorkshopIsOver, WorkshopGone. Costs: 9 queries.
    """
    current = _take(workshop, now=now)
    moved = _planned(current, round_id)
    others = Round.objects.filter(workshop=current)
    if is_up:
        beside = others.filter(position__lt=moved.position).order_by("-position").first()
    else:
        beside = others.filter(position__gt=moved.position).order_by("position").first()
    if beside is None or beside.state != State.PLANNED.value:
        return
    was, goes_to = moved.position, beside.position
    rows = Round.objects.filter(workshop=current)
    rows.filter(pk=moved.pk).update(position=_ASIDE)
    rows.filter(pk=beside.pk).update(position=was)
    rows.filter(pk=moved.pk).update(position=goes_to)
    record(current, "workshop.agenda_changed", now=now, by=by, round=moved.pk)


@transaction.atomic
def change_minutes(
    workshop: Workshop, *, round_id: int, minutes: int, now: datetime, by: Actor
) -> None:
    """Give a planned round other minutes. Raises: MovedOn, WorkshopIsOver, WorkshopGone."""
    current = _take(workshop, now=now)
    found = _planned(current, round_id)
    found.minutes = minutes
    found.save(update_fields=["minutes"])
    record(current, "workshop.agenda_changed", now=now, by=by, round=found.pk)


@transaction.atomic
def take_out_round(workshop: Workshop, *, round_id: int, now: datetime, by: Actor) -> None:
    """Take a planned round off the agenda. Raises: MovedOn, WorkshopIsOver, WorkshopGone."""
    current = _take(workshop, now=now)
    found = _planned(current, round_id)
    record(current, "workshop.agenda_changed", now=now, by=by, round=found.pk)
    found.delete()


def _take(workshop: Workshop, *, now: datetime) -> Workshop:
    current = take_workshop(workshop.pk)
    if current.is_over(now=now):
        raise WorkshopIsOver
    return current


def _planned(workshop: Workshop, round_id: int) -> Round:
    found: Round | None = Round.objects.filter(
        workshop=workshop, pk=round_id, state=State.PLANNED.value
    ).first()
    if found is None or found.attempt != 1:
        raise MovedOn
    return found
