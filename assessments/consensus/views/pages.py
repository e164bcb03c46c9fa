"""The consensus pages: where people stand, where they differ, and what the group agrees on."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assessments.access import access_assessment
from assessments.consensus.forms import AgreeForm
from assessments.consensus.queries import voices_of
from assessments.consensus.services import AgreedMeanwhile, StillCollecting, agree
from assessments.consensus.views.facts import Seen, Strip, group_strips, seen_of, strips_of
from assessments.consensus.views.questions import (
    ConsensusQuestion,
    Draft,
    pick_question,
    rating_questions,
)
from assessments.core.queries.agreed import Decision, decision_of
from assessments.core.queries.hidden_words import COLLECTING
from assessments.core.queries.standing import standing_of
from assessments.core.services.locking import AssessmentClosed
from assessments.core.views.lookups import dimension_or_404, matrix_for
from assessments.models import Assessment
from assessments.scoring.placement import Placement
from assessments.scoring.scored import score
from maturity.catalogue.matrix import Dimension, Matrix
from maturity.web.text import whole_number
from maturity.web.words import people_text
from maturity.workspaces.access import actor_of
from maturity.workspaces.roles import Action

_CLOSED = "The assessment is closed, so nothing was recorded. Reopen it to change what was agreed."


@require_safe
def consensus(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every dimension with everybody on it."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    if _is_waiting(assessment):
        return _waiting(request, assessment)
    matrix = matrix_for(assessment)
    seen = seen_of(assessment, matrix, voices_of(assessment, matrix))
    is_by_agreement = request.GET.get("sort") == "agreement"
    shows_names = seen.is_named and request.GET.get("show") == "names"
    placement = _placement(assessment, matrix, seen)
    strips = strips_of(matrix, seen, placement, with_scores=shows_names)
    ranked = sorted(strips, key=lambda strip: strip.rank)
    context = {
        "assessment": assessment,
        "part": "consensus",
        "seen": seen,
        "strips": ranked if is_by_agreement else strips,
        "stages": strips[0].cells,
        "is_by_agreement": is_by_agreement,
        "shows_names": shows_names,
        "has_tips": not shows_names,
        "is_empty": seen.is_named and not seen.answered and not _has_agreed(seen),
        "first": _first_to_discuss(ranked),
        "may_agree": _may_agree(assessment),
    }
    return render(request, "consensus/consensus.html", context)


@require_safe
def dimension(request: HttpRequest, public_id: str, dimension: str) -> HttpResponse:
    """Show one dimension: who stands where, what people differ on, and what is agreed."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    row = dimension_or_404(matrix_for(assessment), dimension)
    if _is_waiting(assessment):
        return _waiting(request, assessment)
    return _dimension_page(request, assessment, row)


