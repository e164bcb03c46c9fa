"""The way in as it is shown: the code, the picture to scan, and the address to type."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import segno
from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse

from assessments.workshops.models import Workshop
from assessments.workshops.rules.codes import spaced
from assessments.workshops.services.doors import scan_token_of

# Medium correction, and the margin of four modules that scanners count on.
_LEVEL, _MARGIN = "m", 4


@dataclass(frozen=True, slots=True)
class Door:
    """How people come in: `path` and `side` draw the picture, in squares; `host` is typed."""

    code: str
    url: str
    host: str
    path: str
    side: int


def door_of(request: HttpRequest, workshop: Workshop, *, now: datetime) -> Door | None:
    """Return the way in, None while there is none. Costs: nothing."""
    token = scan_token_of(workshop)
    if not workshop.is_live(now=now) or token is None or workshop.code is None:
        return None
    url = request.build_absolute_uri(reverse("workshops:scan", args=[token]))
    path, side = _picture(url)
    return Door(
        code=spaced(workshop.code),
        url=url,
        host=f"{request.get_host()}{reverse('workshops:join')}".rstrip("/"),
        path=path,
        side=side,
    )


def is_only_here(request: HttpRequest) -> bool:
    """Say whether the address leads to this machine alone, so that no phone can come in by it."""
    return split_domain_port(request.get_host())[0] in settings.LOOPBACK_HOSTS


@lru_cache(maxsize=64)
def _picture(url: str) -> tuple[str, int]:
    """Return a QR code as one path of squares with its margin, and how many squares a side has."""
    rows = segno.make_qr(url, error=_LEVEL).matrix
    path = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            path.append(f"M{start + _MARGIN} {y + _MARGIN}h{x - start}v1h-{x - start}z")
    return "".join(path), len(rows) + 2 * _MARGIN
