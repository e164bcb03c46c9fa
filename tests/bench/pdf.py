"""The full report: asked for, made by a worker, downloaded; and what its making costs."""

import logging
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from assessments.scoring.scored import score
from tests.bench import cast
from tests.bench.server import ROOT, Browser, environment, serving
from tests.bench.timing import Figure, medians, quickest

ROUNDS = 5
RENDERS = 2
MANY = 100
# What the page does while it waits (templates/jobs/_report_state.html).
POLL_S = 0.5
STYLES = ROOT / "templates" / "pdf"


def measure() -> list[Figure]:
    # A server logs progress nowhere, so the bare render must not pay for it either.
    logging.getLogger("weasyprint").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        with serving(Path(folder), workers=1) as (port, _), working(Path(folder)):
            figures = _from_request_to_last_byte(port)
    return figures + _rendering()


@contextmanager
def working(state: Path) -> Iterator[None]:
    """Run a worker as `manage.py serve` does."""
    command = [sys.executable, "manage.py", "run_worker"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(state))
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _from_request_to_last_byte(port: int) -> list[Figure]:
    # WeasyPrint is wanted in this process for the bare render only.
    from weasyprint import HTML

    guest, base = cast.guest_browser(port)
    member = Browser(port, cast.signed_in())
    guest.take_token(f"{base}report/")
    html = bare_html()
    asked, bare, size, place = [], [], 0, ""
    for turn in range(ROUNDS + 1):
        # Another answer each time, so that nothing stored can serve.
        fields = {"descriptor": "metrics.3.01", "value": turn % 4}
        _expect(guest.post(f"{base}answer/", fields), 200)
        start = time.perf_counter()
        _expect(guest.post(f"{base}report/", {"paper": "a4" if turn < 4 else "letter"}), 302)
        place = _watch(guest, base)
        status, content = guest.get(place)
        taken = time.perf_counter() - start
        _expect((status, b""), 200)
        size = max(size, len(content))
        start = time.perf_counter()
        HTML(string=html).write_pdf()
        if turn:
            # The first round started the render process and read fonts from disk.
            asked.append(taken)
            bare.append(time.perf_counter() - start)
    download, simplest = medians(
        lambda: guest.get(place), lambda: member.get("/bench/simplest/"), rounds=60
    )
    return [
        Figure(
            "report, request to last byte ÷ bare WeasyPrint without tags",
            median(asked) / median(bare),
            1.25,
        ),
        Figure("size of the report, kB", size / 1000, 400),
        Figure("a stored report's download ÷ simplest page", download / simplest, 10),
    ]


def _watch(guest: Browser, base: str) -> str:
    """Look as often as the page does until the report is there; return the file's address."""
    while True:
        _, page = guest.get(f"{base}report/")
        # The one just asked for; the page lists those made before too.
        if found := re.search(rb'class="btn btn-primary" href="([^"]+/download/)"', page):
            return found[1].decode()
        if b"could not be made" in page:
            raise RuntimeError("The report could not be made; see the worker's log.")
        time.sleep(POLL_S)


def _expect(answer: tuple[int, bytes], status: int) -> None:
    if answer[0] != status:
        raise RuntimeError(f"answered {answer[0]}: {answer[1][:300]!r}")


def _document(*, is_full: bool) -> Any:
    from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
    from maturity.catalogue.services import locate_matrix
    from reports.document.composing import build_document

    matrix = locate_matrix(str(ROOT / "fixtures" / "social-engagement-journey.json"))
    ids = [each for each in matrix.descriptors if is_full or each.startswith("metrics.")]
    person = RespondentAnswers(
        ratings={key: (3, 2, 2, 1)[n % 4] for n, key in enumerate(ids)},
        notes=dict.fromkeys(ids[::4], cast._NOTE),
    )
    sheet = AnswerSheet(respondents=(person,), organisation="Bench", date="2026-11-22")
    return build_document(score(matrix, sheet))


def report_html(*, is_full: bool = True) -> str:
    """Return the HTML of a report as the product makes it."""
    from reports.core.services import layout

    return layout.report_html(_document(is_full=is_full), paper="a4")


def bare_html() -> str:
    """Return the same with styles and fonts where plain WeasyPrint finds them."""

    def style(found: re.Match[str]) -> str:
        text = (STYLES / found[1]).read_text(encoding="utf-8")
        fonts = (ROOT / "static" / "fonts").as_uri()
        return f"<style>{text.replace('asset:', f'{fonts}/')}</style>"

    return re.sub(r'<link rel="stylesheet" href="asset:([\w.-]+)">', style, report_html())


def _rendering() -> list[Figure]:
    from reports.rendering.client import Renderer

    one, other = Renderer(), Renderer()
    limits: dict[str, Any] = {"seconds": 60.0, "memory_mb": 1500}
    html, short = report_html(), report_html(is_full=False)
    one.render(short, **limits)
    other.render(short, **limits)
    memory = _megabytes(one)

    def alone() -> None:
        _run(one.render, html, limits)

    def together() -> None:
        with ThreadPoolExecutor(2) as pool:
            for job in [pool.submit(_run, each.render, html, limits) for each in (one, other)]:
                job.result()

    single, double = quickest(alone, together, rounds=9)
    for _ in range(MANY):
        one.render(short, **limits)
    grown = _megabytes(one) / memory
    one.close()
    other.close()
    return [
        Figure("reports per second, two processes ÷ one", 2 * single / double, 1.9, at_least=True),
        Figure("memory after 100 reports ÷ after the first", grown, 1.05),
    ]


def _run(render: Any, html: str, limits: dict[str, Any]) -> None:
    for _ in range(RENDERS):
        render(html, **limits)


def _megabytes(renderer: Any) -> float:
    status = Path(f"/proc/{renderer.process_id}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1000 if found else 0.0
