"""The decided steps of an organisation as a picture over time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import access_roadmap
from assessments.roadmap.views.step_rows import VIEWS
from reports.charts.timeline import timeline as draw_timeline
from reports.core.services.roadmap import decided_facts, open_steps, timeline_values


@require_safe
def timeline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the open steps that have a day, as bars over the months, and as a table."""
    organisation = access_roadmap(request, public_id)
    today = timezone.localdate()
    opened = open_steps(organisation)
    values = timeline_values(opened, today=today)
    context = {
        "organisation": organisation,
        "part": "steps",
        "views": VIEWS,
        "decided": decided_facts(opened, today=today),
        "values": values,
        "undated": sum(step.due is None for step in opened),
        "picture": draw_timeline(values, name="timeline") if values else "",
    }
    return render(request, "overview/timeline.html", context)
