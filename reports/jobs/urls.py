"""Addresses: reports made in the background: requested, followed, downloaded."""

from django.urls import path

from reports.jobs import views

_ONE = "assessments/<str:public_id>/"

urlpatterns = [
    path(f"{_ONE}report/", views.report, name="report"),
    path(f"{_ONE}report/check/", views.check, name="check"),
    path(f"{_ONE}report/<int:report_id>/download/", views.download, name="download"),
]
