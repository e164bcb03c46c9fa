"""Where a request came from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the visitor's IP address, empty when it cannot be told.

    Of X-Forwarded-For only the part that WAYMARK_TRUSTED_PROXIES proxies wrote is believed: with
    two of them, the second entry from the right.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if trusted := settings.TRUSTED_PROXIES:
        told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
        found = told[-trusted] if len(told) >= trusted else found
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return ""
