"""Names the app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What leaves the house."""

    name = "reports"
    verbose_name = "Reports"
