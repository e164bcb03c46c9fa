"""Come in, be let in, be taken out; and say that one is still there."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from assessments.workshops.models import Participant, Vote, Workshop
from assessments.workshops.rules.codes import cleaned_code
from assessments.workshops.rules.kinds import State
from assessments.workshops.services.doors import record
from assessments.workshops.services.locking import raise_tally, take_live
from maturity.web.rate_limits import Limit, check, count, network_of
from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.actors import Actor
from maturity.workspaces.scopes import every_workspace, scope_of

# With 24^6 codes, ten workshops at once and 300 tries a minute, a guess meets one in three weeks
# on average; each is gone after twelve hours. Who scans does not guess and is not counted.
WRONG_OF_ADDRESS: Final = Limit("workshop-codes", 20, 600)
WRONG_OF_ALL: Final = Limit("workshop-codes-of-all", 300, 60)
_EVERYBODY = "everybody"
_SEEN_AT_MOST_EVERY = timedelta(seconds=30)


class CodeNotValid(LookupError):
    """No workshop that is live has this code or token."""


class RoomLocked(Exception):
    """The facilitator lets nobody new in."""


class RoomFull(Exception):
    """As many are in as the workshop takes."""


class AddressesNotTaken(Exception):
    """The facilitator does not send the result to participants."""


def workshop_by_code(text: str, *, address: str, now: datetime) -> Workshop:
    """Return the live workshop of a typed code, with all above it loaded.

    Where too many wrong codes came from, no code is looked up at all, a right one neither; who
    scans is not held up. Raises: CodeNotValid; LimitReached. Costs: 3 queries, more for a wrong
    one.
    """
    code = cleaned_code(text)
    if code is None:
        # It cannot be one, so nothing is learnt by it and nothing counted.
        raise CodeNotValid
    who = network_of(address)
    check([WRONG_OF_ADDRESS], who, now=now)
    check([WRONG_OF_ALL], _EVERYBODY, now=now)
    found = _live(now=now, code=code)
    if found is None:
        count([WRONG_OF_ADDRESS], who, now=now)
        count([WRONG_OF_ALL], _EVERYBODY, now=now)
        raise CodeNotValid
    return found


def workshop_by_token(token: str, *, now: datetime) -> Workshop:
    """Return the live workshop of a scanned token. Raises: CodeNotValid. Costs: 1 query."""
    found = _live(now=now, token_hash=hash_of(token))
    if found is None:
        raise CodeNotValid
    return found


def _live(*, now: datetime, **wanted: str) -> Workshop | None:
    with every_workspace():
        found: Workshop | None = (
            Workshop.objects.select_related("assessment__organisation", "assessment__workspace")
            .filter(
                **wanted,
                ended_at=None,
                expires_at__gt=now,
                assessment__workspace__deletion_asked_at=None,
                assessment__organisation__archived_at=None,
            )
            .first()
        )
    return found


def join(
    workshop: Workshop, *, name: str, groups: Mapping[str, str], now: datetime
) -> tuple[Participant, str]:
    """Add somebody to the room, or to the lobby; return them and the token for their phone.

    Raises: CodeNotValid (it ended meanwhile), RoomLocked, RoomFull. Costs: 5 queries.
    """
    token = secrets.token_urlsafe(32)
    with scope_of(workshop.assessment.workspace_id), transaction.atomic():
        # The tally's row is the lock: two who come at once cannot both be the last one.
        raise_tally(workshop.pk)
        current = Workshop.objects.filter(pk=workshop.pk).first()
        if current is None or not current.is_live(now=now):
            raise CodeNotValid
        if current.is_locked:
            raise RoomLocked
        inside = Participant.objects.filter(workshop=current, removed_at=None)
        if inside.count() >= current.most_participants:
            raise RoomFull
        participant = Participant.objects.create(
            workshop=current,
            name=name,
            groups=dict(groups),
            token_hash=hash_of(token),
            joined_at=now,
            admitted_at=None if current.has_lobby else now,
            seen_at=now,
        )
    return participant, token


def note_seen(participant: Participant, *, now: datetime) -> bool:
    """Note that a phone is still there, at most twice a minute; say whether it was noted.

    No screen is told: the facilitator's looks again by itself. Costs: 1 query, or none.
    """
    if participant.seen_at is not None and now - participant.seen_at < _SEEN_AT_MOST_EVERY:
        return False
    Participant.objects.filter(pk=participant.pk).update(seen_at=now)
    return True


def rename(participant: Participant, *, name: str) -> None:
    """Let somebody change the name they go by; empty for none. Costs: 2 queries."""
    with transaction.atomic():
        Participant.objects.filter(pk=participant.pk).update(name=name)
        raise_tally(participant.workshop_id)


def leave_address(participant: Participant, *, email: str) -> None:
    """Keep where somebody wants the result sent, or forget it with an empty one.

    Raises: AddressesNotTaken. Costs: 2 queries.
    """
    if email and not participant.workshop.takes_addresses:
        raise AddressesNotTaken
    with transaction.atomic():
        Participant.objects.filter(pk=participant.pk, removed_at=None).update(email=email)
        raise_tally(participant.workshop_id)


def leave(participant: Participant) -> None:
    """Let no phone be known as this participant any more; what they voted stays.

    An address they left is forgotten. Costs: 2 queries.
    """
    with transaction.atomic():
        Participant.objects.filter(pk=participant.pk).update(
            email="", token_hash=hash_of(secrets.token_urlsafe(32))
        )
        raise_tally(participant.workshop_id)


@transaction.atomic
def admit(workshop: Workshop, *, participant_id: int | None, now: datetime, by: Actor) -> int:
    """Let one out of the lobby in, or everybody with None; return how many came in.

    Raises: NotLive, WorkshopGone. Costs: 4 queries.
    """
    current = take_live(workshop.pk, now=now)
    waiting = Participant.objects.filter(workshop=current, admitted_at=None, removed_at=None)
    if participant_id is not None:
        waiting = waiting.filter(pk=participant_id)
    let_in: int = waiting.update(admitted_at=now)
    record(current, "participant.admitted", now=now, by=by, people=let_in)
    return let_in


@transaction.atomic
def remove(workshop: Workshop, *, participant_id: int, now: datetime, by: Actor) -> None:
    """Take somebody out for good; what they voted and nobody has seen goes with them.

    Raises: NotLive, WorkshopGone. Costs: 5 queries.
    """
    current = take_live(workshop.pk, now=now)
    there = Participant.objects.filter(workshop=current, pk=participant_id, removed_at=None)
    if there.update(removed_at=now, name="", email=""):
        Vote.objects.filter(
            participant=participant_id, round__state__in=[State.OPEN.value, State.CLOSED.value]
        ).delete()
        record(current, "participant.removed", now=now, by=by)


@transaction.atomic
def clear_name(workshop: Workshop, *, participant_id: int, now: datetime, by: Actor) -> None:
    """Take a name off every screen; who bore it stays in the room without one.

    Raises: NotLive, WorkshopGone. Costs: 4 queries.
    """
    current = take_live(workshop.pk, now=now)
    Participant.objects.filter(workshop=current, pk=participant_id).update(name="")
    record(current, "participant.name_cleared", now=now, by=by)
