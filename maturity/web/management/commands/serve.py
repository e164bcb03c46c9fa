"""`manage.py serve`: web processes and worker as child processes, until somebody stops them.

Each child is started again when it ends, later and later while it keeps ending, and none ends
another. The web server replaces its own processes, but gives up when one ends twice in a few
seconds; then it is started again as a whole.
"""

import contextlib
import ctypes
import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from maturity.web import queries
from maturity.web.backoff import LONGEST_WAIT_S, Backoff

ADDRESS = "127.0.0.1"
STOP_TIMEOUT_S = 15
TIDY_EVERY_S = 3600
_PR_SET_PDEATHSIG = 1

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Serve pages, run background jobs and tidy up every hour; all stop together."""

    help = "Start the web server and the background worker; stop both with Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal comes."""
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: stopping.set())

        port: int = settings.SERVE_PORT
        if problem := queries.problem_of_database():
            raise CommandError(f"Not started: {problem}. Run `make run`, or `manage.py migrate`.")
        connection.close()
        _refuse_taken_port(port)

        children = [
            _Child("web server", _web_server(port)),
            _Child("background worker", _worker(port)),
        ]
        tidying = _Tidying()
        is_ready = False
        try:
            while not stopping.wait(0.2 if is_ready else 0.05):
                try:
                    for child in children:
                        child.keep_running()
                    if is_ready:
                        tidying.look()
                except OSError as problem:
                    logger.error("A process could not be started: %s", problem)
                if not is_ready and _answers(port):
                    is_ready = True
                    self.stdout.write(
                        f"\nWaymark is ready: http://{ADDRESS}:{port}/ (Ctrl-C stops it)"
                    )
                    self.stdout.flush()
        finally:
            processes = [*(each.process for each in children), tidying.process]
            _stop([process for process in processes if process])
        self.stdout.write("Waymark has stopped.")


class _Child:
    """A process that is started again whenever it ends."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._name, self._command = name, command
        self._backoff = Backoff()
        # Of the start: the last one while it runs, the next one while it does not.
        self._at = time.monotonic()

    def keep_running(self) -> None:
        """Start the process when it is time; notice that it ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self._at:
                self._at = now + LONGEST_WAIT_S
                self.process, self._at = _start(self._command), now
        elif (code := self.process.poll()) is not None:
            _kill_session(self.process)
            wait = self._backoff.wait_after(ran_s=now - self._at)
            logger.error(
                "The %s ended (exit %s), %s in a row. Starting it again in %.1f s.",
                *(self._name, code, self._backoff.failures, wait),
            )
            self.process, self._at = None, now + wait


def _web_server(port: int) -> list[str]:
    # One thread a process on SQLite: its waiting writers sleep, and threads that queue behind one
    # another that way make the slowest save ten times slower. PostgreSQL has no such trouble.
    threads = 1 if connection.vendor == "sqlite" else 4
    # A web process that is still starting can miss the signal to stop; three seconds are enough for
    # any request, as reports are made by the worker.
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", ADDRESS, "--port", str(port), "--workers", "2"),
        "--respawn-failed-workers",
        *("--blocking-threads", str(threads), "--log-level", "warning"),
        *("--workers-kill-timeout", "3", "maturity.wsgi:application"),
    ]


def _worker(port: int) -> list[str]:
    # The port is taken once on this host: after a power cut the next worker takes up what this one
    # was killed in.
    worker_id = f"{socket.gethostname()[:50]}:{port}"
    return [*_manage("run_worker"), "--worker-id", worker_id]


def _manage(command: str) -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), command]


class _Tidying:
    """Deletes what its time is over for, at the start and every hour, with or without visitors.

    A process of its own and no job: nothing has to put it into the queue again, so no run that
    failed or was killed can be the last one. `manage.py purge` says itself what went wrong.
    """

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._due = time.monotonic()

    def look(self) -> None:
        """Start a run when one is due and the one before has ended."""
        has_ended = self.process is None or self.process.poll() is not None
        if has_ended and time.monotonic() >= self._due:
            self._due = time.monotonic() + TIDY_EVERY_S
            self.process = _start(_manage("purge"))


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as problem:
            raise CommandError(
                f"Port {port} on {ADDRESS} cannot be used ({str(problem.strerror).lower()})."
                " Stop what runs there, or set WAYMARK_PORT to another one."
            ) from None


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own keeps Ctrl-C away from the child: it is stopped once, by us, in order.
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def _end_with_parent() -> None:
    """Have the kernel stop this child when its parent is killed without a chance to do so."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(port: int) -> bool:
    asking = http.client.HTTPConnection(ADDRESS, port, timeout=1)
    try:
        host = settings.ALLOWED_HOSTS[0].lstrip(".")
        asking.request("GET", "/healthz", headers={"Host": host})
        return asking.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_TIMEOUT_S
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        _kill_session(process)
        process.wait()


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    """Kill a child if it still runs, and whatever it left behind: all of it is in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
