"""The reports of an assessment: asked for, watched while they are made, downloaded."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import access_assessment, access_result, sees_people
from assessments.core.queries.standing import standing_of
from assessments.models import Assessment, Result
from assessments.workshops.queries.protocol import workshops_in_brief
from maturity.web.rate_limits import LimitReached
from maturity.web.text import whole_number
from maturity.web.words import day_text
from maturity.workspaces.access import access_of, actor_of
from maturity.workspaces.roles import Action
from reports.core.views.hidden import hidden_page
from reports.jobs.forms import ReportForm
from reports.jobs.kinds import KINDS
from reports.jobs.queries import file_of, reports_ahead, reports_of, subjects_of
from reports.jobs.services.asking import ask_for_report
from reports.jobs.services.making import ResultHidden, note_download, revive_stale
from reports.jobs.services.papers import WorkshopNotTold, ask_for_protocol
from reports.jobs.services.progress import progress_of
from reports.models import Report

# A worker looks for work twice a second; after this long none is there.
PATIENCE_S = 6
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Stands:
    """What a page shows of a report in the making: what is read out, and the page it is at."""

    words: str
    page: int

    def __str__(self) -> str:
        return f"{self.words} {self.page}"


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the newest report and how the work on it stands, or ask for one.

    `result` in the query or the form asks for the report on one frozen result.
    """
    assessment, shown = access_result(request, public_id, number=_number(request))
    form = ReportForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    if assessment.is_anonymous:
        standing = standing_of(assessment, result=shown, with_notes=False)
        if standing.is_hidden:
            return hidden_page(request, assessment, standing, part="report")
    if request.method == "POST" and form.is_valid():
        # Should it have become hidden since we looked, the page we come back to says so.
        try:
            with suppress(ResultHidden):
                _ask(request, form, assessment, shown, now=now)
        except LimitReached as reached:
            form.add_error("paper", too_many_reports(reached))
            context = {"form": form, **_whole(request, assessment, shown, now)}
            return reached.on(render(request, "jobs/report.html", context, status=429))
        return HttpResponseRedirect(_page_of(request, assessment))
    context = {"form": form, **_whole(request, assessment, shown, now)}
    status = 422 if form.is_bound else 200
    return render(request, "jobs/report.html", context, status=status)


@require_POST
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look how the work stands, and set reports right whose worker died.

    A request by htmx gets the state alone, or of it only the page that is being made, so that
    nothing is read out twice; nothing, where it has `seen` all of that. Anybody else is sent back
    to the page.
    """
    assessment, shown = access_result(request, public_id, number=_number(request))
    now = timezone.now()
    revive_stale(now=now)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(_page_of(request, assessment))
    context = _state(request, assessment, shown, now)
    seen, stands = request.POST.get("seen", ""), context.get("stands")
    if not isinstance(stands, Stands) or not seen.startswith(f"{stands.words} "):
        return render(request, "jobs/_report_state.html", context)
    if seen == str(stands):
        return HttpResponse(status=204)
    response = render(request, "jobs/_report_progress.html", context)
    response["HX-Retarget"] = "#report-progress"
    return response


@require_safe
def download(request: HttpRequest, public_id: str, report_id: int) -> HttpResponse:
    """Hand over a finished report; who may see closed results only gets those on them."""
    assessment = access_assessment(request, public_id, Action.SEE_CLOSED_RESULT)
    may_see_open = access_of(request).may(Action.SEE_OPEN_RESULT)
    found = file_of(
        assessment,
        report_id,
        is_frozen_only=not may_see_open,
        with_people=sees_people(access_of(request)),
    )
    if found is None:
        raise Http404
    if request.method == "GET":
        note_download(found, assessment, now=timezone.now(), by=actor_of(request))
    media_type = KINDS[found.kind].media_type
    response = HttpResponse(bytes(found.content or b""), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.file_name)
    response["Cache-Control"] = "private, no-store"
    return response


def _ask(
    request: HttpRequest,
    form: ReportForm,
    assessment: Assessment,
    shown: Result | None,
    *,
    now: datetime,
) -> None:
    """Ask for what was chosen: the protocol of a workshop, or a kind of the report.

    Raises: Http404, for a workshop the report does not tell of; and as `ask_for_report`.
    """
    chosen, by = form.cleaned_data, actor_of(request)
    if not chosen["workshop"]:
        ask_for_report(
            assessment,
            kind=chosen["kind"],
            paper=chosen["paper"],
            result=shown,
            names_people=sees_people(access_of(request)),
            now=now,
            by=by,
        )
        return
    try:
        ask_for_protocol(
            assessment,
            workshop=chosen["workshop"],
            paper=chosen["paper"],
            result=shown,
            now=now,
            by=by,
        )
    except WorkshopNotTold:
        raise Http404 from None


def too_many_reports(reached: LimitReached) -> str:
    """Return what is said to who has asked for too many."""
    return (
        "Many reports were made within the last hour, so this one has to wait."
        f" Please ask for it again in {reached.wait}; those made before are kept."
    )


def _number(request: HttpRequest) -> int | None:
    """Return which frozen result is asked for, None when none is. Raises: Http404."""
    asked = request.POST.get("result") or request.GET.get("result") or ""
    if not asked:
        return None
    number = whole_number(asked, digits=_MOST_DIGITS)
    if number is None:
        raise Http404
    return number


def _page_of(request: HttpRequest, assessment: Assessment) -> str:
    number = _number(request)
    page = reverse("reports:report", args=[assessment.public_id])
    return page if number is None else f"{page}?result={number}"


def _whole(
    request: HttpRequest, assessment: Assessment, shown: Result | None, now: datetime
) -> dict[str, object]:
    """Return what the page says beside the form."""
    # A guest's own assessment has no workshops, so there is nothing to look for.
    may_have = access_of(request).may(Action.SEE_HISTORY)
    return _state(request, assessment, shown, now) | {
        "part": "report",
        "workshops": workshops_in_brief(assessment, result=shown, now=now) if may_have else [],
    }


def _state(
    request: HttpRequest, assessment: Assessment, shown: Result | None, now: datetime
) -> dict[str, object]:
    """Return what the page says about the newest report, and which are there."""
    reports = reports_of(assessment, shown, with_people=sees_people(access_of(request)))
    found = reports[0] if reports else None
    made = [each for each in reports if each.status == Report.Status.READY]
    subjects = subjects_of(reports, assessment.organisation)
    context: dict[str, object] = {
        "assessment": assessment,
        "report": found,
        "kind": KINDS[found.kind] if found else None,
        "subject": subjects.get(found.pk, "") if found else "",
        "made": [(each, KINDS[each.kind], subjects.get(each.pk, "")) for each in made],
        "result": shown,
        "closed_on": day_text(shown.closed_at.date().isoformat()) if shown else "",
        "number": _number(request),
    }
    if found is None or found.status not in {Report.Status.QUEUED, Report.Status.RUNNING}:
        return context
    is_waiting = found.status == Report.Status.QUEUED
    ahead = reports_ahead(found) if is_waiting else 0
    waited_s = (now - found.queued_at).total_seconds()
    has_no_worker = is_waiting and not ahead and waited_s > PATIENCE_S
    progress = None if is_waiting else progress_of(found)
    phase = progress.phase if progress else ""
    words = f"{found.pk}/{found.status}/{found.attempts}/{ahead}/{has_no_worker}/{phase}"
    return context | {
        "is_working": True,
        "is_waiting": is_waiting,
        "ahead": ahead,
        "has_no_worker": has_no_worker,
        "progress": progress,
        "stands": Stands(words, progress.page if progress else 0),
    }
