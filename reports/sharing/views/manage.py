"""Sharing a result: its links, made and revoked by who manages the assessment."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import access_assessment
from assessments.core.queries.results import results_of
from assessments.core.queries.standing import standing_of
from assessments.models import Assessment
from maturity.web.words import joined
from maturity.workspaces.access import actor_of
from maturity.workspaces.roles import Action
from reports.models import Share
from reports.sharing.contents import MOST_SHARES, PARTS
from reports.sharing.forms import ShareForm
from reports.sharing.queries import share_in, shares_of
from reports.sharing.services import TooManyShares, make_share, revoke_share, token_of_share


@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the links of an assessment, or make one."""
    assessment = access_assessment(request, public_id, Action.MANAGE_ASSESSMENT)
    now = timezone.now()
    results = results_of(assessment)
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        results=[(each.number, each.closed_at) for each in results],
        is_closed=assessment.is_closed,
    )
    if form.is_valid():
        given = form.cleaned_data
        result = next((each for each in results if str(each.number) == given["what"]), None)
        try:
            make_share(
                assessment,
                result=result,
                shows=given["shows"],
                label=given["label"],
                days=given["days"],
                password=given["password"],
                now=now,
                by=actor_of(request),
            )
        except TooManyShares:
            form.add_error(None, f"There are {MOST_SHARES} links already. End some of them first.")
        else:
            messages.success(request, "The link is made. Copy it from the list below.")
            return HttpResponseRedirect(reverse("reports:shares", args=[public_id]))
    context = {
        "assessment": assessment,
        "part": "result",
        "form": form,
        "is_hidden": assessment.is_anonymous
        and standing_of(assessment, with_notes=False).is_hidden,
        "links": [_shown(request, each, now) for each in shares_of(assessment)],
    }
    return render(request, "sharing/shares.html", context, status=422 if form.is_bound else 200)


@require_POST
def revoke(request: HttpRequest, public_id: str, share_id: int) -> HttpResponse:
    """End a link at once."""
    assessment = access_assessment(request, public_id, Action.MANAGE_ASSESSMENT)
    share = _share(assessment, share_id)
    revoke_share(share, now=timezone.now(), by=actor_of(request))
    messages.success(request, "The link is ended. It opens nothing any more.")
    return HttpResponseRedirect(reverse("reports:shares", args=[public_id]))


def _share(assessment: Assessment, share_id: int) -> Share:
    share = share_in(assessment, share_id)
    if share is None:
        raise Http404
    return share


def _shown(request: HttpRequest, share: Share, now: datetime) -> dict[str, object]:
    """Return what the list says of a link; the address only while it opens something."""
    is_over = share.revoked_at is not None or share.expires_at <= now
    token = None if is_over else token_of_share(share)
    path = reverse("reports:shared", args=[token]) if token else ""
    parts = [PARTS[part].partition(",")[0].lower() for part in share.shows if part in PARTS]
    return {
        "share": share,
        "state": "ended" if share.revoked_at else "expired" if is_over else "open",
        "url": request.build_absolute_uri(path) if path else "",
        "parts": joined(["overall figures and picture", *parts]),
    }
