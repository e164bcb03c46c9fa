"""Hand a document to the render process and get the file, or the reason why there is none."""

import atexit
import contextlib
import logging
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from reports.rendering.frames import Frame, packed, read_frame

Tell = Callable[[str, int, int], None]
"""Hears how far a render is: its phase (see `reports.rendering`), which of how many pages, or 0."""

_ROOT = Path(__file__).resolve().parent.parent.parent
_START_SECONDS = 60.0
# The server stops a render at its limit; this is how much later we stop the server itself.
_GRACE_SECONDS = 5.0
# What the process needs to find its libraries and fonts; no secret of ours is among it.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "XDG_CACHE_HOME")
_REASONS = {
    "time": "It took longer than the {seconds:g} seconds allowed.",
    "memory": "It needed more than the {memory_mb} MB of memory allowed.",
    "size": "The file grew larger than allowed.",
    "died": "The process that makes it ended early ({detail}).",
    "layout": "The layout reported a problem: {detail}",
}

logger = logging.getLogger(__name__)


class RenderFailed(RuntimeError):
    """No file was made; the text says why, for the log. `kind` is a key of the reasons."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


class Renderer:
    """One render process, started at the first document and kept warm.

    Documents go through one after another; two renderers in two processes work side by side.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self._owner = os.getpid()

    def render(
        self, html: str, *, seconds: float, memory_mb: int, tell: Tell | None = None
    ) -> bytes:
        """Return the PDF of a complete HTML document. Raises: RenderFailed.

        `tell` hears how far it is, from this thread and while the render goes on.
        """
        limits = {"seconds": seconds, "memory_mb": memory_mb}
        with self._lock:
            process = self._started()
            request = packed(limits, html.encode())
            try:
                frame = self._asked(process, request, seconds + _GRACE_SECONDS, tell)
            except BaseException:
                # What it still has to say must not be taken for the answer to the next document.
                self.close()
                raise
        status = frame.head["status"]
        if status != "made":
            reason = _REASONS[status].format(detail=frame.head.get("detail", ""), **limits)
            raise RenderFailed(status, reason)
        for remark in frame.head["remarks"]:
            logger.warning("Report: %s", remark)
        return frame.body

    def start(self) -> None:
        """Start the render process now, so that the first document need not wait for it."""
        with self._lock:
            self._started()

    @property
    def process_id(self) -> int | None:
        """The render process's id, None when none runs."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the render process; the next document starts a new one."""
        process, self._process = self._process, None
        # After a fork the process is our parent's, who ends it himself.
        if process is None or self._owner != os.getpid():
            return
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
        for pipe in filter(None, (process.stdin, process.stdout)):
            with contextlib.suppress(OSError):
                pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            self._process, self._owner = None, os.getpid()
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
        # Its libraries leave files behind when it is ended from outside, so it gets its own place.
        self._folder = environment["TMPDIR"] = tempfile.mkdtemp(prefix="waymark-render-")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "reports.rendering.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=_ROOT,
            env=environment,
            start_new_session=True,
        )
        frame = self._answered(self._process, time.monotonic() + _START_SECONDS)
        if frame.head["status"] != "ready":
            self.close()
            raise RenderFailed("died", "The process that makes reports did not start.")
        return self._process

    def _asked(
        self,
        process: subprocess.Popen[bytes],
        request: bytes,
        seconds: float,
        tell: Tell | None,
    ) -> Frame:
        deadline = time.monotonic() + seconds
        try:
            _write_all(process, request)
        except OSError as error:
            raise RenderFailed(
                "died", f"The process that makes reports has gone: {error}"
            ) from error
        while (frame := self._answered(process, deadline)).head["status"] == "working":
            if tell is not None:
                tell(frame.head["phase"], frame.head["page"], frame.head["pages"])
        return frame

    def _answered(self, process: subprocess.Popen[bytes], deadline: float) -> Frame:
        descriptor = process.stdout.fileno() if process.stdout else -1

        def read(size: int) -> bytes:
            left = max(0.0, deadline - time.monotonic())
            if not select.select([descriptor], [], [], left)[0]:
                return b""
            return os.read(descriptor, size)

        frame = read_frame(read)
        if frame is None:
            self.close()
            raise RenderFailed("died", "The process that makes reports ended or stopped answering.")
        return frame


def _write_all(process: subprocess.Popen[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view and process.stdin:
        view = view[process.stdin.write(view) :]


@lru_cache(maxsize=1)
def shared_renderer() -> Renderer:
    """Return this process's renderer; it is ended when the process ends."""
    renderer = Renderer()
    atexit.register(renderer.close)
    return renderer
