"""The days by which steps should be done, as a file for anybody's calendar."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessments.access import access_roadmap
from assessments.queries.step_words import decided_words
from assessments.queries.steps import by_date, steps_of
from maturity.web.calendar import Day, calendar_bytes


@require_safe
def calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand over the open steps that have a day."""
    organisation = access_roadmap(request, public_id)
    now = timezone.now()
    days = []
    for step in by_date(steps_of(organisation)):
        if step.is_open and step.due is not None:
            dimension = decided_words(step, now.date()).dimension
            about = "\n".join(filter(None, (step.owner, dimension, step.notes)))
            key = f"step-{step.pk}@{organisation.public_id}.waymark"
            days.append(Day(key, step.due, f"Done by today: {step.words}", about))
    content = calendar_bytes(days, name=f"Roadmap of {organisation.name}", made_at=now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, "waymark-roadmap.ics")
    response["Cache-Control"] = "private, no-store"
    return response
