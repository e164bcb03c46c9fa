"""What the health pages ask the database."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


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
