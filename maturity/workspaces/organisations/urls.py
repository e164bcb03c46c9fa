"""Addresses: the organisations of a workspace: add, edit, archive."""

from django.urls import path

from maturity.workspaces.organisations import views

_WORKSPACE = "workspaces/<str:public_id>/"
_ORGANISATION = "organisations/<str:public_id>/"

urlpatterns = [
    path(f"{_WORKSPACE}organisations/new/", views.add, name="add-organisation"),
    path(f"{_ORGANISATION}edit/", views.edit, name="edit-organisation"),
    path(f"{_ORGANISATION}archive/", views.archive, name="archive"),
    path(f"{_ORGANISATION}archive/undo/", views.unarchive, name="unarchive"),
]
