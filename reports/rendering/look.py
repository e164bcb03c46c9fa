"""PURE. How a workspace's look travels to the process that renders: inside addresses of its own.

The HTML of a report is everything a PDF is made from. So a look is part of it, not a file beside
it: colours and logo stand in the addresses they are loaded from, and nothing is fetched.
"""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from maturity.workspaces.branding.colours import Branding, Logo

_COLOURS: Final = re.compile(r"colours:([0-9A-F]{6})?-([0-9A-F]{6})?")
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def colours_address(branding: Branding) -> str:
    """Return the address of a style sheet that sets the look's colours."""
    return f"colours:{branding.accent[1:]}-{branding.rule[1:]}"


def logo_address(logo: Logo) -> str:
    """Return the address of the logo."""
    return f"logo:{urlsafe_b64encode(logo.png).decode()}"


def found_at(address: str) -> tuple[bytes, str] | None:
    """Return what stands in an address of this module, with its media type; None in any other."""
    if colours := _COLOURS.fullmatch(address):
        names = zip(("--accent", "--rule"), colours.groups(), strict=True)
        values = "; ".join(f"{name}: #{value}" for name, value in names if value)
        return f":root {{ {values} }}".encode(), "text/css"
    scheme, _, text = address.partition(":")
    if scheme != "logo":
        return None
    try:
        png = urlsafe_b64decode(text)
    except (binascii.Error, ValueError):
        return None
    return (png, "image/png") if png.startswith(_PNG) else None
