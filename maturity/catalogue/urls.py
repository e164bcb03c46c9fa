"""Addresses of the model's pages."""

from django.urls import path

from maturity.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.models, name="models"),
    path("<slug:key>/", views.model, name="model"),
    path("<slug:key>/print/", views.print_sheet, name="print"),
    path("<slug:key>/<slug:dimension>/", views.dimension, name="dimension"),
]
