"""What no view should have to think of: response headers, and addresses no row can have."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from maturity.web.api.problems import is_for_api, problem_response
from maturity.web.http.errors import page_not_found

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
_PRIVATE_TYPES = ("text/html", "application/json")


class HeadersMiddleware:
    """Ask for no device, and keep pages with answers out of every cache.

    A view that sets Cache-Control itself keeps what it set.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with the headers added."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if response.headers.get("Content-Type", "").startswith(_PRIVATE_TYPES):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ApiMiddleware:
    """At the API's door: no cookie comes in, and no error goes out but in the API's own shape.

    Without cookies nobody is signed in, so only a token lets a program in, and no page of another
    site can send requests as whoever is signed in here. HEAD is answered as GET is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        if not is_for_api(request):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = self.get_response(request)
        if is_head:
            request.method = "HEAD"
        is_ours = response.headers.get("Content-Type", "").startswith("application/json")
        if response.status_code < 400 or is_ours:
            return response
        problem = problem_response(response.status_code)
        for name, value in response.headers.items():
            if name != "Content-Length":
                problem.headers.setdefault(name, value)
        return problem


class AddressMiddleware:
    """Answer 404 to an address with a NUL in it: no row has one, and PostgreSQL fails at it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        return page_not_found(request) if "\0" in request.path_info else self.get_response(request)
