"""`manage.py serve` and the scripts that prepare for it, as processes."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

Serve = Callable[..., subprocess.Popen[str]]


def _environment(state: Path, port: int) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WAYMARK_")}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"WAYMARK_STATE_DIR": str(state), "WAYMARK_PORT": str(port)}


def _manage(state: Path, port: int, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=_environment(state, port),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a state folder with a migrated database."""
    folder = tmp_path_factory.mktemp("state of serve")
    done = _manage(folder, 8000, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@pytest.fixture
def serving(state: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Start `serve` and wait until it says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=_environment(state, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in process.stdout:
        said.append(line)
        if "Waymark is ready" in line:
            break
    else:
        pytest.fail("serve ended before it was ready:\n" + "".join(said))
    yield process
    if process.poll() is None:
        process.terminate()
    process.wait(timeout=30)
    process.stdout.close()


def _children_of(pid: int) -> dict[str, int]:
    """Return a process's children by their command lines.

    The kernel's word and not that of `ps`, which cuts lines at the width of a terminal.
    """
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == str(pid):
            found[b" ".join(words).decode()] = int(entry.name)
    return found


def _is_alive(pid: int) -> bool:
    """Say whether a process runs; one that ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _sessions(state: Path) -> int:
    with contextlib.closing(sqlite3.connect(state / "waymark.sqlite3")) as database:
        (found,) = database.execute("SELECT count(*) FROM django_session").fetchone()
        return int(found)


@pytest.fixture
def expired(state: Path) -> None:
    """Leave one session in the database, long over."""
    row = ("a" * 32, "", "2020-02-02 02:02:02")
    with contextlib.closing(sqlite3.connect(state / "waymark.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (?, ?, ?)",
            row,
        )
    assert _sessions(state) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.usefixtures("expired")
def test_serve_answers_tidies_up_and_stops_cleanly(serving, state, port, number):
    """All of it in one start, which is what takes its time."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
        assert answer.read() == b"ready\n"
    _serves_static_files_without_collecting_them(port)
    children = _children_of(serving.pid)
    below = [pid for each in children.values() for pid in _children_of(each).values()]
    assert _is_tidied(state)

    serving.send_signal(number)
    rest = serving.stdout.read()

    assert serving.wait(timeout=30) == 0
    assert rest.endswith("Waymark has stopped.\n")
    assert "Traceback" not in rest
    assert len([args for args in children if "purge" not in args.split()]) == 2
    assert [pid for pid in [*children.values(), *below] if _is_alive(pid)] == []


def _serves_static_files_without_collecting_them(port: int) -> None:
    address = f"http://127.0.0.1:{port}/static/vendor/htmx/htmx.min.js"

    with urllib.request.urlopen(address) as answer:
        found = answer.read()
        headers = answer.headers

    assert found == (ROOT / "static/vendor/htmx/htmx.min.js").read_bytes()
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"


def _is_tidied(state: Path) -> bool:
    """Look whether the session goes, for a minute at the most; a process of its own deletes it."""
    deadline = time.monotonic() + 60
    while _sessions(state) and time.monotonic() < deadline:
        time.sleep(0.1)
    return _sessions(state) == 0


def test_serve_stops_everything_when_a_child_dies(serving):
    children = _children_of(serving.pid)
    worker = next(pid for args, pid in children.items() if "db_worker" in args)

    os.kill(worker, signal.SIGKILL)
    rest = serving.stdout.read()

    assert serving.wait(timeout=30) == 1
    assert "The background worker ended by itself (exit -9)" in rest
    assert "Traceback" not in rest
    assert [pid for pid in children.values() if _is_alive(pid)] == []


def test_serve_says_in_one_line_that_the_port_is_taken(state, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = _manage(state, port, "serve")

    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: Port {port} on 127.0.0.1 cannot be used (address already in use)."
        " Stop what runs there, or set WAYMARK_PORT to another one.\n"
    )


def test_serve_refuses_a_database_without_its_tables(tmp_path, port):
    done = _manage(tmp_path, port, "serve")

    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: Not started: migrations are not applied.")


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
