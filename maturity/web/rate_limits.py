"""How often something may be done, counted in a table that all processes share.

Counting is exact: two at the same moment count as two. What is counted inside a transaction that
fails counts as nothing.
"""

import hashlib
import ipaddress
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import F
from django.http import HttpResponse

from maturity.web.models import LimitCount

HOUR_S: Final = 3600
DAY_S: Final = 24 * HOUR_S


class Limit(NamedTuple):
    """At most so many of something within each hour, or each day, of the clock."""

    what: str
    at_most: int
    seconds: int


class LimitReached(Exception):
    """There was too much of it; `wait_s` says for how long it is refused."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s

    @property
    def wait(self) -> str:
        """The time to wait in words: "about 20 minutes"."""
        minutes = -(-self.wait_s // 60)
        if minutes < 90:
            return "about a minute" if minutes == 1 else f"about {minutes} minutes"
        return f"about {round(minutes / 60)} hours"

    def on(self, response: HttpResponse) -> HttpResponse:
        """Return the answer with when to come back, for machines."""
        response.headers["Retry-After"] = str(self.wait_s)
        return response


def count(limits: Sequence[Limit], who: str, *, now: datetime, amount: int = 1) -> None:
    """Count so many more of something that somebody does: an account's key, an address, a row's id.

    Raises: LimitReached, when one of the limits does not allow them; then none is counted.
    Costs: 1 query for each limit; 3 the first time in an hour or a day.
    """
    at = int(now.timestamp())
    with transaction.atomic():
        reached = [limit for limit in limits if not _counted(limit, who, at, amount)]
        if reached:
            raise LimitReached(max(_seconds_left(limit, at) for limit in reached))


def _counted(limit: Limit, who: str, at: int, amount: int) -> bool:
    """Count it unless that is too much. The row stays locked to the end of the transaction."""
    key = _key(limit, who, at)
    rows = LimitCount.objects.filter(key=key, number__lte=limit.at_most - amount)
    if rows.update(number=F("number") + amount):
        return True
    expires_at = datetime.fromtimestamp(at + _seconds_left(limit, at), UTC)
    # Where the row is there, the limit is reached, or another process has just made it.
    LimitCount.objects.bulk_create(
        [LimitCount(key=key, expires_at=expires_at)], ignore_conflicts=True
    )
    return bool(rows.update(number=F("number") + amount))


def check(limits: Sequence[Limit], who: str, *, now: datetime) -> None:
    """Let pass who may still do each of these once more; nothing is counted.

    For what only counts when it fails. Raises: LimitReached. Costs: 1 query for each limit.
    """
    at = int(now.timestamp())
    for limit in limits:
        key = _key(limit, who, at)
        if LimitCount.objects.filter(key=key, number__gte=limit.at_most).exists():
            raise LimitReached(_seconds_left(limit, at))


def forget_past_counts(*, now: datetime) -> None:
    """Delete the counts of hours and days that are over. Costs: 1 query."""
    LimitCount.objects.filter(expires_at__lte=now).delete()


@contextmanager
def undone_when_refused() -> Iterator[None]:
    """Undo what was done within when counting it ends in LimitReached, or anything else fails."""
    with transaction.atomic():
        yield


def network_of(address: str) -> str:
    """Return what to count an address by: of IPv6 the /64 that one household or office gets."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _seconds_left(limit: Limit, at: int) -> int:
    return limit.seconds - at % limit.seconds


def _key(limit: Limit, who: str, at: int) -> str:
    # No address and no name is kept for others to read.
    digest = hashlib.sha256(who.encode()).hexdigest()[:32]
    return f"{limit.what}:{limit.seconds}:{at // limit.seconds}:{digest}"
