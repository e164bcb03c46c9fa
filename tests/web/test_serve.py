"""`manage.py serve` and the scripts that prepare for it, as processes."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.serving import (
    Serving,
    answers,
    children_of,
    database,
    free_port,
    is_alive,
    job_state,
    manage,
    queue_job,
    serving,
    wait_until,
)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a state folder with a migrated database."""
    folder = tmp_path_factory.mktemp("state of serve")
    done = manage(folder, 8000, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def port() -> int:
    """Return a port that is free now."""
    return free_port()


@pytest.fixture
def served(state: Path, port: int, tmp_path: Path) -> Iterator[Serving]:
    """Start `serve`; its SQLite waits one second for a lock, where the product waits twenty."""
    url = f"sqlite:///{state / 'waymark.sqlite3'}?timeout=1"
    with serving(state, port, tmp_path / "log", DATABASE_URL=url) as found:
        yield found


def _sessions(state: Path) -> int:
    with database(state) as rows:
        (found,) = rows.execute("SELECT count(*) FROM django_session").fetchone()
        return int(found)


@pytest.fixture
def expired(state: Path) -> None:
    """Leave one session in the database, long over."""
    row = ("a" * 32, "", "2020-02-02 02:02:02")
    with database(state) as rows:
        rows.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (?, ?, ?)",
            row,
        )
    assert _sessions(state) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.usefixtures("expired")
def test_serve_answers_tidies_up_and_stops_cleanly(served, state, port, number):
    """All of it in one start, which is what takes its time."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
        assert answer.read() == b"ready\n"
    _serves_static_files_without_collecting_them(port)
    children = children_of(served.process.pid)
    below = [pid for each in children.values() for pid in children_of(each).values()]
    wait_until(lambda: _sessions(state) == 0, "the session is deleted")

    served.process.send_signal(number)

    assert served.process.wait(timeout=30) == 0
    assert served.said().endswith("Waymark has stopped.\n")
    assert "Traceback" not in served.said()
    assert len([args for args in children if "purge" not in args.split()]) == 2
    assert [pid for pid in [*children.values(), *below] if is_alive(pid)] == []


def _serves_static_files_without_collecting_them(port: int) -> None:
    address = f"http://127.0.0.1:{port}/static/vendor/htmx/htmx.min.js"

    with urllib.request.urlopen(address) as answer:
        found = answer.read()
        headers = answer.headers

    assert found == (ROOT / "static/vendor/htmx/htmx.min.js").read_bytes()
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"


# --- refusals ------------------------------------------------------------------------------------


def test_serve_says_in_one_line_that_the_port_is_taken(state, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = manage(state, port, "serve")

    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: Port {port} on 127.0.0.1 cannot be used (address already in use)."
        " Stop what runs there, or set WAYMARK_PORT to another one.\n"
    )


def test_serve_refuses_a_database_without_its_tables(tmp_path, port):
    done = manage(tmp_path, port, "serve")

    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: Not started: migrations are not applied.")


def test_what_migrate_leaves_is_closed_to_other_users(state):
    files = [path for path in state.iterdir() if path.is_file()]

    assert {path.name: path.stat().st_mode & 0o077 for path in files} == {
        "secret-key": 0,
        "waymark.sqlite3": 0,
        "waymark.sqlite3-journal": 0,
    }


# --- faults --------------------------------------------------------------------------------------


def _kill(*pids: int) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def test_site_answers_again_after_its_processes_are_killed(served, port):
    worker, before = served.child("run_worker"), served.web_workers()

    _kill(*before)
    wait_until(lambda: len(set(served.web_workers()) - set(before)) == 2, "both are replaced")
    wait_until(served.answers, "the site answers")

    def gives_up() -> bool:
        _kill(*served.web_workers())
        return "The web server ended (exit 1), 1 in a row. Starting it again" in served.said()

    wait_until(gives_up, "the web server takes it for a loop of crashes")
    wait_until(served.answers, "the site answers")

    _kill(served.child("granian"))
    wait_until(lambda: "The web server ended (exit -9), 2 in a row." in served.said(), "it is said")
    wait_until(served.answers, "the site answers")

    assert served.child("run_worker") == worker


def test_jobs_are_done_after_the_worker_is_killed(served, state, tmp_path):
    web, worker = served.web_workers(), served.child("run_worker")
    begun, pipe, queued = tmp_path / "begun", tmp_path / "pipe", tmp_path / "queued"
    os.mkfifo(pipe)
    first = queue_job(state, "wait_for", begun=str(begun), pipe=str(pipe))
    wait_until(begun.exists, "the first job has begun")
    queue_job(state, "touch", path=str(queued))

    _kill(worker)
    wait_until(lambda: len(begun.read_text().splitlines()) == 2, "the job has begun again")
    pipe.write_bytes(b"")
    wait_until(queued.exists, "the second job is done")

    assert job_state(state, first) == ("SUCCESSFUL", 2)
    assert "The background worker ended (exit -9), 1 in a row." in served.said()
    assert served.web_workers() == web


def test_serve_goes_on_after_the_database_was_locked_for_long(served, state, tmp_path):
    worker, web = served.child("run_worker"), served.web_workers()
    done = tmp_path / "done"

    with closing(sqlite3.connect(state / "waymark.sqlite3")) as other:
        queue_job(state, "touch", path=str(done))
        other.execute("BEGIN EXCLUSIVE")
        wait_until(
            lambda: "2 in a row (OperationalError: database is locked)" in served.said(), "said"
        )
        assert answers(served.port)
        other.rollback()

    wait_until(done.exists, "the job is done")
    assert (served.child("run_worker"), served.web_workers()) == (worker, web)


# --- preparing -----------------------------------------------------------------------------------


def _run_alone(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a script where only a shell's basics and Python can be found."""
    for name in ("sh", "ls", "grep", "id", "dirname"):
        (folder / name).symlink_to(shutil.which(name))
    return subprocess.run(
        [str(folder / "sh"), *words],
        cwd=ROOT,
        env={"PATH": str(folder), "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )


def test_system_script_names_what_is_missing_where_it_may_not_install(tmp_path):
    done = _run_alone(tmp_path, "requirements/system.sh", "test")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Missing: chromium poppler-utils. Please install: on Debian")
    assert done.stderr.count("\n") == 1


def test_system_script_is_silent_when_all_is_there():
    done = subprocess.run(
        ["sh", "requirements/system.sh", "venv", "run"],
        cwd=ROOT,
        env=os.environ | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_system_script_knows_its_parts(tmp_path):
    done = _run_alone(tmp_path, "requirements/system.sh", "everything")

    assert done.returncode == 2
    assert "(venv, run, test, postgres)" in done.stderr


def test_make_lists_its_targets():
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)

    named = [line.split()[1] for line in done.stdout.splitlines()]
    assert {"run", "test", "test-postgres", "bench", "lint"} <= set(named)
