"""The reports of an assessment, and how the work on them stands."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from assessments.core.queries.results import results_of_organisation
from assessments.models import Assessment, Result
from assessments.workshops.rules.protocol import named_by_day
from maturity.workspaces.models import Organisation
from maturity.workspaces.scopes import every_workspace
from reports.core.queries import NOW, name_of_open, names_of
from reports.models import Report


def reports_of(
    assessment: Assessment, result: Result | None = None, *, with_people: bool
) -> list[Report]:
    """Return the reports of an assessment, the one asked for last first, without their files.

    `result` asks for those on one frozen result; None for those on the open assessment. Without
    `with_people` those that tell who answered what are left out. Costs: 1 query.
    """
    rows = _without_files(Report.objects.filter(assessment=assessment, result=result))
    if not with_people:
        rows = rows.filter(names_people=False)
    return list(rows.order_by("-queued_at", "-pk"))


def subjects_of(reports: Iterable[Report], organisation: Organisation) -> dict[int, str]:
    """Return what protocols and comparisons are about in words, by the report's key.

    Costs: 1 query where there is a comparison, else none.
    """
    found = {}
    names: dict[int, str] | None = None
    for report in reports:
        if report.workshop is not None:
            day = report.workshop.opened_at or report.asked_at
            found[report.pk] = report.workshop.title or named_by_day("Workshop", day)
        elif report.compared is not None:
            if names is None:
                names = names_of(results_of_organisation(organisation))
            before, now = report.compared_result_id, report.result_id
            # Of two open ones each is told by its date.
            open_now = NOW if before else name_of_open(report.assessment)
            before_name = names[before] if before else name_of_open(report.compared)
            found[report.pk] = f"{before_name} and {names[now] if now else open_now}"
    return found


def full_report(result: Result) -> Report | None:
    """Return the full report on a frozen result that was asked for last. Costs: 1 query."""
    rows = Report.objects.filter(assessment=result.assessment, result=result, kind="report")
    return rows.defer("html", "content").order_by("-queued_at", "-pk").first()


def file_of(
    assessment: Assessment, report_id: int, *, is_frozen_only: bool, with_people: bool
) -> Report | None:
    """Return a finished report with its file, None when there is none.

    With `is_frozen_only` there is none on answers that were still open, without `with_people` none
    that tells who answered what. Costs: 1 query.
    """
    rows = _seen(assessment, is_frozen_only=is_frozen_only, with_people=with_people)
    return rows.filter(pk=report_id, status=Report.Status.READY).defer("html").first()


def report_of(
    assessment: Assessment, report_id: int, *, is_frozen_only: bool, with_people: bool
) -> Report | None:
    """Return a report, whatever its state, without its file. Costs: 1 query.

    The last two are as for `file_of`.
    """
    rows = _seen(assessment, is_frozen_only=is_frozen_only, with_people=with_people)
    return _without_files(rows).filter(pk=report_id).first()


def _seen(assessment: Assessment, *, is_frozen_only: bool, with_people: bool) -> QuerySet[Report]:
    rows: QuerySet[Report] = Report.objects.filter(assessment=assessment)
    if is_frozen_only:
        rows = rows.exclude(result=None)
    if not with_people:
        rows = rows.filter(names_people=False)
    return rows


def _without_files(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Load what the reports are about with them, but nothing large."""
    rows = rows.select_related("workshop", "compared", "compared_result")
    return rows.defer("html", "content", "workshop__told", "compared_result__frozen")


def reports_ahead(report: Report) -> int:
    """Return how many reports, of anybody, are being made or wait before it. Costs: 1 query."""
    # The queue is everybody's; a count tells nothing of whose reports they are.
    with every_workspace():
        running = Report.objects.filter(status=Report.Status.RUNNING)
        waiting = Report.objects.filter(status=Report.Status.QUEUED, queued_at__lt=report.queued_at)
        return (running | waiting).exclude(pk=report.pk).count()


def stale_reports(*, started_before: datetime) -> list[Report]:
    """Return the reports whose work began before a moment and never ended. Costs: 1 query."""
    return list(
        Report.objects.filter(status=Report.Status.RUNNING, started_at__lt=started_before).only(
            "pk", "attempts", "assessment_id"
        )
    )
