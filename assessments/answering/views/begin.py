"""Before the first question: what will be seen of the answers, and by whom; and after the last."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import OrganisationArchived, access_beginning, access_respondent, grant
from assessments.answering.views.pages import mode_url, result_url
from assessments.answering.views.privacy_notice import told_of
from assessments.core.forms.grouping import GroupsForm
from assessments.core.queries.answers import picks_of, ratings_of
from assessments.core.queries.respondents import has_answered, how_many_asked
from assessments.core.services.assessments import AsksOnePersonOnly
from assessments.core.services.locking import AnswersEnded
from assessments.core.views.lookups import asked_in, matrix_for
from assessments.models import Assessment, Respondent
from assessments.respondents.services.respondents import (
    NothingAnswered,
    TooManyRespondents,
    begin_answering,
    finish,
)
from maturity.workspaces.access import access_of, actor_of
from maturity.workspaces.roles import Action


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell a respondent what will be visible, and let them begin."""
    try:
        assessment, respondent = access_beginning(request, public_id)
    except OrganisationArchived as archived:
        context = {"assessment": archived.assessment, "why": "ended", "is_known": True}
        return render(request, "answering/open_closed.html", context, status=410)
    if not assessment.takes_answers:
        return _ended(request, assessment, respondent)
    form = GroupsForm(
        request.POST if request.method == "POST" else None,
        groups=assessment.groups,
        chosen=respondent.groups if respondent else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _, link = begin_answering(
                assessment,
                respondent=respondent,
                user=request.user,
                groups=form.chosen,
                now=timezone.now(),
                by=actor_of(request),
            )
        except AnswersEnded:
            return HttpResponseRedirect(request.path)
        except (AsksOnePersonOnly, TooManyRespondents) as refusal:
            return _refused(request, assessment, refusal)
        url_id = grant(request, link) if link is not None else assessment.url_id
        place = reverse("assessments:resume", args=[url_id]) + "?answers"
        return HttpResponseRedirect(place if link is None else f"{place}&begun")
    asked = asked_in(assessment)
    has_begun = respondent is not None and respondent.begun_at is not None
    by_link = respondent is not None and respondent.user_id is None and not has_begun
    entered = respondent.groups if respondent is not None and not has_begun else {}
    context = {
        "assessment": assessment,
        "respondent": respondent,
        "part": "answer",
        "form": form,
        "has_begun": has_begun,
        "entered": ", ".join(entered.values()),
        "told": told_of(
            assessment,
            matrix_for(assessment),
            asked,
            by_link=by_link,
            people=how_many_asked(assessment) if assessment.is_anonymous else None,
        ),
    }
    status = 422 if form.is_bound else 200
    return render(request, "answering/begin.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what is still open; note that the respondent is finished."""
    respondent = access_respondent(request, public_id)
    assessment, is_empty = respondent.assessment, False
    if request.method == "POST":
        try:
            finish(respondent, now=timezone.now())
        except AnswersEnded:
            return HttpResponseRedirect(reverse("assessments:begin", args=[assessment.url_id]))
        except NothingAnswered:
            is_empty = True
        else:
            messages.success(request, "Thank you. It is noted that you are finished.")
            return HttpResponseRedirect(reverse("assessments:finish", args=[assessment.url_id]))
    matrix, asked = matrix_for(assessment), asked_in(assessment)
    ratings, picks = ratings_of(respondent).values, picks_of(respondent).values
    mode = asked.ways[0] if not asked.is_free else "guided" if ratings else "quick"
    rows: list[dict[str, Any]] = []
    for row in matrix.dimensions:
        if asked.is_free:
            count = int(row.key not in picks and not any(d.id in ratings for d in row.descriptors))
        else:
            count = asked.open_of(row, ratings, picks)
        if count:
            place = mode_url(assessment, mode, row.key)
            here = f"{place}?open=1" if mode == "everything" else place
            rows.append({"name": row.name, "count": count, "url": here})
    context = {
        "assessment": assessment,
        "part": "answer",
        "respondent": respondent,
        "is_empty": is_empty,
        "open_rows": rows,
        "open_count": sum(row["count"] for row in rows),
        "is_picks": mode == "quick",
        "result_url": _result_url(request, assessment),
    }
    status = 422 if is_empty else 200
    return render(request, "answering/finish.html", context, status=status)


def _ended(
    request: HttpRequest, assessment: Assessment, respondent: Respondent | None
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "part": "answer",
        "has_answered": respondent is not None and has_answered(respondent),
        "result_url": _result_url(request, assessment),
    }
    return render(request, "answering/ended.html", context)


def _refused(request: HttpRequest, assessment: Assessment, refusal: Exception) -> HttpResponse:
    context = {
        "assessment": assessment,
        "part": "answer",
        "is_for_one": isinstance(refusal, AsksOnePersonOnly),
    }
    return render(request, "answering/not_asked.html", context, status=409)


def _result_url(request: HttpRequest, assessment: Assessment) -> str:
    """Return where the result is, empty when this visitor may not see it as things stand."""
    access = access_of(request)
    is_open = access.may(Action.SEE_OPEN_RESULT)
    if is_open or (assessment.is_closed and access.may(Action.SEE_CLOSED_RESULT)):
        return result_url(assessment)
    return ""
