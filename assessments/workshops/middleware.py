"""Whether a phone is up to date, answered before anything else is done for the request.

Three hundred phones ask every two seconds, and nearly always nothing has changed: this is half the
work of the same answer from the view. The answer has neither words nor cookies, so nothing that
the rest of the stack adds is missing from it.
"""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from assessments.workshops.access import phone_is_up_to_date
from maturity.web.queries import keep_connection

_KEPT_S: Final = 10.0
_PHONE: Final = re.compile(r"/room/([^/]+)/poll/")


class UpToDateMiddleware:
    """Answer 204 to a phone that shows what there is; every other request goes on as ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        if request.method == "GET" and _is_up_to_date(request):
            # Hundreds ask in a second, and opening a connection takes longer than the answer.
            keep_connection(seconds=_KEPT_S)
            return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
        return self.get_response(request)


def _is_up_to_date(request: HttpRequest) -> bool:
    found = _PHONE.fullmatch(request.path_info)
    return found is not None and phone_is_up_to_date(request, found[1], now=timezone.now())
