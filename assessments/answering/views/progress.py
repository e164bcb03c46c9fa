"""The jump list, fetched again after saves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import access_respondent
from assessments.answering.views.pages import jumps_of
from assessments.core.queries.answers import picks_of, ratings_of
from assessments.core.views.lookups import asked_in, matrix_for


@require_safe
def progress(request: HttpRequest, public_id: str, mode: str) -> HttpResponse:
    """Return the jump list of a way to answer; `?at=` names the dimension that is shown."""
    respondent = access_respondent(request, public_id)
    assessment = respondent.assessment
    asked = asked_in(assessment)
    if mode not in asked.ways:
        raise Http404
    given = picks_of(respondent) if mode == "quick" else ratings_of(respondent)
    jumps, done = jumps_of(
        assessment, matrix_for(assessment), mode, given, request.GET.get("at", ""), asked
    )
    return render(request, "answering/_jump_list.html", {"jumps": jumps, "progress": done})
