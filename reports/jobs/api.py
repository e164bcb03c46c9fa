"""Reports for programs: asked for, watched while they are made, fetched."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import Query, Router, Schema, Status
from pydantic import Field

from assessments.access import access_assessment, access_result, sees_people
from assessments.core.api import MOST_RESULTS, ResultQuery, visible_standing
from assessments.models import Assessment
from maturity.web.api.building import BODY, body_config, responses
from maturity.web.api.paging import Page, PageQuery, page_of, refuse_unknown_parameters
from maturity.web.api.problems import ApiError
from maturity.web.ids import is_key
from maturity.workspaces.access import access_of, actor_of
from maturity.workspaces.roles import Action
from maturity.workspaces.tokens.api_auth import READS
from reports.jobs.kinds import KINDS, OF_A_RESULT
from reports.jobs.queries import file_of, report_of, reports_of
from reports.jobs.services.asking import ask_for_report
from reports.jobs.services.making import ResultHidden, note_download, revive_stale
from reports.models import Report

router = Router(tags=["Reports"], auth=READS)

# What a result can be had as; a workshop's protocol and a comparison are asked for on the pages.
AskedKind = Literal["report", "summary", "roadmap", "pptx", "xlsx", "csv", "json"]
KeptKind = Literal[AskedKind, "protocol", "comparison"]


class ReportIn(Schema):
    """What the result is to be had as."""

    model_config = body_config(kind="pptx")

    kind: AskedKind = Field(
        "report",
        description="; ".join(f"`{kind.key}`: {kind.about}" for kind in OF_A_RESULT),
    )
    paper: Literal["a4", "letter"] = Field("a4", description="For what is printed.")
    result: int | None = Field(
        None, ge=1, le=MOST_RESULTS, strict=True, description="One frozen result."
    )


class ReportOut(Schema):
    """A report and how the work on it stands; its file is there once it is ready."""

    id: int
    assessment: str
    kind: KeptKind
    workshop: str | None = Field(description="Of a protocol: the workshop’s id.")
    compared_assessment: str | None = Field(description="Of a comparison: the earlier assessment.")
    compared_result: int | None = Field(description="Its frozen result; null while it was open.")
    paper: str
    status: Literal["queued", "running", "ready", "failed"]
    reason: str = Field(description="Why there is none, in a word; empty unless it failed.")
    file_name: str
    media_type: str
    size: int = Field(description="In bytes, 0 until it is ready.")
    asked_at: datetime
    finished_at: datetime | None


class ReportPage(Page):
    """A page of reports."""

    items: list[ReportOut]


class ReportQuery(ResultQuery, PageQuery):
    """On which result, and which page."""


@router.get(
    "/assessments/{assessment_id}/reports",
    response=responses(200, ReportPage),
    summary="List the reports",
)
def list_reports(request: HttpRequest, assessment_id: str, query: Query[ReportQuery]) -> Any:
    """List the reports kept of an assessment, the one asked for last first.

    Those that tell who answered what are listed to who may know.
    """
    refuse_unknown_parameters(request, *ReportQuery.model_fields)
    assessment, frozen = access_result(request, assessment_id, number=query.result)
    rows = reports_of(assessment, frozen, with_people=sees_people(access_of(request)))
    return page_of(rows, query, lambda report: _shown(report, assessment))


@router.post(
    "/assessments/{assessment_id}/reports",
    response=responses(202, ReportOut, 409, *BODY),
    summary="Ask for a report",
)
def create_report(request: HttpRequest, assessment_id: str, body: ReportIn) -> Any:
    """Ask for the result as a report, a deck, a workbook, tables or data.

    The same is made once and kept. What is printed is made by a worker: read the report until it is
    `ready`, then fetch its file. Asking is a way of reading, so the scope is `read`.
    """
    assessment, frozen = access_result(request, assessment_id, number=body.result)
    visible_standing(assessment, frozen)
    try:
        report = ask_for_report(
            assessment,
            kind=body.kind,
            paper=body.paper,
            result=frozen,
            names_people=sees_people(access_of(request)),
            now=timezone.now(),
            by=actor_of(request),
        )
    except ResultHidden:
        raise ApiError(409, code="hidden") from None
    return Status(202, _shown(report, assessment))


@router.get(
    "/assessments/{assessment_id}/reports/{report_id}",
    response=responses(200, ReportOut),
    summary="How far is a report?",
)
def read_report(request: HttpRequest, assessment_id: str, report_id: int) -> Any:
    """Return a report and how the work on it stands."""
    assessment = access_assessment(request, assessment_id, Action.SEE_CLOSED_RESULT)
    revive_stale(now=timezone.now())
    report = report_of(assessment, _known(report_id), **_may_have(request))
    if report is None:
        raise Http404
    return _shown(report, assessment)


@router.get(
    "/assessments/{assessment_id}/reports/{report_id}/file",
    response=responses(200, None),
    summary="Fetch a report’s file",
    openapi_extra={
        "responses": {
            200: {
                "content": {
                    media_type: {"schema": {"type": "string", "format": "binary"}}
                    for media_type in sorted({kind.media_type for kind in KINDS.values()})
                }
            }
        }
    },
)
def read_file(request: HttpRequest, assessment_id: str, report_id: int) -> HttpResponse:
    """Return the file of a report that is ready, in the format it was asked for."""
    assessment = access_assessment(request, assessment_id, Action.SEE_CLOSED_RESULT)
    found = file_of(assessment, _known(report_id), **_may_have(request))
    if found is None:
        raise Http404
    # HEAD is answered as GET is, but nothing leaves the house by it.
    if request.META["REQUEST_METHOD"] == "GET":
        note_download(found, assessment, now=timezone.now(), by=actor_of(request))
    return HttpResponse(
        bytes(found.content or b""),
        content_type=KINDS[found.kind].media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, found.file_name) or "",
            "Cache-Control": "private, no-store",
        },
    )


def _known(report_id: int) -> int:
    return report_id if is_key(report_id) else 0


def _may_have(request: HttpRequest) -> dict[str, bool]:
    access = access_of(request)
    return {
        "is_frozen_only": not access.may(Action.SEE_OPEN_RESULT),
        "with_people": sees_people(access),
    }


def _shown(report: Report, assessment: Assessment) -> dict[str, Any]:
    fields = ("kind", "paper", "status", "reason", "file_name", "size")
    return {
        "id": report.pk,
        "assessment": assessment.public_id,
        "workshop": report.workshop and report.workshop.public_id,
        "compared_assessment": report.compared and report.compared.public_id,
        "compared_result": report.compared_result and report.compared_result.number,
        "media_type": KINDS[report.kind].media_type,
        **{name: getattr(report, name) for name in (*fields, "asked_at", "finished_at")},
    }
