"""Quick: one dimension a page, its cells side by side."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import access_respondent
from assessments.answering.views.blocks import cells
from assessments.answering.views.pages import (
    PageFrame,
    answering_page,
    is_open,
    mode_url,
    neighbours,
)
from assessments.answering.views.saving import after_saving, save_page
from assessments.core.queries.answers import picks_of
from assessments.core.views.lookups import asked_in, dimension_or_404, matrix_for


@require_safe
def quick_start(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go to the first dimension nobody picked a stage for, or to the first."""
    respondent = access_respondent(request, public_id)
    asked_in(respondent.assessment, "quick")
    matrix, values = matrix_for(respondent.assessment), picks_of(respondent).values
    rows = [row for row in matrix.dimensions if is_open(values, row.key)] or matrix.dimensions
    return HttpResponseRedirect(mode_url(respondent.assessment, "quick", rows[0].key))


@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: HttpRequest, public_id: str, dimension: str) -> HttpResponse:
    """Show a dimension's cells, or save the choice among them."""
    respondent = access_respondent(request, public_id)
    assessment = respondent.assessment
    matrix, asked = matrix_for(assessment), asked_in(assessment, "quick")
    row = dimension_or_404(matrix, dimension)
    trouble = None
    if request.method == "POST":
        saved = save_page(request, respondent, matrix, picks=[row.key])
        trouble = saved.troubles.get(row.key)
        if trouble is None:
            previous, following = neighbours(request, assessment, matrix, "quick", row, asked)
            here = mode_url(assessment, "quick", row.key)
            return after_saving(request, saved, here=here, previous=previous, following=following)
    given = picks_of(respondent)
    frame = PageFrame(
        mode="quick",
        title=row.name,
        lead=row.summary,
        dimension=row,
        problem_count=1 if trouble else 0,
        status=422 if trouble else 200,
    )
    body = [cells(assessment.model_version_id, row.key, given, trouble)]
    return answering_page(
        request, respondent, matrix, frame, asked=asked, body=body, given=given, shown=[row.key]
    )
