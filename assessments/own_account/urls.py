"""Addresses: a person's own data: downloaded, or deleted with the account."""

from django.urls import path

from assessments.own_account import views

urlpatterns = [
    path("my/data/", views.my_data, name="my-data"),
    path("my/account/", views.my_account, name="my-account"),
]
