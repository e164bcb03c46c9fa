"""Eight writers at once on SQLite, through a server as `manage.py serve` starts it."""

import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

from tests.bench import cast
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure

WRITERS = 8
WARM_UP = 10
SAVES_EACH = 150


def measure() -> list[Figure]:
    from assessments.models import Assessment, Rating

    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        with serving(Path(folder), workers=2) as (port, _):
            guest, base = cast.guest_browser(port)
            guest.take_token(f"{base}everything/strategy/")
            revision = Assessment.objects.get().revision
            ids = list(Rating.objects.order_by("pk").values_list("descriptor_id", flat=True))
            seconds, errors = _write(port, guest, base, ids)
        made = WRITERS * (WARM_UP + SAVES_EACH)
        lost = made - (Assessment.objects.get().revision - revision)
        for writer in range(WRITERS):
            last = Rating.objects.get(descriptor_id=ids[writer]).step
            lost += last != (SAVES_EACH - 1) % 4
    p99 = quantiles(seconds, n=100)[98]
    return [
        Figure(f"{WRITERS} writers at once: errors", len(errors), 0),
        Figure(f"{WRITERS} writers at once: answers lost", lost, 0),
        Figure(f"{WRITERS} writers at once: p99 ÷ p50 of a save", p99 / median(seconds), 3),
    ]


def _write(port: int, guest: Browser, base: str, ids: list[str]) -> tuple[list[float], list[str]]:
    seconds: list[float] = []
    errors: list[str] = []
    ready = threading.Barrier(WRITERS)

    def write(writer: int) -> None:
        browser = Browser(port, guest.cookies)
        browser.token = guest.token
        # Whoever comes first waits for imports and caches; what is asked is how writers get along.
        for _ in range(WARM_UP):
            browser.post(f"{base}answer/", {"descriptor": ids[writer], "value": 0})
        ready.wait()
        for turn in range(SAVES_EACH):
            fields = {"descriptor": ids[writer], "value": turn % 4}
            start = time.perf_counter()
            status, body = browser.post(f"{base}answer/", fields)
            seconds.append(time.perf_counter() - start)
            if status != 200:
                errors.append(f"{status} {body.decode()}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, errors
