"""Answers for programs: what was answered as far as it may be seen, and one's own."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from assessments.access import access_beginning, access_respondent, access_result, sees_people
from assessments.answering.forms.answer import WrongAnswer, change_to, spelled
from assessments.answering.services.answers import (
    AnswerChange,
    ChangedMeanwhile,
    record_changes,
)
from assessments.core.api import ResultQuery, visible_standing
from assessments.core.queries.answers import picks_of, ratings_of
from assessments.core.services.locking import AnswersEnded, AssessmentGone, NotAsked
from assessments.models import Assessment, Respondent
from assessments.models.answer import NOTE_LENGTH
from assessments.scoring.answers_file import answers_of
from assessments.scoring.confidential import suppressed
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer, AnswerKind
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrix_of_version
from maturity.web.api.building import BODY, body_config, responses
from maturity.web.api.paging import refuse_unknown_parameters
from maturity.web.api.problems import ApiError, FieldProblem
from maturity.web.http.redirects import GoElsewhere
from maturity.web.rate_limits import undone_when_refused
from maturity.workspaces.access import access_of
from maturity.workspaces.tokens.api_auth import ANSWERS, READS

router = Router(tags=["Answers"])

_ENDED = "This assessment is no longer collecting answers. Earlier answers are kept."
_NOT_ASKED = "The questions have changed. Nothing was saved. Read the answers again."

_MOST = 1_000


def _checked(*words: str) -> PlainValidator:
    """Let an answer pass: a step or stage, one of some words, or null to take it back."""

    def check(value: object) -> object:
        is_number = type(value) is int and 0 <= value <= _MOST
        if value is None or is_number or (isinstance(value, str) and value in words):
            return value
        named = ", ".join(f"“{word}”" for word in words)
        raise PydanticCustomError("answer", f"Enter a whole number, {named} or null.")

    return PlainValidator(check)


def _described(*words: str) -> WithJsonSchema:
    numbers = {"type": "integer", "minimum": 0, "maximum": _MOST}
    return WithJsonSchema({"anyOf": [numbers, {"enum": list(words)}, {"type": "null"}]})


Rated = Annotated[
    Answer | None, _checked(NOT_APPLICABLE, UNKNOWN), _described(NOT_APPLICABLE, UNKNOWN)
]
Picked = Annotated[Answer | None, _checked(UNKNOWN), _described(UNKNOWN)]
Note = Annotated[str, Field(max_length=NOTE_LENGTH)]


class RespondentOut(Schema):
    """One person's answers, or of anonymous ones a row of the heaps, which is nobody."""

    name: str
    ratings: dict[str, int | str]
    picks: dict[str, int]
    notes: dict[str, str]


class AgreedOut(Schema):
    """What the group decided on."""

    ratings: dict[str, int | str]
    picks: dict[str, int]


class AnswersOut(Schema):
    """A whole waymark-answers/1, as `manage.py place` reads it."""

    format: str
    model: str
    organisation: str
    date: str
    respondents: list[RespondentOut]
    agreed: AgreedOut
    targets: dict[str, int]
    weights: dict[str, float | str]
    baseline: dict[str, float | str]


@router.get(
    "/assessments/{assessment_id}/answers",
    auth=READS,
    response=responses(200, AnswersOut, 409),
    summary="Read what was answered",
)
def read_answers(request: HttpRequest, assessment_id: str, query: Query[ResultQuery]) -> Any:
    """Return the answers, waymark-answers/1, as far as the account may see them on the pages.

    Who answered what is told only of named ones, to who runs the assessment; else each question's
    answers are a heap in which nobody has a name. 409 says why nothing may be seen yet.
    """
    refuse_unknown_parameters(request, *ResultQuery.model_fields)
    assessment, frozen = access_result(request, assessment_id, number=query.result)
    standing = visible_standing(assessment, frozen)
    with_people = sees_people(access_of(request))
    sheet = standing.sheet if with_people else suppressed(standing.sheet, 1)
    return JsonResponse(answers_of(sheet, standing.matrix.key))


class OwnAnswers(Schema):
    """What one respondent answered; `from_before` came along from the last one, and counts not yet.

    Keys are ids of statements, or keys of dimensions.
    """

    ratings: dict[str, int | str]
    picks: dict[str, int | str]
    notes: dict[str, str]
    from_before: dict[str, int | str]
    revision: int
    saved_at: datetime | None = Field(None, description="When this request was saved.")


@router.get(
    "/assessments/{assessment_id}/answers/mine",
    auth=ANSWERS,
    response=responses(200, OwnAnswers, 409),
    summary="Read your own answers",
)
def read_own_answers(request: HttpRequest, assessment_id: str) -> Any:
    """Return what the account of this token has answered."""
    return _own(_respondent(request, assessment_id))


