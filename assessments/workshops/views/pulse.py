"""Where a screen learns what the workshop is at."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.workshops.access import pulse_for_screen


@require_safe
def pulse(request: HttpRequest, public_id: str, ticket: str) -> HttpResponse:
    """Say the pulse, or nothing to a screen that has seen it already."""
    found = pulse_for_screen(public_id, ticket)
    headers = {"Cache-Control": "no-store"}
    if request.GET.get("seen") == found.text:
        return HttpResponse(status=204, headers=headers)
    return HttpResponse(found.text, content_type="text/plain", headers=headers)
