"""From collecting answers to the closed assessment, and back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import access_assessment
from assessments.core.queries.hidden_words import hidden_words
from assessments.core.queries.results import results_of
from assessments.core.queries.standing import Finished, Standing, standing_of, who_finished
from assessments.core.services.locking import AssessmentClosed
from assessments.lifecycle.forms.closing import ClosingForm
from assessments.lifecycle.services.closing import (
    ResultWasSeen,
    close_assessment,
    collect_again,
    end_answers,
    may_collect_again,
    reopen_assessment,
)
from assessments.models import Assessment
from assessments.scoring.spread import level_of
from maturity.workspaces.access import actor_of, signed_in_user
from maturity.workspaces.roles import Action

_MOST_NAMES = 10


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how things stand, and take the assessment one way or the other."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _go(request, assessment, form.cleaned_data["do"])
    standing, finished = standing_of(assessment, with_notes=False), who_finished(assessment)
    context = {
        "assessment": assessment,
        "part": "close",
        "form": form,
        "standing": standing,
        "hidden_words": hidden_words(standing.hidden),
        "finished": finished,
        "waiting_for": _waiting_for(finished),
        "kept": results_of(assessment),
        "unassessed": sum(
            each.score is None and not each.does_not_apply for each in standing.placement.dimensions
        ),
        "far_apart": _far_apart(standing),
        "may_collect": not assessment.is_closed
        and may_collect_again(assessment, people=standing.people),
    }
    status = 422 if form.is_bound else 200
    return render(request, "lifecycle/close.html", context, status=status)


def _go(request: HttpRequest, assessment: Assessment, way: str) -> HttpResponse:
    now, by = timezone.now(), actor_of(request)
    here = reverse("assessments:close", args=[assessment.public_id])
    if way == "close":
        close_assessment(assessment, user=signed_in_user(request), now=now, by=by)
        messages.success(request, "The assessment is closed, and its result is frozen.")
        return HttpResponseRedirect(reverse("reports:result", args=[assessment.public_id]))
    if way == "reopen":
        reopen_assessment(assessment, now=now, by=by)
        messages.success(request, "The assessment is open again. The frozen result is kept.")
    elif way == "end":
        end_answers(assessment, now=now, by=by)
        messages.success(request, "No more answers are taken.")
    else:
        try:
            collect_again(assessment, now=now, by=by)
            messages.success(request, "Answers are taken again.")
        except ResultWasSeen:
            messages.error(
                request,
                "Nothing was changed: enough people have answered for the result to be seen, and"
                " with one more answer somebody could be recognised.",
            )
        except AssessmentClosed:
            messages.error(
                request, "Nothing was changed: it was closed meanwhile. Reopen it first."
            )
    return HttpResponseRedirect(here)


def _waiting_for(finished: Finished) -> str:
    """Return whom one still waits for, in words; empty when nobody is missing."""
    words = list(finished.waiting_for[:_MOST_NAMES])
    if (more := len(finished.waiting_for) - len(words)) > 0:
        words.append(f"{more} more")
    if by_link := finished.waiting_by_link:
        words.append(f"{by_link} who came by the open link")
    return f"{', '.join(words[:-1])} and {words[-1]}" if words[1:] else "".join(words)


def _far_apart(standing: Standing) -> list[str]:
    """Return the names of the dimensions people agree on weakly or not at all, undecided ones."""
    found = []
    for placed in standing.placement.dimensions:
        known = (placed.agreement.ratings, placed.agreement.picks)
        is_weak = any(each is not None and level_of(each) in {"none", "weak"} for each in known)
        if is_weak and placed.basis != "agreed":
            found.append(standing.matrix.dimension_by_key[placed.key].name)
    return found
