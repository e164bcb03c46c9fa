"""Addresses: a workspace itself: created, named, deleted."""

from django.urls import path

from maturity.workspaces.lifecycle.views import settings, welcome

_WORKSPACE = "workspaces/<str:public_id>/"

urlpatterns = [
    path("welcome/", welcome.welcome, name="welcome"),
    path(f"{_WORKSPACE}settings/", settings.settings, name="settings"),
    path(f"{_WORKSPACE}delete/", settings.delete, name="delete"),
    path(f"{_WORKSPACE}delete/undo/", settings.undo, name="undo-delete"),
]
