"""Whether a screen is up to date: asked every two seconds, answered by one indexed read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.workshops.access import pulse_for_screen


@require_safe
def pulse(request: HttpRequest, public_id: str, ticket: str) -> HttpResponse:
    """Answer 204 while `seen` is what the workshop is at, else 200 with what to send next time."""
    found = pulse_for_screen(public_id, ticket)
    now = f"{found.revision}.{found.tally}"
    if request.GET.get("seen") == now:
        return HttpResponse(status=204)
    return HttpResponse(now, content_type="text/plain")
