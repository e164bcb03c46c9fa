"""The declared table, table.txt, read; and what a response is in its words.

A cell is a status, or ">" with the name of the route a redirect leads to.
"""

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.tenancy.routes import name_of
from tests.tenancy.visitors import NAMES

TABLE = Path(__file__).with_name("table.txt")


@dataclass(frozen=True)
class Line:
    """What a method brings each visitor at a route, for the rows a subject stands for."""

    route: str
    subject: str
    method: str
    cells: dict[str, str]

    @property
    def label(self) -> str:
        """Return how a failing test names it."""
        return f"{self.method} {self.route} {self.subject}"


def read_table() -> list[Line]:
    """Return the table's lines."""
    lines: list[Line] = []
    head: tuple[str, ...] = ()
    for text in TABLE.read_text(encoding="utf-8").splitlines():
        words = text.partition("#")[0].split()
        if not words:
            continue
        if words[0] == "route":
            head = tuple(words[3:])
            assert head == NAMES
            continue
        route, subjects, methods, *cells = words
        assert len(cells) == len(head), text
        for subject, method in product(subjects.split(","), methods.split(",")):
            lines.append(Line(route, subject, method, dict(zip(head, cells, strict=True))))
    return lines


def outcome_of(response: Any) -> str:
    """Return a response in the table's words."""
    if response.status_code in (301, 302, 303):
        parts = urlsplit(response["Location"])
        assert not parts.netloc, f"a redirect leaves the site: {response['Location']}"
        return f">{name_of(parts.path)}"
    return str(response.status_code)
