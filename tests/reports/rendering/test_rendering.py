"""The render process: limits hold, whatever happens the next file is made."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from reports.rendering import server
from reports.rendering.client import Renderer, RenderFailed
from reports.rendering.pdf import Tell

PAGE = "<html lang='en'><head><title>Small</title></head><body><p>Hello</p></body></html>"
# Deeply nested variables: small to write, endless to lay out.
SLOW = (
    "<html lang='en'><head><title>Slow</title><style>:root{--a0:x;"
    + "".join(f"--a{n}:{f'var(--a{n - 1}) ' * 10};" for n in range(1, 9))
    + "}p::before{content:'a' var(--a8)}</style></head><body><p>x</p></body></html>"
)
LIMITS = {"seconds": 20.0, "memory_mb": 1500}


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    made = Renderer()
    yield made
    made.close()


def test_a_file_comes_back_the_same_each_time(renderer):
    first = renderer.render(PAGE, **LIMITS)

    assert first.startswith(b"%PDF-1.7")
    assert renderer.render(PAGE, **LIMITS) == first


def test_time_limit_stops_a_render_and_the_next_one_works(renderer):
    begun = time.monotonic()
    with pytest.raises(RenderFailed) as failure:
        renderer.render(SLOW, seconds=1.0, memory_mb=1500)

    assert failure.value.kind == "time"
    assert str(failure.value) == "It took longer than the 1 seconds allowed."
    assert time.monotonic() - begun < 4
    assert renderer.render(PAGE, **LIMITS).startswith(b"%PDF")


def test_memory_limit_stops_a_render_and_the_next_one_works(renderer):
    # What is loaded already counts too, so hardly anything is left for a long text.
    with pytest.raises(RenderFailed) as failure:
        renderer.render(
            PAGE.replace("Hello", "Hello <i>x</i>" * 50_000), seconds=20.0, memory_mb=40
        )

    assert failure.value.kind in {"memory", "died"}
    assert renderer.render(PAGE, **LIMITS).startswith(b"%PDF")


def test_warning_fails_the_render_with_what_was_said(renderer):
    with pytest.raises(RenderFailed, match="The layout reported a problem: .*nonsense") as failure:
        renderer.render(PAGE.replace("<p>", "<p style='color: nonsense(1)'>"), **LIMITS)

    assert failure.value.kind == "layout"


def test_missing_character_is_logged_and_the_file_is_made(renderer, caplog):
    content = renderer.render(PAGE.replace("Hello", "\U00100001"), **LIMITS)

    assert content.startswith(b"%PDF")
    assert [record.getMessage() for record in caplog.records] == [
        "Report: no font has U+100001, shown as a box"
    ]


def test_killed_process_is_said_and_the_next_render_starts_another(renderer):
    renderer.start()
    before = renderer.process_id
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)

    assert renderer.render(PAGE, **LIMITS).startswith(b"%PDF")
    assert renderer.process_id != before


def test_closing_leaves_no_folder_behind():
    renderer = Renderer()
    renderer.start()
    folder = Path(f"/proc/{renderer.process_id}/environ").read_bytes().split(b"TMPDIR=")[1]
    path = Path(folder.split(b"\0")[0].decode())
    assert list(path.iterdir())

    renderer.close()

    assert not path.exists()


def test_nothing_is_kept_from_one_render_to_the_next(renderer):
    renderer.render(PAGE, **LIMITS)
    before = _kilobytes(renderer.process_id)
    for _ in range(20):
        renderer.render(PAGE, **LIMITS)

    assert _kilobytes(renderer.process_id) <= before * 1.05


def test_render_process_gets_no_secret(renderer, monkeypatch):
    monkeypatch.setenv("WAYMARK_SECRET_KEY", "canary")
    fresh = Renderer()
    fresh.start()
    with open(f"/proc/{fresh.process_id}/environ", "rb") as environment:
        assert b"canary" not in environment.read()
    fresh.close()


def _kilobytes(process_id: int) -> int:
    with open(f"/proc/{process_id}/statm") as statm:
        return int(statm.read().split()[1]) * 4


def _answers_to(html: str, render: server.Render, seconds: float) -> list[dict[str, Any]]:
    """Fork from here; return the heads of all answers to a document."""
    ours, theirs = Pipe()
    with ours:
        with theirs:
            server.answer(theirs, html, seconds=seconds, memory_mb=4000, render=render)
        heads = []
        with suppress(EOFError):
            while True:
                heads.append(json.loads(ours.recv_bytes().partition(b"\n")[0]))
        return heads


# From Python 3.12 on: forking a process that has threads. The render process has none.
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize(
    ("render", "status"),
    [
        (lambda html, tell: os.kill(os.getpid(), signal.SIGKILL), "died"),
        (lambda html, tell: os.kill(os.getpid(), signal.SIGXCPU), "time"),
        (lambda html, tell: (_ for _ in ()).throw(MemoryError), "memory"),
        (lambda html, tell: [0] * 10**12, "memory"),
        (lambda html, tell: time.sleep(30), "time"),
        (lambda html, tell: (_ for _ in ()).throw(OSError("no")), "layout"),
    ],
    ids=["killed", "processor time", "no memory", "too much", "sleeps", "error"],
)
def test_whatever_a_render_does_there_is_an_answer(render, status):
    assert [head["status"] for head in _answers_to("<html>", render, 0.5)] == [status]


def _tells_and_dies(html: str, tell: Tell) -> None:
    tell("layout", 0, 0)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_what_a_render_said_is_passed_on_before_it_died():
    working, died = _answers_to("<html>", _tells_and_dies, 5)

    assert working == {"status": "working", "phase": "layout", "page": 0, "pages": 0}
    assert died["status"] == "died"


THREE_PAGES = PAGE.replace("<p>", "<p style='break-after: page'>a</p>" * 2 + "<p>")


def test_each_phase_and_each_page_that_is_drawn_is_told(renderer):
    told: list[tuple[str, int, int]] = []

    content = renderer.render(THREE_PAGES, **LIMITS, tell=lambda *each: told.append(each))

    assert told == [
        ("layout", 0, 0),
        *(("drawing", page, 3) for page in (1, 2, 3)),
        ("writing", 3, 3),
    ]
    # Whether anybody listens makes no difference to the file.
    assert renderer.render(THREE_PAGES, **LIMITS) == content


def test_listener_that_fails_does_not_spoil_the_next_file(renderer):
    def fail(*_: object) -> None:
        raise OSError("no room")

    expected = renderer.render(PAGE, **LIMITS)
    with pytest.raises(OSError, match="no room"):
        renderer.render(THREE_PAGES, **LIMITS, tell=fail)

    assert renderer.render(PAGE, **LIMITS) == expected
