"""Going wherever links and forms lead, and keeping what was read there."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.tenancy.routes import name_of
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import World

_PLACES = re.compile(r"""\s(?:href|src|action|hx-get|data-url)=["']([^"'\s]+)["']""")
# Links that let somebody in are not followed: they would change who the visitor is. Of a picture's
# files the one of pixels has nothing to read; the others beside it do.
_SHUT = re.compile(r"^/(?:static|link|open|invitations|account/logout)/|\.png$")
# A sorted, filtered or searched list has many addresses: so many of one route are read.
MOST_OF_A_ROUTE = 14


@dataclass
class Crawl:
    """The pages a visitor came to: their text by address, with their headers in it.

    `changed` are the tables that were not the same afterwards, `noted` what the trail says of it.
    """

    visitor: Visitor
    pages: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """Return everything that was read."""
        return "\n".join(self.pages.values())

    def with_text(self, text: str) -> list[str]:
        """Return the addresses of the pages that hold a text, whatever its capitals."""
        wanted = text.lower()
        return [url for url, page in self._small.items() if wanted in page]

    @cached_property
    def _small(self) -> dict[str, str]:
        return {url: page.lower() for url, page in self.pages.items()}


def crawl(visitor: Visitor, starts: Iterable[str]) -> Crawl:
    """Read every page a visitor comes to from some addresses, each once."""
    found = Crawl(visitor)
    waiting, seen = deque(starts), set(starts)
    taken: Counter[str] = Counter()
    while waiting:
        url = waiting.popleft()
        response = visitor.send("get", url)
        found.statuses[url] = response.status_code
        found.pages[url] = text_of(response)
        places = [response["Location"]] if response.status_code in (301, 302) else []
        if response.headers.get("Content-Type", "").startswith("text/html"):
            places += _PLACES.findall(found.pages[url])
        for place in places:
            target = urldefrag(urljoin(url, html.unescape(place)))[0]
            parts = urlsplit(target)
            if target in seen or parts.netloc or parts.scheme or _SHUT.match(parts.path):
                continue
            seen.add(target)
            key = parts.path if not parts.query else f"{name_of(parts.path)}?"
            if taken[key] < MOST_OF_A_ROUTE:
                taken[key] += 1
                waiting.append(target)
    return found


def text_of(response: Any) -> str:
    """Return a response as text: where it leads, what it is called, and its body."""
    head = [response.headers.get(name, "") for name in ("Location", "Content-Disposition")]
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return html.unescape("\n".join([*head, body.decode("utf-8", "replace")]))


def starts_of(world: World, name: str) -> list[str]:
    """Return where somebody of A begins."""
    a = world.a
    common = ["/", "/my/", "/welcome/", "/account/email/", "/nothing/here/"]
    if name == "guest":
        own = [a.assessments["open"].public_id, world.started.respondent.assessment.public_id]
        room = f"/room/{a.workshops['open'].public_id}/"
        return [*common, *(f"/assessments/{each}/" for each in own), room]
    pages = [
        f"/assessments/{each.public_id}/{rest}"
        for each in a.assessments.values()
        for rest in ("", "result/", "begin/")
    ]
    return [
        *common,
        f"/workspaces/{a.workspace.public_id}/",
        f"/workspaces/{a.workspace.public_id}/people/",
        *(f"/organisations/{each.public_id}/" for each in a.organisations.values()),
        *pages,
    ]
