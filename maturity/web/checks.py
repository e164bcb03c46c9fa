"""System check: a database mode that can lose data is named before it does."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections


def is_wal_safe(version: tuple[int, int, int]) -> bool:
    """Say whether this SQLite is free of the WAL-reset fault.

    Source: the SQLite project's page on write-ahead logging, section "The WAL-Reset Bug": fixed in
    3.51.3, and in 3.50.7 and 3.44.6 of the older lines.
    """
    if version[:2] == (3, 50):
        return version >= (3, 50, 7)
    if version[:2] == (3, 44):
        return version >= (3, 44, 6)
    return version >= (3, 51, 3)


def check_journal(
    databases: Sequence[str] | None = None,
    version: tuple[int, int, int] = sqlite3.sqlite_version_info[:3],
    **_: Any,
) -> list[CheckMessage]:
    """Warn of a WAL database under an SQLite that can corrupt it."""
    problems: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite" or is_wal_safe(version):
            continue
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
        if mode == "wal":
            shown = ".".join(map(str, version))
            problems.append(
                Warning(
                    f"The database is in WAL mode, which SQLite {shown} can corrupt when several"
                    " processes write.",
                    hint="Leave out the journal_mode of your own, or use SQLite 3.51.3 or later.",
                    id="web.W001",
                )
            )
    return problems
