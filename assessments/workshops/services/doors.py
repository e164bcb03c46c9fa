"""Open a workshop, lock it, end it: the code and the token people join with."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from assessments.workshops.models import Participant, Round, Vote, Workshop
from assessments.workshops.rules.codes import new_code
from assessments.workshops.rules.kinds import State
from assessments.workshops.services.locking import NotLive, take_live, take_workshop
from maturity.web.secrets.tokens import new_nonce, new_token_hash, token_from
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.scopes import every_workspace

LIFETIME = timedelta(hours=12)
_SALT = "waymark.workshops.scan"


class AlreadyOver(Exception):
    """The workshop has ended: it is not opened again."""


@transaction.atomic
def open_doors(workshop: Workshop, *, now: datetime, by: Actor) -> Workshop:
    """Let people join for twelve hours at most, and return the workshop with its code.

    One that is live stays as it is. Raises: AlreadyOver, WorkshopGone. Costs: 6 queries.
    """
    current = take_workshop(workshop.pk)
    if current.is_live(now=now):
        return current
    if current.opened_at is not None:
        raise AlreadyOver
    nonce = new_nonce()
    current.nonce, current.token_hash = nonce, new_token_hash(_SALT, nonce)
    current.code = _free_code()
    current.opened_at, current.expires_at = now, now + LIFETIME
    current.save(update_fields=["nonce", "token_hash", "code", "opened_at", "expires_at"])
    record(current, "workshop.opened", now=now, by=by)
    return current


def scan_token_of(workshop: Workshop) -> str | None:
    """Return the token that scanning joins with, None when there is none (any more)."""
    if workshop.token_hash is None:
        return None
    return token_from(_SALT, nonce=workshop.nonce, token_hash=workshop.token_hash)


@transaction.atomic
def lock_doors(workshop: Workshop, *, is_locked: bool, now: datetime, by: Actor) -> None:
    """Let nobody new in, or let them in again; who is in stays in.

    Raises: NotLive, WorkshopGone. Costs: 4 queries.
    """
    current = take_live(workshop.pk, now=now)
    current.is_locked = is_locked
    current.save(update_fields=["is_locked"])
    record(current, "workshop.locked" if is_locked else "workshop.unlocked", now=now, by=by)


@transaction.atomic
def end_workshop(workshop: Workshop, *, now: datetime, by: Actor) -> None:
    """End it for everybody; one that has ended stays as it is.

    A round that is open or closed is skipped: its votes were never seen and are deleted. Of an
    anonymous workshop the votes lose their voters, and the voters their names, for good.
    Raises: NotLive, when it was never opened; WorkshopGone. Costs: about 9 queries.
    """
    current = take_workshop(workshop.pk)
    if current.opened_at is None:
        raise NotLive
    if current.ended_at is not None:
        return
    current.code = current.token_hash = None
    current.ended_at = min(now, current.expires_at or now)
    current.save(update_fields=["code", "token_hash", "ended_at"])
    unseen = Round.objects.filter(
        workshop=current, state__in=[State.OPEN.value, State.CLOSED.value, State.PLANNED.value]
    )
    Vote.objects.filter(round__in=unseen).delete()
    unseen.update(state=State.SKIPPED.value)
    if current.is_anonymous:
        Vote.objects.filter(round__workshop=current).update(participant=None)
        Participant.objects.filter(workshop=current).update(name="", groups={})
    record(current, "workshop.ended", now=now, by=by)


def _free_code() -> str:
    with every_workspace():
        while Workshop.objects.filter(code=(code := new_code(secrets.choice))).exists():
            pass
    return code


def record(
    workshop: Workshop, verb: str, *, now: datetime, by: Actor, **detail: str | int | bool
) -> None:
    """Write to the trail what was done to a workshop; no vote ever stands in it. Costs: 1 query."""
    record_event(
        verb,
        by=by,
        subject=workshop.assessment.public_id,
        workspace=workshop.assessment.workspace.public_id,
        at=now,
        detail={"workshop": workshop.public_id, **detail},
    )
