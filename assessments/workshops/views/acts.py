"""What the facilitator's buttons do, and what the room agreed on.

Every button sends what it wants done and with which round; where somebody else was quicker, the
answer is the screen as it is now and a sentence that says so.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.consensus.services import AgreedMeanwhile, StillCollecting
from assessments.core.services.locking import AssessmentClosed
from assessments.workshops.access import access_workshop
from assessments.workshops.forms.acting import (
    ActForm,
    AgreeRoundForm,
    candidates_in,
    decision_in,
    versions_in,
)
from assessments.workshops.models import Workshop
from assessments.workshops.queries.rounds import (
    agreed_versions,
    matrix_of,
    question_of_round,
    round_of,
    suggested_candidates,
)
from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.services.agreeing import (
    DecidedMeanwhile,
    WrongDecision,
    agree_round,
    checked_decision,
    take_back,
)
from assessments.workshops.services.doors import (
    AlreadyOver,
    end_workshop,
    lock_doors,
    open_doors,
)
from assessments.workshops.services.joining import admit, clear_name, remove
from assessments.workshops.services.locking import MovedOn, NotLive, WorkshopGone
from assessments.workshops.services.rounds import (
    NothingToChoose,
    TooFewVotes,
    choose_candidates,
    close_round,
    give_time,
    open_round,
    reveal_round,
    show_round,
    skip_round,
    vote_again,
)
from assessments.workshops.views.deciding import deciding_of
from assessments.workshops.views.facilitator import facilitator_page, facilitator_screen
from assessments.workshops.views.room import is_script
from maturity.workspaces.access import actor_of
from maturity.workspaces.actors import Actor

# As many as stand ticked when steps are first put to choice.
_FIRST_CANDIDATES = 8

_MOVED = "Somebody else moved the room on meanwhile. This is where it is now; nothing was changed."
_CLOSED = "The assessment is closed, so nothing can be agreed on any more. Nothing was recorded."
_COLLECTING = (
    "This assessment still collects anonymous answers, and nothing is agreed on before that has"
    " ended. End it on the page “Close” of the assessment, then record this again: what you typed"
    " is still here."
)
_THEIRS = (
    "Somebody else recorded another answer meanwhile; it is shown above. What you typed is still"
    " here: record it again to replace theirs."
)
_NOT_LIVE = "The workshop is not on at the moment, so nothing was changed."


@require_POST
def act(request: HttpRequest, public_id: str) -> HttpResponse:
    """Do what a button says."""
    workshop = access_workshop(request, public_id)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _answer(request, workshop, problem="That button is not known here.", status=422)
    try:
        _do(request, workshop, form, now=timezone.now(), by=actor_of(request))
    except WorkshopGone:
        raise Http404 from None
    except (MovedOn, DecidedMeanwhile, AgreedMeanwhile):
        return _answer(request, _again(request, public_id), problem=_MOVED, status=409)
    except (NotLive, AlreadyOver):
        return _answer(request, _again(request, public_id), problem=_NOT_LIVE, status=409)
    except (AssessmentClosed, StillCollecting) as refusal:
        words = _CLOSED if isinstance(refusal, AssessmentClosed) else _COLLECTING
        return _answer(request, _again(request, public_id), problem=words, status=409)
    except NothingToChoose:
        words = (
            "No step can be put to choice yet: steps are suggested once a dimension below its"
            " target has a stage. Agree on a stage first, or skip this round."
        )
        return _answer(request, _again(request, public_id), problem=words, status=409)
    except TooFewVotes as few:
        words = (
            f"{few.votes} voted. The workshop is anonymous, so votes are shown from"
            f" {few.fewest} on. Wait for more, or skip the question."
        )
        return _answer(request, _again(request, public_id), problem=words, status=409)
    return _answer(request, _again(request, public_id))


@require_POST
def agree(request: HttpRequest, public_id: str, round_id: int) -> HttpResponse:
    """Record what the room agreed on."""
    workshop = access_workshop(request, public_id)
    round_ = round_of(workshop, round_id)
    if round_ is None:
        raise Http404
    matrix = matrix_of(workshop)
    question = question_of_round(matrix, round_)
    form = AgreeRoundForm(request.POST)
    sent = decision_in(request.POST, question)
    problems: list[str] = []
    status = 422
    try:
        if form.is_valid():
            agree_round(
                workshop,
                round_id=round_id,
                question=question,
                decision=checked_decision(question, sent),
                reason=form.cleaned_data["reason"],
                dissent=form.cleaned_data["dissent"],
                seen=form.cleaned_data["seen"],
                seen_versions=versions_in(request.POST, question),
                user=request.user if request.user.is_authenticated else None,
                now=timezone.now(),
                by=actor_of(request),
            )
            return _answer(request, _again(request, public_id))
        problems = form.problems
    except WrongDecision as wrong:
        problems = [str(wrong)]
    except (DecidedMeanwhile, AgreedMeanwhile) as other:
        problems, status = [_theirs(other)], 409
    except StillCollecting:
        problems, status = [_COLLECTING], 409
    except AssessmentClosed:
        problems, status = [_CLOSED], 409
    except WorkshopGone:
        raise Http404 from None
    except MovedOn:
        return _answer(request, _again(request, public_id), problem=_MOVED, status=409)
    except NotLive:
        return _answer(request, _again(request, public_id), problem=_NOT_LIVE, status=409)
    workshop = _again(request, public_id)
    current = round_of(workshop, round_id)
    if current is None or current.pk != workshop.current_id or not current.is_shown:
        return _answer(request, workshop, problem=_MOVED, status=409)
    deciding = deciding_of(
        workshop,
        current,
        matrix=matrix,
        sent=sent,
        reason=request.POST.get("reason", ""),
        dissent=request.POST.get("dissent", ""),
        problems=tuple(problems),
    )
    show = facilitator_screen if is_script(request) else facilitator_page
    return show(request, workshop, deciding=deciding, status=status)


def _theirs(other: DecidedMeanwhile | AgreedMeanwhile) -> str:
    if isinstance(other, DecidedMeanwhile):
        return _THEIRS
    who = str(other.current.decided_by) if other.current.decided_by else "Somebody"
    return (
        f"{who} recorded another answer on the consensus page meanwhile. What you typed is still"
        " here: record it again to replace theirs."
    )


def _do(
    request: HttpRequest, workshop: Workshop, form: ActForm, *, now: datetime, by: Actor
) -> None:
    do, person = form.cleaned_data["do"], form.cleaned_data["person"]
    round_id = form.cleaned_data["round"] or 0
    doors: dict[str, Callable[[], object]] = {
        "open-doors": lambda: open_doors(workshop, now=now, by=by),
        "lock": lambda: lock_doors(workshop, is_locked=True, now=now, by=by),
        "unlock": lambda: lock_doors(workshop, is_locked=False, now=now, by=by),
        "admit": lambda: admit(workshop, participant_id=person or 0, now=now, by=by),
        "admit-all": lambda: admit(workshop, participant_id=None, now=now, by=by),
        "remove": lambda: remove(workshop, participant_id=person or 0, now=now, by=by),
        "clear-name": lambda: clear_name(workshop, participant_id=person or 0, now=now, by=by),
        "end": lambda: end_workshop(workshop, now=now, by=by),
    }
    rounds: dict[str, Callable[[], object]] = {
        "show": lambda: _show(workshop, round_id, now=now, by=by),
        "open": lambda: _open(workshop, round_id, now=now, by=by),
        "more-time": lambda: give_time(
            workshop,
            round_id=round_id,
            minutes=form.cleaned_data["minutes"] or 1,
            now=now,
            by=by,
        ),
        "close": lambda: close_round(workshop, round_id=round_id, now=now, by=by),
        "reveal": lambda: reveal_round(workshop, round_id=round_id, now=now, by=by),
        "again": lambda: vote_again(workshop, round_id=round_id, now=now, by=by),
        "skip": lambda: skip_round(workshop, round_id=round_id, now=now, by=by),
        "choose-steps": lambda: _choose(request, workshop, round_id, now=now, by=by),
        "take-back": lambda: _take_back(request, workshop, form, now=now, by=by),
    }
    (doors | rounds)[do]()


def _show(workshop: Workshop, round_id: int, *, now: datetime, by: Actor) -> None:
    _suggest_steps(workshop, round_id, now=now, by=by)
    show_round(workshop, round_id=round_id, now=now, by=by)


def _open(workshop: Workshop, round_id: int, *, now: datetime, by: Actor) -> None:
    _suggest_steps(workshop, round_id, now=now, by=by)
    open_round(workshop, round_id=round_id, now=now, by=by)


def _suggest_steps(workshop: Workshop, round_id: int, *, now: datetime, by: Actor) -> None:
    """Put the first suggested steps to choice, where none stand to choice yet."""
    found = round_of(workshop, round_id)
    if found is None or found.kind != RoundKind.STEPS or found.candidates or found.is_shown:
        return
    first = suggested_candidates(workshop)[:_FIRST_CANDIDATES]
    if first:
        choose_candidates(workshop, round_id=round_id, candidates=first, now=now, by=by)


def _choose(
    request: HttpRequest, workshop: Workshop, round_id: int, *, now: datetime, by: Actor
) -> None:
    found = round_of(workshop, round_id)
    if found is None:
        raise MovedOn
    known = matrix_of(workshop).descriptors
    offered = [*found.candidates, *suggested_candidates(workshop)]
    chosen = candidates_in(request.POST, [key for key in dict.fromkeys(offered) if key in known])
    if not chosen:
        raise NothingToChoose
    choose_candidates(workshop, round_id=round_id, candidates=chosen, now=now, by=by)


def _take_back(
    request: HttpRequest, workshop: Workshop, form: ActForm, *, now: datetime, by: Actor
) -> None:
    found = round_of(workshop, form.cleaned_data["round"] or 0)
    if found is None:
        raise MovedOn
    question = question_of_round(matrix_of(workshop), found)
    has_versions = question.kind in (RoundKind.STAGE, RoundKind.GATE)
    take_back(
        workshop,
        round_id=found.pk,
        question=question,
        seen=form.cleaned_data["seen"],
        seen_versions=agreed_versions(workshop, question) if has_versions else {},
        user=request.user if request.user.is_authenticated else None,
        now=now,
        by=by,
    )


def _again(request: HttpRequest, public_id: str) -> Workshop:
    """Return the workshop as it is after what was done."""
    return access_workshop(request, public_id)


def _answer(
    request: HttpRequest, workshop: Workshop, *, problem: str = "", status: int = 200
) -> HttpResponse:
    if is_script(request):
        return facilitator_screen(request, workshop, problem=problem, status=status)
    if problem:
        return facilitator_page(request, workshop, problem=problem, status=status)
    return HttpResponseRedirect(reverse("workshops:facilitator", args=[workshop.public_id]))
