"""The facilitator's screen: where the room is, who is here, and what can be done next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.workshops.access import access_workshop, screen_ticket
from assessments.workshops.models import Workshop
from assessments.workshops.queries.people import people_of
from assessments.workshops.queries.rounds import suggested_candidates
from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.views.deciding import Deciding, deciding_of
from assessments.workshops.views.door import door_of, is_only_here
from assessments.workshops.views.screen_facts import Screen, screen_of
from maturity.catalogue.matrix import Matrix


@require_safe
def facilitator(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the screen the workshop is run from."""
    workshop = access_workshop(request, public_id)
    return facilitator_page(request, workshop)


@require_safe
def screen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the part of it that changes."""
    workshop = access_workshop(request, public_id)
    return facilitator_screen(request, workshop)


def facilitator_page(
    request: HttpRequest,
    workshop: Workshop,
    *,
    deciding: Deciding | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the whole page; `deciding` is a form that was not taken, `problem` why."""
    context = _context(request, workshop, deciding=deciding, problem=problem)
    context["ticket"] = screen_ticket(workshop)
    return render(request, "workshops/facilitator.html", context, status=status)


def facilitator_screen(
    request: HttpRequest,
    workshop: Workshop,
    *,
    deciding: Deciding | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the part that changes, for a script to put in its place."""
    context = _context(request, workshop, deciding=deciding, problem=problem)
    return render(request, "workshops/_facilitator.html", context, status=status)


def _context(
    request: HttpRequest, workshop: Workshop, *, deciding: Deciding | None, problem: str
) -> dict[str, object]:
    now = timezone.now()
    seen = screen_of(workshop, now=now)
    if deciding is None and seen.current is not None and seen.current.is_shown:
        deciding = deciding_of(workshop, seen.current, matrix=seen.matrix)
    return {
        "assessment": workshop.assessment,
        "part": "workshops",
        "workshop": workshop,
        "screen": seen,
        "people": people_of(workshop, now=now),
        "door": door_of(request, workshop, now=now),
        "is_only_here": is_only_here(request) and not workshop.is_rehearsal,
        "deciding": deciding,
        "problem": problem,
        "candidates": _candidates(workshop, seen),
        "close_url": reverse("assessments:close", args=[workshop.assessment.public_id]),
    }


def _candidates(workshop: Workshop, seen: Screen) -> list[dict[str, object]]:
    """Return the steps that may be put to choice in the round that comes, ticked or not."""
    current = seen.current
    if current is None or seen.phase != "planned" or current.kind != RoundKind.STEPS:
        return []
    matrix: Matrix = seen.matrix
    offered = dict.fromkeys([*current.candidates, *suggested_candidates(workshop)])
    return [
        {
            "key": key,
            "text": matrix.descriptors[key].as_step,
            "row": matrix.dimension_by_key[matrix.descriptors[key].dimension].name,
            "is_ticked": key in current.candidates,
        }
        for key in offered
        if key in matrix.descriptors
    ]
