"""Addresses: an assessment imported from a file of data."""

from django.urls import path

from reports.importing import views

_OF = "organisations/<str:public_id>/"

urlpatterns = [
    path(f"{_OF}bring-in/", views.bring_in, name="bring-in"),
]
