"""Each request starts with no workspace in scope; and how one is ended from below the views."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from maturity.web.http.redirects import AnotherPerson, GoElsewhere
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
        """Redirect, or refuse what another person's page sent and keep it to be sent again."""
        if isinstance(problem, GoElsewhere):
            return HttpResponseRedirect(problem.url)
        if not isinstance(problem, AnotherPerson):
            return None
        sent = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ]
        return render(request, "another_person.html", {"sent": sent}, status=412)
