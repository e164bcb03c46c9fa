"""Where an organisation stands, as data."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from assessments.access import access_result
from assessments.core.queries.hidden_words import hidden_words
from assessments.core.queries.placements import placement_text
from assessments.core.queries.standing import Standing, standing_of
from assessments.models import Assessment, Result
from assessments.scoring.confidential import Hidden
from maturity.web.api.building import responses
from maturity.web.api.paging import refuse_unknown_parameters
from maturity.web.api.problems import ApiError
from maturity.workspaces.tokens.api_auth import READS

router = Router(tags=["Placement"])

# Of a result there are never so many; a number beyond is no number of one.
MOST_RESULTS = 9_999


class ResultQuery(Schema):
    """Which of an assessment's frozen results; left out, how it stands."""

    result: int | None = Field(None, ge=1, le=MOST_RESULTS, description="One frozen result.")


class DerivedOut(Schema):
    """What the answers say."""

    stage: int
    score: float


class DeclaredOut(Schema):
    """What people picked; `n` is how many."""

    stage: int
    score: float
    n: int


class GateOut(Schema):
    """What stands before a stage; progress is null where nothing applies."""

    to: int
    progress: float | None
    open: bool
    items: int
    applicable: int
    answered: int


class AgreementOut(Schema):
    """How far people agree, from 0 to 1; empty below three."""

    ratings: float | None
    picks: float | None
    n: int


class DimensionOut(Schema):
    """Where the organisation stands on one dimension."""

    key: str
    basis: str
    stage: int | None
    score: float | None
    lowest: float | None
    highest: float | None
    coverage: float | None
    target: int | None
    weight: float
    derived: DerivedOut | None
    declared: DeclaredOut | None
    gates: list[GateOut]
    agreement: AgreementOut
    next_steps: list[str]


class OverallOut(Schema):
    """Where it stands as a whole; what does not exist is null."""

    score: float | None
    stage: int | None
    percent_to_target: float | None
    progress_to_date: float | None


class PlacementOut(Schema):
    """A whole waymark-placement/1, as `manage.py place` prints it."""

    format: str
    model: str
    version: str
    overall: OverallOut
    dimensions: list[DimensionOut]


@router.get(
    "/assessments/{assessment_id}/placement",
    auth=READS,
    response=responses(200, PlacementOut, 409),
    summary="Where does it stand?",
)
def read_placement(request: HttpRequest, assessment_id: str, query: Query[ResultQuery]) -> Any:
    """Return the placement, waymark-placement/1: as it stands, or of a closed one as it was frozen.

    409 says why there is nothing to see of anonymous answers yet.
    """
    refuse_unknown_parameters(request, *ResultQuery.model_fields)
    assessment, frozen = access_result(request, assessment_id, number=query.result)
    found = placement_text(assessment, frozen)
    _refuse_hidden(found.hidden)
    return HttpResponse(found.text, content_type="application/json")


def visible_standing(assessment: Assessment, frozen: Result | None) -> Standing:
    """Return how an assessment stands. Raises: ApiError, while nothing of it may be seen."""
    standing = standing_of(assessment, result=frozen)
    _refuse_hidden(standing.hidden)
    return standing


def _refuse_hidden(hidden: Hidden | None) -> None:
    if hidden:
        raise ApiError(409, hidden_words(hidden), code="hidden")
