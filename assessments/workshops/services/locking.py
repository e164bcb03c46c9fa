"""Take a workshop's row for a change: one change at a time, and each is seen by every screen."""

from datetime import datetime

from django.db.models import F

from assessments.workshops.models import Workshop


class WorkshopGone(LookupError):
    """The workshop was deleted meanwhile."""


class NotLive(Exception):
    """The workshop has not begun, or has ended."""


class MovedOn(Exception):
    """The room is no longer where the sender saw it: somebody else moved it meanwhile."""


def take_workshop(workshop_id: int) -> Workshop:
    """Lock the row, let its revision grow by one, and return it as it is now.

    Assessment, organisation, workspace and current round are loaded. To be called in a transaction.
    Raises: WorkshopGone. Costs: 2 queries.
    """
    rows = Workshop.objects.filter(pk=workshop_id)
    if not rows.update(revision=F("revision") + 1):
        raise WorkshopGone
    return rows.select_related("assessment__organisation", "assessment__workspace", "current").get()


def take_live(workshop_id: int, *, now: datetime) -> Workshop:
    """As `take_workshop`. Raises: also NotLive."""
    workshop = take_workshop(workshop_id)
    if not workshop.is_live(now=now):
        raise NotLive
    return workshop


def raise_tally(workshop_id: int) -> None:
    """Let the facilitator's screen and the wall count anew; phones stay as they are.

    Costs: 1 query.
    """
    Workshop.objects.filter(pk=workshop_id).update(tally=F("tally") + 1)
