"""The frame the answering pages share: head, way to answer, jump list, saving, next and previous.

The frame is drawn by its template for each request; the questions inside come ready as bytes
from `blocks` and are put into the answer without passing through a template again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from assessments.core.queries.answers import Given
from assessments.core.queries.links import current_link
from assessments.core.services.links import token_of
from assessments.core.views.options import NO_LONGER, SLOT
from assessments.models import Assessment, Respondent
from assessments.scoring.asked import QuestionSet
from assessments.scoring.guided import guide
from assessments.scoring.sheets import UNKNOWN, Answer
from maturity.catalogue.matrix import Dimension, Matrix
from maturity.workspaces.access import access_of
from maturity.workspaces.roles import Action

MODES = {"quick": "Quick", "guided": "Guided", "everything": "Everything"}
MODE_COOKIE = "waymark-mode"
_PROGRESS_WORDS = {
    "quick": "{done} of {total} dimensions chosen",
    "guided": "{done} answered, {left} to go as things stand",
    "everything": "{done} of {total} statements answered",
}
_MODE_COOKIE_AGE_S = 180 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """One dimension in the jump list."""

    name: str
    url: str
    progress: str
    is_current: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class AnswerProgress:
    """How much is answered, of how much, and the same in words."""

    done: int
    total: int
    label: str


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What an answering page shows around its questions; no `dimension` means all of them."""

    mode: str
    title: str
    lead: str
    dimension: Dimension | None
    is_open_only: bool = False
    problem_count: int = 0
    status: int = 200


def mode_url(assessment: Assessment, mode: str, dimension: str = "") -> str:
    """Return the address of a way to answer, at one dimension or at its start."""
    args = [assessment.url_id, dimension] if dimension else [assessment.url_id]
    return reverse(f"assessments:{mode}", args=args)


def result_url(assessment: Assessment) -> str:
    """Return the address of the result page."""
    return reverse("reports:result", args=[assessment.url_id])


def end_of(request: HttpRequest, assessment: Assessment, asked: QuestionSet) -> Link:
    """Return where the last question leads: to the result, or to saying that one is done."""
    may_see = access_of(request).may(Action.SEE_OPEN_RESULT)
    if asked.is_free and may_see:
        return Link("To the result", result_url(assessment))
    return Link("To the end", reverse("assessments:finish", args=[assessment.url_id]))


def neighbours(
    request: HttpRequest,
    assessment: Assessment,
    matrix: Matrix,
    mode: str,
    dimension: Dimension | None,
    asked: QuestionSet,
) -> tuple[Link | None, Link]:
    """Return where back and on lead; after the last dimension, to the end."""
    if dimension is None:
        return None, end_of(request, assessment, asked)
    rows, at = matrix.dimensions, matrix.dimensions.index(dimension)
    previous = rows[at - 1] if at else None
    following = rows[at + 1] if at + 1 < len(rows) else None
    return (
        Link(previous.name, mode_url(assessment, mode, previous.key)) if previous else None,
        Link(f"Next: {following.name}", mode_url(assessment, mode, following.key))
        if following
        else end_of(request, assessment, asked),
    )


def jumps_of(
    assessment: Assessment,
    matrix: Matrix,
    mode: str,
    given: Given,
    current: str,
    asked: QuestionSet,
) -> tuple[list[Jump], AnswerProgress]:
    """Return the jump list and the progress of a way to answer."""
    jumps, done, total = [], 0, 0
    base = reverse(f"assessments:{mode}", args=[assessment.url_id])
    for row in matrix.dimensions:
        answered, whole, words = _counts(matrix, row, mode, given.values, asked)
        done, total = done + answered, total + whole
        jumps.append(
            Jump(
                name=row.name,
                url=f"{base}{row.key}/",
                progress=words,
                is_current=row.key == current,
                is_done=answered == whole,
            )
        )
    label = _PROGRESS_WORDS[mode].format(done=done, total=total, left=total - done)
    return jumps, AnswerProgress(done, total, label)


