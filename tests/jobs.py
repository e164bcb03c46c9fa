"""Jobs for tests of the worker, which imports them by name in a process of its own."""

from pathlib import Path

from django.db import OperationalError, connection
from django_tasks import task


@task()
def touch(*, path: str) -> None:
    """Leave a file behind."""
    Path(path).touch()


@task()
def break_off(*, path: str, times: int) -> None:
    """Add a line to a file, and fail as a job does whose database is gone, so many times."""
    with Path(path).open("a") as file:
        file.write("begun\n")
    if len(Path(path).read_text().splitlines()) <= times:
        raise OperationalError("the database is gone")


@task()
def lose_connection(*, path: str) -> None:
    """Add a line to a file, and have PostgreSQL end the connection."""
    with Path(path).open("a") as file:
        file.write("begun\n")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@task()
def wait_for(*, begun: str, pipe: str) -> None:
    """Add a line to a file, and end when somebody has written to the named pipe."""
    with Path(begun).open("a") as file:
        file.write("begun\n")
    Path(pipe).read_bytes()
