"""`manage.py serve` and its children as processes, on a folder and a port of their own."""

import contextlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django_tasks_db.models import DBTaskResult

from tests.conftest import ROOT

WAIT_S = 60
_JOBS = DBTaskResult._meta.db_table


def environment(state: Path, port: int) -> dict[str, str]:
    """Return the environment of a local installation, without what this run was started with."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WAYMARK_")}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"WAYMARK_STATE_DIR": str(state), "WAYMARK_PORT": str(port)}


def manage(state: Path, port: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(state, port),
        capture_output=True,
        text=True,
        check=False,
    )


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Look until it holds, for a minute at the most: it is up to another process."""
    deadline = time.monotonic() + WAIT_S
    while not holds():
        assert time.monotonic() < deadline, f"waited {WAIT_S} s until {what}"
        time.sleep(0.05)


@dataclass(frozen=True)
class Serving:
    """A running `serve`; `log` holds all that it and its children wrote."""

    process: subprocess.Popen[bytes]
    port: int
    state: Path
    log: Path

    def said(self) -> str:
        """Return what was written so far."""
        return self.log.read_text()

    def child(self, words: str) -> int:
        """Return the process id of the child with this in its command line, once it is there."""
        wait_until(lambda: self._children(words), f"{words} runs")
        return self._children(words)[0]

    def web_workers(self) -> list[int]:
        """Return the process ids of the web server's own processes; none while it is away."""
        return sorted(
            pid for server in self._children("granian") for pid in children_of(server).values()
        )

    def answers(self) -> bool:
        """Say whether the site answers."""
        return answers(self.port)

    def _children(self, words: str) -> list[int]:
        children = children_of(self.process.pid)
        return [pid for args, pid in children.items() if words in args]


@contextlib.contextmanager
def serving(state: Path, port: int, log: Path, **settings: str) -> Iterator[Serving]:
    """Start `serve` and wait until it says that it is ready; stop it at the end."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment(state, port) | settings,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    found = Serving(process, port, state, log)
    try:
        wait_until(
            lambda: "Waymark is ready" in found.said() or process.poll() is not None, "it is ready"
        )
        assert process.poll() is None, found.said()
        yield found
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=30)


@contextlib.contextmanager
def working(log: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start `run_worker` alone, and stop it at the end."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_worker"],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=30)


def children_of(pid: int) -> dict[str, int]:
    """Return a process's children by their command lines, with a number where two are the same.

    The kernel's word and not that of `ps`, which cuts lines at the width of a terminal.
    """
    found: dict[str, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == str(pid) and state != "Z":
            found[f"{b' '.join(words).decode()} #{entry.name}"] = int(entry.name)
    return found


def is_alive(pid: int) -> bool:
    """Say whether a process runs; one that ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def answers(port: int) -> bool:
    """Say whether the site answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextlib.contextmanager
def database(state: Path) -> Iterator[sqlite3.Connection]:
    """Open the SQLite file in a state folder, and commit at the end."""
    with contextlib.closing(sqlite3.connect(state / "waymark.sqlite3")) as found, found:
        yield found


def queue_job(state: Path, name: str, **arguments: object) -> str:
    """Put a job of tests/jobs.py into the queue, as another process of the product would."""
    job = uuid.uuid4().hex
    row = {
        "id": job,
        "status": "READY",
        "enqueued_at": "2020-02-02 02:02:02",
        "args_kwargs": json.dumps({"args": [], "kwargs": arguments}),
        "priority": 0,
        "task_path": f"tests.jobs.{name}",
        "worker_ids": "[]",
        "queue_name": "default",
        "backend_name": "default",
        "run_after": "9999-01-01 00:00:00",
        "exception_class_path": "",
        "traceback": "",
    }
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    with database(state) as rows:
        rows.execute(
            f"INSERT INTO {_JOBS} ({columns}) VALUES ({marks})",  # noqa: S608
            list(row.values()),
        )
    return job


def job_state(state: Path, job: str) -> tuple[str, int]:
    """Return a job's status and how often it was claimed."""
    with database(state) as rows:
        (status, workers) = rows.execute(
            f"SELECT status, worker_ids FROM {_JOBS} WHERE id = ?",  # noqa: S608
            [job],
        ).fetchone()
    return status, len(json.loads(workers))
