"""How far the file of a report is while it is made: told by who makes it, read by the page.

It lies in the cache and not in the report's row, which holds the whole text to print and would be
written anew for every page. What is lost with it is a line on a page.
"""

import time
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

from reports.models import Report

# As often as the page looks.
_EVERY_S: Final = 0.5
_KEPT_S: Final = 300


@dataclass(frozen=True, slots=True)
class RenderProgress:
    """A phase of `reports.rendering`, and which page of how many; `pages` is 0 until known."""

    phase: str
    page: int
    pages: int


class ProgressTold:
    """Tells how far one attempt at a report is, as often as anybody looks."""

    def __init__(self, report: Report, *, every_s: float = _EVERY_S) -> None:
        self._key = _key(report)
        self._every_s = every_s
        self._phase = ""
        self._told_at = 0.0

    def __call__(self, phase: str, page: int, pages: int) -> None:
        """Keep it, unless the same phase was told a moment ago."""
        now = time.monotonic()
        if phase == self._phase and now - self._told_at < self._every_s:
            return
        self._phase, self._told_at = phase, now
        cache.set(self._key, (phase, page, pages), _KEPT_S)


def progress_of(report: Report) -> RenderProgress | None:
    """Return how far the present attempt is, None where nothing was told yet. Costs: 1 query."""
    told = cache.get(_key(report))
    return None if told is None else RenderProgress(*told)


def _key(report: Report) -> str:
    return f"report-progress:{report.pk}:{report.attempts}"
