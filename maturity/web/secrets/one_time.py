"""A secret that is shown once: kept from the answer to a form to the page it leads to.

It lies in the session in between, readable by this installation alone, and is gone when shown: a
page loaded again does not show it, and does not send the form again either.
"""

from django.http import HttpRequest

from maturity.web.secrets.encryption import seal, unseal


def keep_to_show(request: HttpRequest, secret: str) -> None:
    """Keep a secret for the next time this browser loads the page at this address."""
    request.session[_key(request)] = seal(secret)


def take_to_show(request: HttpRequest) -> str:
    """Return what was kept for this page and forget it; empty when nothing was, or for HEAD."""
    if request.method != "GET":
        return ""
    sealed = request.session.pop(_key(request), "")
    return (unseal(sealed) or "") if sealed else ""


def _key(request: HttpRequest) -> str:
    return f"shown-once:{request.path}"
