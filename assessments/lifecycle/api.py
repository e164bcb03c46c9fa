"""Assessments for programs: list, start, read, close."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import AfterValidator, ConfigDict, Field

from assessments.access import access_assessment
from assessments.core.forms.dates import check_assessed
from assessments.core.services.locking import AssessmentGone
from assessments.core.services.setup import (
    GROUP_LENGTH,
    ME,
    MOST_GROUPS,
    MOST_OPTIONS,
    USUAL_FEWEST,
    setup_of,
)
from assessments.lifecycle.queries import assessments_seen_by, last_closed_of
from assessments.lifecycle.services import closing
from assessments.lifecycle.services.starting import start_in_organisation
from assessments.models import Assessment
from assessments.models.assessment import FEWEST_EVER
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrices_on_offer, matrix_of_version
from maturity.web.api.building import BODY, body_config, responses
from maturity.web.api.fields import Day, PlainText
from maturity.web.api.paging import Page, PageQuery, page_of, refuse_unknown_parameters
from maturity.web.api.problems import ApiError
from maturity.workspaces.access import (
    access_by_token,
    access_of,
    access_organisation,
    actor_of,
    signed_in_user,
)
from maturity.workspaces.roles import Action
from maturity.workspaces.tokens.api_auth import MANAGES, READS

router = Router(tags=["Assessments"])

# The page writes groups as lines: "Function: Service, IT".
_GroupName = Annotated[str, PlainText(GROUP_LENGTH, required=True, pattern=r"^[^,:\n]+$")]
_Option = Annotated[str, PlainText(GROUP_LENGTH, required=True, pattern=r"^[^,\n]+$")]
_Line = Annotated[str, PlainText(200)]


class GroupIn(Schema):
    """A way to tell groups of respondents apart."""

    model_config = ConfigDict(extra="forbid")

    name: _GroupName
    options: list[_Option] = Field(min_length=2, max_length=MOST_OPTIONS)


class AssessmentIn(Schema):
    """A new assessment. What is left out is as on the page: one person answers, today."""

    model_config = body_config(organisation="k3j4m5n6p7q8", purpose="Plan for next year")

    organisation: str = Field(max_length=12, description="The organisation’s id.")
    model: str | None = Field(
        None, max_length=80, description="The model’s key; may be left out where there is one."
    )
    date: Annotated[Day, AfterValidator(check_assessed)] | None = Field(
        None, description="Its day; left out, today."
    )
    purpose: _Line = ""
    scope: _Line = ""
    who: Literal["me", "several"] = Field(
        "me",
        description="`me`: the account of this token alone, as it likes; `several`: all are asked"
        " the same.",
    )
    voices: Literal["named", "anonymous"] = Field(
        "named", description="Where several answer: whether it is seen who said what."
    )
    fewest_answers: int = Field(
        USUAL_FEWEST,
        ge=FEWEST_EVER,
        le=100,
        strict=True,
        description="Of anonymous ones: no figure of fewer people.",
    )
    asked: Literal["picks", "gates", "gates_up_to"] = Field(
        "picks",
        description="Where several answer: a stage for each dimension, all statements, or those up"
        " to a stage.",
    )
    asked_up_to: int | None = Field(
        None, ge=0, le=1_000, strict=True, description="With `gates_up_to`: to which stage."
    )
    groups: list[GroupIn] = Field(
        [], max_length=MOST_GROUPS, description="Where several answer: what tells them apart."
    )
    from_last: bool = Field(
        False, strict=True, description="Begin with the answers of the last closed one."
    )


class AssessmentOut(Schema):
    """An assessment and how it stands."""

    id: str
    organisation: str
    model: str
    model_version: str
    date: dt.date
    purpose: str
    scope: str
    state: Literal["collecting", "settling", "closed"] = Field(
        description="It takes answers; it takes none and its lead settles it; its result is frozen."
    )
    voices: Literal["named", "anonymous"]
    fewest_answers: int
    asked: Literal["free", "picks", "gates"]
    asked_up_to: int | None
    revision: int = Field(description="Grows with every change that its placement depends on.")
    created_at: dt.datetime
    closed_at: dt.datetime | None


class AssessmentPage(Page):
    """A page of assessments."""

    items: list[AssessmentOut]


class AssessmentQuery(PageQuery):
    """Of which organisation, and which page."""

    organisation: str = Field("", max_length=12, description="Only those of this organisation.")


@router.get(
    "/assessments",
    auth=READS,
    response=responses(200, AssessmentPage),
    summary="List the assessments",
)
def list_assessments(request: HttpRequest, query: Query[AssessmentQuery]) -> Any:
    """List the assessments this token may know of, the oldest first.

    Who leads an organisation, or works in the workspace, sees all of it; others those closed.
    """
    refuse_unknown_parameters(request, *AssessmentQuery.model_fields)
    token = access_by_token(request)
    rows = assessments_seen_by(token.made_by_id, token.workspace)
    if query.organisation:
        rows = rows.filter(
            organisation=access_organisation(request, query.organisation, Action.SEE_ORGANISATION)
        )
    return page_of(rows, query, shown)


@router.post(
    "/assessments",
    auth=MANAGES,
    response=responses(201, AssessmentOut, 409, *BODY),
    summary="Start an assessment",
)
def create_assessment(request: HttpRequest, body: AssessmentIn) -> Any:
    """Start an assessment of an organisation.

    Of one with `who: me` the account of this token is the respondent, and may answer at once. Whom
    to ask of several is chosen on its page.
    """
    organisation = access_organisation(request, body.organisation, Action.START_ASSESSMENT)
    version_id, matrix = _model_on_offer(body.model)
    setup = setup_of(
        date=body.date or timezone.localdate(),
        purpose=body.purpose,
        scope=body.scope,
        who=body.who,
        voices=body.voices,
        fewest_answers=USUAL_FEWEST if body.who == ME else body.fewest_answers,
        asked=body.asked,
        asked_up_to=body.asked_up_to,
        groups=[group.model_dump() for group in body.groups],
        matrix=matrix,
    )
    assessment = start_in_organisation(
        organisation,
        model_version_id=version_id,
        setup=setup,
        user=signed_in_user(request),
        last=last_closed_of(organisation) if body.from_last else None,
        now=timezone.now(),
        by=actor_of(request),
    )
    return Status(201, shown(assessment))


@router.get(
    "/assessments/{assessment_id}",
    auth=READS,
    response=responses(200, AssessmentOut),
    summary="Read one assessment",
)
def read_assessment(request: HttpRequest, assessment_id: str) -> Any:
    """Return one assessment and how it stands."""
    assessment = access_assessment(request, assessment_id, Action.SEE_CLOSED_RESULT)
    access = access_of(request)
    takes_part = access.may(Action.SEE_OPEN_RESULT) or access.may(Action.ANSWER)
    if not assessment.is_closed and not takes_part:
        raise PermissionDenied
    return shown(assessment)


class ClosedOut(Schema):
    """A closed assessment, and the number of its frozen result."""

    assessment: AssessmentOut
    result: int


@router.post(
    "/assessments/{assessment_id}/close",
    auth=MANAGES,
    response=responses(200, ClosedOut),
    summary="Close an assessment",
)
def close_assessment(request: HttpRequest, assessment_id: str) -> Any:
    """Freeze the result as it stands. One that is closed stays as it is, and gives its result."""
    assessment = access_assessment(request, assessment_id, Action.RUN_ASSESSMENT)
    try:
        result = closing.close_assessment(
            assessment, user=signed_in_user(request), now=timezone.now(), by=actor_of(request)
        )
    except AssessmentGone:
        raise ApiError(404) from None
    return {"assessment": shown(assessment), "result": result.number}


def shown(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment whose organisation is loaded, as a program reads it."""
    matrix = matrix_of_version(assessment.model_version_id)
    settling = "collecting" if assessment.takes_answers else "settling"
    fields = ("date", "purpose", "scope", "voices", "fewest_answers", "asked", "asked_up_to")
    return {
        "id": assessment.public_id,
        "organisation": assessment.organisation.public_id,
        "model": matrix.key,
        "model_version": matrix.version,
        **{name: getattr(assessment, name) for name in fields},
        "state": "closed" if assessment.is_closed else settling,
        "revision": assessment.revision,
        "created_at": assessment.created_at,
        "closed_at": assessment.closed_at,
    }


def _model_on_offer(key: str | None) -> tuple[int, Matrix]:
    """Return the version of the model with this key, or of the only one. Raises: ApiError."""
    matrices = matrices_on_offer()
    if not matrices and key is None:
        raise ApiError(409, "No model has been published yet.", code="no_model")
    found = [pair for pair in matrices.items() if key in (None, pair[1].key)]
    if not found:
        raise ApiError.at("model", "No published model has this key.")
    if len(found) > 1:
        raise ApiError.at("model", "There is more than one model. Enter the key of one.")
    return found[0]
