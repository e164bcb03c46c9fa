"""The roadmap for programs: what is suggested, and the steps an organisation decided on."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from assessments.access import access_roadmap
from assessments.models import Step
from assessments.roadmap.forms.steps import MOST_DAYS, DropForm, OwnStepForm, StepForm
from assessments.roadmap.queries.steps import (
    Suggestion,
    members_by_name,
    skipped_by,
    step_of,
    steps_of,
    suggestions_of,
)
from assessments.roadmap.services.steps import (
    LINK_LENGTH,
    NOTES_LENGTH,
    OWNER_LENGTH,
    REASON_LENGTH,
    TOO_MANY,
    WORDS_LENGTH,
    AlreadyDecided,
    TooManySteps,
    begin_step,
    change_step,
    decide_step,
    drop_step,
    finish_step,
    reopen_step,
)
from maturity.catalogue.queries import matrix_of_version
from maturity.web.api.building import BODY, body_config, responses
from maturity.web.api.problems import ApiError, FieldProblem, refuse_unless_valid
from maturity.web.http.rate_limits import undone_when_refused
from maturity.web.ids import is_key
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


class _Planned(Schema):
    model_config = ConfigDict(extra="forbid")

    owner: str = Field("", max_length=OWNER_LENGTH)
    start: date | None = None
    due: date | None = None
    days: int | None = Field(None, ge=0, le=MOST_DAYS, strict=True)
    notes: str = Field("", max_length=NOTES_LENGTH)
    evidence: str = Field("", max_length=LINK_LENGTH, description="Begins with https://")


class StepIn(_Planned):
    """A step to decide on: with `descriptor` a suggested one, else one of the organisation's own.

    An owner or a day is needed. An own step needs `words`; a suggested one reads as the model
    words it, unless they are given.
    """

    model_config = body_config(descriptor="strategy.2.01", owner="Ada Byron", due="2027-03-31")

    descriptor: str = Field("", max_length=80)
    dimension: str = Field("", max_length=80, description="Of an own step: a dimension’s key.")
    words: str = Field("", max_length=WORDS_LENGTH)
    anyway: bool = Field(
        False, strict=True, description="Even though what it builds on is not decided."
    )


class StepChange(Schema):
    """What is to change of a step; what is left out stays."""

    model_config = body_config(status="done")

    words: str | None = Field(None, max_length=WORDS_LENGTH)
    owner: str | None = Field(None, max_length=OWNER_LENGTH)
    start: date | None = None
    due: date | None = None
    days: int | None = Field(None, ge=0, le=MOST_DAYS, strict=True)
    notes: str | None = Field(None, max_length=NOTES_LENGTH)
    evidence: str | None = Field(None, max_length=LINK_LENGTH)
    status: StatusName | None = Field(
        None, description="`planned` takes one up again that was ended."
    )
    reason: str | None = Field(
        None, max_length=REASON_LENGTH, description="Needed to drop it: why it is dropped."
    )


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
    found = suggestions_of(organisation)
    matrix = matrix_of_version(found.model_version_id) if found else None
    descriptor = None
    if body.descriptor:
        if found is None or matrix is None or body.descriptor not in found.descriptors:
            raise ApiError.at("descriptor", "This step is not suggested, or no longer.")
        if body.dimension:
            raise ApiError.at(
                "dimension",
                "Leave this empty for a suggested step.",
            )
        descriptor = matrix.descriptors[body.descriptor]
        skipped = skipped_by(body.descriptor, steps_of(organisation), found)
        if skipped and not body.anyway:
            raise ApiError(
                409,
                "This step builds on others that are not decided. Send `anyway` to skip them.",
                code="missing_prerequisites",
                problems=[FieldProblem("descriptor", words) for words in skipped],
            )
    words = body.words or (descriptor.as_step[:WORDS_LENGTH] if descriptor else "")
    form = OwnStepForm(
        {**_typed(body.model_dump(exclude={"descriptor", "anyway"})), "words": words},
        members=members_by_name(organisation),
        dimensions=[(row.key, row.name) for row in matrix.dimensions] if matrix else [],
    )
    refuse_unless_valid(form)
    try:
        step = decide_step(
            organisation,
            assessment=found.assessment if found else None,
            model_version_id=found.model_version_id if found else None,
            descriptor=descriptor,
            dimension=form.cleaned_data["dimension"],
            words=form.cleaned_data["words"],
            plan=form.plan,
            now=timezone.now(),
            by=actor_of(request),
        )
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
            known = {name: getattr(step, name) for name in StepForm.field_order}
            form = StepForm(_typed(known | given), members=members_by_name(organisation))
            refuse_unless_valid(form)
            words = form.cleaned_data["words"]
            change_step(step, words=words, plan=form.plan, now=now, by=by)
        if status is not None:
            _go(step, status, reason or "", now=now, by=by)
    return _step(step)


def _go(step: Step, status: str, reason: str, *, now: datetime, by: Actor) -> None:
    """Take a step from where it is to a status, as its buttons on the board do.

    Raises: ApiError.
    """
    if status == step.status:
        return
    if status == Step.Status.DROPPED:
        form = DropForm({"reason": reason})
        refuse_unless_valid(form)
    try:
        if not step.is_open:
            reopen_step(step, now=now, by=by)
        if status == Step.Status.DOING:
            begin_step(step, now=now, by=by)
        elif status == Step.Status.DONE:
            finish_step(step, now=now, by=by)
        elif status == Step.Status.DROPPED:
            drop_step(step, reason=form.cleaned_data["reason"], now=now, by=by)
    except AlreadyDecided:
        raise ApiError(409, _TAKEN, code="already_decided") from None
    if step.status != status:
        raise ApiError(409, f"A step that is {step.status} cannot become {status}.")


def _found(organisation: Organisation, step_id: int) -> Step:
    step = step_of(organisation, step_id) if is_key(step_id) else None
    if step is None:
        raise Http404
    return step


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as somebody would have typed them."""
    return {
        name: "" if value is None else value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


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
