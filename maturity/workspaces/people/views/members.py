"""Change a role, remove somebody, leave, hand over: each a button that posts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from maturity.workspaces.access import (
    access_organisation,
    access_workspace,
    actor_of,
    signed_in_user,
)
from maturity.workspaces.models import Membership
from maturity.workspaces.people.forms import HandOverForm, RoleForm
from maturity.workspaces.people.queries.people import (
    heirs_of,
    member_account,
    membership_in,
    membership_of,
)
from maturity.workspaces.people.services.members import (
    LastOwner,
    change_role,
    hand_over,
    remove_member,
)
from maturity.workspaces.people.views.spots import Spot, organisation_spot, workspace_spot
from maturity.workspaces.role_words import ROLE_WORDS
from maturity.workspaces.roles import Action

LAST_OWNER = (
    "A workspace needs an owner, and there is no other one. Hand it over first,"
    " make somebody else an owner, or delete the workspace."
)


@require_POST
def change_workspace_role(request: HttpRequest, public_id: str, membership_id: int) -> HttpResponse:
    """Make an owner a consultant, or the other way round."""
    return _change_role(request, workspace_spot(request, public_id), membership_id)


@require_POST
def change_organisation_role(
    request: HttpRequest, public_id: str, membership_id: int
) -> HttpResponse:
    """Give somebody another role in the organisation."""
    return _change_role(request, organisation_spot(request, public_id), membership_id)


@require_POST
def remove_from_workspace(request: HttpRequest, public_id: str, membership_id: int) -> HttpResponse:
    """Take an owner's or consultant's role away."""
    return _remove(request, workspace_spot(request, public_id), membership_id)


@require_POST
def remove_from_organisation(
    request: HttpRequest, public_id: str, membership_id: int
) -> HttpResponse:
    """Take somebody's role in the organisation away."""
    return _remove(request, organisation_spot(request, public_id), membership_id)


@require_POST
def leave_workspace(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give up one's own role in the workspace."""
    workspace = access_workspace(request, public_id, Action.SEE_PORTFOLIO)
    own = membership_of(signed_in_user(request).pk, workspace=workspace, organisation=None)
    return _leave(request, Spot(workspace, None), own)


@require_POST
def leave_organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give up one's own role in the organisation."""
    organisation = access_organisation(request, public_id, Action.SEE_ORGANISATION)
    spot = Spot(organisation.workspace, organisation)
    own = membership_of(
        signed_in_user(request).pk, workspace=spot.workspace, organisation=organisation
    )
    return _leave(request, spot, own)


@require_POST
def hand_workspace_over(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make somebody else the owner in one's own place."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    user = signed_in_user(request)
    form = HandOverForm(request.POST, heirs=heirs_of(workspace, of_user_id=user.pk))
    if not form.is_valid():
        messages.error(request, "Please choose who is to be the owner. Nothing was changed.")
        return HttpResponseRedirect(Spot(workspace, None).url)
    heir = member_account(form.cleaned_data["user"], workspace=workspace)
    try:
        if heir is None:
            raise Membership.DoesNotExist
        hand_over(workspace, from_user=user, to_user=heir, now=timezone.now(), by=actor_of(request))
    except Membership.DoesNotExist:
        raise Http404 from None
    messages.success(request, f"{heir} owns {workspace.name} now.")
    return HttpResponseRedirect(reverse("reports:my"))


def _change_role(request: HttpRequest, spot: Spot, membership_id: int) -> HttpResponse:
    membership = _membership(spot, membership_id)
    form = RoleForm(request.POST, roles=spot.roles)
    if not form.is_valid():
        messages.error(request, "Please choose a role. Nothing was changed.")
        return HttpResponseRedirect(spot.url)
    role = form.cleaned_data["role"]
    try:
        change_role(membership, role=role, now=timezone.now(), by=actor_of(request))
    except LastOwner:
        messages.error(request, LAST_OWNER)
        return HttpResponseRedirect(spot.url)
    except Membership.DoesNotExist:
        raise Http404 from None
    messages.success(request, f"{membership.user} is {ROLE_WORDS[role].one} now.")
    return _after(request, spot, membership)


def _remove(request: HttpRequest, spot: Spot, membership_id: int) -> HttpResponse:
    membership = _membership(spot, membership_id)
    try:
        remove_member(membership, now=timezone.now(), by=actor_of(request))
    except LastOwner:
        messages.error(request, LAST_OWNER)
        return HttpResponseRedirect(spot.url)
    messages.success(request, f"{membership.user} no longer has a role in {spot.name}.")
    return _after(request, spot, membership)


def _leave(request: HttpRequest, spot: Spot, own: Membership | None) -> HttpResponse:
    if own is None:
        raise Http404
    try:
        remove_member(own, now=timezone.now(), by=actor_of(request))
    except LastOwner:
        messages.error(request, LAST_OWNER)
        return HttpResponseRedirect(spot.url)
    messages.success(request, f"You have left {spot.name}.")
    return HttpResponseRedirect(reverse("reports:my"))


def _membership(spot: Spot, membership_id: int) -> Membership:
    found = membership_in(membership_id, workspace=spot.workspace, organisation=spot.organisation)
    if found is None:
        raise Http404
    return found


def _after(request: HttpRequest, spot: Spot, membership: Membership) -> HttpResponse:
    """Return to the list, or away from it for who may have lost the right to see it."""
    is_own = membership.user_id == request.user.pk
    return HttpResponseRedirect(reverse("reports:my") if is_own else spot.url)
