"""End the workshops whose time is over, and forget the addresses that were not used.

`manage.py purge` does it every hour. What ends here is ended as the facilitator would have done,
at the moment its time ran out: nobody's votes stay tied to them for longer than that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from assessments.lifecycle.services.purging import PURGE
from assessments.workshops.models import Participant, Workshop
from assessments.workshops.services.doors import end_workshop
from assessments.workshops.services.locking import WorkshopGone
from assessments.workshops.services.sending import ADDRESSES_KEPT
from maturity.workspaces.actors import Actor
from maturity.workspaces.scopes import every_workspace, scope_of

# One whose mail was on its way when the job died: an hour later it is nobody's any more.
_TAKEN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PurgedWorkshops:
    """How many workshops were ended, and how many addresses went."""

    ended: int
    addresses: int


def purge_workshops(*, now: datetime, by: Actor = PURGE) -> PurgedWorkshops:
    """End what is over and was not ended; forget addresses whose time or whose use is over."""
    with every_workspace():
        over = Workshop.objects.filter(ended_at=None, expires_at__lte=now).order_by("pk")
        due = list(over.values_list("pk", "assessment__workspace"))
    ended = sum(_end(pk, workspace_id, now=now, by=by) for pk, workspace_id in due)
    with every_workspace():
        addresses = _forget_addresses(now)
    return PurgedWorkshops(ended, addresses)


def _end(workshop_id: int, workspace_id: int, *, now: datetime, by: Actor) -> bool:
    with scope_of(workspace_id):
        workshop = Workshop.objects.filter(pk=workshop_id).first()
        if workshop is None:
            return False
        try:
            end_workshop(workshop, now=now, by=by)
        except WorkshopGone:
            return False
    return True


def _forget_addresses(now: datetime) -> int:
    then = now - ADDRESSES_KEPT
    rows = Participant.objects.exclude(email="").alias(
        over_at=Coalesce("workshop__ended_at", "workshop__expires_at")
    )
    old = rows.filter(Q(over_at__lte=then) | Q(result_sent_at__lte=now - _TAKEN))
    ids = list(old.values_list("pk", flat=True))
    return int(Participant.objects.filter(pk__in=ids).update(email=""))
