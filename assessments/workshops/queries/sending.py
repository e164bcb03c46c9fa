"""Who left an address for the result, as counts; and how far the sending is.

No address leaves this layer but to the mail it was left for (`services.sending.take_address`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from assessments.workshops.models import Participant, Sending, Workshop

_WAITS = Q(result_sent_at=None, removed_at=None) & ~Q(email="")


@dataclass(frozen=True, slots=True)
class Addresses:
    """How many wait for the result, and to how many it was sent."""

    waiting: int
    sent: int


def addresses_of(workshop: Workshop) -> Addresses:
    """Return how many left an address that nothing was sent to yet, and how many got their mail.

    Costs: 1 query.
    """
    rows = Participant.objects.filter(workshop=workshop)
    counts = rows.aggregate(
        waiting=Count("pk", filter=_WAITS), sent=Count("pk", filter=Q(result_sent_at__isnull=False))
    )
    return Addresses(**counts)


def sending_of(workshop: Workshop) -> Sending | None:
    """Return the newest sending of a workshop. Costs: 1 query."""
    return Sending.objects.filter(workshop=workshop).order_by("-pk").first()


def next_waiting(sending: Sending) -> int | None:
    """Return the key of the participant a sending tries next, None when it is through.

    Costs: 1 query.
    """
    if not sending.left:
        return None
    rows = Participant.objects.filter(_WAITS, workshop=sending.workshop, pk__gt=sending.tried)
    return rows.order_by("pk").values_list("pk", flat=True).first()


def stale_sendings(*, moved_before: datetime) -> list[Sending]:
    """Return the sendings that have not moved since a moment and are not finished.

    Costs: 1 query.
    """
    under_way = [Sending.Status.QUEUED, Sending.Status.RUNNING]
    rows = Sending.objects.filter(status__in=under_way, moved_at__lt=moved_before)
    return list(rows.order_by("pk"))
