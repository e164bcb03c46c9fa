"""`manage.py serve`: web processes and worker as child processes, until somebody stops them."""

import contextlib
import ctypes
import http.client
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

ADDRESS = "127.0.0.1"
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 15
TIDY_EVERY_S = 3600
_PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    """Serve pages, run background jobs and tidy up every hour; all stop together."""

    help = "Start the web server and the background worker; stop both with Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal comes or a child dies."""
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: stopping.set())

        port: int = settings.SERVE_PORT
        if problem := queries.problem_of_database():
            raise CommandError(f"Not started: {problem}. Run `make run`, or `manage.py migrate`.")
        connection.close()
        _refuse_taken_port(port)

        children: dict[str, subprocess.Popen[bytes]] = {}
        tidying = _Tidying()
        try:
            children["web server"] = _start(_web_server(port))
            children["background worker"] = _start(_worker())
            if self._is_ready(port, children, stopping):
                self.stdout.write(f"\nWaymark is ready: http://{ADDRESS}:{port}/ (Ctrl-C stops it)")
                self.stdout.flush()
            while not stopping.wait(0.2):
                _refuse_dead(children)
                tidying.look()
        finally:
            _stop(children | tidying.running)
        self.stdout.write("Waymark has stopped.")

    def _is_ready(
        self, port: int, children: dict[str, subprocess.Popen[bytes]], stopping: threading.Event
    ) -> bool:
        """Wait until the address answers; False when told to stop before."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while not stopping.wait(0.05):
            _refuse_dead(children)
            if _answers(port):
                return True
            if time.monotonic() > deadline:
                raise CommandError(f"Nothing answered within {START_TIMEOUT_S} s; see above.")
        return False


def _web_server(port: int) -> list[str]:
    # One thread a process on SQLite: its waiting writers sleep, and threads that queue behind one
    # another that way make the slowest save ten times slower. PostgreSQL has no such trouble.
    threads = 1 if connection.vendor == "sqlite" else 4
    # A web process that is still starting can miss the signal to stop; three seconds are enough for
    # any request, as reports are made by the worker.
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", ADDRESS, "--port", str(port), "--workers", "2"),
        *("--blocking-threads", str(threads), "--log-level", "warning"),
        *("--workers-kill-timeout", "3", "maturity.wsgi:application"),
    ]


def _worker() -> list[str]:
    manage = str(settings.BASE_DIR / "manage.py")
    return [
        *(sys.executable, manage, "db_worker", "--no-startup-delay", "--no-reload"),
        *("--queue-name", "*", "--interval", "0.5"),
    ]


class _Tidying:
    """Deletes what its time is over for, at the start and every hour, with or without visitors.

    A process of its own and no job: nothing has to put it into the queue again, so no run that
    failed or was killed can be the last one. `manage.py purge` says itself what went wrong.
    """

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._due = time.monotonic()

    def look(self) -> None:
        """Start a run when one is due and the one before has ended."""
        has_ended = all(child.poll() is not None for child in self.running.values())
        if has_ended and time.monotonic() >= self._due:
            self._due = time.monotonic() + TIDY_EVERY_S
            manage = str(settings.BASE_DIR / "manage.py")
            self.running["tidying"] = _start([sys.executable, manage, "purge"])


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
    asking = http.client.HTTPConnection(ADDRESS, port, timeout=5)
    try:
        host = settings.ALLOWED_HOSTS[0].lstrip(".")
        asking.request("GET", "/healthz", headers={"Host": host})
        return asking.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()


def _refuse_dead(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if (code := child.poll()) is not None:
            raise CommandError(
                f"The {name} ended by itself (exit {code}); see above. Everything else was stopped."
            )


def _stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_TIMEOUT_S
    for child in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        # Whatever the child itself left behind is in its session.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
