"""The decided steps of an organisation as a picture over time."""

from types import ModuleType
from typing import cast

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import access_roadmap
from assessments.queries.steps import by_date, steps_of
from assessments.views.step_rows import VIEWS, decided_words
from reports.timeline import Bar, Status, timeline_of


@require_safe
def timeline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the open steps that have a day, as bars over the months, and as a table."""
    organisation = access_roadmap(request, public_id)
    today = timezone.localdate()
    opened = [step for step in steps_of(organisation) if step.is_open]
    decided = [decided_words(step, today) for step in by_date(opened)]
    bars = [
        Bar(
            words=each.step.words,
            owner=each.step.owner,
            start=each.step.start,
            due=each.step.due,
            status=cast(Status, each.step.status),
            is_overdue=each.is_overdue,
        )
        for each in decided
        if each.step.due is not None
    ]
    values = timeline_of(bars, today=today)
    context = {
        "organisation": organisation,
        "part": "steps",
        "views": VIEWS,
        "decided": decided,
        "values": values,
        "undated": len(opened) - len(bars),
        "picture": _pictures().timeline_picture(values, store=cache) if values else "",
    }
    return render(request, "reports/timeline.html", context)


def _pictures() -> ModuleType:
    # A heavy library: a process imports it when it draws its first picture.
    from reports.charts import pictures

    return pictures