def answering_page(
    request: HttpRequest,
    respondent: Respondent,
    matrix: Matrix,
    frame: PageFrame,
    *,
    asked: QuestionSet,
    body: Iterable[bytes],
    given: Given,
    shown: Iterable[str],
) -> HttpResponse:
    """Return the whole page; `given` are the answers the jump list counts.

    `shown` are the keys of the questions on the page.
    """
    assessment, mode = respondent.assessment, frame.mode
    key = frame.dimension.key if frame.dimension else ""
    previous, following = neighbours(request, assessment, matrix, mode, frame.dimension, asked)
    jumps, progress = jumps_of(assessment, matrix, mode, given, key, asked)
    here = mode_url(assessment, mode, key)
    query = "?open=1" if frame.is_open_only else ""
    context: dict[str, object] = {
        "assessment": assessment,
        "respondent": respondent,
        "part": "answer",
        "mode": mode,
        "title": frame.title,
        "lead": frame.lead,
        "modes": [
            Link(label, mode_url(assessment, each, key), each == mode)
            for each, label in MODES.items()
            if each in asked.ways
        ],
        "action": here + query,
        "save_url": reverse("assessments:answer", args=[assessment.url_id]),
        "progress_url": reverse("assessments:progress", args=[assessment.url_id, mode])
        + (f"?at={key}" if key else ""),
        "question_url": reverse("assessments:question", args=[assessment.url_id]),
        "previous": previous,
        "next": following,
        "jumps": jumps,
        "progress": progress,
        "problem_count": frame.problem_count,
        "just_saved": "saved" in request.GET,
        "place": _place_of(matrix, frame.dimension),
        "no_longer": NO_LONGER,
        "has_gates": matrix.rule.name != "additive",
        "step_count": len(matrix.scale),
        "stage_count": len(matrix.stages),
        "body_slot": SLOT,
        "before_count": sum(1 for each in shown if each in given.before),
        "is_by_link": respondent.user_id is None,
        "new_link": _new_link(request, respondent),
        "came_by_open_link": respondent.came_by_open_link,
        "is_free": asked.is_free,
        "finish_url": ""
        if asked.is_free
        else reverse("assessments:finish", args=[assessment.url_id]),
    }
    if mode == "everything":
        context |= {
            "filter_url": here if frame.is_open_only else f"{here}?open=1",
            "filter_label": "Show all" if frame.is_open_only else "Unanswered only",
            "whole_url": mode_url(assessment, mode, "" if key else matrix.dimensions[0].key),
            "whole_label": "All on one page" if key else "One dimension a page",
        }
    if mode == "guided":
        context["gates_url"] = reverse("assessments:gates", args=[assessment.url_id, key])
    shell = render_to_string("answering/answering.html", context, request).encode()
    head, _, tail = shell.partition(SLOT.encode())
    response = HttpResponse(b"".join([head, *body, tail]), status=frame.status)
    remember_mode(request, response, assessment, mode)
    return response


def _new_link(request: HttpRequest, respondent: Respondent) -> str:
    """Return the address of the personal link to somebody who has just begun; else nothing."""
    if "begun" not in request.GET or respondent.user_id is not None:
        return ""
    found = current_link(respondent, now=timezone.now())
    token = token_of(found) if found else None
    return (
        request.build_absolute_uri(reverse("assessments:open-link", args=[token])) if token else ""
    )


def _place_of(matrix: Matrix, dimension: Dimension | None) -> str:
    """Return which dimension of how many this is; nothing for all of them at once."""
    if dimension is None:
        return ""
    return f"Dimension {matrix.dimensions.index(dimension) + 1} of {len(matrix.dimensions)}"


def remember_mode(
    request: HttpRequest, response: HttpResponse, assessment: Assessment, mode: str
) -> None:
    """Let this browser resume in the same way.

    In a cookie below the assessment's own address: a page that is only read changes no row.
    """
    if request.COOKIES.get(MODE_COOKIE) != mode:
        response.set_cookie(
            MODE_COOKIE,
            mode,
            max_age=_MODE_COOKIE_AGE_S,
            path=reverse("assessments:resume", args=[assessment.url_id]),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def is_open(values: Mapping[str, object], key: str) -> bool:
    """Say whether nobody has dealt with it yet; "don't know" is an answer to the question."""
    return key not in values


def _counts(
    matrix: Matrix, row: Dimension, mode: str, values: Mapping[str, Answer], asked: QuestionSet
) -> tuple[int, int, str]:
    """Return how much of a dimension is answered, of how much, and the same in words."""
    if mode == "quick":
        value = values.get(row.key)
        words = "open" if value is None else "not sure" if value == UNKNOWN else f"stage {value}"
        return int(value is not None), 1, words
    wanted = asked.descriptors_of(row)
    answered = sum(1 for descriptor in wanted if descriptor.id in values)
    if mode == "everything":
        return answered, len(wanted), f"{answered} of {len(wanted)}"
    left = len(guide(matrix, row.key, values).to_ask)
    return answered, answered + left, f"{left} to go" if left else "done"
