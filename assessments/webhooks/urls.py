"""Addresses: webhooks: addresses that are notified of closed assessments and finished steps."""

from django.urls import path

from assessments.webhooks import views

_WEBHOOKS = "workspaces/<str:public_id>/webhooks/"

urlpatterns = [
    path(_WEBHOOKS, views.webhooks, name="webhooks"),
    path(f"{_WEBHOOKS}<int:webhook_id>/test/", views.test, name="webhook-test"),
    path(f"{_WEBHOOKS}<int:webhook_id>/resume/", views.resume, name="webhook-resume"),
    path(f"{_WEBHOOKS}<int:webhook_id>/end/", views.end, name="webhook-end"),
]
