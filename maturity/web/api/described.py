"""The OpenAPI document, and the page people read it on."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from maturity.web.api.building import ADDRESS
from maturity.web.api.problems import CODES
from maturity.web.api.reference import ApiReference, reference_of


def described(api: NinjaAPI) -> list[URLPattern]:
    """Return the addresses that tell what the API is; both are made once in a process."""

    @cache
    def document() -> dict[str, Any]:
        plain: dict[str, Any] = _plain(api.get_openapi_schema(path_prefix=ADDRESS))
        return plain

    @cache
    def reference() -> ApiReference:
        return reference_of(document(), base=f"/{ADDRESS}".rstrip("/"))

    @require_safe
    def openapi(request: HttpRequest) -> HttpResponse:
        """Return the OpenAPI document; it is everybody's to read."""
        return JsonResponse(document())

    @require_safe
    def documentation(request: HttpRequest) -> HttpResponse:
        """Show how the API is used, endpoint by endpoint."""
        context = {
            "reference": reference(),
            "errors": [(status, code) for status, (code, _) in CODES.items()],
            "base": request.build_absolute_uri(f"/{ADDRESS}").rstrip("/"),
            "openapi_url": f"/{ADDRESS}openapi.json",
        }
        return render(request, "api/reference.html", context)

    views: list[tuple[str, Callable[..., HttpResponse], str]] = [
        ("api/", documentation, "api-reference"),
        (f"{ADDRESS}openapi.json", openapi, "api-openapi"),
    ]
    return [path(address, view, name=name) for address, view, name in views]


def _plain(value: Any) -> Any:
    """Return what JSON makes of it: plain objects with texts as keys."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
