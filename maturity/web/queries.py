"""What is asked of the database itself."""

from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def problem_of_database() -> str:
    """Return in a few words why the database cannot serve, or nothing when it can.

    Costs: 2 queries (the tables, the applied migrations).
    """
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations are not applied"
    except DatabaseError:
        return "the database does not answer"
    return ""


def running_jobs(worker_id: str) -> list[DBTaskResult[Any, Any]]:
    """Return the jobs that the worker of this id claimed last and has not finished.

    Costs: 1 query.
    """
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return [job for job in running if job.worker_ids[-1:] == [worker_id]]
