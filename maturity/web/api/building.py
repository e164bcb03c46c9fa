"""An API whose errors all have one shape, and which is documented by what it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
)
from django.core.exceptions import ValidationError as RuleBroken
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from pydantic import ConfigDict, Field

from maturity.web.api.problems import ApiError, FieldProblem, problem_response
from maturity.web.http.redirects import GoElsewhere
from maturity.web.rate_limits import LimitReached

VERSION = "1.0.0"
ADDRESS = "api/v1/"
# A body of all statements answered, each with the longest note, is about half of this.
MOST_BYTES = 2_000_000

_ABOUT = (
    "Everything a workspace holds, for programs. An owner of the workspace creates a token in its"
    " settings; send it as `Authorization: Bearer TOKEN`. A token can do what its scopes allow, and"
    " never more than the account that created it."
)


class ProblemOut(Schema):
    """An invalid field, by its path in the request."""

    field: str
    message: str


class ErrorOut(Schema):
    """What went wrong: `code` for programs, `message` for people."""

    status: int
    code: str
    message: str
    problems: list[ProblemOut]


class ErrorBody(Schema):
    """The shape of every error."""

    error: ErrorOut = Field(description="What went wrong, and what to do.")


def responses(status: int, schema: Any, *errors: int) -> dict[Any, Any]:
    """Return an endpoint's responses by status; `errors` are those that not every endpoint has."""
    common = (401, 403, 404, 422, 429)
    return {status: schema, **dict.fromkeys(sorted({*common, *errors}), ErrorBody)}


# Further errors of an endpoint with a request body.
BODY = (400, 413, 415)


def body_config(**example: Any) -> ConfigDict:
    """Return the configuration of a request body: no unknown fields, an example in the docs."""
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
    on(ApiError)(lambda request, error: error.response)
    on(ValidationError)(_invalid)
    on(RuleBroken)(_rule_broken)
    on(HttpError)(_cannot_read)
    on(RequestDataTooBig)(lambda request, fault: problem_response(413))
    on(AuthenticationError)(_unknown)
    on(Http404)(lambda request, fault: problem_response(404))
    # What a page sends people elsewhere for is out of sight for a program.
    on(GoElsewhere)(lambda request, fault: problem_response(404))
    on(PermissionDenied)(lambda request, fault: problem_response(403))
    on(LimitReached)(_rate_limited)
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


def _rate_limited(request: HttpRequest, reached: LimitReached) -> HttpResponse:
    message = f"Too many requests. Try again in {reached.wait}."
    return reached.on(problem_response(429, message))


def _cannot_read(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Return the body parser's own error, which the library wraps in one of its own."""
    cause = fault.__cause__
    return cause.response if isinstance(cause, ApiError) else problem_response(fault.status_code)


# By pydantic's error types; others keep pydantic's message.
_MESSAGES = {
    "missing": "This field is required.",
    "extra_forbidden": "Unknown field.",
    "string_type": "Enter a string.",
    "int_type": "Enter a whole number.",
    "int_parsing": "Enter a whole number.",
    "int_from_float": "Enter a whole number.",
    "bool_type": "Enter true or false.",
    "bool_parsing": "Enter true or false.",
    "list_type": "Enter a list.",
    "dict_type": "Enter an object.",
    "model_type": "Enter an object.",
    "model_attributes_type": "Enter an object.",
    "greater_than_equal": "Enter {ge} or more.",
    "less_than_equal": "Enter {le} or less.",
    "string_too_short": "Enter at least {min_length} character(s).",
    "string_too_long": "Enter {max_length} characters or fewer.",
    "string_pattern_mismatch": "This contains a character that is not allowed here.",
    "too_short": "Enter at least {min_length} items.",
    "too_long": "Enter {max_length} items or fewer.",
    "literal_error": "Enter one of: {expected}.",
    "date_type": "Enter a date such as 2026-11-22.",
    "date_parsing": "Enter a date such as 2026-11-22.",
    "date_from_datetime_parsing": "Enter a date such as 2026-11-22.",
    "date_from_datetime_inexact": "Enter a date such as 2026-11-22.",
}


def _invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Return every invalid field."""
    found = [FieldProblem(field_path(each["loc"]), _message(each)) for each in fault.errors]
    return problem_response(422, problems=found)


def _rule_broken(request: HttpRequest, broken: RuleBroken) -> HttpResponse:
    """Return the fields a service refused, in the words of the page."""
    problems = [
        FieldProblem("body" if field == NON_FIELD_ERRORS else field, message)
        for field, messages in broken.message_dict.items()
        for message in messages
    ]
    return problem_response(422, problems=problems)


def _message(error: Mapping[str, Any]) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    words = _MESSAGES.get(error["type"])
    text: str = words.format(**error.get("ctx", {})) if words else error["msg"]
    return text if text.endswith(".") else f"{text}."


def field_path(steps: Sequence[object]) -> str:
    """Return a field's path, such as "groups[1].name"; "body" for the whole body."""
    # The first step says body, query or path; of a body the second is our own name for it.
    inside = [*steps[2:]] if steps[0] == "body" else [*steps[1:]]
    text = ""
    for step in inside:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or str(steps[0])
