"""How much work the decided steps are, and which months hold more than the team has days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assessments.models import Step
from assessments.scoring.workload import Month, Work, load_by_month, overflowing


@dataclass(frozen=True, slots=True)
class Load:
    """The work by month in words; `over` names the months that overflow, in a sentence each.

    `left_out` counts the open steps that say no day or no work, and are in no month.
    """

    months: tuple[tuple[str, str, bool], ...]
    over: tuple[str, ...]
    left_out: int


def load_of(steps: Iterable[Step], days_a_month: int | None, *, today: date) -> Load:
    """Return the load of the open steps from this month on.

    A step without a beginning is taken to begin today, and one that is overdue is still to be done
    today.
    """
    opened = [step for step in steps if step.is_open]
    works = tuple(
        Work(start=max(step.start or today, today), due=max(step.due, today), days=step.days)
        for step in opened
        if step.due is not None and step.days
    )
    return _load(works, days_a_month, len(opened) - len(works))


# The same all day, until somebody changes a step.
@lru_cache(maxsize=500)
def _load(works: tuple[Work, ...], days_a_month: int | None, left_out: int) -> Load:
    months = load_by_month(works)
    over = overflowing(months, days_a_month) if days_a_month else ()
    return Load(
        months=tuple((_name(month), _days(month), month in over) for month in months),
        over=tuple(
            f"{_name(month)} holds {_days(month)} days of work; the team has {days_a_month}."
            for month in over
        ),
        left_out=left_out,
    )


def _name(month: Month) -> str:
    return f"{month.first:%B %Y}"


def _days(month: Month) -> str:
    """Return whole days, rounded up: half a day more than there are is too much."""
    return str(-(-month.days.numerator // month.days.denominator))
