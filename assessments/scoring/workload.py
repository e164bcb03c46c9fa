"""PURE. How much work decided steps are, month by month, and whether the team has the days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

DAYS_OF_EFFORT: Final[Mapping[str, int]] = {"S": 2, "M": 8, "L": 25}
"""One person's days of work for an effort of days, weeks, a quarter. Ours, to begin with."""

_WORKDAYS: Final = range(5)
_LONGEST: Final = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Work:
    """So many days of work between two days, both included."""

    start: date
    due: date
    days: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day, with the work in it."""

    first: date
    days: Fraction


def load_by_month(works: Iterable[Work]) -> tuple[Month, ...]:
    """Return the work of each month from the first to the last, months without any included.

    Work is spread evenly over the days from Monday to Friday; over all days where there is no
    other. What spans more than ten years is taken as its first ten.
    """
    load: dict[date, Fraction] = defaultdict(Fraction)
    for work in works:
        due = max(work.start, min(work.due, work.start + _LONGEST))
        workdays = _workdays(work.start, due)
        count = _workdays if workdays else _days
        whole = workdays or count(work.start, due)
        for first, last in _months(work.start, due):
            share = count(max(first, work.start), min(last, due))
            load[first] += Fraction(work.days * share, whole)
    if not load:
        return ()
    return tuple(
        Month(first, load.get(first, Fraction())) for first, _ in _months(min(load), max(load))
    )


def _months(start: date, end: date) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day of each month from one day's to another's."""
    first = start.replace(day=1)
    while first <= end:
        following = (first + timedelta(days=32)).replace(day=1)
        yield first, following - timedelta(days=1)
        first = following


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _workdays(first: date, last: date) -> int:
    weeks, rest = divmod(_days(first, last), 7)
    begun = first.weekday()
    return weeks * len(_WORKDAYS) + sum((begun + day) % 7 in _WORKDAYS for day in range(rest))


def overflowing(months: Iterable[Month], capacity: int) -> tuple[Month, ...]:
    """Return the months with more work than the team has days."""
    return tuple(month for month in months if month.days > capacity)
