"""Organisation, date, and each dimension's target, weight and score last time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import access_assessment
from assessments.forms.framing import FramingForm
from assessments.models import Assessment
from assessments.queries.settings import settings_of
from assessments.services.locking import AssessmentClosed
from assessments.services.settings import change_settings
from assessments.views.pages import matrix_for
from maturity.workspaces.access import actor_of
from maturity.workspaces.roles import Action


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show or save what frames the assessment."""
    assessment = access_assessment(request, public_id, Action.MANAGE_ASSESSMENT)
    if assessment.is_closed:
        return _closed(request, assessment)
    form = FramingForm(
        request.POST if request.method == "POST" else None,
        assessment=assessment,
        matrix=matrix_for(assessment),
        stored=settings_of(assessment),
    )
    if request.method == "POST" and form.is_valid():
        try:
            if form.has_changed():
                change_settings(
                    assessment,
                    organisation_name=form.changed_value("organisation"),
                    date=form.changed_value("date"),
                    changes=form.setting_changes,
                    now=timezone.now(),
                    by=actor_of(request),
                )
        except AssessmentClosed:
            return _closed(request, assessment)
        messages.success(request, "Saved.")
        return HttpResponseRedirect(request.path)
    context = {"assessment": assessment, "part": "targets", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "assessments/targets.html", context, status=status)


def _closed(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    messages.info(request, "This assessment is closed: its targets stand as they were frozen.")
    return HttpResponseRedirect(reverse("reports:result", args=[assessment.public_id]))
