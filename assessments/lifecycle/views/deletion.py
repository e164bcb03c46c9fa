"""Deleting an assessment, with everything that was answered and frozen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import access_assessment, drop_grant
from assessments.lifecycle.forms.deletion import TypedOrganisationForm
from assessments.lifecycle.services.deletion import HasResults, Stake, delete_assessment, stake_in
from assessments.models import Assessment
from maturity.workspaces.access import access_of, actor_of
from maturity.workspaces.roles import Action, Role


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask once more, then delete the assessment and all its answers.

    Its results are the organisation's history: they go only when somebody of the workspace types
    the organisation's name. A name is also asked for where others have answered.
    """
    assessment = access_assessment(request, public_id, Action.MANAGE_ASSESSMENT)
    access = access_of(request)
    is_holder = Role.HOLDER in access.roles
    stake = stake_in(assessment, user_id=request.user.pk or 0)
    may_delete = access.is_of_workspace or not stake.has_results
    data = request.POST if request.method == "POST" else None
    wanted = assessment.organisation.name
    form = TypedOrganisationForm(data, wanted=wanted) if _asks_for_name(stake, is_holder) else None
    if request.method == "POST" and may_delete and (form is None or form.is_valid()):
        try:
            delete_assessment(
                assessment,
                with_results=access.is_of_workspace and stake.has_results,
                now=timezone.now(),
                by=actor_of(request),
            )
        except HasResults:
            # It was closed meanwhile: ask again, or say why not.
            return HttpResponseRedirect(request.path)
        return _gone(request, assessment, is_holder=is_holder)
    context = {
        "assessment": assessment,
        "part": "link" if is_holder else "setup",
        "is_holder": is_holder,
        "stake": stake,
        "may_delete": may_delete,
        "form": form,
        "back": _back(assessment, is_holder=is_holder, has_results=stake.has_results),
    }
    status = 409 if not may_delete else 422 if form and form.is_bound else 200
    return render(request, "lifecycle/delete.html", context, status=status)


def _asks_for_name(stake: Stake, is_holder: bool) -> bool:
    return not is_holder and (stake.has_results or stake.of_others)


def _gone(request: HttpRequest, assessment: Assessment, *, is_holder: bool) -> HttpResponse:
    organisation = assessment.organisation
    drop_grant(request, assessment.url_id)
    messages.success(
        request, f"The assessment of {organisation.name} and all its answers are deleted."
    )
    if is_holder:
        return HttpResponseRedirect(reverse("assessments:home"))
    return HttpResponseRedirect(reverse("reports:organisation", args=[organisation.public_id]))


def _back(assessment: Assessment, *, is_holder: bool, has_results: bool) -> str:
    """Return where somebody goes on who keeps it."""
    if is_holder:
        return reverse("assessments:link", args=[assessment.url_id])
    if has_results:
        return reverse("reports:result", args=[assessment.public_id])
    return reverse("reports:organisation", args=[assessment.organisation.public_id])
