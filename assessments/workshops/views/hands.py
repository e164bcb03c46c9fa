"""A show of hands, typed in: a room without phones, or hands beside them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.scoring.sheets import Answer
from assessments.workshops.access import access_workshop
from assessments.workshops.forms.acting import hands_in
from assessments.workshops.models import Round, Workshop
from assessments.workshops.queries.rounds import matrix_of, question_of_round, round_of
from assessments.workshops.rules.answer_words import answer_text
from assessments.workshops.rules.kinds import MOST_HANDS, RoundKind, State, WrongVote
from assessments.workshops.rules.question_words import prompt_text, title_text
from assessments.workshops.services.hands import count_hands
from assessments.workshops.services.locking import MovedOn, NotLive, WorkshopGone
from maturity.catalogue.matrix import Matrix
from maturity.workspaces.access import actor_of

_TAKEN = (State.OPEN, State.CLOSED, State.REVEALED, State.AGREED)


@require_http_methods(["GET", "HEAD", "POST"])
def hands(request: HttpRequest, public_id: str, round_id: int) -> HttpResponse:
    """Ask for the counts of a round, and keep them."""
    workshop = access_workshop(request, public_id)
    round_ = round_of(workshop, round_id)
    if round_ is None:
        raise Http404
    matrix = matrix_of(workshop)
    if request.method != "POST":
        return _page(request, workshop, round_, matrix)
    question = question_of_round(matrix, round_)
    try:
        count_hands(
            workshop,
            round_id=round_id,
            question=question,
            hands=hands_in(request.POST, question),
            now=timezone.now(),
            by=actor_of(request),
        )
    except WrongVote as wrong:
        return _page(request, workshop, round_, matrix, wrong=wrong, status=422)
    except WorkshopGone:
        raise Http404 from None
    except (MovedOn, NotLive):
        return _page(request, workshop, round_, matrix, has_moved=True, status=409)
    return HttpResponseRedirect(reverse("workshops:facilitator", args=[public_id]))


def _page(
    request: HttpRequest,
    workshop: Workshop,
    round_: Round,
    matrix: Matrix,
    *,
    wrong: WrongVote | None = None,
    has_moved: bool = False,
    status: int = 200,
) -> HttpResponse:
    question = question_of_round(matrix, round_)
    is_stage = question.kind in (RoundKind.STAGE, RoundKind.TARGET)
    lines = []
    for key in question.keys:
        text = ""
        if question.kind is RoundKind.GATE:
            text = matrix.descriptors[key].statement
        elif question.kind is RoundKind.STEPS:
            text = matrix.descriptors[key].as_step
        fields = []
        options: tuple[Answer, ...] = (*question.values, *question.words)
        for option in options:
            label = answer_text(matrix, question, key, option)
            if question.kind is RoundKind.STEPS:
                label = "Dots"
            name = f"h-{key}-{option}"
            kept = round_.hands.get(key, {}).get(str(option), "")
            fields.append(
                {
                    "name": name,
                    "label": f"{option} {label}" if is_stage and option != "unknown" else label,
                    "value": request.POST.get(name, kept),
                }
            )
        problem = wrong.why if wrong and wrong.key == key else ""
        lines.append({"text": text, "fields": fields, "problem": problem})
    context = {
        "assessment": workshop.assessment,
        "part": "workshops",
        "workshop": workshop,
        "round": round_,
        "title": title_text(matrix, question),
        "prompt": prompt_text(question),
        "is_steps": question.kind is RoundKind.STEPS,
        "lines": lines,
        "most": MOST_HANDS,
        "is_taken": State(round_.state) in _TAKEN and workshop.is_live(now=timezone.now()),
        "has_moved": has_moved,
        "problem": wrong.why if wrong and not wrong.key else "",
    }
    return render(request, "workshops/hands.html", context, status=status)
