"""Addresses: the page after signing in, and an organisation's page for each role."""

from django.urls import path

from reports.overview.views import my, organisation, timeline

_OF = "organisations/<str:public_id>/"

urlpatterns = [
    path("my/", my.my, name="my"),
    path(_OF, organisation.organisation, name="organisation"),
    path(f"{_OF}timeline/", timeline.timeline, name="timeline"),
]
