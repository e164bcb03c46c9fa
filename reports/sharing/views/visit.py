"""A shared result, for whoever has its link."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from assessments.core.queries.hidden_words import hidden_words
from assessments.core.queries.standing import standing_of
from maturity.web.http.client_address import client_address
from maturity.web.rate_limits import LimitReached
from maturity.workspaces.actors import LINK
from reports.access import ShareEnded, access_share, is_unlocked, unlock
from reports.charts.pictures import radar_picture
from reports.core.services.documents import document_of
from reports.jobs.kinds import KINDS
from reports.jobs.services.making import ResultHidden, made_at_once, request_report
from reports.models import Report, Share
from reports.sharing.forms import OpenShareForm
from reports.sharing.services import count_unknown, is_password, note_view


@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was chosen of a result; where a password is set, ask for it first."""
    found = _opened(request, token)
    if isinstance(found, HttpResponse):
        return _private(found)
    if request.method == "POST":
        return _private(HttpResponseRedirect(request.path))
    if request.method == "GET":
        note_view(found, now=timezone.now())
    return _private(_page(request, found, token))


@require_safe
def shared_summary(request: HttpRequest, token: str) -> HttpResponse:
    """Hand over the one page as a PDF, where the link shows it."""
    found = _opened(request, token)
    if isinstance(found, HttpResponse):
        return _private(found)
    if "summary" not in found.shows:
        raise Http404
    report = _summary(found)
    if report.status != Report.Status.READY:
        page = render(request, "sharing/shared_waiting.html", {"token": token}, status=503)
        return _private(page)
    response = HttpResponse(
        bytes(report.content or b""), content_type=KINDS[report.kind].media_type
    )
    response["Content-Disposition"] = content_disposition_header(True, report.file_name)
    return _private(response)


def _opened(request: HttpRequest, token: str) -> Share | HttpResponse:
    """Return the share, or the page that says why it does not open, or asks for its password.

    Raises: Http404, for a token there is not.
    """
    try:
        share = access_share(request, token)
    except ShareEnded:
        return render(request, "sharing/shared_ended.html", status=410)
    except Http404:
        try:
            count_unknown(client_address(request), now=timezone.now())
        except LimitReached as reached:
            page = render(request, "sharing/shared_ended.html", {"is_busy": True}, status=429)
            return reached.on(page)
        raise
    return share if is_unlocked(request, share) else _ask(request, share)


def _ask(request: HttpRequest, share: Share) -> HttpResponse:
    """Ask for the password, or let in who gives it."""
    form = OpenShareForm(request.POST if request.method == "POST" else None)
    template = "sharing/shared_locked.html"
    if form.is_valid():
        try:
            if is_password(share, form.cleaned_data["password"], now=timezone.now()):
                unlock(request, share)
                return HttpResponseRedirect(request.path)
        except LimitReached as reached:
            form.add_error("password", f"Too many tries. Please wait {reached.wait}.")
            return reached.on(render(request, template, {"form": form}, status=429))
        form.add_error("password", "This is not the password of this link.")
    return render(request, template, {"form": form}, status=422 if form.is_bound else 200)


def _summary(share: Share) -> Report:
    """Return the one page, made if it is not there. Raises: Http404, when nothing may be shown."""
    try:
        report = request_report(
            share.assessment,
            paper="a4",
            now=timezone.now(),
            by=LINK,
            result=share.result,
            kind="summary",
        )
    except ResultHidden:
        raise Http404 from None
    # One page takes a second, and who waits for it has no page that tells how far it is.
    return made_at_once(report)


def _page(request: HttpRequest, share: Share, token: str) -> HttpResponse:
    standing = standing_of(share.assessment, result=share.result, with_notes=False)
    context: dict[str, object] = {"share": share, "assessment": share.assessment, "token": token}
    if standing.is_hidden:
        context["hidden"] = hidden_words(standing.hidden)
        return render(request, "sharing/shared.html", context)
    document = document_of(standing)
    context["document"] = document
    if not document.is_empty:
        context["radar"] = radar_picture(document.radar)
    return render(request, "sharing/shared.html", context)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines and caches."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "private, no-store"
    return response
