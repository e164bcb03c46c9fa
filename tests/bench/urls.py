"""The product's urls and the bench's own page."""

from django.urls import include, path

from tests.bench import views

urlpatterns = [
    path("bench/simplest/", views.simplest),
    path("", include("maturity.urls")),
]
