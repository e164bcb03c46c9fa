"""How far a step is, in words."""

from datetime import date
from typing import NamedTuple

from assessments.models import Step
from maturity.catalogue.queries import matrix_of_version


class DescribedStep(NamedTuple):
    """A step with where it stands, in words."""

    step: Step
    dimension: str
    when: str
    is_overdue: bool


def decided_words(step: Step, today: date) -> DescribedStep:
    """Return a step with the name of its dimension and its date in words."""
    row = None
    if step.model_version_id is not None:
        row = matrix_of_version(step.model_version_id).dimension_by_key.get(step.dimension)
    is_overdue = step.is_open and step.due is not None and step.due < today
    return DescribedStep(step, row.name if row else "", due_words(step.due, today), is_overdue)


def due_words(due: date | None, today: date) -> str:
    """Return how far away a date is: "overdue by 3 days", "due today", "due in 2 weeks"."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return "due today"
    return f"overdue by {_span(-days)}" if days < 0 else f"due in {_span(days)}"


def _span(days: int) -> str:
    if days < 14:
        return "one day" if days == 1 else f"{days} days"
    weeks = days // 7
    return f"{weeks} weeks" if weeks < 9 else f"{round(days / 30.4)} months"
