"""Addresses of answering."""

from assessments.answering import urls as answering
from assessments.consensus import urls as consensus
from assessments.lifecycle import urls as lifecycle
from assessments.own_account import urls as own_account
from assessments.portfolio import urls as portfolio
from assessments.respondents import urls as respondents
from assessments.roadmap import urls as roadmap
from assessments.webhooks import urls as webhooks

app_name = "assessments"

urlpatterns = [
    *answering.urlpatterns,
    *consensus.urlpatterns,
    *lifecycle.urlpatterns,
    *respondents.urlpatterns,
    *own_account.urlpatterns,
    *roadmap.urlpatterns,
    *portfolio.urlpatterns,
    *webhooks.urlpatterns,
]
