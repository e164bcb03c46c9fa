"""The rows that say who may do what.

user          User: an account
workspace     Workspace, and Organisation: what is assessed in it
membership    Membership: a role; Invitation: a role on offer
token         ApiToken: a key to the API
audit         AuditEvent: one thing somebody did
branding      WorkspaceBranding: what a workspace puts on its reports
"""

from maturity.workspaces.models.audit import AppendOnly, AuditEvent
from maturity.workspaces.models.branding import WorkspaceBranding
from maturity.workspaces.models.membership import Invitation, Membership
from maturity.workspaces.models.token import ApiToken
from maturity.workspaces.models.user import User
from maturity.workspaces.models.workspace import Organisation, Workspace

__all__ = [
    "ApiToken",
    "AppendOnly",
    "AuditEvent",
    "Invitation",
    "Membership",
    "Organisation",
    "User",
    "Workspace",
    "WorkspaceBranding",
]
