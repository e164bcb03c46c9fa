"""Twenty reports asked for at once, and somebody who goes on answering meanwhile."""

import tempfile
import threading
import time
from pathlib import Path
from statistics import quantiles

from tests.bench import cast
from tests.bench.pdf import working
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure

REPORTS = 20
# As many as a machine of two cores has use for.
WORKERS = 2
LOOK_S = 0.05
LIMIT_S = 600.0


def measure() -> list[Figure]:
    from reports.models import Report

    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder)
        cast.prepare(state)
        with serving(state, workers=2) as (port, _), working(state), working(state):
            guests = [cast.guest_browser(port) for _ in range(REPORTS + 1)]
            for guest, base in guests:
                guest.take_token(f"{base}report/")
            (writer, place), *readers = guests
            _write(writer, place, 10)
            _ask_at_once(readers)
            seconds, most = _until_made(writer, place)
            made = Report.objects.filter(status=Report.Status.READY).count()
    return [
        Figure("twenty reports at once: not made", REPORTS - made, 0),
        Figure("twenty reports at once: rendered at a time, most", most, WORKERS),
        Figure(
            "twenty reports at once: p95 of saving an answer, ms",
            quantiles(seconds, n=20)[18] * 1000,
            500,
        ),
    ]


def _ask_at_once(guests: list[tuple[Browser, str]]) -> None:
    ready = threading.Barrier(len(guests))
    answers: list[int] = []

    def ask(guest: Browser, base: str) -> None:
        ready.wait()
        answers.append(guest.post(f"{base}report/", {"paper": "a4", "kind": "report"})[0])

    threads = [threading.Thread(target=ask, args=each) for each in guests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if set(answers) != {302}:
        raise RuntimeError(f"asking was answered {sorted(answers)}")


def _write(writer: Browser, base: str, turns: int) -> list[float]:
    """Save answers one after another; return how long each took."""
    seconds = []
    for turn in range(turns):
        fields = {"descriptor": "metrics.3.01", "value": turn % 4}
        start = time.perf_counter()
        status, body = writer.post(f"{base}answer/", fields)
        seconds.append(time.perf_counter() - start)
        if status != 200:
            raise RuntimeError(f"saving was answered {status}: {body[:300]!r}")
    return seconds


def _until_made(writer: Browser, base: str) -> tuple[list[float], int]:
    """Save answers until every report is there; return how long, and how many rendered at most."""
    from reports.models import Report

    seconds: list[float] = []
    most = 0
    deadline = time.monotonic() + LIMIT_S
    waiting = (Report.Status.QUEUED, Report.Status.RUNNING)
    while time.monotonic() < deadline:
        states = list(Report.objects.values_list("status", flat=True))
        most = max(most, states.count(Report.Status.RUNNING))
        if not any(state in waiting for state in states):
            break
        seconds += _write(writer, base, 1)
        time.sleep(LOOK_S)
    return seconds, most
