"""Everything: every statement, of one dimension or of all on one page."""

from collections.abc import Iterator, Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from assessments.access import access_respondent
from assessments.answering.views.blocks import Trouble, stage_head, statement
from assessments.answering.views.pages import (
    PageFrame,
    answering_page,
    is_open,
    mode_url,
    neighbours,
)
from assessments.answering.views.saving import after_saving, save_page
from assessments.core.queries.answers import Given, ratings_of
from assessments.core.views.lookups import asked_in, dimension_or_404, matrix_for
from assessments.scoring.asked import QuestionSet
from maturity.catalogue.matrix import Dimension

_ALL_ANSWERED = (
    b'<div class="empty"><h2>Nothing is open here</h2><p>Every statement has an answer.'
    b" Choose \xe2\x80\x9cShow all\xe2\x80\x9d to read or change them, or go on.</p></div>"
)


@require_http_methods(["GET", "HEAD", "POST"])
def everything(request: HttpRequest, public_id: str, dimension: str = "") -> HttpResponse:
    """Show or save statements; `?open=1` leaves out what is answered."""
    respondent = access_respondent(request, public_id)
    assessment = respondent.assessment
    matrix, asked = matrix_for(assessment), asked_in(assessment, "everything")
    row = dimension_or_404(matrix, dimension) if dimension else None
    rows = [row] if row else matrix.dimensions
    keys = [descriptor.id for each in rows for descriptor in asked.descriptors_of(each)]
    is_open_only = request.GET.get("open") == "1"
    troubles: Mapping[str, Trouble] = {}
    if request.method == "POST":
        saved = save_page(request, respondent, matrix, descriptors=keys)
        troubles = saved.troubles
        if not troubles:
            previous, following = neighbours(request, assessment, matrix, "everything", row, asked)
            here = mode_url(assessment, "everything", dimension)
            here = f"{here}?open=1" if is_open_only else here
            return after_saving(request, saved, here=here, previous=previous, following=following)
    given = ratings_of(respondent)
    frame = PageFrame(
        mode="everything",
        title=row.name if row else "All statements",
        lead=row.summary if row else "Every dimension on one page. Each answer is saved at once.",
        dimension=row,
        is_open_only=is_open_only,
        problem_count=len(troubles),
        status=422 if troubles else 200,
    )
    body = list(
        _sections(
            assessment.model_version_id,
            rows,
            given,
            troubles,
            asked=asked,
            is_open_only=is_open_only,
            has_heads=row is None,
        )
    )
    return answering_page(
        request,
        respondent,
        matrix,
        frame,
        asked=asked,
        body=body or [_ALL_ANSWERED],
        given=given,
        shown=keys,
    )


def _sections(
    version_id: int,
    rows: Sequence[Dimension],
    given: Given,
    troubles: Mapping[str, Trouble],
    *,
    asked: QuestionSet,
    is_open_only: bool,
    has_heads: bool,
) -> Iterator[bytes]:
    """Yield the statements by dimension and stage, with their headings."""
    values, level = given.values, 3 if has_heads else 2
    for row in rows:
        head = _dimension_head(row) if has_heads else b""
        for cell in row.cells:
            wanted = [
                d
                for d in cell.descriptors
                if d.id in asked.ratings
                and (not is_open_only or is_open(values, d.id) or d.id in troubles)
            ]
            if not wanted:
                continue
            if head:
                yield head
                head = b""
            yield stage_head(version_id, row.key, cell.stage, level)
            for descriptor in wanted:
                yield statement(version_id, descriptor, given, troubles.get(descriptor.id))


def _dimension_head(row: Dimension) -> bytes:
    return format_html('<h2 class="dimension-head" id="{}">{}</h2>', row.key, row.name).encode()
