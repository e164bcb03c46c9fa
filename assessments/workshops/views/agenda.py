"""The agenda: add questions, move them, give them other minutes, take them out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.workshops.access import access_workshop
from assessments.workshops.forms.planning import LONGEST_ROUND, AddRoundForm, MinutesForm
from assessments.workshops.models import Workshop
from assessments.workshops.queries.rounds import matrix_of
from assessments.workshops.rules.kinds import NoSuchQuestion, State, question_of
from assessments.workshops.services.agenda import (
    MOST_ROUNDS,
    TooManyRounds,
    add_round,
    change_minutes,
    move_round,
    take_out_round,
)
from assessments.workshops.services.locking import MovedOn, WorkshopGone
from assessments.workshops.services.planning import WorkshopIsOver
from assessments.workshops.views.screen_facts import screen_of
from maturity.web.text import whole_number
from maturity.workspaces.access import actor_of

_MOVED = (
    "Somebody else changed the agenda, or opened this question, meanwhile. Nothing was changed."
)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the agenda; on POST do what `do` says: add, up, down, minutes or out."""
    workshop = access_workshop(request, public_id)
    if request.method != "POST":
        return _page(request, workshop, AddRoundForm(matrix=matrix_of(workshop)))
    try:
        return _changed(request, workshop)
    except WorkshopGone:
        raise Http404 from None
    except (MovedOn, WorkshopIsOver, TooManyRounds) as refusal:
        words = {
            MovedOn: _MOVED,
            WorkshopIsOver: "The workshop has ended, so its agenda stays as it is.",
            TooManyRounds: f"An agenda holds {MOST_ROUNDS} questions at most.",
        }[type(refusal)]
        messages.error(request, words)
        return _page(request, workshop, AddRoundForm(matrix=matrix_of(workshop)), status=409)


def _changed(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    do, now, by = request.POST.get("do", ""), timezone.now(), actor_of(request)
    matrix = matrix_of(workshop)
    if do == "add":
        form = AddRoundForm(request.POST, matrix=matrix)
        if form.is_valid():
            try:
                question_of(matrix, form.kind, form.dimension_key, form.gate_to, ())
            except NoSuchQuestion as problem:
                form.add_error("gate", str(problem))
            else:
                added = add_round(
                    workshop,
                    kind=form.kind,
                    dimension=form.dimension_key,
                    gate_to=form.gate_to,
                    minutes=form.cleaned_data["minutes"],
                    now=now,
                    by=by,
                )
                return _back(workshop, f"round-{added.pk}")
        return _page(request, workshop, form, status=422)
    text = request.POST.get("round", "")
    round_id = whole_number(text, digits=11) or 0
    if do in ("up", "down"):
        move_round(workshop, round_id=round_id, is_up=do == "up", now=now, by=by)
        return _back(workshop, f"{do}-{round_id}")
    if do == "out":
        take_out_round(workshop, round_id=round_id, now=now, by=by)
        messages.success(request, "The question is off the agenda.")
        return _back(workshop, "agenda")
    if do == "minutes":
        minutes = MinutesForm(request.POST)
        if not minutes.is_valid():
            messages.error(request, f"Minutes are a whole number from 1 to {LONGEST_ROUND}.")
            form = AddRoundForm(matrix=matrix)
            return _page(request, workshop, form, status=422)
        change_minutes(
            workshop,
            round_id=round_id,
            minutes=minutes.cleaned_data["minutes"],
            now=now,
            by=by,
        )
        return _back(workshop, f"minutes-{round_id}")
    raise MovedOn


def _page(
    request: HttpRequest, workshop: Workshop, form: AddRoundForm, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    screen = screen_of(workshop, now=now)
    planned = [each.round.minutes for each in screen.agenda if each.state is State.PLANNED]
    context = {
        "assessment": workshop.assessment,
        "part": "workshops",
        "workshop": workshop,
        "screen": screen,
        "form": form,
        "longest": LONGEST_ROUND,
        "planned_minutes": sum(planned),
        "is_over": workshop.is_over(now=now),
    }
    return render(request, "workshops/agenda.html", context, status=status)


def _back(workshop: Workshop, place: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('workshops:agenda', args=[workshop.public_id])}#{place}")
