"""The states of a round, one after the other: planned, open, closed, revealed, agreed; or skipped.

Each change says which round the sender saw. Doing again what is done already changes nothing, so
that two facilitators who press the same button at once get the same room; anything else that does
not fit any more raises MovedOn, and the sender is shown where the room is.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from assessments.workshops.models import Round, Vote, Workshop
from assessments.workshops.rules.kinds import RoundKind, State
from assessments.workshops.services.doors import record
from assessments.workshops.services.locking import MovedOn, take_live
from maturity.workspaces.actors import Actor


class TooFewVotes(Exception):
    """So few voted in an anonymous round that showing it would tell who said what."""

    def __init__(self, votes: int, fewest: int) -> None:
        super().__init__(votes, fewest)
        self.votes = votes
        self.fewest = fewest


class NothingToChoose(Exception):
    """No step stands to choice in a round that is about steps."""


@transaction.atomic
def show_round(workshop: Workshop, *, round_id: int, now: datetime, by: Actor) -> Round:
    """Bring all screens to a round without opening it: one that is planned, or was shown before.

    Raises: MovedOn, while another one is open; NotLive, WorkshopGone. Costs: 6 queries.
    """
    current = take_live(workshop.pk, now=now)
    found = _round_of(current, round_id)
    opened = current.current
    if opened is not None and opened.state == State.OPEN.value and opened.pk != found.pk:
        raise MovedOn
    _make_current(current, found)
    return found


@transaction.atomic
def open_round(workshop: Workshop, *, round_id: int, now: datetime, by: Actor) -> Round:
    """Let the room vote on a round: one that is planned or was skipped, or is closed and unseen.

    Votes given before it was closed are kept.
    Raises: NothingToChoose, MovedOn, NotLive, WorkshopGone. Costs: 7 queries.
    """
    current = take_live(workshop.pk, now=now)
    found = _round_of(current, round_id)
    if found.state == State.OPEN.value:
        return found
    if found.state not in (State.PLANNED.value, State.SKIPPED.value, State.CLOSED.value):
        raise MovedOn
    if found.kind == RoundKind.STEPS.value and not found.candidates:
        raise NothingToChoose
    if Round.objects.filter(workshop=current, state=State.OPEN.value).exists():
        raise MovedOn
    found.state = State.OPEN.value
    found.opened_at = found.opened_at or now
    found.ends_at = now + timedelta(minutes=found.minutes)
    found.closed_at = None
    found.save(update_fields=["state", "opened_at", "ends_at", "closed_at"])
    _make_current(current, found)
    record(current, "round.opened", now=now, by=by, round=found.pk)
    return found


@transaction.atomic
def choose_candidates(
    workshop: Workshop, *, round_id: int, candidates: Sequence[str], now: datetime, by: Actor
) -> None:
    """Set which steps stand to choice in a round that nobody has voted in yet.

    `candidates` are ids of descriptors that the model has. Raises: MovedOn, NotLive, WorkshopGone.
    Costs: 5 queries.
    """
    current = take_live(workshop.pk, now=now)
    found = _round_of(current, round_id)
    if found.state not in (State.PLANNED.value, State.SKIPPED.value):
        raise MovedOn
    found.candidates = list(candidates)
    found.save(update_fields=["candidates"])
    record(current, "round.steps_offered", now=now, by=by, round=found.pk, steps=len(candidates))


@transaction.atomic
def give_time(workshop: Workshop, *, round_id: int, minutes: int, now: datetime, by: Actor) -> None:
    """Give an open round more time, counted from now if its time is up.

    Raises: MovedOn, NotLive, WorkshopGone. Costs: 4 queries.
    """
    current = take_live(workshop.pk, now=now)
    found = _round_of(current, round_id)
    if found.state != State.OPEN.value:
        raise MovedOn
    found.ends_at = max(found.ends_at or now, now) + timedelta(minutes=minutes)
    found.save(update_fields=["ends_at"])


@transaction.atomic
def close_round(workshop: Workshop, *, round_id: int, now: datetime, by: Actor) -> None:
    """Take no more votes on the open round; nothing is shown by that.

    Raises: MovedOn, NotLive, WorkshopGone. Costs: 5 queries.
    """
    current = take_live(workshop.pk, now=now)
    found = _round_of(current, round_id)
    if found.state == State.CLOSED.value:
        return
    if found.state != State.OPEN.value:
        raise MovedOn
    _close(found, now=now)
    record(current, "round.closed", now=now, by=by, round=found.pk)


@transaction.atomic
def reveal_round(workshop: Workshop, *, round_id: int, now: datetime, by: Actor) -> None:
    """Show everybody the votes on a round; an open one is closed by it.

    Raises: TooFewVotes, of an anonymous one; MovedOn, NotLive, WorkshopGone. Costs: 6 queries.
    """
    current = take_live(workshop.pk, now=now)
    found = _round_of(current, round_id)
    if found.is_shown:
        return
    if found.state not in (State.OPEN.value, State.CLOSED.value):
        raise MovedOn
    if current.is_anonymous:
        votes = Vote.objects.filter(round=found).count()
        if 0 < votes < current.fewest_votes:
            raise TooFewVotes(votes, current.fewest_votes)
    if found.state == State.OPEN.value:
        _close(found, now=now)
    found.state = State.REVEALED.value
    found.revealed_at = now
    found.save(update_fields=["state", "revealed_at"])
    _make_current(current, found)
    record(current, "round.revealed", now=now, by=by, round=found.pk)


@transaction.atomic
def vote_again(workshop: Workshop, *, round_id: int, now: datetime, by: Actor) -> Round:
    """Put the same question once more, as a round of its own; the one before stays as it was.

    Raises: MovedOn, NotLive, WorkshopGone. Costs: 8 queries.
    """
    current = take_live(workshop.pk, now=now)
    found = _round_of(current, round_id)
    if not found.is_shown or Round.objects.filter(workshop=current, state=State.OPEN.value):
        raise MovedOn
    attempts = Round.objects.filter(workshop=current, position=found.position)
    last = attempts.aggregate(last=Max("attempt"))["last"]
    if last != found.attempt:
        # Somebody else began the next attempt already.
        raise MovedOn
    again = Round.objects.create(
        workshop=current,
        position=found.position,
        attempt=last + 1,
        kind=found.kind,
        dimension=found.dimension,
        gate_to=found.gate_to,
        candidates=found.candidates,
        minutes=found.minutes,
        state=State.OPEN.value,
        opened_at=now,
        ends_at=now + timedelta(minutes=found.minutes),
    )
    _make_current(current, again)
    record(current, "round.repeated", now=now, by=by, round=again.pk)
    return again


@transaction.atomic
def skip_round(workshop: Workshop, *, round_id: int, now: datetime, by: Actor) -> None:
    """Leave a round out; votes on it that nobody has seen are deleted.

    Raises: MovedOn, of one that was shown; NotLive, WorkshopGone. Costs: 6 queries.
    """
    current = take_live(workshop.pk, now=now)
    found = _round_of(current, round_id)
    if found.state == State.SKIPPED.value:
        return
    if found.is_shown:
        raise MovedOn
    Vote.objects.filter(round=found).delete()
    found.state = State.SKIPPED.value
    found.save(update_fields=["state"])
    record(current, "round.skipped", now=now, by=by, round=found.pk)


def _round_of(workshop: Workshop, round_id: int) -> Round:
    found: Round | None = Round.objects.filter(workshop=workshop, pk=round_id).first()
    if found is None:
        raise MovedOn
    return found


def _make_current(workshop: Workshop, found: Round) -> None:
    if workshop.current_id != found.pk:
        workshop.current = found
        workshop.save(update_fields=["current"])


def _close(found: Round, *, now: datetime) -> None:
    found.state = State.CLOSED.value
    found.closed_at = now
    found.save(update_fields=["state", "closed_at"])
