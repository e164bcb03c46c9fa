"""Ask for a report, make it in the background, and notice when the work on it died.

The row is the truth: a report is claimed by an update that only one worker can win, and whoever
finishes writes only if the claim is still its own. So a job may run twice and nothing is lost.
"""

import hashlib
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from assessments.core.queries.standing import Standing, standing_of
from assessments.models import Assessment, Result
from assessments.roadmap.queries.outcomes import done_steps
from assessments.workshops.queries.protocol import protocols_for_report
from maturity.catalogue.matrix import Matrix
from maturity.web.text import storable_name
from maturity.web.words import day_text
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.branding.queries import branding_of
from maturity.workspaces.models import Organisation
from maturity.workspaces.scopes import every_workspace
from reports.core.services.documents import document_of
from reports.core.services.layout import DecidedSteps, Paper, report_html
from reports.core.services.roadmap import decided_facts, open_steps, timeline_values
from reports.document.documents import Document
from reports.exports.json import json_report
from reports.jobs.kinds import KINDS, ReportKind
from reports.jobs.queries import stale_reports
from reports.jobs.services.files import report_bytes
from reports.jobs.services.progress import ProgressTold
from reports.models import Report
from reports.rendering.client import RenderFailed, shared_renderer

MOST_ATTEMPTS = 3
# Of one assessment: each kind, on both papers, of the day before as well.
MOST_KEPT = 20
# Raise it with every change to what a workbook, a deck or a file of data holds.
WRITING = 4
# A job not taken up after this long may have been lost with its worker; asking again sends it anew.
RESEND_S = 30

logger = logging.getLogger(__name__)


class ResultHidden(RuntimeError):
    """There are too few answers, or they are still coming in, for anything to be shown."""


def request_report(
    assessment: Assessment,
    *,
    paper: Paper,
    now: datetime,
    by: Actor,
    result: Result | None = None,
    kind: str = "report",
    names_people: bool = False,
) -> Report:
    """Return the report on how the assessment stands, asking for it if there is none yet.

    `result` asks for the report on one frozen result. The same content of one of KINDS, on the
    same paper, is made once; a report that failed is tried again. What is not printed is made at
    once. `names_people` lets a kind that holds answers tell whose they are. Only the newest few
    reports of an assessment are kept. Raises: ResultHidden.
    """
    standing = shown_standing(assessment, result)
    workshops = protocols_for_report(assessment, result=standing.result, now=now)
    done = done_steps(assessment, standing)
    branding = branding_of(assessment.workspace)
    document = document_of(standing, workshops=workshops, done=done, branding=branding)
    made: dict[str, object]
    names_people = names_people and KINDS[kind].names_people
    if KINDS[kind].on_paper:
        decided = _decided(assessment.organisation, now=now) if names_people else None
        if decided and decided.timeline:
            timeline = replace(decided.timeline, now_colour=document.radar.now_colour)
            decided = replace(decided, timeline=timeline)
        html = report_html(document, paper=paper, kind=kind, decided=decided)
        digest = digest_of(html.encode())
        made = {"paper": paper, "html": html, "names_people": names_people}
    else:
        html = ""
        digest, made = _written(
            assessment, document, standing.matrix, kind=kind, names_people=names_people, now=now
        )
    return keep_report(
        assessment,
        kind=kind,
        digest=digest,
        now=now,
        by=by,
        result=standing.result,
        file_name=file_name(document.organisation, document.date, KINDS[kind]),
        **made,
    )


def shown_standing(assessment: Assessment, result: Result | None) -> Standing:
    """Return how it stands, or how it stood. Raises: ResultHidden."""
    standing = standing_of(assessment, result=result)
    if standing.is_hidden:
        raise ResultHidden
    return standing


def keep_report(
    assessment: Assessment, *, kind: str, digest: str, now: datetime, by: Actor, **made: Any
) -> Report:
    """Return the row of this content, and have its file made if that is to be printed.

    `digest` is taken over everything the file is made from; `made` fills in the row when it is new.
    """
    with transaction.atomic():
        report, is_new = Report.objects.select_for_update().get_or_create(
            assessment=assessment,
            digest=digest,
            defaults={"kind": kind, "asked_at": now, "queued_at": now, **made},
        )
        html: str = made.get("html", "")
        if is_new:
            record_event(
                "report.requested",
                by=by,
                subject=assessment.public_id,
                workspace=assessment.workspace.public_id,
                at=now,
            )
            _drop_old(assessment)
            if report.status == Report.Status.QUEUED:
                _enqueue(report)
        elif report.status == Report.Status.FAILED:
            _queue_again(report, html=html, attempts=0, now=now)
        elif report.status == Report.Status.QUEUED and _is_lost(report, now):
            _queue_again(report, html=html, attempts=report.attempts, now=now)
        elif report.status == Report.Status.READY:
            # The page shows the report asked for last.
            report.queued_at = now
            report.save(update_fields=["queued_at"])
    return report


def _decided(organisation: Organisation, *, now: datetime) -> DecidedSteps:
    """Return the decided steps as they are today."""
    today = timezone.localdate(now)
    steps = open_steps(organisation)
    return DecidedSteps(
        day=day_text(today.isoformat()),
        steps=decided_facts(steps, today=today),
        timeline=timeline_values(steps, today=today),
    )


