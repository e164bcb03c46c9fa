"""The steps one owns, wherever they are, and whether mails tell of them."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assessments.core.services.mailing import can_send_mail
from assessments.models import Step
from assessments.roadmap.queries.owned_steps import done_steps_of, owned_steps
from assessments.roadmap.queries.step_words import DescribedStep, decided_words
from maturity.workspaces.access import actor_of, places_of, signed_in_user
from maturity.workspaces.accounts.services.accounts import switch_step_mails
from maturity.workspaces.models import Membership, Organisation
from maturity.workspaces.scopes import scope_of

# Ours: long enough to notice that a step was ticked off by mistake.
LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OrganisationSteps:
    """An organisation and one's open steps there, those due first at the front."""

    organisation: Organisation
    steps: list[DescribedStep]


@require_safe
def my_steps(request: HttpRequest) -> HttpResponse:
    """List one's open steps by organisation, and those done lately.

    Costs: 3 queries, and the session and account.
    """
    user = signed_in_user(request)
    held = [each for each in places_of(request) if each.workspace.deletion_asked_at is None]
    places = _places(user.pk, held)
    context = {
        "places": places,
        "done": _done_lately(user.pk, held),
        "count": sum(len(place.steps) for place in places),
        "overdue": sum(step.is_overdue for place in places for step in place.steps),
        # Each once, as there may be a role in several of its organisations.
        "workspaces": list({each.workspace_id: each.workspace for each in held}.values()),
        "can_send_mail": can_send_mail(),
    }
    return render(request, "roadmap/my_steps.html", context)


@require_POST
def mails(request: HttpRequest) -> HttpResponse:
    """Turn the mails about one's steps on or off, in every workspace."""
    user = signed_in_user(request)
    is_on = request.POST.get("mails") == "on"
    switch_step_mails(user, is_on=is_on, now=timezone.now(), by=actor_of(request))
    said = "You get mails about your steps." if is_on else "You get no more mails about your steps."
    messages.success(request, said)
    return HttpResponseRedirect(f"{reverse('assessments:my-steps')}#mails")


def _done_lately(user_id: int, held: list[Membership]) -> list[Step]:
    with scope_of(*{each.workspace_id for each in held}):
        return list(done_steps_of(user_id, since=timezone.now() - LATELY))


def _places(user_id: int, held: list[Membership]) -> list[OrganisationSteps]:
    today = timezone.localdate()
    found: dict[int, OrganisationSteps] = {}
    with scope_of(*{each.workspace_id for each in held}):
        for step in owned_steps(user_id):
            place = found.setdefault(step.organisation_id, OrganisationSteps(step.organisation, []))
            place.steps.append(decided_words(step, today))
    return sorted(
        found.values(), key=lambda place: (place.organisation.name, place.organisation.pk)
    )
