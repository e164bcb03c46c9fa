"""PURE. How much work decided steps are, month by month, and whether the team has the days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
        due = min(work.due, work.start + _LONGEST)
        shares: dict[date, int] = defaultdict(int)
        span = [work.start + timedelta(days=n) for n in range(max(0, (due - work.start).days) + 1)]
        workdays = [day for day in span if day.weekday() in _WORKDAYS] or span
        for day in workdays:
            shares[day.replace(day=1)] += 1
        for first, count in shares.items():
            load[first] += Fraction(work.days * count, len(workdays))
    if not load:
        return ()
    months = []
    month, last = min(load), max(load)
    while month <= last:
        months.append(Month(month, load.get(month, Fraction())))
        month = (month + timedelta(days=32)).replace(day=1)
    return tuple(months)


def overflowing(months: Iterable[Month], capacity: int) -> tuple[Month, ...]:
    """Return the months with more work than the team has days."""
    return tuple(month for month in months if month.days > capacity)
