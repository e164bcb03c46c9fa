"""The cache in the database, which says so when the database refuses to write."""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache as DjangoDatabaseCache
from django.db import DatabaseError, IntegrityError, connection


class DatabaseCache(DjangoDatabaseCache):
    """Django's own, except that `add` raises instead of failing silently.

    allauth takes a lock by `add`; with a full disk, every sign-in would look like one too many.
    """

    def add(
        self,
        key: Any,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Add the value unless the key is there. Raises: DatabaseError."""
        refused: list[DatabaseError] = []

        def note(execute: Callable[..., Any], *args: Any) -> Any:
            try:
                return execute(*args)
            except IntegrityError:
                # Another process was faster: the key is there.
                raise
            except DatabaseError as problem:
                refused.append(problem)
                raise

        with connection.execute_wrapper(note):
            is_added: bool = super().add(key, value, timeout, version)
        if refused:
            raise refused[0]
        return is_added
