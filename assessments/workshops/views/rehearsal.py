"""A rehearsal of a workshop, and the votes of its pretend participants."""

import random

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.core.services.locking import AssessmentClosed
from assessments.workshops.access import access_workshop
from assessments.workshops.services.rehearsing import rehearse as make_rehearsal
from assessments.workshops.services.rehearsing import tick as let_some_vote
from maturity.workspaces.access import actor_of


@require_POST
def rehearse(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a rehearsal and go to its screen."""
    workshop = access_workshop(request, public_id)
    try:
        copy = make_rehearsal(
            workshop,
            user=request.user if request.user.is_authenticated else None,
            chance=random.Random(),  # noqa: S311 nothing here is secret
            now=timezone.now(),
            by=actor_of(request),
        )
    except AssessmentClosed:
        messages.error(request, "The assessment is closed, so nothing is rehearsed on it.")
        place = reverse("workshops:list", args=[workshop.assessment.public_id])
        return HttpResponseRedirect(place)
    messages.info(request, "This is a rehearsal. Pretend participants are in the room.")
    return HttpResponseRedirect(reverse("workshops:facilitator", args=[copy.public_id]))


@require_POST
def tick(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let some pretend participants vote, if this is a rehearsal with an open round."""
    workshop = access_workshop(request, public_id)
    let_some_vote(workshop, chance=random.Random())  # noqa: S311 nothing here is secret
    return HttpResponse(status=204)
