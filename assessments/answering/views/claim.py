"""Keep in an account what was started without one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import access_assessment, access_beginning, drop_grant
from assessments.answering.forms.claim import NEW_TEAM, ClaimForm
from assessments.answering.queries.claimable import places_to_claim
from assessments.answering.services.claiming import (
    AlreadyClaimed,
    claim_into_new_team,
    claim_into_organisation,
    claim_into_workspace,
)
from assessments.models import Assessment, Respondent
from maturity.workspaces.access import (
    access_organisation,
    access_workspace,
    actor_of,
    places_of,
    signed_in_user,
)
from maturity.workspaces.models import Workspace
from maturity.workspaces.roles import Action


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask where to keep the assessment, and move it there."""
    access_assessment(request, public_id, Action.MANAGE_ASSESSMENT)
    assessment, respondent = access_beginning(request, public_id)
    if assessment.workspace.kind != Workspace.Kind.GUEST:
        # It is in somebody's workspace already: there is nothing to claim.
        raise Http404
    if not request.user.is_authenticated:
        return _sign_in_first(request, assessment)
    places = places_to_claim(places_of(request))
    form = ClaimForm(
        request.POST if request.method == "POST" else None,
        places=places,
        name=assessment.organisation.name,
    )
    if request.method == "POST" and form.is_valid():
        try:
            _move(request, assessment, respondent, *form.chosen)
        except AlreadyClaimed:
            raise Http404 from None
        drop_grant(request, public_id)
        messages.success(
            request,
            "The assessment is in your account now. Its old link opens nothing any more:"
            " sign in to come back to it.",
        )
        return HttpResponseRedirect(reverse("reports:result", args=[public_id]))
    context = {"assessment": assessment, "part": "link", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "answering/claim.html", context, status=status)


def _move(
    request: HttpRequest,
    assessment: Assessment,
    respondent: Respondent | None,
    kind: str,
    place: str,
) -> None:
    user, now, by = signed_in_user(request), timezone.now(), actor_of(request)
    if kind == NEW_TEAM:
        claim_into_new_team(assessment, respondent=respondent, user=user, now=now, by=by)
    elif kind == "workspace":
        workspace = access_workspace(request, place, Action.ADD_ORGANISATION)
        claim_into_workspace(
            assessment, workspace=workspace, respondent=respondent, user=user, now=now, by=by
        )
    else:
        organisation = access_organisation(request, place, Action.START_ASSESSMENT)
        claim_into_organisation(
            assessment, organisation=organisation, respondent=respondent, user=user, now=now, by=by
        )


def _sign_in_first(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    question = urlencode({"next": request.path})
    context = {
        "assessment": assessment,
        "part": "link",
        "sign_in_url": f"{reverse('account_login')}?{question}",
        "sign_up_url": f"{reverse('account_signup')}?{question}",
    }
    return render(request, "answering/claim_sign_in.html", context)
