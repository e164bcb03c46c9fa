"""The roadmap for programs: what is suggested, and the steps an organisation decided on."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field

from assessments.access import access_roadmap
from assessments.core.forms.dates import check_day
from assessments.models import Step
from assessments.roadmap.queries.steps import (
    Suggestion,
    members_by_name,
    step_of,
    steps_of,
    suggestions_of,
)
from assessments.roadmap.services.steps import (
    LINK_LENGTH,
    MOST_DAYS,
    NOTES_LENGTH,
    OWNER_LENGTH,
    REASON_LENGTH,
    TOO_MANY,
    WORDS_LENGTH,
    AlreadyDecided,
    MissingPrerequisites,
    NotSuggested,
    StepPlan,
    TooManySteps,
    begin_step,
    change_step,
    decide_own_step,
    decide_suggested_step,
    drop_step,
    finish_step,
    reopen_step,
)
from maturity.web.api.building import BODY, body_config, responses
from maturity.web.api.fields import Day, PlainText
from maturity.web.api.problems import ApiError, FieldProblem
from maturity.web.ids import is_key
from maturity.web.rate_limits import undone_when_refused
from maturity.workspaces.access import access_organisation, actor_of
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Organisation
from maturity.workspaces.roles import Action
from maturity.workspaces.tokens.api_auth import MANAGES, READS

router = Router(tags=["Roadmap"])

_TAKEN = "There is already an open step for this statement."
StatusName = Literal["planned", "doing", "done", "dropped"]


class SuggestionOut(Schema):
    """A step that the latest figures suggest, in the order to take them."""

    descriptor: str
    dimension: str = Field(description="The dimension’s name.")
    action: str
    statement: str
    to: int = Field(description="The stage it leads to.")
    horizon: str = Field(description="now, next or later")
    effort: str = Field(description="S, M or L; empty where the model does not say.")
    matters_most: bool
    requires: list[str] = Field(description="Statements not in place yet that should come first.")


class StepOut(Schema):
    """A step the organisation decided on. What is not known is null or an empty text."""

    id: int
    descriptor: str
    dimension: str = Field(description="The dimension’s key.")
    words: str
    status: StatusName
    owner: str
    start: date | None
    due: date | None
    days: int | None = Field(description="The work in it, in one person’s days.")
    notes: str
    evidence: str
    reason: str = Field(description="Why it was dropped.")
    created_at: datetime
    done_at: datetime | None
    dropped_at: datetime | None


class RoadmapOut(Schema):
    """Decided steps, open ones first and in their order; and what is suggested beside them."""

    organisation: str
    days_a_month: int | None
    assessment: str | None = Field(description="Whose figures the suggestions come from.")
    suggestions: list[SuggestionOut]
    steps: list[StepOut]


_Words = Annotated[str, PlainText(WORDS_LENGTH, multiline=True)]
_Owner = Annotated[str, PlainText(OWNER_LENGTH)]
_Day = Annotated[Day, AfterValidator(check_day)]
_Days = Annotated[int, Field(ge=0, le=MOST_DAYS, strict=True)]
_Notes = Annotated[str, PlainText(NOTES_LENGTH, multiline=True)]
_Link = Annotated[str, PlainText(LINK_LENGTH)]


class StepIn(Schema):
    """A step to decide on: with `descriptor` a suggested one, else one of the organisation's own.

    An owner or a day is needed. An own step needs `words`; a suggested one reads as the model
    words it, unless they are given.
    """

    model_config = body_config(descriptor="strategy.2.01", owner="Ada Byron", due="2027-03-31")

    owner: _Owner = ""
    start: _Day | None = None
    due: _Day | None = None
    days: _Days | None = None
    notes: _Notes = ""
    evidence: _Link = Field("", description="Begins with https://")
    descriptor: str = Field("", max_length=80)
    dimension: str = Field("", max_length=80, description="Of an own step: a dimension’s key.")
    words: _Words = ""
    anyway: bool = Field(
        False, strict=True, description="Even though what it builds on is not decided."
    )


class StepChange(Schema):
    """What is to change of a step; what is left out stays."""

    model_config = body_config(status="done")

    words: _Words | None = None
    owner: _Owner | None = None
    start: _Day | None = None
    due: _Day | None = None
    days: _Days | None = None
    notes: _Notes | None = None
    evidence: _Link | None = None
    status: StatusName | None = Field(
        None, description="`planned` takes one up again that was ended."
    )
    reason: Annotated[str, PlainText(REASON_LENGTH)] | None = Field(
        None, description="Needed to drop it: why it is dropped."
    )


_PLANNED = ("owner", "start", "due", "days", "notes", "evidence")


@router.get(
    "/organisations/{organisation_id}/roadmap",
    auth=READS,
    response=responses(200, RoadmapOut),
    summary="Read the roadmap",
)
def read_roadmap(request: HttpRequest, organisation_id: str) -> Any:
    """Return what is suggested and not decided yet, and every step decided on.

    For who looks after the organisation, as on the board. Open steps stand in the board's order,
    those ended after them, the latest first.
    """
    organisation = access_roadmap(request, organisation_id)
    found = suggestions_of(organisation)
    steps = steps_of(organisation)
    taken = {step.descriptor_id for step in steps if step.is_open}
    return {
        "organisation": organisation.public_id,
        "days_a_month": organisation.days_a_month,
        "assessment": found.assessment.public_id if found else None,
        "suggestions": [
            _suggestion(each)
            for each in (found.steps if found else ())
            if each.descriptor_id not in taken
        ],
        "steps": [_step(each) for each in steps],
    }


@router.post(
    "/organisations/{organisation_id}/steps",
    auth=MANAGES,
    response=responses(201, StepOut, 409, *BODY),
    summary="Decide on a step",
)
def create_step(request: HttpRequest, organisation_id: str, body: StepIn) -> Any:
    """Decide on a suggested step or on one of the organisation's own; it goes to the end.

    409 with code `missing_prerequisites` names what a suggested step builds on that is neither
    decided on nor done; `anyway` decides on it all the same.
    """
    organisation = access_organisation(request, organisation_id, Action.MANAGE_STEPS)
    if body.descriptor and body.dimension:
        raise ApiError.at("dimension", "Leave this empty for a suggested step.")
    plan = _plan(organisation, body.model_dump(include=set(_PLANNED)))
    now, by = timezone.now(), actor_of(request)
    try:
        if body.descriptor:
            step = decide_suggested_step(
                organisation,
                descriptor_id=body.descriptor,
                words=body.words,
                plan=plan,
                anyway=body.anyway,
                now=now,
                by=by,
            )
        else:
            step = decide_own_step(
                organisation,
                words=body.words,
                dimension=body.dimension,
                plan=plan,
                now=now,
                by=by,
            )
    except NotSuggested:
        raise ApiError.at("descriptor", "This step is not suggested, or no longer.") from None
    except MissingPrerequisites as missing:
        raise ApiError(
            409,
            "This step builds on others that are not decided. Send `anyway` to skip them.",
            code="missing_prerequisites",
            problems=[FieldProblem("descriptor", words) for words in missing.steps],
        ) from None
    except AlreadyDecided:
        raise ApiError(409, _TAKEN, code="already_decided") from None
    except TooManySteps:
        raise ApiError(409, TOO_MANY, code="too_many_steps") from None
    return Status(201, _step(step))


@router.get(
    "/organisations/{organisation_id}/steps/{step_id}",
    auth=READS,
    response=responses(200, StepOut),
    summary="Read one step",
)
def read_step(request: HttpRequest, organisation_id: str, step_id: int) -> Any:
    """Return one step the organisation decided on."""
    return _step(_found(access_roadmap(request, organisation_id), step_id))


@router.patch(
    "/organisations/{organisation_id}/steps/{step_id}",
    auth=MANAGES,
    response=responses(200, StepOut, 409, *BODY),
    summary="Change a step",
)
def update_step(request: HttpRequest, organisation_id: str, step_id: int, body: StepChange) -> Any:
    """Change what a step says, who does it and when, and how far it is: all of it, or nothing."""
    organisation = access_organisation(request, organisation_id, Action.MANAGE_STEPS)
    step = _found(organisation, step_id)
    given = body.model_dump(exclude_unset=True)
    status, reason = given.pop("status", None), given.pop("reason", None)
    if reason is not None and status != Step.Status.DROPPED:
        raise ApiError.at("reason", "Send a reason only with `status: dropped`.")
    now, by = timezone.now(), actor_of(request)
    with undone_when_refused():
        if given:
            wanted = {name: getattr(step, name) for name in ("words", *_PLANNED)} | given
            words = wanted.pop("words")
            change_step(step, words=words, plan=_plan(organisation, wanted), now=now, by=by)
        if status is not None:
            _go(step, status, reason or "", now=now, by=by)
    return _step(step)


def _go(step: Step, status: str, reason: str, *, now: datetime, by: Actor) -> None:
    """Take a step from where it is to a status, as its buttons on the board do.

    Raises: ApiError.
    """
    if status == step.status:
        return
    try:
        if not step.is_open:
            reopen_step(step, now=now, by=by)
        if status == Step.Status.DOING:
            begin_step(step, now=now, by=by)
        elif status == Step.Status.DONE:
            finish_step(step, now=now, by=by)
        elif status == Step.Status.DROPPED:
            drop_step(step, reason=reason, now=now, by=by)
    except AlreadyDecided:
        raise ApiError(409, _TAKEN, code="already_decided") from None
    if step.status != status:
        raise ApiError(409, f"A step that is {step.status} cannot become {status}.")


def _found(organisation: Organisation, step_id: int) -> Step:
    step = step_of(organisation, step_id) if is_key(step_id) else None
    if step is None:
        raise Http404
    return step


def _plan(organisation: Organisation, values: dict[str, Any]) -> StepPlan:
    """Return a plan; an owner with the name of a member is that member. A text may be null."""
    texts = {name: values[name] or "" for name in ("owner", "notes", "evidence")}
    return StepPlan(member_id=members_by_name(organisation).get(texts["owner"]), **(values | texts))


def _suggestion(step: Suggestion) -> dict[str, Any]:
    fields = ("dimension", "action", "statement", "to", "horizon", "effort", "matters_most")
    return {
        "descriptor": step.descriptor_id,
        **{name: getattr(step, name) for name in fields},
        "requires": list(step.requires),
    }


def _step(step: Step) -> dict[str, Any]:
    fields = ("dimension", "words", "status", "owner", "start", "due", "days", "notes")
    moments = ("created_at", "done_at", "dropped_at")
    return {
        "id": step.pk,
        "descriptor": step.descriptor_id,
        **{name: getattr(step, name) for name in (*fields, *moments, "evidence", "reason")},
    }
