"""Addresses: accounts: signing in and up, second factors, the profile."""

from django.urls import path

from maturity.workspaces.accounts import views

urlpatterns = [
    path("my/profile/", views.profile, name="profile"),
]
