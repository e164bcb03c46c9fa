"""PURE. Decided steps on a line of months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Status = Literal["planned", "doing", "done", "dropped"]
# A picture of more is no picture; the list has them all.
MOST_BARS = 40
_LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Bar:
    """One step from `start` to `due`; without a start it is a point on its day."""

    words: str
    owner: str
    start: date | None
    due: date
    status: Status
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class TimelineValues:
    """Everything a timeline is drawn from: from the first of a month to the last of another.

    `later` counts the steps that lie beyond its end or found no room. `now_colour` is that of steps
    on time where it is not Waymark's own.
    """

    first: date
    last: date
    today: date
    bars: tuple[Bar, ...]
    later: int
    now_colour: str = ""

    @property
    def months(self) -> list[date]:
        """Return the first day of each month."""
        months, month = [], self.first
        while month <= self.last:
            months.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return months

    @property
    def description(self) -> str:
        """Return the picture in words, for who does not see it."""
        return "; ".join(
            f"{bar.words.rstrip('.')}, {f'from {bar.start} ' if bar.start else ''}by {bar.due}"
            f"{', overdue' if bar.is_overdue else ''}"
            for bar in self.bars
        )


def timeline_of(bars: Iterable[Bar], *, today: date) -> TimelineValues | None:
    """Return the steps in the order they are due; None when there are none to show.

    It runs from the first day in it, or today, to the last, and over three years at most. What has
    been overdue since before its first day stands at its edge.
    """
    ordered = sorted(bars, key=lambda bar: (bar.due, bar.start or bar.due, bar.words))
    if not ordered:
        return None
    first = min([today, *(bar.start or bar.due for bar in ordered)])
    first = max(first, today - _LONGEST / 3).replace(day=1)
    shown = [bar for bar in ordered if bar.due <= first + _LONGEST][:MOST_BARS]
    if not shown:
        return None
    last = max([today, *(bar.due for bar in shown)])
    end = (last.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return TimelineValues(first, end, today, tuple(shown), len(ordered) - len(shown))
