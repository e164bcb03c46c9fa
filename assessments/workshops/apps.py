"""Names the app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """A live session on an assessment."""

    name = "assessments.workshops"
    label = "workshops"
    verbose_name = "Workshops"
