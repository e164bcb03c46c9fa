"""An API whose errors all have one shape, and which is documented by what it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from pydantic import ConfigDict, Field

from maturity.web.api.problems import Place, Refused, problem_response
from maturity.web.http.rate_limits import LimitReached
from maturity.web.http.redirects import GoElsewhere

VERSION = "1.0.0"
ADDRESS = "api/v1/"
# A body of all statements answered, each with the longest note, is about half of this.
MOST_BYTES = 2_000_000

_ABOUT = (
    "Everything a workspace holds, for programs. A token is made by an owner of the workspace on"
    " its page “Settings”, and sent as `Authorization: Bearer TOKEN`. It may do what its scopes"
    " say, and never more than the account that made it may on that day."
)


class ProblemOut(Schema):
    """One thing that is wrong, by its place in what was sent."""

    place: str
    message: str


class ErrorOut(Schema):
    """`code` is for programs, `message` for people."""

    status: int
    code: str
    message: str
    problems: list[ProblemOut]


class ErrorBody(Schema):
    """What every error of the API looks like."""

    error: ErrorOut = Field(description="What happened, and what to do next.")


def answers(status: int, schema: Any, *refusals: int) -> dict[Any, Any]:
    """Return what an endpoint answers with, by status; `refusals` are those of its own.

    Those that any endpoint with a token may answer with are added.
    """
    usual = (401, 403, 404, 422, 429)
    return {status: schema, **dict.fromkeys(sorted({*usual, *refusals}), ErrorBody)}


# What else an endpoint may answer with that takes a body.
BODY = (400, 413, 415)


def taking(**example: Any) -> ConfigDict:
    """Return how a body is taken: with no field but its own; an example stands in the document."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


def new_api(*, parser: Parser, routers: Iterable[Router]) -> NinjaAPI:
    """Return the API made of some routers; `parser` reads its bodies."""
    api = NinjaAPI(
        title="Waymark",
        version=VERSION,
        description=_ABOUT,
        openapi_url=None,
        docs_url=None,
        parser=parser,
        urls_namespace="api",
    )
    on = api.exception_handler
    on(Refused)(lambda request, refused: refused.response)
    on(ValidationError)(_invalid)
    on(HttpError)(_cannot_read)
    on(RequestDataTooBig)(lambda request, fault: problem_response(413))
    on(AuthenticationError)(_unknown)
    on(Http404)(lambda request, fault: problem_response(404))
    # What a page sends people elsewhere for is out of sight for a program.
    on(GoElsewhere)(lambda request, fault: problem_response(404))
    on(PermissionDenied)(lambda request, fault: problem_response(403))
    on(LimitReached)(_too_many)
    on(Exception)(_fault)
    # Short names for programs made from the document: each endpoint is a function of its own name.
    # The library offers no other way than a subclass.
    api.get_openapi_operation_id = lambda operation: operation.view_func.__name__  # type: ignore[method-assign]
    for router in routers:
        api.add_router("", router)
    return api


def patterns_of(api: NinjaAPI) -> list[URLPattern]:
    """Return each address of the endpoints once; one view answers all its methods.

    The library lists an address once for each method, and adds a page of its own at the root.
    """
    found: dict[str, URLPattern] = {}
    for each in api.urls[0]:
        if isinstance(each, URLPattern) and each.name != "api-root":
            found.setdefault(str(each.pattern), each)
    return list(found.values())


def _fault(request: HttpRequest, fault: Exception) -> NoReturn:
    """Leave it to Django, which notes it in the log."""
    raise fault


def _unknown(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    response = problem_response(401)
    response.headers["WWW-Authenticate"] = 'Bearer realm="Waymark"'
    return response


def _too_many(request: HttpRequest, reached: LimitReached) -> HttpResponse:
    message = f"There were too many requests. Please come back in {reached.wait}."
    return reached.on(problem_response(429, message))


def _cannot_read(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Say what the reader of bodies said; the library keeps that behind a fault of its own."""
    cause = fault.__cause__
    return cause.response if isinstance(cause, Refused) else problem_response(fault.status_code)


# In our words, by pydantic's names of what is wrong; its own stand where we have none.
_WORDS = {
    "missing": "This is missing.",
    "extra_forbidden": "There is no field of this name.",
    "string_type": "Please give a text.",
    "int_type": "Please give a whole number.",
    "int_parsing": "Please give a whole number.",
    "int_from_float": "Please give a whole number.",
    "bool_type": "Please give true or false.",
    "bool_parsing": "Please give true or false.",
    "list_type": "Please give a list.",
    "dict_type": "Please give an object.",
    "model_type": "Please give an object.",
    "model_attributes_type": "Please give an object.",
    "greater_than_equal": "Please give {ge} or more.",
    "less_than_equal": "Please give {le} or less.",
    "string_too_short": "Please give at least {min_length} character(s).",
    "string_too_long": "Please shorten this to {max_length} characters.",
    "string_pattern_mismatch": "This has a character that cannot stand here.",
    "too_short": "Please give at least {min_length}.",
    "too_long": "Please give {max_length} at most.",
    "literal_error": "Please give one of these: {expected}.",
    "date_type": "Please give a day, such as 2026-11-22.",
    "date_parsing": "Please give a day, such as 2026-11-22.",
    "date_from_datetime_parsing": "Please give a day, such as 2026-11-22.",
    "date_from_datetime_inexact": "Please give a day, such as 2026-11-22.",
}


def _invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Name everything that is wrong by its place."""
    found = [Place(place_of(each["loc"]), _in_words(each)) for each in fault.errors]
    return problem_response(422, problems=found)


def _in_words(error: Mapping[str, Any]) -> str:
    words = _WORDS.get(error["type"])
    text: str = words.format(**error.get("ctx", {})) if words else error["msg"]
    return text if text.endswith(".") else f"{text}."


def place_of(steps: Sequence[object]) -> str:
    """Return where something lies in what was sent: "groups[1].name"; of the whole body, "body"."""
    # The first step says body, query or path; of a body the second is our own name for it.
    inside = [*steps[2:]] if steps[0] == "body" else [*steps[1:]]
    text = ""
    for step in inside:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or str(steps[0])
