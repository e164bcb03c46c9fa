"""The render process: `python -m reports.rendering.server`, which `client` starts and talks to.

Loads fonts and styles once, then forks for every document. The fork renders under limits on
processor time, memory and file size and ends; this process watches the clock and reports.

A request is (html, seconds, memory_mb). Each answer is a line of JSON with its `status`, and then
the file, if any: "ready" once; "working" with `phase`, `page` and `pages`, any number of times; at
the end "made", or what stopped it. Answers are never pickles: a fork has read what people wrote.
"""

import gc
import json
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from reports.rendering.pdf import LayoutFailed, Phase, RenderedPdf, Tell, render_pdf, warm_up

_LARGEST_FILE = 50 * 2**20
_STOPPED_BY_LIMIT = {-signal.SIGXCPU: "time", -signal.SIGXFSZ: "size"}

Render = Callable[[str, Tell], RenderedPdf]


def main() -> None:
    """Answer documents with files until the other side closes."""
    connection = Connection(os.dup(0))
    warm_up()
    gc.collect()
    gc.freeze()
    _send(connection, "ready")
    with suppress(EOFError):
        while True:
            html, seconds, memory_mb = connection.recv()
            answer(connection, html, seconds=seconds, memory_mb=memory_mb, render=_render)


def answer(
    connection: Connection, html: str, *, seconds: float, memory_mb: int, render: Render
) -> None:
    """Send how far the render is, and at the end the file or what stopped it."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    deadline = time.monotonic() + seconds
    child = multiprocessing.get_context("fork").Process(
        target=_as_child, args=(theirs, html, seconds, memory_mb, render)
    )
    child.start()
    theirs.close()
    status = "time"
    try:
        while ours.poll(_left(deadline)):
            message = ours.recv_bytes(_LARGEST_FILE + 2**20)
            connection.send_bytes(message)
            if not message.startswith(b'{"status": "working"'):
                return
    except (EOFError, OSError):
        # It ended without an answer, or within one.
        child.join(_left(deadline))
        status = _STOPPED_BY_LIMIT.get(child.exitcode or 0, "died")
    finally:
        ours.close()
        child.kill()
        child.join()
    _send(connection, status, detail=f"exit code {child.exitcode}")


def _render(html: str, tell: Tell) -> RenderedPdf:
    return render_pdf(html, tell=tell)


def _as_child(pipe: Connection, html: str, seconds: float, memory_mb: int, render: Render) -> None:
    def tell(phase: Phase, page: int, pages: int) -> None:
        _send(pipe, "working", phase=phase, page=page, pages=pages)

    try:
        _limit(seconds, memory_mb)
        made = render(html, tell)
        _send(pipe, "made", made.content, remarks=made.remarks)
    except MemoryError:
        _send(pipe, "memory")
    except LayoutFailed as failure:
        _send(pipe, "layout", detail=str(failure))
    except BaseException as error:
        _send(pipe, "layout", detail=f"{type(error).__name__}: {error}"[:500])


def _limit(seconds: float, memory_mb: int) -> None:
    whole = int(seconds) + 1
    # The soft limit says why before the hard one kills.
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(connection: Connection, status: str, body: bytes = b"", **more: object) -> None:
    connection.send_bytes(json.dumps({"status": status, **more}).encode() + b"\n" + body)


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())


if __name__ == "__main__":
    # Ctrl-C in a terminal reaches every process; the one that started us closes the connection.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()
