"""Where an organisation stands and why; what if some steps were done; and results of before."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from assessments.access import access_result
from assessments.core.queries.results import results_of
from assessments.core.queries.standing import standing_of
from assessments.models import Assessment, Result
from assessments.workshops.queries.protocol import workshops_in_brief
from maturity.web.words import count_text
from maturity.workspaces.access import access_of
from maturity.workspaces.roles import Action
from reports.charts.pictures import radar_picture
from reports.comparing.what_if import compare
from reports.core.services.documents import document_of
from reports.core.views.hidden import hidden_page
from reports.document.documents import Document, StepFacts


@require_safe
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the placement: overall, radar, matrix, and each dimension with its reasons.

    Of a closed assessment it is the frozen one, and so it is for those who may only see closed
    results while it is reopened.
    """
    assessment, shown = access_result(request, public_id)
    return _page(request, assessment, shown)


@require_safe
def frozen(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show one frozen result of an assessment, whatever became of it since."""
    assessment, shown = access_result(request, public_id, number=number)
    return _page(request, assessment, shown, is_milestone=True)


def _page(
    request: HttpRequest,
    assessment: Assessment,
    shown: Result | None,
    *,
    is_milestone: bool = False,
) -> HttpResponse:
    standing = standing_of(assessment, result=shown, with_notes=False)
    if standing.is_hidden:
        return hidden_page(request, assessment, standing, part="result")
    document = document_of(standing)
    # A guest's own assessment is never closed, so there is nothing to look for.
    has_history = access_of(request).may(Action.SEE_HISTORY)
    context = {
        "assessment": assessment,
        "part": "result",
        "document": document,
        "is_milestone": is_milestone,
        "kept": results_of(assessment) if has_history else [],
        "workshops": workshops_in_brief(assessment, result=standing.result, now=timezone.now())
        if has_history
        else [],
    }
    if not document.is_empty:
        context["radar"] = radar_picture(document.radar)
    return render(request, "result/result.html", context)


@require_safe
@vary_on_headers("HX-Request")
def what_if(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the figures with some steps taken as done; nothing is stored.

    Steps come as `done` in the query; a request by htmx gets the figures alone.
    """
    assessment, shown = access_result(request, public_id)
    standing = standing_of(assessment, result=shown, with_notes=False)
    if standing.is_hidden:
        return hidden_page(request, assessment, standing, part="result")
    done = set(request.GET.getlist("done"))
    comparison = compare(standing.scored, done)
    context = {
        "assessment": assessment,
        "part": "result",
        "comparison": comparison,
        "radar": radar_picture(comparison.radar),
        "question": f"?{urlencode([('done', each) for each in sorted(done)])}" if done else "",
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "result/_what_if_figures.html", context)
    document = document_of(standing)
    context |= {"document": document, "done": done, "groups": _groups(document, done)}
    return render(request, "result/what_if.html", context)


def _groups(document: Document, done: set[str]) -> list[dict[str, object]]:
    """Return the suggested steps by dimension, in the roadmap's order of dimensions."""
    groups: dict[str, list[StepFacts]] = {}
    for step in document.steps:
        groups.setdefault(step.dimension, []).append(step)
    return [
        {
            "name": name,
            "steps": steps,
            "count": count_text(len(steps), "step"),
            "is_open": not index or any(step.id in done for step in steps),
        }
        for index, (name, steps) in enumerate(groups.items())
    ]
