"""The render process: `python -m reports.rendering.server`, spoken to by `client` over pipes.

Loads fonts and styles once, then forks for every document. The fork renders under limits on
processor time, memory and file size and ends; this process watches the clock and reports.
"""

import gc
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from reports.rendering.frames import Frame, packed, read_frame, take_frames
from reports.rendering.pdf import LayoutFailed, Phase, Tell, render_pdf, warm_up

_LARGEST_FILE = 50 * 2**20
_STOPPED_BY_LIMIT = {signal.SIGXCPU: "time", signal.SIGXFSZ: "size"}

Render = Callable[[str, Tell], tuple[bytes, tuple[str, ...]]]
Send = Callable[[bytes], None]


def main() -> None:
    """Answer documents with files until the other side closes."""
    # Nothing but frames may reach the pipe, so what libraries print goes to stderr.
    out = os.dup(1)
    os.dup2(2, 1)
    warm_up()
    gc.collect()
    gc.freeze()
    _write(out, packed({"status": "ready"}))
    while (frame := read_frame(lambda size: os.read(0, size))) is not None:
        _write(out, answer(frame, _render, lambda data: _write(out, data)))


def answer(frame: Frame, render: Render, send: Send) -> bytes:
    """Return the frame to send back at the end: the file, or what stopped it.

    How far the render is goes to `send` meanwhile, a frame each.
    """
    seconds, memory_mb = float(frame.head["seconds"]), int(frame.head["memory_mb"])
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _as_child(theirs, frame.body, seconds, memory_mb, render)
    os.close(theirs)
    try:
        last, in_time = _heard(ours, time.monotonic() + seconds, send)
    finally:
        os.close(ours)
    if not in_time:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not in_time:
        return packed({"status": "time"})
    if last is not None:
        return packed(last.head, last.body)
    stopper = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
    kind = _STOPPED_BY_LIMIT.get(signal.Signals(stopper), "died") if stopper else "died"
    return packed({"status": kind, "detail": f"signal {stopper}" if stopper else "ended early"})


def _render(html: str, tell: Tell) -> tuple[bytes, tuple[str, ...]]:
    rendered = render_pdf(html, tell=tell)
    return rendered.content, rendered.remarks


def _as_child(pipe: int, html: bytes, seconds: float, memory_mb: int, render: Render) -> None:
    """Render, send the frames and end the process without any clean-up of the parent's."""

    def tell(phase: Phase, page: int, pages: int) -> None:
        _write(pipe, packed({"status": "working", "phase": phase, "page": page, "pages": pages}))

    try:
        _limit(seconds, memory_mb)
        content, remarks = render(html.decode(), tell)
        data = packed({"status": "made", "remarks": list(remarks)}, content)
    except MemoryError:
        data = packed({"status": "memory"})
    except LayoutFailed as failure:
        data = packed({"status": "layout", "detail": str(failure)})
    except BaseException as error:
        data = packed({"status": "layout", "detail": f"{type(error).__name__}: {error}"[:500]})
    with suppress(OSError):
        _write(pipe, data)
    os._exit(0)


def _limit(seconds: float, memory_mb: int) -> None:
    whole = int(seconds) + 1
    # The soft limit says why before the hard one kills.
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _heard(pipe: int, deadline: float, send: Send) -> tuple[Frame | None, bool]:
    """Return the frame that ends it, if one came, and whether the pipe closed before the deadline.

    Those that say how far it is are passed on as they come.
    """
    heard, last = bytearray(), None
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([pipe], [], [], left)[0]:
            break
        part = os.read(pipe, 1 << 20)
        if not part:
            # Half a frame after a whole one is no answer.
            return (None if heard else last), True
        heard += part
        for frame in take_frames(heard):
            if frame.head["status"] == "working":
                send(packed(frame.head))
            else:
                last = frame
    return None, False


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


if __name__ == "__main__":
    # Ctrl-C in a terminal reaches every process; the one that started us closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()
    sys.exit(0)
