"""Endpoints to read the published models."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router, Schema

from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import newest_versions, version_of
from maturity.web.api.building import responses
from maturity.web.api.paging import Page, PageQuery, page_of, refuse_unknown_parameters
from maturity.workspaces.tokens.api_auth import READS

router = Router(tags=["Models"], auth=READS)


class ModelLine(Schema):
    """A published model in its newest version."""

    key: str
    version: str
    published_at: datetime


class ModelPage(Page):
    """A page of models."""

    items: list[ModelLine]


@router.get("/models", response=responses(200, ModelPage), summary="List the models")
def list_models(request: HttpRequest, query: Query[PageQuery]) -> Any:
    """List the published models, each in its newest version, by key."""
    refuse_unknown_parameters(request, *PageQuery.model_fields)
    return page_of(newest_versions(), query, _line)


class ModelDocument(Schema):
    """A whole model, waymark-model/1."""

    format: str
    key: str
    version: str
    title: str
    stages: list[dict[str, Any]]
    dimensions: list[dict[str, Any]]


@router.get("/models/{key}", response=responses(200, ModelDocument), summary="Read one whole model")
def read_model(request: HttpRequest, key: str, version: str = "") -> HttpResponse:
    """Return a model's whole document, waymark-model/1: the newest version, or one by name."""
    refuse_unknown_parameters(request, "version")
    found = version_of(key, version or None)
    if found is None:
        raise Http404
    return JsonResponse(found.document)


def _line(version: MaturityModel) -> dict[str, Any]:
    return {
        "key": version.key,
        "version": version.version,
        "published_at": version.published_at,
    }
