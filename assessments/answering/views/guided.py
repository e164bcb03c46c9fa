"""Guided: gate by gate, with the reason why the next question is or is not needed."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import access_respondent
from assessments.answering.views.blocks import Trouble, statement
from assessments.answering.views.gate_words import contents_of, heading_of, reason_of, rest_of
from assessments.answering.views.pages import PageFrame, answering_page, mode_url, neighbours
from assessments.answering.views.saving import after_saving, save_page
from assessments.core.queries.answers import Given, ratings_of
from assessments.core.views.lookups import asked_in, dimension_or_404, matrix_for
from assessments.core.views.options import SLOT
from assessments.models import Assessment
from assessments.scoring.guided import Guidance, guide
from maturity.catalogue.matrix import Matrix


@require_safe
def guided_start(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go to the first dimension with something left to ask, or to the first."""
    respondent = access_respondent(request, public_id)
    asked_in(respondent.assessment, "guided")
    matrix, values = matrix_for(respondent.assessment), ratings_of(respondent).values
    keys = [row.key for row in matrix.dimensions]
    wanted = next((key for key in keys if not guide(matrix, key, values).is_done), keys[0])
    return HttpResponseRedirect(mode_url(respondent.assessment, "guided", wanted))


@require_http_methods(["GET", "HEAD", "POST"])
def guided(request: HttpRequest, public_id: str, dimension: str) -> HttpResponse:
    """Show the gates of a dimension that are asked, or save what was answered in them."""
    respondent = access_respondent(request, public_id)
    assessment = respondent.assessment
    matrix, asked = matrix_for(assessment), asked_in(assessment, "guided")
    row = dimension_or_404(matrix, dimension)
    keys = [descriptor.id for descriptor in row.descriptors]
    troubles: Mapping[str, Trouble] = {}
    if request.method == "POST":
        saved = save_page(request, respondent, matrix, descriptors=keys)
        troubles = saved.troubles
        if not troubles:
            previous, following = neighbours(request, assessment, matrix, "guided", row, asked)
            here = mode_url(assessment, "guided", row.key)
            return after_saving(request, saved, here=here, previous=previous, following=following)
    given = ratings_of(respondent)
    frame = PageFrame(
        mode="guided",
        title=row.name,
        lead=row.summary,
        dimension=row,
        problem_count=len(troubles),
        status=422 if troubles else 200,
    )
    body = [_gates(assessment, matrix, row.key, given, troubles)]
    return answering_page(
        request, respondent, matrix, frame, asked=asked, body=body, given=given, shown=keys
    )


@require_safe
def gates(request: HttpRequest, public_id: str, dimension: str) -> HttpResponse:
    """Return the gates of a dimension as they stand now, for a page that shows them already."""
    respondent = access_respondent(request, public_id)
    assessment = respondent.assessment
    asked_in(assessment, "guided")
    matrix = matrix_for(assessment)
    row = dimension_or_404(matrix, dimension)
    return HttpResponse(_gates(assessment, matrix, row.key, ratings_of(respondent), {}))


def _gates(
    assessment: Assessment,
    matrix: Matrix,
    dimension: str,
    given: Given,
    troubles: Mapping[str, Trouble],
) -> bytes:
    """Return the gates that are asked, each with its reason and its statements."""
    guidance = guide(matrix, dimension, given.values)
    shown = [gate for gate in guidance.gates if gate.is_asked]
    shell = render_to_string(
        "consensus/_gates.html", _context(assessment, matrix, guidance)
    ).encode()
    pieces = shell.split(SLOT.encode())
    page = [pieces[0]]
    for gate, piece in zip(shown, pieces[1:], strict=True):
        page += [
            statement(
                assessment.model_version_id, matrix.descriptors[key], given, troubles.get(key)
            )
            for key in gate.descriptors
        ]
        page.append(piece)
    return b"".join(page)


def _context(assessment: Assessment, matrix: Matrix, guidance: Guidance) -> dict[str, object]:
    every = guidance.gates
    rest, left = rest_of(every)
    return {
        "gates": [
            {
                "to": gate.to,
                "state": gate.state,
                "position": gate.to - matrix.first_stage + 1,
                "heading": heading_of(matrix, gate),
                "contents": contents_of(matrix, gate),
                "reason": reason_of(matrix, gate, every[at + 1] if at + 1 < len(every) else None),
            }
            for at, gate in enumerate(every)
            if gate.is_asked
        ],
        "rest": rest,
        "left": left,
        "anyway_url": mode_url(assessment, "everything", guidance.dimension) + "?open=1",
        "slot": SLOT,
    }
