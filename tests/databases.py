"""Which database the tests run on."""

from django.conf import settings


def on_sqlite() -> bool:
    """Say whether this is the run on SQLite, which comes first and looks at everything."""
    engine: str = settings.DATABASES["default"]["ENGINE"]
    return engine == "django.db.backends.sqlite3"
