"""Addresses: where people differ, and what the group agrees on."""

from django.urls import path

from assessments.consensus.views import pages

_ONE = "assessments/<str:public_id>/"

urlpatterns = [
    path(f"{_ONE}consensus/", pages.consensus, name="consensus"),
    path(f"{_ONE}consensus/<slug:dimension>/", pages.dimension, name="consensus-dimension"),
    path(f"{_ONE}consensus/<slug:dimension>/agree/", pages.agreeing, name="agree"),
]
