"""The result to those who left an address: asked for, sent once to each, and then forgotten.

What is sent is made in `reports`, which this app knows nothing of; here is who gets it. An address
is taken before its mail is sent, so that a job that dies and is run again sends nobody a second
one; what a mail server did not take is given back. Addresses were left for this one mail: each is
deleted as soon as its mail is on its way, and in any case `ADDRESSES_KEPT` after the end.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet

from assessments.workshops.models import Participant, Sending, Workshop
from assessments.workshops.services.doors import record
from assessments.workshops.services.locking import take_workshop
from maturity.workspaces.actors import Actor

ADDRESSES_KEPT: Final = timedelta(days=30)
PROMISE: Final = (
    "It is used for this one mail. Nobody is shown it, the facilitator neither, and it is deleted"
    " as soon as the mail is on its way, or 30 days after the workshop if none is sent."
)
"""What is said wherever an address is asked for."""

MOST_AT_ONCE: Final = 300
"""Ours: as many as a workshop usually takes; more wait for the next day, see `reports`."""

MOST_ATTEMPTS: Final = 3
# A mail server that hangs is given up after 20 s, and a report is made within less than this.
DEAD_AFTER: Final = timedelta(minutes=3)


class NotOver(Exception):
    """The workshop has not ended, or is a rehearsal, whose result is nobody's."""


class NothingToSend(Exception):
    """Nobody who left an address waits for the result."""


class AlreadySending(Exception):
    """It is being sent at this moment."""


class SendingLost(RuntimeError):
    """Somebody else has taken this sending up meanwhile."""


@transaction.atomic
def ask_sending(workshop: Workshop, *, now: datetime, by: Actor) -> Sending:
    """Note that the result is to be sent to who left an address and has not got it.

    The caller has it taken up. One that has not moved for long is taken to be dead, and replaced.
    Raises: NotOver, NothingToSend, AlreadySending, WorkshopGone. Costs: about 7 queries.
    """
    current = take_workshop(workshop.pk)
    if current.is_rehearsal or not current.is_over(now=now):
        raise NotOver
    under_way = Sending.objects.filter(
        workshop=current, status__in=[Sending.Status.QUEUED, Sending.Status.RUNNING]
    )
    if under_way.filter(moved_at__gt=now - DEAD_AFTER).exists():
        raise AlreadySending
    waiting = Participant.objects.filter(workshop=current, result_sent_at=None, removed_at=None)
    left = min(waiting.exclude(email="").count(), MOST_AT_ONCE)
    if not left:
        raise NothingToSend
    under_way.update(status=Sending.Status.FAILED, reason="died", finished_at=now)
    sending: Sending = Sending.objects.create(
        workshop=current, left=left, asked_at=now, moved_at=now
    )
    record(current, "workshop.result_sent", now=now, by=by, mails=left)
    return sending


def take_up(sending_id: int, *, now: datetime) -> Sending | None:
    """Claim a sending that waits, None when somebody else has it or it is gone. Costs: 2 queries.

    Workshop, assessment, organisation and workspace are loaded.
    """
    rows = Sending.objects.filter(pk=sending_id, status=Sending.Status.QUEUED)
    if not rows.update(
        status=Sending.Status.RUNNING, attempts=F("attempts") + 1, moved_at=now, reason=""
    ):
        return None
    return (
        Sending.objects.select_related(
            "workshop__assessment__organisation",
            "workshop__assessment__workspace",
            "workshop__created_by",
        )
        .filter(pk=sending_id)
        .first()
    )


@transaction.atomic
def take_address(sending: Sending, participant_id: int, *, now: datetime) -> str | None:
    """Return where a participant's mail goes and note it as sent; None when there is nothing to do.

    The sending goes on to the next by this. Raises: SendingLost. Costs: 3 queries.
    """
    if not _still_ours(sending).update(tried=participant_id, left=F("left") - 1, moved_at=now):
        raise SendingLost
    sending.tried, sending.left = participant_id, sending.left - 1
    waiting = Participant.objects.filter(
        pk=participant_id, workshop=sending.workshop, result_sent_at=None, removed_at=None
    )
    address: str | None = waiting.exclude(email="").values_list("email", flat=True).first()
    if address is None or not waiting.update(result_sent_at=now):
        return None
    return address


def forget_address(participant_id: int) -> None:
    """Delete the address a mail was sent to. Costs: 1 query."""
    Participant.objects.filter(pk=participant_id).update(email="")


def give_back(participant_id: int) -> None:
    """Note that a mail was not taken: the address waits again. Costs: 1 query."""
    Participant.objects.filter(pk=participant_id).update(result_sent_at=None)


def finish_sending(sending: Sending, *, now: datetime) -> None:
    """Note that everybody was tried. Costs: 1 query."""
    _still_ours(sending).update(status=Sending.Status.DONE, finished_at=now, moved_at=now)


def fail_sending(sending: Sending, *, reason: str, now: datetime) -> None:
    """Give a sending up; who has not got the result waits on. Costs: 1 query."""
    _still_ours(sending).update(
        status=Sending.Status.FAILED, reason=reason, finished_at=now, moved_at=now
    )


def put_back(sending: Sending, *, reason: str, before: int, now: datetime) -> bool:
    """Let a sending be taken up again after the participant `before`, or give it up for good.

    Returns whether it is to be taken up again: that happens `MOST_ATTEMPTS` times at most.
    Costs: 1 query.
    """
    if sending.attempts >= MOST_ATTEMPTS:
        fail_sending(sending, reason=reason, now=now)
        return False
    left = sending.left + (1 if before != sending.tried else 0)
    changed = _still_ours(sending).update(
        status=Sending.Status.QUEUED, tried=before, left=left, moved_at=now
    )
    return bool(changed)


def wait_again(sending: Sending, *, now: datetime) -> bool:
    """Put a sending back that could not begin yet, as if it had not been tried. Costs: 1 query."""
    changed = _still_ours(sending).update(
        status=Sending.Status.QUEUED, attempts=F("attempts") - 1, moved_at=now
    )
    return bool(changed)


def revive(sending: Sending, *, now: datetime) -> bool:
    """Let a sending that stopped moving be taken up again; say whether it is to be.

    Costs: 1 query.
    """
    rows = Sending.objects.filter(
        pk=sending.pk, attempts=sending.attempts, status=sending.status, moved_at=sending.moved_at
    )
    if sending.attempts >= MOST_ATTEMPTS:
        rows.update(status=Sending.Status.FAILED, reason="died", finished_at=now, moved_at=now)
        return False
    return bool(rows.update(status=Sending.Status.QUEUED, moved_at=now))


def _still_ours(sending: Sending) -> QuerySet[Sending, Sending]:
    """Select the row only while this attempt is the one that holds it."""
    return Sending.objects.filter(
        pk=sending.pk, attempts=sending.attempts, status=Sending.Status.RUNNING
    )
