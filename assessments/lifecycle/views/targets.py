"""Organisation, date, and each dimension's target, weight and score last time."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import access_assessment
from assessments.core.queries.settings import settings_of
from assessments.core.queries.standing import standing_of
from assessments.core.services.locking import AssessmentClosed
from assessments.core.views.lookups import matrix_for
from assessments.lifecycle.forms.targets import FramingForm
from assessments.lifecycle.services.targets import change_settings
from assessments.models import Assessment
from assessments.roadmap.services.steps import MOST_DAYS
from assessments.scoring.targets import (
    as_far_as_sensible,
    next_stage_everywhere,
    one_stage_everywhere,
)
from maturity.web.text import whole_number
from maturity.workspaces.access import actor_of
from maturity.workspaces.roles import Action

# What a small team can give beside its work; to be changed by who asks.
DAYS_A_MONTH = 10


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show or save what frames the assessment."""
    assessment = access_assessment(request, public_id, Action.MANAGE_ASSESSMENT)
    if assessment.is_closed:
        return _closed(request, assessment)
    start = _start(request, assessment) if request.method != "POST" else None
    form = FramingForm(
        request.POST if request.method == "POST" else None,
        assessment=assessment,
        matrix=matrix_for(assessment),
        stored=settings_of(assessment),
        proposed=start.targets if start else None,
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
    matrix = matrix_for(assessment)
    context = {
        "assessment": assessment,
        "part": "targets",
        "form": form,
        "start": start,
        "stages": matrix.stages[1:],
        "days": assessment.organisation.days_a_month or DAYS_A_MONTH,
        "most_days": MOST_DAYS,
    }
    status = 422 if form.is_bound else 200
    return render(request, "lifecycle/targets.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Start:
    """Targets to start from, and what they are, in a sentence."""

    targets: Mapping[str, int]
    words: str


def _start(request: HttpRequest, assessment: Assessment) -> Start | None:
    """Return what `start` in the query proposes; None where it asks for nothing there is."""
    wanted = request.GET.get("start", "")
    if wanted not in ("next", "year") and not wanted.startswith("stage-"):
        return None
    standing = standing_of(assessment, with_notes=False)
    matrix, placement = standing.matrix, standing.placement
    if wanted.startswith("stage-"):
        number = whole_number(wanted.removeprefix("stage-"), digits=4)
        stage = matrix.stage_by_number.get(number) if number is not None else None
        if stage is None:
            return None
        targets = one_stage_everywhere(matrix, placement, stage.number)
        words = f"Stage {stage.number}, {stage.name}, everywhere; where you are further, that stays"
        return Start(targets, f"{words}.")
    if not any(each.stage is not None for each in placement.dimensions):
        return Start({}, "Nothing is assessed yet, so there is no next stage to propose.")
    if wanted == "next":
        return Start(next_stage_everywhere(matrix, placement), "The next stage everywhere.")
    asked = whole_number(request.GET.get("days", ""), digits=4)
    days = min(max(asked or DAYS_A_MONTH, 1), MOST_DAYS)
    targets = as_far_as_sensible(standing.scored, days=12 * days)
    return Start(
        targets,
        f"As far as {days} days of work a month reach within a year, by the effort of the shortest"
        " way to each stage. The lowest dimensions come first.",
    )


def _closed(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    messages.info(request, "This assessment is closed: its targets stand as they were frozen.")
    return HttpResponseRedirect(reverse("reports:result", args=[assessment.public_id]))
