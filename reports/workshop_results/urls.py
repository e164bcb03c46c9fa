"""Addresses: a workshop's result sent by email to those who left an address."""

from django.urls import path

from reports.workshop_results import views

urlpatterns = [
    path("workshops/<str:public_id>/after/send/", views.send_result, name="send-result"),
]
