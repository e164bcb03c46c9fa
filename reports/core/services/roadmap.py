"""An organisation's decided steps, as a report and a picture tell them."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from assessments.models import Step
from assessments.roadmap.queries.step_words import decided_words
from assessments.roadmap.queries.steps import by_date, steps_of
from maturity.web.words import day_text
from maturity.workspaces.models import Organisation
from reports.document.documents import DecidedFacts
from reports.document.timeline import Bar, Status, TimelineValues, timeline_of


def open_steps(organisation: Organisation) -> list[Step]:
    """Return the steps still to be done, by the day they are due. Costs: 1 query."""
    return by_date(step for step in steps_of(organisation) if step.is_open)


def decided_facts(steps: Iterable[Step], *, today: date) -> tuple[DecidedFacts, ...]:
    """Return what a report says of decided steps."""
    return tuple(
        DecidedFacts(
            id=step.descriptor_id,
            words=step.words,
            owner=step.owner,
            dimension=decided.dimension,
            status=Step.Status(step.status).label,
            start=_day(step.start),
            due=_day(step.due),
            when=decided.when,
            is_overdue=decided.is_overdue,
            days=step.days,
        )
        for step in steps
        for decided in (decided_words(step, today),)
    )


def timeline_values(steps: Iterable[Step], *, today: date) -> TimelineValues | None:
    """Return what the timeline of some steps is drawn from; None where none has a day."""
    bars = [
        Bar(
            words=step.words,
            owner=step.owner,
            start=step.start,
            due=step.due,
            status=cast(Status, step.status),
            is_overdue=step.due < today,
        )
        for step in steps
        if step.due is not None
    ]
    return timeline_of(bars, today=today)


def _day(day: date | None) -> str:
    return "" if day is None else day_text(day.isoformat())
