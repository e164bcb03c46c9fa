"""Addresses: a workspace's organisations side by side, and what needs attention."""

from django.urls import path

from assessments.portfolio.views import portfolio

urlpatterns = [
    path("workspaces/<str:public_id>/", portfolio.portfolio, name="portfolio"),
]
