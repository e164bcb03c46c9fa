"""Names the app, and registers its system checks."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from maturity.web import checks


class WebConfig(AppConfig):
    """What every page stands on."""

    name = "maturity.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        """Have `manage.py check` look at the database's journal."""
        register(checks.check_journal, Tags.database)
