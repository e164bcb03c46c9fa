"""The pictures of pages as files to take along: SVG, PNG, and the figures they are drawn from.

Whoever may open a page may have its pictures, and nobody else.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessments.access import access_result, access_roadmap
from assessments.core.queries.standing import standing_of
from assessments.models import Assessment, Result
from maturity.web.text import storable_name, whole_number
from maturity.workspaces.access import access_of, access_organisation, actor_of
from maturity.workspaces.models import Organisation
from maturity.workspaces.roles import Action
from reports.comparing.views import comparison_asked_for
from reports.comparing.what_if import compare
from reports.core.queries import history_of, trend_in
from reports.core.services.documents import document_of
from reports.core.services.roadmap import open_steps, timeline_values
from reports.document.documents import RadarValues
from reports.result.services import ENDINGS, note_chart, radar_file, timeline_file, trend_file

_MOST_DIGITS = 3


@require_safe
def result_chart(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """Hand over the radar of how an assessment stands."""
    assessment, shown = access_result(request, public_id)
    return _of_result(request, assessment, shown, ending)


@require_safe
def frozen_chart(request: HttpRequest, public_id: str, number: int, ending: str) -> HttpResponse:
    """Hand over the radar of one frozen result."""
    assessment, shown = access_result(request, public_id, number=number)
    return _of_result(request, assessment, shown, ending)


@require_safe
def what_if_chart(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """Hand over the radar with some steps taken as done, which come as `done` in the query."""
    assessment, shown = access_result(request, public_id)
    standing = standing_of(assessment, result=shown, with_notes=False)
    if standing.is_hidden:
        raise Http404
    done = set(request.GET.getlist("done"))
    found = compare(standing.scored, done)
    return _radar(request, assessment.organisation, found.radar, ending, public_id)


@require_safe
def comparison_chart(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """Hand over the radar of two results: `from` and `to`, else the last two."""
    organisation = access_organisation(request, public_id, Action.SEE_HISTORY)
    found = comparison_asked_for(request, organisation).found
    if found is None or found.radar is None:
        raise Http404
    return _radar(request, organisation, found.radar, ending, public_id, name="comparison")


@require_safe
def trend_chart(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """Hand over a line of the trend: `line` counts the dimensions from 1, left out it is all."""
    organisation = access_organisation(request, public_id, Action.SEE_HISTORY)
    trend = trend_in(history_of(organisation))
    if trend is None or ending not in ENDINGS:
        raise Http404
    try:
        content = trend_file(trend, ending, line=_line(request))
    except IndexError:
        raise Http404 from None
    return _file(request, organisation, content, ending, subject=public_id, name="trend")


@require_safe
def timeline_chart(request: HttpRequest, public_id: str, ending: str) -> HttpResponse:
    """Hand over the timeline of the open steps."""
    organisation = access_roadmap(request, public_id)
    values = timeline_values(open_steps(organisation), today=timezone.localdate())
    if values is None or ending not in ENDINGS:
        raise Http404
    content = timeline_file(values, ending)
    return _file(request, organisation, content, ending, subject=public_id, name="timeline")


def _of_result(
    request: HttpRequest, assessment: Assessment, shown: Result | None, ending: str
) -> HttpResponse:
    standing = standing_of(assessment, result=shown, with_notes=False)
    if standing.is_hidden:
        raise Http404
    document = document_of(standing)
    if document.is_empty:
        raise Http404
    subject = assessment.public_id
    return _radar(request, assessment.organisation, document.radar, ending, subject)


def _radar(
    request: HttpRequest,
    organisation: Organisation,
    values: RadarValues,
    ending: str,
    subject: str,
    *,
    name: str = "radar",
) -> HttpResponse:
    if ending not in ENDINGS:
        raise Http404
    content = radar_file(values, ending)
    return _file(request, organisation, content, ending, subject=subject, name=name)


def _line(request: HttpRequest) -> int:
    """Return which line is asked for. Raises: Http404."""
    line = whole_number(request.GET.get("line") or "0", digits=_MOST_DIGITS)
    if line is None:
        raise Http404
    return line


def _file(
    request: HttpRequest,
    organisation: Organisation,
    content: bytes,
    ending: str,
    *,
    subject: str,
    name: str,
) -> HttpResponse:
    if request.method == "GET":
        note_chart(
            access_of(request).workspace,
            subject=subject,
            chart=name,
            ending=ending,
            now=timezone.now(),
            by=actor_of(request),
        )
    words = storable_name(f"Waymark {name} {organisation.name}", most=90)
    response = HttpResponse(content, content_type=ENDINGS[ending])
    response["Content-Disposition"] = content_disposition_header(True, f"{words}.{ending}")
    response["Cache-Control"] = "private, no-store"
    return response
