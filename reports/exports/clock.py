"""Files without a clock: the same document is the same bytes, whenever it is written."""

from datetime import UTC, datetime
from typing import Final

NO_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in a file where its document has no day."""

ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest day a zip can hold; every member carries it."""


def day_of(iso: str) -> datetime:
    """Return an ISO day as the hour a file is said to be made; NO_DAY where there is none."""
    return datetime.fromisoformat(iso).replace(tzinfo=UTC) if iso else NO_DAY
