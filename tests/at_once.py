"""Doing several things at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

from maturity.workspaces.scopes import every_workspace


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Return what each job returned or raised; each has a thread and a connection of its own."""
    barrier, found = Barrier(len(jobs)), dict[int, object]()

    def run(number: int, job: Callable[[], object]) -> None:
        barrier.wait(20)
        try:
            with every_workspace():
                found[number] = job()
        except Exception as problem:
            found[number] = problem
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [found[number] for number in range(len(jobs))]
