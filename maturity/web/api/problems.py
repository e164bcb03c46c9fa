"""The shape of every API error.

    {"error": {"status": 422, "code": "invalid", "message": "…",
               "problems": [{"field": "name", "message": "…"}]}}

`code` is stable and for programs; `message` is for people and may change. `problems` names each
invalid field by its path in the request, and is often empty.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse

PREFIX = "/api/"
# The only page under this prefix.
PAGE = "/api/"

MOST_PROBLEMS = 100
CODES = {
    400: ("bad_request", "The server could not read this request. Check the URL and the headers."),
    401: (
        "unauthorized",
        "Send a valid API token: Authorization: Bearer TOKEN. It is missing, wrong, expired or"
        " revoked, or its owner no longer has access.",
    ),
    403: ("forbidden", "The account that created this token is not allowed to do this."),
    404: ("not_found", "Not found, or this token has no access to it."),
    405: ("method_not_allowed", "This method is not allowed here. See the Allow header."),
    409: ("conflict", "This conflicts with the current state."),
    413: ("too_large", "The request body must be 2 MB or smaller."),
    415: ("unsupported_media_type", "Send the body with Content-Type: application/json."),
    422: ("invalid", "The request is not valid. Nothing was changed."),
    429: ("rate_limited", "Too many requests. Try again later."),
    500: ("internal_error", "Something went wrong on our side. Try again later."),
}


class FieldProblem(NamedTuple):
    """An invalid field, by its path in the request, and what is wrong with it."""

    field: str
    message: str


class ApiError(Exception):
    """End the request with this error."""

    def __init__(
        self,
        status: int,
        message: str = "",
        *,
        code: str = "",
        problems: Iterable[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.code = code
        self.problems = tuple(problems)
        self.headers = dict(headers or {})

    @classmethod
    def at(cls, field: str, message: str) -> "ApiError":
        """Return the error of one invalid field."""
        return cls(422, problems=[FieldProblem(field, message)])

    @property
    def response(self) -> HttpResponse:
        """Return the error as an HTTP response."""
        response = problem_response(
            self.status, self.message, code=self.code, problems=self.problems
        )
        for name, value in self.headers.items():
            response.headers[name] = value
        return response


def problem_response(
    status: int, message: str = "", *, code: str = "", problems: Iterable[FieldProblem] = ()
) -> HttpResponse:
    """Return an error; the status gives code and message unless they are passed."""
    default_code, default = CODES.get(status, CODES[400] if status < 500 else CODES[500])
    found = list(problems)
    if (more := len(found) - MOST_PROBLEMS) > 0:
        found = [*found[:MOST_PROBLEMS], FieldProblem("", f"{more:,} more problems.")]
    error = {
        "status": status,
        "code": code or default_code,
        "message": message or default,
        "problems": [each._asdict() for each in found],
    }
    return JsonResponse({"error": error}, status=status)


def is_for_api(request: HttpRequest) -> bool:
    """Say whether a request is for the API, even for a path it does not have."""
    return request.path_info.startswith(PREFIX) and request.path_info != PAGE
