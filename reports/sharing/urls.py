"""Addresses: a result shared by link."""

from django.urls import path

from reports.sharing.views import manage, visit

_ONE = "assessments/<str:public_id>/"

urlpatterns = [
    path(f"{_ONE}share/", manage.shares, name="shares"),
    path(f"{_ONE}share/<int:share_id>/revoke/", manage.revoke, name="share-revoke"),
    path("shared/<str:token>/", visit.shared, name="shared"),
    path("shared/<str:token>/summary.pdf", visit.shared_summary, name="shared-summary"),
]
