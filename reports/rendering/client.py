"""Hand a document to the render process and get the file, or the reason why there is none."""

import atexit
import contextlib
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Tell = Callable[[str, int, int], None]
"""Hears how far a render is: its phase, which page, of how many; see `reports.rendering.pdf`."""

_ROOT = Path(__file__).resolve().parent.parent.parent
_START_SECONDS = 60.0
# The server stops a render at its limit; this is how much later we stop the server itself.
_GRACE_SECONDS = 5.0
_LONGEST_ANSWER = 51 * 2**20
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

    Documents go through one after another; two renderers work side by side.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._folder = ""
        self._owner = os.getpid()

    def render(
        self, html: str, *, seconds: float, memory_mb: int, tell: Tell | None = None
    ) -> bytes:
        """Return the PDF of a complete HTML document. Raises: RenderFailed.

        `tell` hears how far it is, from this thread and while the render goes on.
        """
        with self._lock:
            connection = self._started()
            try:
                head, content = _answer(
                    connection, (html, seconds, memory_mb), seconds + _GRACE_SECONDS, tell
                )
            except BaseException:
                # What it still has to say must not be taken for the answer to the next document.
                self.close()
                raise
        status = head["status"]
        if status != "made":
            reason = _REASONS[status].format(
                detail=head.get("detail", ""), seconds=seconds, memory_mb=memory_mb
            )
            raise RenderFailed(status, reason)
        for remark in head["remarks"]:
            logger.warning("Report: %s", remark)
        return content

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
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        # After a fork the process is our parent's, who ends it himself.
        if process is None or self._owner != os.getpid():
            return
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _started(self) -> Connection:
        running = self._process is not None and self._process.poll() is None
        if self._connection is not None and running and self._owner == os.getpid():
            return self._connection
        self.close()
        self._owner = os.getpid()
        environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
        # Its libraries leave files behind when it is ended from outside, so it gets its own place.
        self._folder = environment["TMPDIR"] = tempfile.mkdtemp(prefix="waymark-render-")
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "reports.rendering.server"],
                stdin=theirs.fileno(),
                cwd=_ROOT,
                env=environment,
                start_new_session=True,
            )
        connection = self._connection = Connection(ours.detach())
        try:
            _answer(connection, None, _START_SECONDS, None)
        except BaseException:
            self.close()
            raise
        return connection


def _answer(
    connection: Connection, request: object, seconds: float, tell: Tell | None
) -> tuple[dict[str, Any], bytes]:
    """Send a request, if any, and return the last answer to it. Raises: RenderFailed."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if request is not None:
                connection.send(request)
                request = None
            if not connection.poll(max(0.0, deadline - time.monotonic())):
                raise RenderFailed("died", "The process that makes reports stopped answering.")
            line, _, content = connection.recv_bytes(_LONGEST_ANSWER).partition(b"\n")
        except (EOFError, OSError) as error:
            raise RenderFailed("died", "The process that makes reports ended.") from error
        head = json.loads(line)
        if head["status"] != "working":
            return head, content
        if tell is not None:
            tell(head["phase"], head["page"], head["pages"])


@lru_cache(maxsize=1)
def shared_renderer() -> Renderer:
    """Return this process's renderer; it is ended when the process ends."""
    renderer = Renderer()
    atexit.register(renderer.close)
    return renderer
