"""A secret that is shown once: kept from the answer to a form to the page it leads to.

It lies in the session in between, readable by this installation alone, and is gone when shown: a
page loaded again does not show it, and does not send the form again either.
"""

from django.http import HttpRequest

from maturity.web.sealing import seal, unseal


def keep_to_show(request: HttpRequest, name: str, secret: str) -> None:
    """Keep a secret for the next page of this browser that asks for it by its name."""
    request.session[_key(name)] = seal(secret)


def take_to_show(request: HttpRequest, name: str) -> str:
    """Return what was kept and forget it; empty when nothing was, or for HEAD."""
    if request.method != "GET":
        return ""
    sealed = request.session.pop(_key(name), "")
    return (unseal(sealed) or "") if sealed else ""


def _key(name: str) -> str:
    return f"shown-once:{name}"
