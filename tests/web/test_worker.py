"""`manage.py run_worker` and databases that fail, as a process of its own."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from tests import jobs
from tests.databases import on_sqlite
from tests.serving import wait_until, working

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return where the worker writes."""
    return tmp_path / "log"


@pytest.fixture
def worker(log: Path) -> Iterator[int]:
    """Start a worker on the test's database; return its process id."""
    own = connection.settings_dict
    if on_sqlite():
        url = f"sqlite:///{own['NAME']}"
    else:
        place = f"{own['HOST']}:{own['PORT']}/{own['NAME']}"
        url = f"postgres://{own['USER']}:{own['PASSWORD']}@{place}"
    with working(log, DATABASE_URL=url) as process:
        yield process.pid
        assert process.poll() is None, log.read_text()


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines()) if path.exists() else 0


def _wait_until_done(path: Path) -> None:
    jobs.touch.enqueue(path=str(path))
    wait_until(path.exists, "the next job is done")


@pytest.mark.parametrize(("times", "status"), [(2, "SUCCESSFUL"), (3, "FAILED")])
@pytest.mark.usefixtures("worker")
def test_job_that_the_database_breaks_off_is_tried_three_times(tmp_path, log, times, status):
    path = tmp_path / "lines"

    job = jobs.break_off.enqueue(path=str(path), times=times)
    wait_until(lambda: _lines(path) == 3, "it was tried three times")
    _wait_until_done(tmp_path / "next")

    row = DBTaskResult.objects.get(pk=job.id)
    assert (row.status, len(row.worker_ids), _lines(path)) == (status, 3, 3)
    assert ("break_off broke off, attempt 3. It has failed." in log.read_text()) == (times == 3)


def test_worker_goes_on_after_the_disk_was_full(worker, tmp_path, log):
    """A process whose files may not be larger fails at writing, as on a full disk."""
    if not on_sqlite():
        pytest.skip("PostgreSQL writes in processes of its own")
    _wait_until_done(tmp_path / "first")
    limits = resource.prlimit(worker, resource.RLIMIT_FSIZE)

    # Enough for the log, and less than the database has.
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (65_536, limits[1]))
    job = jobs.touch.enqueue(path=str(tmp_path / "queued"))
    wait_until(lambda: "disk I/O error" in log.read_text(), "it fails")
    row = DBTaskResult.objects.get(pk=job.id)
    assert (row.status, row.worker_ids) == ("READY", [])
    resource.prlimit(worker, resource.RLIMIT_FSIZE, limits)

    wait_until((tmp_path / "queued").exists, "the job is done")


@pytest.mark.usefixtures("worker")
def test_worker_goes_on_after_postgres_ended_its_connection(tmp_path, log):
    """The job that ends it fails visibly in the end, and those after it are done."""
    if on_sqlite():
        pytest.skip("SQLite is a file and ends no connection")
    path = tmp_path / "lines"

    job = jobs.lose_connection.enqueue(path=str(path))
    wait_until(lambda: "lose_connection broke off, attempt 3" in log.read_text(), "it failed")
    _wait_until_done(tmp_path / "next")

    row = DBTaskResult.objects.get(pk=job.id)
    assert (row.status, len(row.worker_ids), _lines(path)) == ("FAILED", 3, 3)
    assert "The database failed, 1 in a row (" in log.read_text()
