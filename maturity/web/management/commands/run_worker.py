"""`manage.py run_worker`: run background jobs, whatever happens to the database meanwhile.

The worker of django-tasks-db lacks three things, which are added here:

- It ends at the first database error outside a job. This one closes the connection, waits and
  goes on, for as long as it takes.
- A job that was running when the database failed, or when a worker of the same id was killed, stays
  "running" for ever. This one puts it back into the queue.
- A job that failed because of the database is not tried again. This one tries it three times in
  all; then it stays in the database as failed, and the log says so.

So a job may run twice: every job must bear that.
"""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, InterfaceError, OperationalError, connections
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker, validate_worker_id
from django_tasks_db.models import DBTaskResult

from maturity.web.backoff import Backoff
from maturity.web.queries import running_jobs

MOST_ATTEMPTS = 3
POLL_S = 0.5
_DATABASE_FAILED = {
    f"{each.__module__}.{each.__name__}" for each in (InterfaceError, OperationalError)
}

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run the jobs of all queues until a signal comes."""

    help = "Run background jobs. Goes on after database errors; Ctrl-C stops it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name of this worker."""
        parser.add_argument(
            "--worker-id",
            type=validate_worker_id,
            default=get_random_string(32),
            help="Unique among the workers that run. A worker started again under its earlier id"
            " takes up the jobs it was killed in (default: a random one).",
        )

    def handle(self, *args: Any, worker_id: str, **options: Any) -> None:
        """Run until told to stop; a job in progress is finished first."""
        worker = _SteadyWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=POLL_S,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
        )
        worker.configure_signals()
        worker.run()


class _SteadyWorker(Worker):
    def run(self) -> None:
        backoff = Backoff()
        while self.running:
            started = time.monotonic()
            try:
                for job in running_jobs(self.worker_id):
                    _try_again(job)
                super().run()
            except Error as error:
                wait = backoff.wait_after(ran_s=time.monotonic() - started)
                logger.error(
                    "The database failed, %s in a row (%s: %s). Trying again in %.1f s.",
                    backoff.failures,
                    type(error).__name__,
                    str(error).strip(),
                    wait,
                )
                connections.close_all()
                if self.running:
                    time.sleep(wait)

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        super().run_task(db_task_result)
        if db_task_result.exception_class_path in _DATABASE_FAILED:
            _try_again(db_task_result)


def _try_again(job: DBTaskResult[Any, Any]) -> None:
    """Put a job back into the queue, or give it up after the last attempt; each claim is one."""
    attempts = len(job.worker_ids)
    if attempts < MOST_ATTEMPTS:
        logger.warning("Job %s broke off, attempt %s. Trying it again.", job.task_path, attempts)
        job.status = TaskResultStatus.READY
        job.save(update_fields=["status"])
        return
    logger.error("Job %s broke off, attempt %s. It has failed.", job.task_path, attempts)
    if job.status == TaskResultStatus.RUNNING:
        job.set_failed(RuntimeError(f"The work on it broke off {attempts} times."))
