"""Names the app."""

from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    """Who may do what."""

    name = "maturity.workspaces"
    label = "workspaces"
    verbose_name = "Workspaces"
