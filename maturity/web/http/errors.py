"""The error pages: each says what happened, what was kept, and what to do next.

The page for a fault of ours is drawn without the request, so that whatever failed there cannot
fail again; the templates of all of them therefore use nothing but `status` and `is_error`.
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

_BARE = (
    "Something broke on our side. Answers that were shown as saved are kept."
    " Wait a moment and reload the page.\n"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    return _page("400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a member who lacks the right."""
    return _page("403.html", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was sent without a valid token, most often because the page was old."""
    return _page("403_csrf.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for an address that leads nowhere, or to something the visitor may not know of."""
    return _page("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the fault is ours; in bare words when even the page has it."""
    try:
        return _page("500.html", 500)
    except Exception:
        logger.exception("The page for errors could not be drawn.")
        return HttpResponse(_BARE, status=500, content_type="text/plain; charset=utf-8")


def _page(template: str, status: int) -> HttpResponse:
    text = render_to_string(template, {"status": status, "is_error": True})
    return HttpResponse(text, status=status)
