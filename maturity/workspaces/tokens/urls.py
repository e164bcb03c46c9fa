"""Addresses: aPI tokens, and how the API signs a program in with one."""

from django.urls import path

from maturity.workspaces.tokens import views

_WORKSPACE = "workspaces/<str:public_id>/"

urlpatterns = [
    path(f"{_WORKSPACE}tokens/", views.tokens, name="tokens"),
    path(f"{_WORKSPACE}tokens/<str:token_id>/revoke/", views.revoke, name="revoke-token"),
]
