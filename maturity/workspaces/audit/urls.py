"""Addresses: the audit log: written, read and exported."""

from django.urls import path

from maturity.workspaces.audit import views

_WORKSPACE = "workspaces/<str:public_id>/"

urlpatterns = [
    path(f"{_WORKSPACE}trail/", views.trail, name="trail"),
    path(f"{_WORKSPACE}trail/export/", views.export, name="trail-export"),
]
