"""Addresses: logo, colours and footer text of a workspace's reports."""

from django.urls import path

from maturity.workspaces.branding import views

_WORKSPACE = "workspaces/<str:public_id>/"

urlpatterns = [
    path(f"{_WORKSPACE}branding/", views.branding, name="branding"),
    path(f"{_WORKSPACE}branding/logo/", views.logo, name="logo"),
    path(f"{_WORKSPACE}branding/logo/remove/", views.without_logo, name="remove-logo"),
    path(f"{_WORKSPACE}branding/reset/", views.reset, name="reset-branding"),
]
