"""The paper kit of a model: a poster, voting cards and a tally sheet, in one PDF.

A kit says what a model says and nothing about anybody. The same model and options always give the
same file, so a process keeps the files it made last and writes no row.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from django.conf import settings
from django.template.loader import render_to_string

from maturity.catalogue.matrix import Matrix
from maturity.catalogue.reading import sheet_of
from reports.core.services.layout import Paper
from reports.kit.sheets import SHORT_TITLE, card_sheet_of, poster_of
from reports.rendering.client import shared_renderer

PosterPaper = Literal["a3", "a1"]
Part = Literal["all", "poster", "cards", "tally"]
DOTS = 3
# From here on the tally's columns are too narrow for names.
_MOST_NAMED_STAGES = 6
# The tally takes eight rows a page, and these with less room in each.
_CLOSE_ROWS = (9, 10)
MOST_KEPT_BYTES: Final = 4 * 2**20


class KitBusy(RuntimeError):
    """This process has its hands full with kits; one is free again within seconds."""


@dataclass(frozen=True, slots=True)
class KitOptions:
    """What to print, and on which papers: the poster's, and that of cards and tally sheet."""

    poster: PosterPaper = "a3"
    paper: Paper = "a4"
    part: Part = "all"


def _rendered(html: str) -> bytes:
    return shared_renderer().render(
        html, seconds=settings.RENDER_SECONDS, memory_mb=settings.RENDER_MEMORY_MB
    )


class Kits:
    """The kits one process made last, and the making of more.

    At most two requests at a time are in here, one that renders and one that waits: a room full of
    people who ask at once must not hold up every other page.
    """

    def __init__(
        self,
        *,
        most_bytes: int = MOST_KEPT_BYTES,
        seats: int = 2,
        render: Callable[[str], bytes] = _rendered,
    ) -> None:
        self._most_bytes = most_bytes
        self._render = render
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._keeping = threading.Lock()
        self._making = threading.Lock()
        self._seats = threading.BoundedSemaphore(seats)

    def kept(self, html: str) -> bytes | None:
        """Return the file of this HTML, None when it is not here (any more)."""
        with self._keeping:
            key = _digest(html)
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def made(self, html: str) -> bytes:
        """Return the file of this HTML, rendered unless it is kept.

        Raises: KitBusy, RenderFailed.
        """
        if not self._seats.acquire(blocking=False):
            raise KitBusy
        try:
            with self._making:
                # Whoever rendered while this one waited may have asked for the same.
                found = self.kept(html)
                if found is None:
                    found = self._render(html)
                    self._keep(html, found)
                return found
        finally:
            self._seats.release()

    def clear(self) -> None:
        """Forget every file."""
        with self._keeping:
            self._kept.clear()

    def _keep(self, html: str, content: bytes) -> None:
        with self._keeping:
            self._kept[_digest(html)] = content
            while sum(map(len, self._kept.values())) > self._most_bytes:
                self._kept.popitem(last=False)


kits: Final = Kits()
"""This process's kits."""


def kit_html(matrix: Matrix, options: KitOptions) -> str:
    """Return the kit as HTML; it loads nothing but the named assets of `reports.rendering.pdf`."""
    sheet = sheet_of(matrix)
    has = {part: options.part in ("all", part) for part in ("poster", "cards", "tally")}
    return render_to_string(
        "pdf/kit.html",
        {
            "matrix": matrix,
            "options": options,
            "title": f"Paper kit: {matrix.title}",
            "description": "A poster, voting cards and a tally sheet, for a room without phones.",
            "credit": f"{matrix.attribution} Version {matrix.version}.".strip(),
            "has_long_title": len(matrix.title) > SHORT_TITLE,
            "columns": sheet.columns,
            "poster": poster_of(matrix) if has["poster"] else None,
            "cards": card_sheet_of(matrix, sheet.columns) if has["cards"] else None,
            "dots": range(DOTS),
            "rows": sheet.rows if has["tally"] else (),
            "is_close": len(sheet.rows) in _CLOSE_ROWS,
            "has_legend": len(sheet.columns) > _MOST_NAMED_STAGES,
            "stage_width": _stage_width(len(sheet.columns)),
        },
    )


def kit_file_name(matrix: Matrix, options: KitOptions) -> str:
    """Return a name every system can store; it says the part and its papers."""
    papers = {"poster": (options.poster,), "all": (options.poster, options.paper)}
    words = (matrix.key, "kit", *([] if options.part == "all" else [options.part]))
    return "-".join((*words, *papers.get(options.part, (options.paper,)))) + ".pdf"


def _stage_width(stages: int) -> str:
    return "w-few" if stages <= 5 else "w-some" if stages <= 6 else "w-many"


def _digest(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()
