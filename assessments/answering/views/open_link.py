"""The open link: whose assessment it is, what will be seen, and in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import answers_by_role, grant, holds_grant
from assessments.answering.views.privacy_notice import told_of
from assessments.core.queries.respondents import how_many_asked
from assessments.core.services.assessments import AsksOnePersonOnly
from assessments.core.services.locking import AnswersEnded, AssessmentGone
from assessments.core.views.lookups import asked_in, matrix_for
from assessments.models import OpenLink
from assessments.respondents.forms import JoinByLinkForm
from assessments.respondents.services.open_links import (
    OpenLinkFull,
    OpenLinkNotValid,
    OpenLinkOff,
    TooManyTries,
    check_is_open,
    join,
    open_link_for,
)
from assessments.respondents.services.respondents import TooManyRespondents
from maturity.web.http.client_address import client_address
from maturity.workspaces.scopes import scope_of

_CLOSED = {
    AnswersEnded: "ended",
    OpenLinkOff: "off",
    AsksOnePersonOnly: "off",
    OpenLinkFull: "full",
    TooManyRespondents: "full",
    TooManyTries: "busy",
}


@require_http_methods(["GET", "HEAD", "POST"])
def open_assessment(request: HttpRequest, token: str) -> HttpResponse:
    """Tell who comes by the open link what will be seen, and let them in."""
    now, address = timezone.now(), client_address(request)
    try:
        link = open_link_for(token, address=address, now=now)
    except OpenLinkNotValid:
        return render(request, "answering/open_not_valid.html", status=404)
    except TooManyTries:
        return render(request, "answering/open_not_valid.html", {"is_busy": True}, status=429)
    place = reverse("assessments:resume", args=[link.assessment.public_id])
    with scope_of(link.assessment.workspace_id):
        if holds_grant(request, link.assessment):
            return HttpResponseRedirect(place)
        if link.assessment.organisation.archived_at is None and answers_by_role(
            request, link.assessment
        ):
            # They need no link, and with it would be another respondent beside themselves.
            begin = reverse("assessments:begin", args=[link.assessment.public_id])
            return HttpResponseRedirect(begin)
        return _page(request, link, place, address=address)


def _page(request: HttpRequest, link: OpenLink, place: str, *, address: str) -> HttpResponse:
    assessment = link.assessment
    form = JoinByLinkForm(
        request.POST if request.method == "POST" else None,
        groups=assessment.groups,
        is_named=not assessment.is_anonymous,
    )
    try:
        check_is_open(link)
        if request.method == "POST" and form.is_valid():
            mine = join(
                link,
                name=form.cleaned_data.get("name", ""),
                groups=form.chosen,
                address=address,
                now=timezone.now(),
            )
            place = reverse("assessments:resume", args=[grant(request, mine)])
            return HttpResponseRedirect(f"{place}?answers&begun")
    except tuple(_CLOSED) as refusal:
        context = {"assessment": assessment, "why": _CLOSED[type(refusal)]}
        status = 429 if isinstance(refusal, TooManyTries) else 410
        return render(request, "answering/open_closed.html", context, status=status)
    except (OpenLinkNotValid, AssessmentGone):
        return render(request, "answering/open_not_valid.html", status=404)
    context = {
        "assessment": assessment,
        "form": form,
        "told": told_of(
            assessment,
            matrix_for(assessment),
            asked_in(assessment),
            by_link=False,
            people=how_many_asked(assessment) if assessment.is_anonymous else None,
        ),
    }
    status = 422 if form.is_bound else 200
    return render(request, "answering/open.html", context, status=status)
