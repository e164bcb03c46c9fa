"""Who holds which role, and inviting more."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maturity.web.rate_limits import LimitReached, undone_when_refused
from maturity.workspaces.access import (
    access_of,
    access_organisation,
    access_workspace,
    actor_of,
    signed_in_user,
)
from maturity.workspaces.models import Invitation, Workspace
from maturity.workspaces.people.forms import HandOverForm, InviteForm, RoleForm
from maturity.workspaces.people.queries.invitations import pending_invitations
from maturity.workspaces.people.queries.people import (
    Member,
    heirs_of,
    people_of_organisation,
    people_of_workspace,
    workspace_people,
)
from maturity.workspaces.people.services.invitations import (
    CannotInvite,
    TooManyInvitations,
    invitation_token,
    invite,
)
from maturity.workspaces.people.services.mailing import can_send_mail, count_mails, mail_invitation
from maturity.workspaces.people.views.spots import Spot, workspace_spot
from maturity.workspaces.role_words import ROLE_WORDS
from maturity.workspaces.roles import Action, Role


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show everybody of a workspace; its owners may invite owners and consultants here."""
    if request.method == "POST":
        spot = workspace_spot(request, public_id)
        form = InviteForm(request.POST, roles=spot.roles)
        status, reached = _invite(request, spot, form)
        if not status:
            return _back(spot)
        response = _workspace_page(request, spot.workspace, form, status)
        return reached.on(response) if reached else response
    workspace = access_workspace(request, public_id, Action.SEE_PORTFOLIO)
    return _workspace_page(request, workspace, None, 200)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the people of an organisation, and invite more."""
    organisation = access_organisation(request, public_id, Action.INVITE)
    spot = Spot(organisation.workspace, organisation)
    form = InviteForm(request.POST if request.method == "POST" else None, roles=spot.roles)
    status, reached = _invite(request, spot, form) if form.is_bound else (200, None)
    if not status:
        return _back(spot)
    context = {
        "organisation": organisation,
        "part": "people",
        "people": _rows(request, people_of_organisation(organisation), spot),
        "above": workspace_people(spot.workspace),
        **_inviting(request, spot, form),
    }
    response = render(request, "people/organisation_people.html", context, status=status)
    return reached.on(response) if reached else response


@dataclass(frozen=True, slots=True)
class _MemberRow:
    """One member on a page; `form` is there when the visitor may give another role."""

    person: Member
    role: str
    is_you: bool
    form: RoleForm | None


@dataclass(frozen=True, slots=True)
class _Pending:
    """One invitation on a page; `address` is empty when its link cannot be shown any more."""

    invitation: Invitation
    role: str
    address: str
    is_expired: bool


def _workspace_page(
    request: HttpRequest, workspace: Workspace, form: InviteForm | None, status: int
) -> HttpResponse:
    access = access_of(request)
    may_manage = access.may(Action.MANAGE_MEMBERS)
    everybody = people_of_workspace(workspace)
    spot = Spot(workspace, None)
    context = {
        "workspace": workspace,
        "part": "people",
        "may_manage": may_manage,
        "people": _rows(request, everybody.of_workspace, spot if may_manage else None),
        "places": [
            (place.organisation, [(each, ROLE_WORDS[each.role].name) for each in place.people])
            for place in everybody.places
        ],
    }
    if may_manage:
        heirs = heirs_of(workspace, of_user_id=signed_in_user(request).pk)
        context["hand_over"] = HandOverForm(heirs=heirs) if heirs else None
        context |= _inviting(request, spot, form or InviteForm(roles=spot.roles))
    return render(request, "people/people.html", context, status=status)


def _inviting(request: HttpRequest, spot: Spot, form: InviteForm) -> dict[str, Any]:
    now, base = timezone.now(), link_base(request)
    pending = pending_invitations(spot.workspace, organisation=spot.organisation)
    tokens = [invitation_token(row) for row in pending]
    return {
        "spot": spot,
        "form": form,
        "can_send_mail": can_send_mail(),
        "pending": [
            _Pending(
                invitation=row,
                role=ROLE_WORDS[Role(row.role)].name,
                address=f"{base}{token}/" if token else "",
                is_expired=row.expires_at <= now,
            )
            for row, token in zip(pending, tokens, strict=True)
        ],
    }


def _rows(request: HttpRequest, people: list[Member], spot: Spot | None) -> list[_MemberRow]:
    return [
        _MemberRow(
            person=each,
            role=ROLE_WORDS[each.role].name,
            is_you=each.user_id == request.user.pk,
            form=_role_form(spot, each),
        )
        for each in people
    ]


def _role_form(spot: Spot | None, person: Member) -> RoleForm | None:
    if spot is None or len(spot.roles) < 2:
        return None
    prefix = f"m{person.membership_id}"
    return RoleForm(roles=spot.roles, initial={"role": person.role.value}, auto_id=f"{prefix}_%s")


def _invite(request: HttpRequest, spot: Spot, form: InviteForm) -> tuple[int, LimitReached | None]:
    """Invite whom the form names; return 0 when it is done, else the status of the page.

    With it comes the limit that was reached, if one was.
    """
    if not form.is_valid():
        return 422, None
    now, by = timezone.now(), actor_of(request)
    try:
        with undone_when_refused():
            invitations = invite(
                spot.workspace,
                emails=form.cleaned_data["emails"],
                role=form.cleaned_data["role"],
                organisation=spot.organisation,
                invited_by=signed_in_user(request),
                now=now,
                by=by,
            )
            count_mails(len(invitations), now=now, by=by)
    except CannotInvite as refusal:
        for problem in refusal.problems:
            form.add_error("emails", problem)
        return 422, None
    except TooManyInvitations:
        form.add_error("emails", TOO_MANY)
        return 429, None
    except LimitReached as reached:
        form.add_error("emails", too_many_mails(reached))
        return 429, reached
    for invitation in invitations:
        mail_invitation(invitation, link_base=link_base(request))
    what = f"{len(invitations)} people are" if len(invitations) > 1 else "1 person is"
    how = (
        "An e-mail with the link is on its way to each of them."
        if can_send_mail()
        else "This installation sends no e-mail: copy each link below and pass it on yourself."
    )
    messages.success(request, f"{what} invited. {how}")
    return 0, None


TOO_MANY = (
    "This workspace has sent as many invitations as it may within an hour."
    " Please go on a little later; nobody of this list was invited."
)


def too_many_mails(reached: LimitReached) -> str:
    """Say that an account sent as many mails as it may, and when it can go on."""
    return (
        "You have sent as many e-mails today as one account may."
        f" Please go on in {reached.wait}; nobody was written to just now."
    )


def link_base(request: HttpRequest) -> str:
    """Return the absolute address of invitations, before the token."""
    example = reverse("workspaces:invitation", args=["t"])
    return request.build_absolute_uri(example.removesuffix("t/"))


def _back(spot: Spot) -> HttpResponse:
    return HttpResponseRedirect(spot.url)
