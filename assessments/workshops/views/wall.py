"""The wall: what everybody in the room looks at. No controls are on it, and no secret."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.workshops.access import access_workshop, screen_ticket
from assessments.workshops.models import Workshop
from assessments.workshops.views.door import door_of
from assessments.workshops.views.screen_facts import screen_of

# Of a gate's statements, and of steps, no more than these can be read from ten metres.
MOST_STATEMENTS = 4
MOST_STEPS = 6


@require_safe
def wall(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the wall."""
    workshop = access_workshop(request, public_id)
    context = {**_context(request, workshop), "ticket": screen_ticket(workshop)}
    return render(request, "workshops/wall.html", context)


@require_safe
def screen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the part of it that changes."""
    workshop = access_workshop(request, public_id)
    return render(request, "workshops/_wall.html", _context(request, workshop))


def _context(request: HttpRequest, workshop: Workshop) -> dict[str, object]:
    now = timezone.now()
    seen = screen_of(workshop, now=now)
    shown = seen.shown
    lines = shown.apart_first if shown else ()
    statements = shown.statements if shown else ()
    return {
        "workshop": workshop,
        "screen": seen,
        "shown": shown,
        "door": door_of(request, workshop, now=now),
        "lines": lines[:MOST_STATEMENTS],
        "more_lines": max(len(lines) - MOST_STATEMENTS, 0),
        "statements": statements,
        "steps": shown.steps[:MOST_STEPS] if shown else (),
    }
