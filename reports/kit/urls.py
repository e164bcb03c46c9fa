"""Addresses: the paper kit of a model."""

from django.urls import path

from reports.kit import views

urlpatterns = [
    path("kit/<slug:key>/", views.kit, name="kit"),
    path("kit/<slug:key>.pdf", views.kit_pdf, name="kit-pdf"),
]
