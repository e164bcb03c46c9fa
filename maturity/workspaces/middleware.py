"""Each request starts with no workspace in scope, whatever the one before it left behind."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from maturity.web.elsewhere import GoElsewhere
from maturity.workspaces.scopes import no_workspace


class ScopeMiddleware:
    """Close the scope around a request, and carry out a redirect from below the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        with no_workspace():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Send the visitor to where something has to be done first."""
        return HttpResponseRedirect(problem.url) if isinstance(problem, GoElsewhere) else None
