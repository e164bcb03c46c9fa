"""Saving: one changed field from a script, or a whole page from a browser without one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from assessments.access import OrganisationArchived, access_beginning, access_respondent
from assessments.answering.forms.answer import WrongAnswer, change_of, changes_of_page, spelled
from assessments.answering.services.answers import (
    AnswerChange,
    ChangedMeanwhile,
    record_change,
    record_changes,
)
from assessments.answering.views.blocks import Trouble
from assessments.answering.views.pages import Link
from assessments.core.queries.answers import Given, picks_of, ratings_of
from assessments.core.services.locking import AnswersEnded, AssessmentGone, NotAsked
from assessments.core.views.lookups import matrix_for
from assessments.core.views.options import options_of
from assessments.models import Respondent
from assessments.scoring.sheets import Answer, AnswerKind
from maturity.catalogue.matrix import Matrix
from maturity.web.http.redirects import AnotherPerson, GoElsewhere

_ENDED = (
    "This assessment takes no more answers. What was saved before is kept and counts; this was not."
)
_BEGIN_AGAIN = "How this assessment is answered was changed. Reload the page to see how it goes on."
_ANOTHER_PERSON = (
    "Someone else is answering in this browser now, so this was not saved. Open your link again, or"
    " sign in as yourself."
)
_NOT_ASKED = "This is not asked any more. Reload the page to see what is."


@require_POST
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Save one changed field.

    Answers 200 with a fragment that says when; 422 with what is wrong, as plain text; 409 with
    what the field holds now, as JSON, when it was changed elsewhere and `was` did not name that;
    410 with the reason, as plain text, when no answer of this person is taken any more; 412 when
    somebody else answers in this browser now.
    """
    now = timezone.now()
    try:
        respondent = access_respondent(request, public_id)
        change = change_of(request.POST, matrix_for(respondent.assessment))
        record_change(respondent, change, now=now)
    except WrongAnswer as problem:
        return _plain(str(problem), status=422)
    except AnotherPerson:
        return _plain(_ANOTHER_PERSON, status=412)
    except NotAsked:
        return _plain(_NOT_ASKED, status=422)
    except (GoElsewhere, AnswersEnded):
        # A redirect would be followed by nobody: a script sent this.
        return _plain(_reason_to_stop(request, public_id), status=410)
    except ChangedMeanwhile as refusal:
        return JsonResponse({"current": spelled(refusal.current)}, status=409)
    except AssessmentGone:
        raise Http404 from None
    return HttpResponse(
        format_html(
            '<span class="save-state" data-state="saved">'
            'Saved <time datetime="{}">{}</time></span>',
            now.isoformat(timespec="seconds"),
            f"{now:%H:%M}",
        )
    )


def _plain(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _reason_to_stop(request: HttpRequest, public_id: str) -> str:
    try:
        assessment, _ = access_beginning(request, public_id)
    except OrganisationArchived:
        return _ENDED
    return _BEGIN_AGAIN if assessment.takes_answers else _ENDED


@dataclass(frozen=True, slots=True)
class PageSaved:
    """What became of a page: what could not be taken, by key, and the last thing changed."""

    troubles: dict[str, Trouble]
    last: str


def save_page(
    request: HttpRequest,
    respondent: Respondent,
    matrix: Matrix,
    *,
    descriptors: Iterable[str] = (),
    picks: Iterable[str] = (),
) -> PageSaved:
    """Save what was changed on a whole page.

    `still` in what was sent confirms a value from the assessment before: a key, or "all" of the
    page's. Raises: Http404, when the assessment is gone; GoElsewhere, to where it is told why no
    answer is taken any more.
    """
    changes, problems = changes_of_page(request.POST, matrix, descriptors=descriptors, picks=picks)
    changes += _still_so(request.POST.get("still", ""), respondent, descriptors, picks, changes)
    try:
        refused = record_changes(respondent, changes, now=timezone.now())
    except (AnswersEnded, NotAsked):
        raise GoElsewhere(
            reverse("assessments:begin", args=[respondent.assessment.url_id])
        ) from None
    except AssessmentGone:
        raise Http404 from None
    troubles = {
        key: Trouble(problem, note=request.POST.get(f"n-{key}", ""))
        for key, problem in problems.items()
    }
    for refusal in refused:
        troubles[refusal.change.key] = _refused(matrix, refusal)
    return PageSaved(troubles, changes[-1].key if changes else "")


def _still_so(
    still: str,
    respondent: Respondent,
    descriptors: Iterable[str],
    picks: Iterable[str],
    changes: Iterable[AnswerChange],
) -> list[AnswerChange]:
    """Return what confirms values from before; what was answered on the page stays as it is."""
    if not still:
        return []
    answered = {change.key for change in changes if change.part == "value"}
    confirmed = []
    kinds: tuple[tuple[AnswerKind, Iterable[str], Callable[[Respondent], Given]], ...] = (
        ("rating", descriptors, ratings_of),
        ("pick", picks, picks_of),
    )
    for what, keys, query in kinds:
        wanted = [key for key in keys if still in (key, "all") and key not in answered]
        before = query(respondent).before if wanted else {}
        confirmed += [
            AnswerChange(what, key, "value", before[key], was=(None,))
            for key in wanted
            if key in before
        ]
    return confirmed


def after_saving(
    request: HttpRequest, saved: PageSaved, *, here: str, previous: Link | None, following: Link
) -> HttpResponse:
    """Return the way on: where the pressed button leads, or back to the last change."""
    go = request.POST.get("go", "here")
    if go == "next":
        return HttpResponseRedirect(following.url)
    if go == "previous" and previous:
        return HttpResponseRedirect(previous.url)
    separator = "&" if "?" in here else "?"
    place = f"#q-{saved.last}" if saved.last else ""
    return HttpResponseRedirect(f"{here}{separator}saved=1{place}")


def _refused(matrix: Matrix, refusal: ChangedMeanwhile) -> Trouble:
    change, current = refusal.change, refusal.current
    if change.part == "note":
        return Trouble(
            "This note was changed elsewhere in the meantime. Your text is kept below:"
            " bring the two together and save again.",
            note=str(change.value),
            theirs=str(current),
        )
    return Trouble(
        "This was answered elsewhere in the meantime:"
        f" {_label_of(matrix, change.what, change.key, current)}."
        " Nothing was changed here. Choose again if you want another answer."
    )


def _label_of(matrix: Matrix, what: str, key: str, value: Answer | str | None) -> str:
    words = {None: "no answer", "unknown": "don’t know", "not_applicable": "does not apply"}
    if not isinstance(value, int):
        return words[value]
    if what == "pick":
        return f"stage {value}, {matrix.stage_by_number[value].name}"
    return options_of(matrix, matrix.descriptors[key])[value].label
