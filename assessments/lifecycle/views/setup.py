"""A new assessment in an organisation, and how one is set up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import access_assessment
from assessments.core.services.assessments import (
    LOCKED_WORDS,
    AsksOnePersonOnly,
    SetupLocked,
    change_setup,
    drops_what_came_along,
    locked_in,
)
from assessments.core.services.locking import AssessmentClosed
from assessments.core.views.lookups import matrix_for
from assessments.lifecycle.forms.setup import AssessmentForm
from assessments.lifecycle.queries import last_closed_of
from assessments.lifecycle.services.starting import start_in_organisation
from assessments.models import Assessment
from maturity.catalogue.queries import matrices_on_offer
from maturity.workspaces.access import access_organisation, actor_of, signed_in_user
from maturity.workspaces.roles import Action


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask how the assessment is to be, and start it."""
    organisation = access_organisation(request, public_id, Action.START_ASSESSMENT)
    matrices = matrices_on_offer()
    last = last_closed_of(organisation)
    form = AssessmentForm(
        request.POST if request.method == "POST" else None,
        matrices=matrices,
        today=timezone.localdate(),
    )
    if request.method == "POST" and matrices and form.is_valid():
        assessment = start_in_organisation(
            organisation,
            model_version_id=form.version_id,
            setup=form.setup,
            user=signed_in_user(request),
            last=last if last and "from_last" in request.POST else None,
            now=timezone.now(),
            by=actor_of(request),
        )
        if assessment.asked == Assessment.Asked.FREE:
            return _to("assessments:resume", assessment)
        messages.success(request, "The assessment is started. Now choose who is asked.")
        return _to("assessments:respondents", assessment)
    context = {
        "organisation": organisation,
        "part": "new",
        "form": form,
        "last": last,
        "is_from_last": not form.is_bound or "from_last" in request.POST,
        "has_models": bool(matrices),
    }
    status = 422 if form.is_bound else 200
    return render(request, "lifecycle/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how the assessment is set up, or change it."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    locked = locked_in(assessment)
    form = AssessmentForm(
        request.POST if request.method == "POST" else None,
        matrices={assessment.model_version_id: matrix_for(assessment)},
        assessment=assessment,
        locked=locked,
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_setup(assessment, **form.setup, now=timezone.now(), by=actor_of(request))
        except AssessmentClosed:
            form.add_error(None, "The assessment is closed, so nothing of it changes.")
        except AsksOnePersonOnly:
            form.add_error("who", "Several people are asked already. Remove the others first.")
        except SetupLocked as refusal:
            words = ", ".join(LOCKED_WORDS[name] for name in refusal.fields)
            form.add_error(None, f"People have begun to answer, so this stays as it is: {words}.")
        else:
            messages.success(request, "Saved.")
            return HttpResponseRedirect(request.path)
    context = {
        "assessment": assessment,
        "part": "setup",
        "form": form,
        "matrix": matrix_for(assessment),
        "is_answered": len(locked) > 1,
        "drops": not locked and drops_what_came_along(assessment),
    }
    status = 422 if form.is_bound else 200
    return render(request, "lifecycle/setup.html", context, status=status)


def _to(name: str, assessment: Assessment) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[assessment.public_id]))