class Was(Schema):
    """What the program saw before. What holds anything else now was changed elsewhere."""

    model_config = ConfigDict(extra="forbid")

    ratings: dict[str, Rated] = {}
    picks: dict[str, Picked] = {}
    notes: dict[str, Note] = {}


class OwnAnswersIn(Was):
    """Answers to give. Only what is named changes; null takes an answer back, "" a note.

    A rating is a step of the model's scale from 0 (worst) to the best, "not_applicable" or
    "unknown"; of a condition it says how far it is left behind. A pick is a stage, or "unknown".
    With `was` nothing is saved where something else is held by now.
    """

    model_config = body_config(
        ratings={"strategy.1.01": 3, "strategy.1.02": "unknown"},
        picks={"metrics": 2},
        notes={"strategy.1.01": "Chat since March"},
    )

    was: Was | None = None


@router.patch(
    "/assessments/{assessment_id}/answers/mine",
    auth=ANSWERS,
    response=responses(200, OwnAnswers, 409, *BODY),
    summary="Give your answers",
)
def give_answers(request: HttpRequest, assessment_id: str, body: OwnAnswersIn) -> Any:
    """Give or change answers as the account of this token; all that were sent, or none.

    409 with code `edit_conflict` names each field whose value differs from `was`, with its current
    value; `not_started` says where to start in a browser; `not_collecting` that it has ended.
    """
    now = timezone.now()
    respondent = _respondent(request, assessment_id)
    changes = _changes(body, matrix_of_version(respondent.assessment.model_version_id))
    try:
        with undone_when_refused():
            if refused := record_changes(respondent, changes, now=now):
                raise _changed_meanwhile(refused)
    except NotAsked:
        raise ApiError(409, _NOT_ASKED, code="not_asked") from None
    except AnswersEnded:
        raise ApiError(409, _ENDED, code="not_collecting") from None
    except AssessmentGone:
        raise ApiError(404) from None
    respondent.assessment.refresh_from_db(fields=["revision"])
    return _own(respondent) | {"saved_at": now}


def _respondent(request: HttpRequest, assessment_id: str) -> Respondent:
    """Return whom the account answers as.

    Raises: ApiError, where a page would send them elsewhere; Http404, PermissionDenied.
    """
    try:
        return access_respondent(request, assessment_id)
    except GoElsewhere:
        assessment, _ = access_beginning(request, assessment_id)
    if not assessment.takes_answers:
        raise ApiError(409, _ENDED, code="not_collecting")
    url = request.build_absolute_uri(_begin(assessment))
    message = f"Start in a browser first, where you learn who sees your answers: {url}"
    raise ApiError(409, message, code="not_started")


def _begin(assessment: Assessment) -> str:
    return reverse("assessments:begin", args=[assessment.public_id])


def _own(respondent: Respondent) -> dict[str, Any]:
    ratings, picks = ratings_of(respondent), picks_of(respondent)
    return {
        "ratings": ratings.values,
        "picks": picks.values,
        "notes": ratings.notes | picks.notes,
        "from_before": ratings.before | picks.before,
        "revision": respondent.assessment.revision,
    }


def _changes(body: OwnAnswersIn, matrix: Matrix) -> list[AnswerChange]:
    """Return what is to change. Raises: ApiError, naming all that is wrong."""
    changes: list[AnswerChange] = []
    wrong: list[FieldProblem] = []
    kinds: dict[str, AnswerKind | None] = {"ratings": "rating", "picks": "pick", "notes": None}
    for part in ("ratings", "picks", "notes"):
        was = getattr(body.was, part) if body.was else {}
        for key, value in getattr(body, part).items():
            seen = (spelled(was[key]),) if key in was else ()
            try:
                changes.append(
                    change_to(
                        matrix,
                        kinds[part],
                        key,
                        part="note" if part == "notes" else "value",
                        sent=spelled(value),
                        was=seen,
                    )
                )
            except WrongAnswer as problem:
                wrong.append(FieldProblem(f"{part}.{key}", str(problem)))
        wrong += [
            FieldProblem(f"was.{part}.{key}", "There is no change for this field.")
            for key in was
            if key not in getattr(body, part)
        ]
    if wrong:
        raise ApiError(422, problems=wrong)
    return changes


def _changed_meanwhile(refused: list[ChangedMeanwhile]) -> ApiError:
    names = {"rating": "ratings", "pick": "picks"}
    return ApiError(
        409,
        "Someone else changed these answers. Nothing was saved.",
        code="edit_conflict",
        problems=[
            FieldProblem(
                f"{'notes' if each.change.part == 'note' else names[each.change.what]}"
                f".{each.change.key}",
                f"Current value: {spelled(each.current) or 'none'}",
            )
            for each in refused
        ],
    )
