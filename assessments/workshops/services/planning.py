"""Prepare a workshop, change how it is set up, delete it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.core.services.locking import AssessmentClosed
from assessments.models import Assessment
from assessments.workshops.models import Participant, Round, Workshop
from assessments.workshops.rules.agenda import PlannedRound
from assessments.workshops.rules.kinds import State
from assessments.workshops.services.doors import record
from assessments.workshops.services.locking import take_workshop
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User

FIXED_WORDS: Mapping[str, str] = {
    "voices": "whether answers are anonymous",
    "fewest_votes": "from how many votes on answers are shown",
    "groups": "the groups",
}
"""What stays as it is once somebody has joined, because they were told so."""


@dataclass(frozen=True, slots=True)
class WorkshopSetup:
    """How a workshop is run; the fields are those of the row."""

    title: str
    voices: str
    fewest_votes: int
    entry: str
    most_participants: int
    groups: list[dict[str, Any]]
    takes_addresses: bool
    minutes: int


class SetupFixed(Exception):
    """Somebody has joined, so these `fields` stay as they are."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(*fields)
        self.fields = tuple(fields)


class WorkshopIsOver(Exception):
    """It has ended: nothing of it changes any more."""


class StillLive(Exception):
    """It is on at the moment: it has to be ended first."""


class KeptByResult(Exception):
    """The assessment is closed and its report tells of this workshop."""


@transaction.atomic
def prepare_workshop(
    assessment: Assessment,
    *,
    setup: WorkshopSetup,
    rounds: Sequence[PlannedRound],
    user: User | None,
    now: datetime,
    by: Actor,
) -> Workshop:
    """Make a workshop with its agenda. Raises: AssessmentClosed. Costs: 5 queries."""
    current = Assessment.objects.filter(pk=assessment.pk).values_list("closed_at").first()
    if current is None or current[0] is not None:
        raise AssessmentClosed
    workshop: Workshop = Workshop.objects.create(
        assessment=assessment, created_at=now, created_by=user, **_fields(setup)
    )
    Round.objects.bulk_create(
        Round(
            workshop=workshop,
            position=position,
            kind=each.kind.value,
            dimension=each.dimension,
            gate_to=each.gate_to,
            minutes=each.minutes,
        )
        for position, each in enumerate(rounds, start=1)
    )
    record(workshop, "workshop.created", now=now, by=by)
    return workshop


@transaction.atomic
def change_workshop(workshop: Workshop, *, setup: WorkshopSetup, now: datetime, by: Actor) -> None:
    """Change how a workshop is set up.

    Raises: SetupFixed, WorkshopIsOver, WorkshopGone; nothing is changed then. Costs: 5 queries.
    """
    current = take_workshop(workshop.pk)
    if current.is_over(now=now):
        raise WorkshopIsOver
    fields = _fields(setup)
    fixed = fixed_in(current)
    if touched := [name for name in fixed if fields[name] != getattr(current, name)]:
        raise SetupFixed(touched)
    for name, value in fields.items():
        setattr(current, name, value)
    current.save(update_fields=list(fields))
    record(current, "workshop.changed", now=now, by=by)


def fixed_in(workshop: Workshop) -> tuple[str, ...]:
    """Return the names of what may not change any more. Costs: 1 query."""
    has_people = Participant.objects.filter(workshop=workshop, is_pretend=False).exists()
    return tuple(FIXED_WORDS) if has_people else ()


@transaction.atomic
def delete_workshop(workshop: Workshop, *, now: datetime, by: Actor) -> None:
    """Delete a workshop with its rounds, votes and participants; what was agreed on stays.

    Raises: StillLive; KeptByResult, of one whose rounds the frozen result rests on; WorkshopGone.
    """
    current = take_workshop(workshop.pk)
    if current.is_live(now=now) and not current.is_rehearsal:
        raise StillLive
    if keeps_workshop(current):
        raise KeptByResult
    record(current, "workshop.deleted", now=now, by=by)
    current.delete()


def keeps_workshop(workshop: Workshop) -> bool:
    """Say whether it stays because the closed assessment's report tells of it. Costs: 1 query."""
    if workshop.is_rehearsal or not workshop.assessment.is_closed:
        return False
    shown = [State.REVEALED.value, State.AGREED.value]
    return bool(Round.objects.filter(workshop=workshop, state__in=shown).exists())


def _fields(setup: WorkshopSetup) -> dict[str, Any]:
    return {name: getattr(setup, name) for name in WorkshopSetup.__dataclass_fields__}
