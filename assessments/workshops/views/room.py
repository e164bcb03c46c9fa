"""The phone: what it shows, the vote it sends, and what else somebody may do there."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assessments.workshops.access import (
    access_participant,
    forget_phone,
    phone_is_up_to_date,
)
from assessments.workshops.forms.joining import AddressForm, ParticipantNameForm
from assessments.workshops.forms.voting import VoteForm, answers_in
from assessments.workshops.models import Participant
from assessments.workshops.queries.rounds import matrix_of, question_of_round
from assessments.workshops.rules.kinds import WrongVote
from assessments.workshops.services.joining import (
    AddressesNotTaken,
    leave_address,
    note_seen,
    rename,
)
from assessments.workshops.services.joining import leave as leave_room
from assessments.workshops.services.sending import PROMISE
from assessments.workshops.services.voting import NotIn, NotOpen, cast_vote, withdraw_vote
from assessments.workshops.views.phone import NOTHING_SENT, Sent, phone_of
from assessments.workshops.views.pieces import SLOT, fill

TOO_LATE = "This question was closed before your vote arrived, so it was not counted."
MOVED = "The room has gone on to another question. Your vote on the last one was not counted."


@require_safe
def room(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the room as this phone sees it."""
    participant = access_participant(request, public_id)
    note_seen(participant, now=timezone.now())
    return _page(request, participant)


@require_safe
def poll(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer with what to show now, or 204 to a phone that already shows it."""
    if phone_is_up_to_date(request, public_id, now=timezone.now()):
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    return _fragment(request, access_participant(request, public_id))


@require_POST
def vote(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a vote on the open round, or take it back."""
    participant = access_participant(request, public_id)
    form = VoteForm(request.POST)
    current = participant.workshop.current
    if not form.is_valid() and "note" not in form.errors:
        return _answer(request, participant, sent=Sent(MOVED), status=409)
    round_id = form.cleaned_data.get("round")
    if current is None or current.pk != round_id:
        return _answer(request, participant, sent=Sent(MOVED), status=409)
    question = question_of_round(matrix_of(participant.workshop), current)
    answers = answers_in(request.POST, question)
    note = form.cleaned_data.get("note", request.POST.get("note", ""))
    problem, ballot = " ".join(form.problems), None
    try:
        if form.cleaned_data.get("take_back"):
            withdraw_vote(participant, round_id=round_id)
        elif not problem:
            ballot = cast_vote(
                participant, round_id=round_id, question=question, answers=answers, note=note
            )
    except WrongVote as wrong:
        problem = wrong.why
    except (NotOpen, NotIn):
        participant = access_participant(request, public_id)
        return _answer(request, participant, sent=Sent(TOO_LATE), status=409)
    if problem:
        return _answer(request, participant, sent=Sent(problem, dict(answers), note), status=422)
    return _answer(request, participant, sent=Sent(ballot=ballot))


@require_POST
def here(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that this phone is still there."""
    note_seen(access_participant(request, public_id), now=timezone.now())
    return HttpResponse(status=204)


@require_POST
def name(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change the name somebody goes by."""
    participant = access_participant(request, public_id)
    form = ParticipantNameForm(request.POST)
    if not form.is_valid():
        return _page(request, participant, name_form=form, status=422)
    rename(participant, name=form.cleaned_data["name"])
    return _back(public_id)


@require_POST
def address(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep where the result is to go, or forget it."""
    participant = access_participant(request, public_id)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, participant, address_form=form, status=422)
    try:
        leave_address(participant, email=form.cleaned_data["email"])
    except AddressesNotTaken:
        return _page(request, participant, status=409)
    return _back(public_id)


@require_POST
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget the workshop on this phone."""
    leave_room(access_participant(request, public_id))
    response = HttpResponseRedirect(reverse("workshops:join"))
    forget_phone(response, public_id)
    return response


def is_script(request: HttpRequest) -> bool:
    """Say whether a script asks, which puts the answer into the page that is there."""
    return request.headers.get("X-Requested-With") == "fetch"


def _answer(
    request: HttpRequest,
    participant: Participant,
    *,
    sent: Sent,
    status: int = 200,
) -> HttpResponse:
    if is_script(request):
        return _fragment(request, participant, sent=sent, status=status)
    if sent.problem:
        return _page(request, participant, sent=sent, status=status)
    return _back(participant.workshop.public_id)


def _fragment(
    request: HttpRequest, participant: Participant, *, sent: Sent = NOTHING_SENT, status: int = 200
) -> HttpResponse:
    return _drawn(request, "workshops/_room.html", participant, {}, sent=sent, status=status)


def _page(
    request: HttpRequest,
    participant: Participant,
    *,
    sent: Sent = NOTHING_SENT,
    name_form: ParticipantNameForm | None = None,
    address_form: AddressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "name_form": name_form or ParticipantNameForm(initial={"name": participant.name}),
        "address_form": address_form,
    }
    return _drawn(request, "workshops/room.html", participant, context, sent=sent, status=status)


def _drawn(
    request: HttpRequest,
    template: str,
    participant: Participant,
    context: dict[str, object],
    *,
    sent: Sent,
    status: int,
) -> HttpResponse:
    is_changing = "change" in request.GET
    phone = phone_of(participant, now=timezone.now(), is_changing=is_changing, sent=sent)
    if phone.screen == "over" and context.get("address_form") is None:
        context["address_form"] = AddressForm(initial={"email": participant.email})
    context |= {"phone": phone, "slot": SLOT, "promise": PROMISE}
    response = render(request, template, context, status=status)
    response.content = fill(response.content, phone, request)
    return response


def _back(public_id: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("workshops:room", args=[public_id]))
