"""The result page of 30 respondents, open and closed ÷ the simplest signed-in page."""

import tempfile
from pathlib import Path
from typing import Any

from tests.bench import cast
from tests.bench.consensus import answered_by_many
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure, medians

ROUNDS = 60


def measure() -> list[Figure]:
    """Return the figures of both pages."""
    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        lead, opened = answered_by_many()
        other_lead, closed = answered_by_many("other@example.org")
        _close(closed)
        with serving(Path(folder), workers=1) as (port, _):
            first, second = (Browser(port, cast.session_of(each)) for each in (lead, other_lead))
            pages = [f"/assessments/{each.public_id}/result/" for each in (opened, closed)]
            return _measure(first, second, pages)


def _close(assessment: Any) -> None:
    from django.utils import timezone

    from assessments.lifecycle.services.closing import close_assessment
    from maturity.workspaces.actors import GUEST

    close_assessment(assessment, user=None, now=timezone.now(), by=GUEST)


def _measure(lead: Browser, other_lead: Browser, pages: list[str]) -> list[Figure]:
    def get(browser: Browser, path: str) -> None:
        status, _ = browser.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")

    simplest, while_open, when_closed = medians(
        lambda: get(lead, "/bench/simplest/"),
        lambda: get(lead, pages[0]),
        lambda: get(other_lead, pages[1]),
        rounds=ROUNDS,
        warm_up=5,
    )
    return [
        Figure("the result of 30 respondents ÷ simplest signed-in page", while_open / simplest, 6),
        Figure("their closed result ÷ simplest signed-in page", when_closed / simplest, 4),
    ]
