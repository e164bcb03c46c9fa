"""The queries of a block, for tests that compare what pages cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Collect the queries of a block without their values.

    Django's CaptureQueriesContext writes the values into each query, and on SQLite asks the
    database for how to write them: a query more for each.
    """
    found: list[str] = []

    def note(execute: Any, sql: str, *others: Any) -> Any:
        found.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        yield found