@require_POST
def agreeing(request: HttpRequest, public_id: str, dimension: str) -> HttpResponse:
    """Record what the group agreed on for one question, or take it back."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    matrix = matrix_for(assessment)
    row = dimension_or_404(matrix, dimension)
    what, key = _question_or_404(request, row)
    here = reverse("assessments:consensus-dimension", args=[public_id, dimension])
    form = AgreeForm(request.POST, matrix=matrix, what=what)
    if _is_waiting(assessment):
        return _refused(request, here, f"{COLLECTING} Nothing was recorded.")
    if not form.is_valid():
        draft = _sent(request, tuple(form.problems))
        return _dimension_page(request, assessment, row, trouble=(what, key, draft))
    try:
        agree(
            assessment,
            what="pick" if what == "pick" else "rating",
            key=key,
            value=form.answer,
            reason=form.cleaned_data.get("reason", ""),
            dissent=form.cleaned_data.get("dissent", ""),
            seen_version=form.cleaned_data.get("seen") or 0,
            user=request.user if request.user.is_authenticated else None,
            now=timezone.now(),
            by=actor_of(request),
        )
    except AgreedMeanwhile as other:
        theirs = decision_of(other.current)
        return _conflict(request, assessment, matrix, row, theirs=theirs)
    except AssessmentClosed:
        return _refused(request, here, _CLOSED)
    except StillCollecting:
        return _refused(request, here, f"{COLLECTING} Nothing was recorded.")
    messages.success(request, "Taken back." if form.answer is None else "Recorded.")
    return HttpResponseRedirect(f"{here}#q-{key}")


def _refused(request: HttpRequest, url: str, why: str) -> HttpResponse:
    messages.error(request, why)
    return HttpResponseRedirect(url)


def _question_or_404(request: HttpRequest, row: Dimension) -> tuple[str, str]:
    what, key = request.POST.get("what", ""), request.POST.get("key", "")
    is_known = key == row.key if what == "pick" else any(d.id == key for d in row.descriptors)
    if what not in ("pick", "rating") or not is_known:
        raise Http404
    return what, key


def _dimension_page(
    request: HttpRequest,
    assessment: Assessment,
    row: Dimension,
    *,
    trouble: tuple[str, str, Draft] | None = None,
) -> HttpResponse:
    matrix = matrix_for(assessment)
    voices = voices_of(assessment, matrix, row)
    seen = seen_of(assessment, matrix, voices)
    at = matrix.dimensions.index(row)
    drafts = {}
    if trouble:
        what, key, draft = trouble
        drafts[what, key] = draft
    ratings = {key: draft for (what, key), draft in drafts.items() if what == "rating"}
    questions = rating_questions(matrix, seen, row, voices.decisions, ratings)
    placement = _placement(assessment, matrix, seen)
    context = {
        "assessment": assessment,
        "part": "consensus",
        "dimension": row,
        "cells": list(zip(matrix.stages, row.cells, strict=True)),
        "seen": seen,
        "strip": replace(
            strips_of(matrix, seen, placement, with_scores=True)[at],
            label="Everybody",
        ),
        "has_tips": not seen.is_named,
        "groupings": group_strips(matrix, seen, row),
        "pick": pick_question(matrix, seen, row, voices.decisions, drafts.get(("pick", row.key))),
        "apart": [each for each in questions if each.spread.differs],
        "together": [each for each in questions if each.spread.people and not each.spread.differs],
        "unanswered": [each for each in questions if not each.spread.people],
        "may_agree": _may_agree(assessment),
        "previous": matrix.dimensions[at - 1] if at else None,
        "next": matrix.dimensions[at + 1] if at + 1 < len(matrix.dimensions) else None,
    }
    status = 422 if trouble else 200
    return render(request, "consensus/consensus_dimension.html", context, status=status)


def _conflict(
    request: HttpRequest,
    assessment: Assessment,
    matrix: Matrix,
    row: Dimension,
    *,
    theirs: Decision,
) -> HttpResponse:
    """Show both: what somebody else recorded meanwhile, and what was about to be recorded."""
    seen = seen_of(assessment, matrix, voices_of(assessment, matrix, row))
    draft = replace(_sent(request), seen=theirs.version)
    if theirs.what == "pick":
        question: ConsensusQuestion = pick_question(matrix, seen, row, [theirs], draft)
    else:
        questions = rating_questions(matrix, seen, row, [theirs], {theirs.key: draft})
        question = next(each for each in questions if each.key == theirs.key)
    context = {
        "assessment": assessment,
        "part": "consensus",
        "dimension": row,
        "question": question,
        "theirs": theirs,
        "takes_back": "take_back" in request.POST,
    }
    return render(request, "consensus/consensus_conflict.html", context, status=409)


def _sent(request: HttpRequest, problems: tuple[str, ...] = ()) -> Draft:
    """Return what was typed, as it was typed."""
    seen = request.POST.get("seen", "")
    return Draft(
        value=request.POST.get("value", ""),
        reason=request.POST.get("reason", ""),
        dissent=request.POST.get("dissent", ""),
        seen=whole_number(seen, digits=8) or 0,
        problems=problems,
    )


def _placement(assessment: Assessment, matrix: Matrix, seen: Seen) -> Placement:
    """Return where all together stand: of a closed assessment, what was frozen."""
    if assessment.is_closed:
        return standing_of(assessment, with_notes=False).placement
    return score(matrix, seen.sheet).placement


def _first_to_discuss(ranked: list[Strip]) -> Strip | None:
    """Return the dimension people differ on most, None where agreement cannot be told."""
    first = ranked[0] if ranked else None
    return first if first and first.agreement and first.differ else None


def _has_agreed(seen: Seen) -> bool:
    return bool(seen.sheet.agreed_ratings or seen.sheet.agreed_picks)


def _may_agree(assessment: Assessment) -> bool:
    return not assessment.is_closed


def _is_waiting(assessment: Assessment) -> bool:
    """Say whether nothing may be seen yet: answers are anonymous and more may come."""
    return assessment.is_anonymous and assessment.takes_answers


def _waiting(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    context = {
        "assessment": assessment,
        "part": "consensus",
        "fewest": people_text(assessment.fewest_answers),
    }
    return render(request, "consensus/consensus_waiting.html", context)
