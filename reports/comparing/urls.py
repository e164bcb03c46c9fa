"""Addresses: results over time: two side by side, all in a row, and what if."""

from django.urls import path

from reports.comparing import views

_OF = "organisations/<str:public_id>/"

urlpatterns = [
    path(f"{_OF}compare/", views.compare, name="compare"),
    path(f"{_OF}compare/report/", views.compare_report, name="compare-report"),
    path(f"{_OF}history/", views.trend, name="trend"),
]
