"""Addresses of workspaces and what belongs to them."""

from maturity.workspaces.accounts import urls as accounts
from maturity.workspaces.audit import urls as audit
from maturity.workspaces.branding import urls as branding
from maturity.workspaces.lifecycle import urls as lifecycle
from maturity.workspaces.organisations import urls as organisations
from maturity.workspaces.people import urls as people
from maturity.workspaces.tokens import urls as tokens

app_name = "workspaces"

urlpatterns = [
    *accounts.urlpatterns,
    *lifecycle.urlpatterns,
    *people.urlpatterns,
    *branding.urlpatterns,
    *tokens.urlpatterns,
    *audit.urlpatterns,
    *organisations.urlpatterns,
]
