"""Names the app."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """One organisation's answers, and what they mean."""

    name = "assessments"
    verbose_name = "Assessments"
