"""Pages for machines: is the process alive, can it serve, what may be indexed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maturity.web import queries

_ROBOTS = "User-agent: *\nDisallow: /assessments/\nDisallow: /link/\nDisallow: /api/v1/\n"


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers. Asks nothing of the database."""
    return _plain("ok\n")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether requests can be served, and if not, why (503)."""
    problem = queries.problem_of_database()
    return _plain(f"{problem}\n", status=503) if problem else _plain("ready\n")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to leave assessments alone."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(
        text,
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
