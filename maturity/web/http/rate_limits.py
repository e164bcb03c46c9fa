"""How often something may be done, counted in the cache, which all processes share.

Counting is exact: two at the same moment count as two. What is counted inside a transaction that
fails counts as nothing.
"""

import hashlib
import ipaddress
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Final, NamedTuple

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse

HOUR_S: Final = 3600
DAY_S: Final = 24 * HOUR_S
_MOST_BLOCKS: Final = 10_000
# What this process has counted ahead and not used yet, by the key it was counted under.
_ahead: dict[str, int] = {}
_ahead_lock = Lock()


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
    Costs: 1 query to lock on PostgreSQL, and 5 for each limit.
    """
    at = int(now.timestamp())
    keys = [_key(limit, who, at) for limit in limits]
    with _alone(f"{limits[0].what}:{who}"):
        found = [cache.get(key, 0) for key in keys]
        waits = [
            limit.seconds - at % limit.seconds
            for limit, before in zip(limits, found, strict=True)
            if before + amount > limit.at_most
        ]
        if waits:
            raise LimitReached(max(waits))
        for limit, key, before in zip(limits, keys, found, strict=True):
            cache.set(key, before + amount, timeout=limit.seconds)


def count_in_blocks(limit: Limit, who: str, *, now: datetime, block: int) -> None:
    """Count one more of what happens all the time, asking the cache for every `block`th only.

    The process counts a whole block at once and uses it up by itself. So never more is allowed than
    the limit says; less, where several processes each leave some of a block unused.
    Raises: LimitReached. Costs: as `count` for one call in a block, else nothing.
    """
    key = _key(limit, who, int(now.timestamp()))
    with _ahead_lock:
        if left := _ahead.get(key, 0):
            _ahead[key] = left - 1
            return
    try:
        count([limit], who, now=now, amount=block)
    except LimitReached:
        # What is left of the limit may be less than a block.
        count([limit], who, now=now)
        return
    with _ahead_lock:
        if len(_ahead) >= _MOST_BLOCKS:
            _ahead.clear()
        _ahead[key] = _ahead.get(key, 0) + block - 1


def check(limits: Sequence[Limit], who: str, *, now: datetime) -> None:
    """Let pass who may still do each of these once more; nothing is counted.

    For what only counts when it fails. Raises: LimitReached. Costs: 1 query for each limit.
    """
    at = int(now.timestamp())
    for limit in limits:
        if cache.get(_key(limit, who, at), 0) >= limit.at_most:
            raise LimitReached(limit.seconds - at % limit.seconds)


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


def _key(limit: Limit, who: str, at: int) -> str:
    # No address and no name lies in the cache for others to read.
    digest = hashlib.sha256(who.encode()).hexdigest()[:32]
    return f"limit:{limit.what}:{limit.seconds}:{at // limit.seconds}:{digest}"


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Let one process at a time count this, to the end of the transaction."""
    with transaction.atomic():
        # SQLite's transactions here begin by taking the one lock for writing.
        if connection.vendor == "postgresql":
            digest = hashlib.sha256(f"waymark.limits:{name}".encode()).digest()
            number = int.from_bytes(digest[:8], signed=True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        yield