def _written(
    assessment: Assessment,
    document: Document,
    matrix: Matrix,
    *,
    kind: str,
    names_people: bool,
    now: datetime,
) -> tuple[str, dict[str, object]]:
    """Return the digest of a file that is not printed, and, unless it is there, the file."""
    source = json_report(document, names_people=names_people)
    look = document.branding if KINDS[kind].has_look else None
    looks = [look.fingerprint.encode()] if look else []
    digest = digest_of(source, kind.encode(), str((WRITING, names_people)).encode(), *looks)
    if Report.objects.filter(assessment=assessment, digest=digest).exists():
        return digest, {}
    content = report_bytes(document, matrix, kind=kind, names_people=names_people)
    return digest, {
        "names_people": names_people,
        "status": Report.Status.READY,
        "content": content,
        "size": len(content),
        "started_at": now,
        "finished_at": now,
    }


def digest_of(*parts: bytes) -> str:
    """Return what tells one content from every other."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def note_download(report: Report, assessment: Assessment, *, now: datetime, by: Actor) -> None:
    """Let the trail say that a report left the house. Costs: 1 query."""
    record_event(
        "report.downloaded",
        by=by,
        subject=assessment.public_id,
        workspace=assessment.workspace.public_id,
        at=now,
        detail={"report": report.pk},
    )


@task()
def make_report(*, report_id: int) -> None:
    """Make one report's file, unless somebody else has taken it up."""
    revive_stale(now=timezone.now())
    # A worker knows a report by its id alone.
    with every_workspace():
        run_report(report_id)


def run_report(report_id: int) -> None:
    """Claim a report, make its file, and store it or the reason why there is none."""
    now = timezone.now()
    claimed = Report.objects.filter(pk=report_id, status=Report.Status.QUEUED).update(
        status=Report.Status.RUNNING, started_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        return
    report = Report.objects.defer("content").get(pk=report_id)
    try:
        content = shared_renderer().render(
            report.html,
            seconds=settings.RENDER_SECONDS,
            memory_mb=settings.RENDER_MEMORY_MB,
            tell=ProgressTold(report),
        )
    except RenderFailed as failure:
        logger.error("Report %s, attempt %s: %s", report.pk, report.attempts, failure)
        _give_up_or_retry(report, failure.kind)
        return
    _still_ours(report).update(
        status=Report.Status.READY,
        content=content,
        size=len(content),
        html="",
        reason="",
        finished_at=timezone.now(),
    )


def made_at_once(report: Report) -> Report:
    """Make a report that waits, instead of the worker; return it as it is then, with its file.

    One that another worker makes meanwhile comes back unfinished.
    """
    if report.status == Report.Status.QUEUED:
        run_report(report.pk)
    return Report.objects.get(pk=report.pk)


def revive_stale(*, now: datetime) -> int:
    """Send reports whose worker died to another one, or give them up; return how many there were.

    A render has its own time limit, so work that began longer ago than that has died.
    """
    limit = timedelta(seconds=settings.RENDER_SECONDS + 6)
    # The queue is everybody's: whoever looks first sets right what anybody's worker left.
    with every_workspace():
        found = stale_reports(started_before=now - limit)
        for report in found:
            logger.error("Report %s: its worker died, attempt %s", report.pk, report.attempts)
            _give_up_or_retry(report, "died")
        return len(found)


def _give_up_or_retry(report: Report, kind: str) -> None:
    """Try again when the job died, for a limit or a fault would only be met again."""
    if kind == "died" and report.attempts < MOST_ATTEMPTS:
        with transaction.atomic():
            waiting = {"status": Report.Status.QUEUED, "started_at": None}
            if _still_ours(report).update(**waiting):
                _enqueue(report)
        return
    _still_ours(report).update(status=Report.Status.FAILED, reason=kind, finished_at=timezone.now())


def _still_ours(report: Report) -> QuerySet[Report]:
    """Select the row only while this attempt is the one that holds it."""
    return Report.objects.filter(
        pk=report.pk, status=Report.Status.RUNNING, attempts=report.attempts
    )


def _queue_again(report: Report, *, html: str, attempts: int, now: datetime) -> None:
    report.status, report.reason, report.html = Report.Status.QUEUED, "", html
    report.attempts, report.queued_at, report.started_at = attempts, now, None
    report.save(update_fields=["status", "reason", "html", "attempts", "queued_at", "started_at"])
    _enqueue(report)


def _enqueue(report: Report) -> None:
    make_report.enqueue(report_id=report.pk)


def _is_lost(report: Report, now: datetime) -> bool:
    return now - report.queued_at > timedelta(seconds=RESEND_S)


def _drop_old(assessment: Assessment) -> None:
    kept = Report.objects.filter(assessment=assessment).order_by("-queued_at", "-pk")
    Report.objects.filter(
        assessment=assessment, pk__in=[row.pk for row in kept.only("pk")[MOST_KEPT:]]
    ).delete()


def file_name(organisation: str, iso_date: str, kind: ReportKind) -> str:
    """Return a name every system can store: letters, digits, blanks and hyphens."""
    words = storable_name(f"Waymark {kind.word} {organisation}", most=90)
    return f"{words} {iso_date}".strip() + f".{kind.ending}"
