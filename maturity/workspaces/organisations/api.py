"""Organisations for programs: list, read, add."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from maturity.web.api.building import BODY, body_config, responses
from maturity.web.api.fields import PlainText
from maturity.web.api.paging import Page, PageQuery, page_of, refuse_unknown_parameters
from maturity.web.api.problems import ApiError
from maturity.workspaces.access import (
    access_by_token,
    access_of,
    access_organisation,
    access_workspace,
    actor_of,
)
from maturity.workspaces.models import Organisation
from maturity.workspaces.models.workspace import MOST_TAGS, TAG_LENGTH, Sector, Size
from maturity.workspaces.organisations.queries import organisations_seen_by
from maturity.workspaces.organisations.services import OneOrganisationOnly, add_organisation
from maturity.workspaces.roles import Action
from maturity.workspaces.tokens.api_auth import MANAGES, READS

router = Router(tags=["Organisations"])

_ONE_ONLY = (
    "A team workspace has one organisation. An owner can open the workspace to clients in its"
    " settings."
)


class OrganisationOut(Schema):
    """An organisation of the workspace; what is not known of it is an empty text."""

    id: str
    name: str
    sector: str
    size: str
    country: str
    tags: list[str]
    months_between: int = Field(description="Months between assessments.")
    days_a_month: int | None = Field(description="Days of work its team has a month.")
    created_at: datetime
    is_archived: bool


class OrganisationPage(Page):
    """A page of organisations."""

    items: list[OrganisationOut]


# A comma is what the page puts between two tags.
_Tag = Annotated[str, PlainText(TAG_LENGTH, required=True, pattern=r"^[^,\n]+$")]


class OrganisationIn(Schema):
    """A new organisation; only its name is needed."""

    model_config = body_config(name="Harbour Lights", country="Norway", tags=["north"])

    name: Annotated[str, PlainText(200, required=True)]
    # The codes are known at run time only.
    sector: Literal["", *Sector.values] = ""  # type: ignore[valid-type]
    size: Literal["", *Size.values] = Field("", description="People who work there.")  # type: ignore[valid-type]
    country: Annotated[str, PlainText(80)] = ""
    tags: list[_Tag] = Field(
        [], max_length=MOST_TAGS, description=f"{TAG_LENGTH} characters each, without commas."
    )
    months_between: int = Field(12, ge=1, le=60, strict=True)


@router.get(
    "/organisations",
    auth=READS,
    response=responses(200, OrganisationPage),
    summary="List the organisations",
)
def list_organisations(request: HttpRequest, query: Query[PageQuery]) -> Any:
    """List the organisations this token may know of, the oldest first, archived ones too."""
    refuse_unknown_parameters(request, *PageQuery.model_fields)
    token = access_by_token(request)
    rows = organisations_seen_by(token.made_by_id, token.workspace)
    return page_of(rows, query, _shown)


@router.post(
    "/organisations",
    auth=MANAGES,
    response=responses(201, OrganisationOut, 409, *BODY),
    summary="Add an organisation",
)
def create_organisation(request: HttpRequest, body: OrganisationIn) -> Any:
    """Add an organisation to a workspace with clients; that of one team has its one."""
    workspace = access_workspace(
        request, access_by_token(request).workspace.public_id, Action.ADD_ORGANISATION
    )
    if not access_of(request).has_clients:
        raise ApiError(409, _ONE_ONLY, code="one_organisation_only")
    try:
        organisation = add_organisation(
            workspace, **body.model_dump(), now=timezone.now(), by=actor_of(request)
        )
    except OneOrganisationOnly:
        raise ApiError(409, _ONE_ONLY, code="one_organisation_only") from None
    return Status(201, _shown(organisation))


@router.get(
    "/organisations/{organisation_id}",
    auth=READS,
    response=responses(200, OrganisationOut),
    summary="Read one organisation",
)
def read_organisation(request: HttpRequest, organisation_id: str) -> Any:
    """Return one organisation."""
    return _shown(access_organisation(request, organisation_id, Action.SEE_ORGANISATION))


def _shown(organisation: Organisation) -> dict[str, Any]:
    fields = ("name", "sector", "size", "country", "tags", "months_between", "days_a_month")
    return {
        "id": organisation.public_id,
        **{name: getattr(organisation, name) for name in fields},
        "created_at": organisation.created_at,
        "is_archived": organisation.archived_at is not None,
    }
