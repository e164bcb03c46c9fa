"""Which database the tests run on, and what the other one than SQLite needs."""

from django.conf import settings
from django.db import connection


def on_sqlite() -> bool:
    """Say whether this is the run on SQLite, which comes first and looks at everything."""
    engine: str = settings.DATABASES["default"]["ENGINE"]
    return engine == "django.db.backends.sqlite3"


def count_rows() -> None:
    """Let PostgreSQL count the rows that a fixture has made; costs nothing on SQLite.

    Nobody has counted them yet while they are in a transaction, and by guessing an UPDATE of 25
    takes seconds.
    """
    if on_sqlite():
        return
    # Ours alone: unless told which, it locks the server's own tables until the transaction is over,
    # and every other process of this run would wait for them.
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
