"""The link of an invitation; and sending it again or revoking it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maturity.web.rate_limits import LimitReached, undone_when_refused
from maturity.workspaces.access import actor_of, signed_in_user
from maturity.workspaces.models import Invitation
from maturity.workspaces.people.queries.invitations import invitation_of_token, pending_invitation
from maturity.workspaces.people.services.invitations import (
    InvitationNotValid,
    TooManyInvitations,
    accept,
    resend,
    revoke,
)
from maturity.workspaces.people.services.mailing import count_mails, mail_invitation
from maturity.workspaces.people.views.people import TOO_MANY, link_base, too_many_mails
from maturity.workspaces.people.views.spots import Spot, organisation_spot, workspace_spot
from maturity.workspaces.role_words import ROLE_WORDS
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import narrow_to


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what, and take it up once somebody is signed in."""
    now = timezone.now()
    found = invitation_of_token(token, now=now)
    if found is None:
        return render(request, "people/invitation_not_valid.html", status=404)
    if request.method == "POST":
        user = signed_in_user(request)
        narrow_to(found.workspace_id)
        try:
            held = accept(found, user=user, now=now, by=actor_of(request))
        except InvitationNotValid:
            return render(request, "people/invitation_not_valid.html", status=404)
        text = _welcome(found, Role(held.role))
        messages.success(request, text)
        return HttpResponseRedirect(reverse("reports:my"))
    context = {
        "invitation": found,
        "place": found.organisation or found.workspace,
        "role": ROLE_WORDS[Role(found.role)],
        # A team's organisation bears the name of its workspace: once is enough.
        "is_below": found.organisation and found.organisation.name != found.workspace.name,
    }
    return render(request, "people/invitation.html", context)


@require_POST
def resend_to_workspace(request: HttpRequest, public_id: str, invitation_id: int) -> HttpResponse:
    """Send an owner's or consultant's invitation again."""
    return _resend(request, workspace_spot(request, public_id), invitation_id)


@require_POST
def resend_to_organisation(
    request: HttpRequest, public_id: str, invitation_id: int
) -> HttpResponse:
    """Send an invitation to the organisation again."""
    return _resend(request, organisation_spot(request, public_id), invitation_id)


@require_POST
def revoke_to_workspace(request: HttpRequest, public_id: str, invitation_id: int) -> HttpResponse:
    """Take an owner's or consultant's invitation back."""
    return _revoke(request, workspace_spot(request, public_id), invitation_id)


@require_POST
def revoke_to_organisation(
    request: HttpRequest, public_id: str, invitation_id: int
) -> HttpResponse:
    """Take an invitation to the organisation back."""
    return _revoke(request, organisation_spot(request, public_id), invitation_id)


def _resend(request: HttpRequest, spot: Spot, invitation_id: int) -> HttpResponse:
    found = _pending(spot, invitation_id)
    now, by = timezone.now(), actor_of(request)
    try:
        with undone_when_refused():
            resend(found, now=now, by=by)
            count_mails(1, now=now, by=by)
    except InvitationNotValid:
        raise Http404 from None
    except TooManyInvitations:
        messages.error(request, TOO_MANY)
        return HttpResponseRedirect(spot.url)
    except LimitReached as reached:
        messages.error(request, too_many_mails(reached))
        return reached.on(HttpResponseRedirect(spot.url))
    if mail_invitation(found, link_base=link_base(request)):
        messages.success(request, f"The invitation is on its way to {found.email} again.")
    else:
        messages.success(
            request,
            f"The invitation for {found.email} works for another 14 days."
            " This installation sends no e-mail: copy its link below.",
        )
    return HttpResponseRedirect(spot.url)


def _revoke(request: HttpRequest, spot: Spot, invitation_id: int) -> HttpResponse:
    found = _pending(spot, invitation_id)
    email = found.email
    try:
        revoke(found, now=timezone.now(), by=actor_of(request))
    except InvitationNotValid:
        raise Http404 from None
    messages.success(request, f"The invitation for {email} is revoked. Its link opens nothing now.")
    return HttpResponseRedirect(spot.url)


def _pending(spot: Spot, invitation_id: int) -> Invitation:
    found = pending_invitation(
        invitation_id, workspace=spot.workspace, organisation=spot.organisation
    )
    if found is None:
        raise Http404
    return found


def _welcome(offered: Invitation, held: Role) -> str:
    place = str(offered.organisation or offered.workspace)
    if held != offered.role:
        return (
            f"You are {ROLE_WORDS[held].one} already, which allows more than"
            f" {ROLE_WORDS[Role(offered.role)].one} in {place}. You keep that."
        )
    return f"Welcome to {place}. You are {ROLE_WORDS[held].one} here."
