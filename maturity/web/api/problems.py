"""The one shape every error of the API has.

    {"error": {"status": 422, "code": "invalid", "message": "…",
               "problems": [{"place": "name", "message": "…"}]}}

`code` is for programs and stays the same; `message` is for people and may be reworded. `problems`
names each thing that is wrong by its place in what was sent, and is empty where there is none.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse

PREFIX = "/api/"
# The one address below it that is a page.
PAGE = "/api/"

MOST_PROBLEMS = 100
CODES = {
    400: ("bad_request", "The request makes no sense. Please check its address and its headers."),
    401: (
        "unauthorised",
        "The API is for programs with a token: Authorization: Bearer TOKEN. None was sent, or this"
        " one opens nothing: it may be mistyped, expired or revoked, or its maker has left.",
    ),
    403: ("forbidden", "The account that made this token may not do this, so the token may not."),
    404: ("not_found", "There is nothing of this address, or nothing this token may know of."),
    405: ("method_not_allowed", "This address does not take this method; see the header Allow."),
    409: ("conflict", "This cannot be done as things stand."),
    413: ("too_large", "The body is too large: 2 MB at most."),
    415: ("unsupported_type", "Please send the body as Content-Type: application/json."),
    422: ("invalid", "Something in the request cannot be taken. Nothing was changed."),
    429: ("too_many", "There were too many requests. Please come back later."),
    500: ("fault", "Something broke on our side. What was answered with success is kept."),
}


class Place(NamedTuple):
    """What is wrong, and where in what was sent."""

    place: str
    message: str


class Refused(Exception):
    """The request ends here, with this error."""

    def __init__(
        self,
        status: int,
        message: str = "",
        *,
        code: str = "",
        problems: Iterable[Place] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.code = code
        self.problems = tuple(problems)
        self.headers = dict(headers or {})

    @classmethod
    def at(cls, place: str, message: str) -> "Refused":
        """Return the refusal of one thing in what was sent."""
        return cls(422, problems=[Place(place, message)])

    @property
    def response(self) -> HttpResponse:
        """Return the error as it is sent."""
        response = problem_response(
            self.status, self.message, code=self.code, problems=self.problems
        )
        for name, value in self.headers.items():
            response.headers[name] = value
        return response


def problem_response(
    status: int, message: str = "", *, code: str = "", problems: Iterable[Place] = ()
) -> HttpResponse:
    """Return an error; code and message are those of its status unless they are given."""
    usual_code, usual = CODES.get(status, CODES[400] if status < 500 else CODES[500])
    found = list(problems)
    if (more := len(found) - MOST_PROBLEMS) > 0:
        found = [*found[:MOST_PROBLEMS], Place("", f"And {more:,} more.")]
    error = {
        "status": status,
        "code": code or usual_code,
        "message": message or usual,
        "problems": [each._asdict() for each in found],
    }
    return JsonResponse({"error": error}, status=status)


def refuse_unless_valid(form: forms.Form, **places: str) -> None:
    """Refuse what a page's form refuses, in its words; `places` names fields called otherwise here.

    Raises: Refused.
    """
    if form.is_valid():
        return
    found = [
        Place(places.get(name, "body" if name == "__all__" else name), str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]
    raise Refused(422, problems=found)


def is_for_api(request: HttpRequest) -> bool:
    """Say whether an address is one of the API, whatever there is at it."""
    return request.path_info.startswith(PREFIX) and request.path_info != PAGE
