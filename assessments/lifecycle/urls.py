"""Addresses: an assessment from set-up to closing and deletion."""

from django.urls import path

from assessments.lifecycle.views import closing, deletion, setup, targets

_ONE = "assessments/<str:public_id>/"

urlpatterns = [
    path("organisations/<str:public_id>/assessments/new/", setup.new, name="new"),
    path(f"{_ONE}setup/", setup.setup, name="setup"),
    path(f"{_ONE}targets/", targets.targets, name="targets"),
    path(f"{_ONE}close/", closing.close, name="close"),
    path(f"{_ONE}delete/", deletion.delete, name="delete"),
]
