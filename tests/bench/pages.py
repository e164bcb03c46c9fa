"""Questionnaire pages and saving, against the simplest signed-in page of the same server."""

import tempfile
from pathlib import Path

from tests.bench import cast
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure, medians

ROUNDS = 150


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        with serving(Path(folder), workers=1) as (port, pid):
            return _measure(port, pid)


def _measure(port: int, pid: int) -> list[Figure]:
    member = Browser(port, cast.signed_in())
    guest, base = cast.guest_browser(port)
    guest.take_token(f"{base}everything/strategy/")
    steps = iter(range(10**9))

    def get(browser: Browser, path: str) -> bytes:
        status, body = browser.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return body

    def save() -> None:
        fields = {"descriptor": "metrics.3.01", "value": next(steps) % 4}
        status, body = guest.post(f"{base}answer/", fields)
        if status != 200:
            raise RuntimeError(f"saving answered {status}: {body.decode()}")

    simplest, row, everything, saving = medians(
        lambda: get(member, "/bench/simplest/"),
        lambda: get(guest, f"{base}everything/metrics/"),
        lambda: get(guest, f"{base}everything/"),
        save,
        rounds=ROUNDS,
        warm_up=10,
    )
    get(guest, f"{base}result/")
    return [
        Figure("a dimension's questionnaire page ÷ simplest signed-in page", row / simplest, 2.5),
        Figure(
            "all 224 statements on one page ÷ simplest signed-in page", everything / simplest, 5
        ),
        Figure("saving one answer ÷ simplest signed-in page", saving / simplest, 1.75),
        Figure("memory of a web process, radar drawn, MB", _megabytes_of_workers(pid), 200),
        Figure("WeasyPrint's libraries in a web process", float(_maps_pango(pid)), 0),
    ]


def _workers(pid: int) -> list[Path]:
    """Return the /proc folders of a server's worker processes, or its own when it has none."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [Path(f"/proc/{child}") for child in children] or [Path(f"/proc/{pid}")]


def _megabytes_of_workers(pid: int) -> float:
    kilobytes = []
    for process in _workers(pid):
        for line in (process / "status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                kilobytes.append(int(line.split()[1]))
    return max(kilobytes) / 1024


def _maps_pango(pid: int) -> bool:
    return any("libpango" in (process / "maps").read_text() for process in _workers(pid))
