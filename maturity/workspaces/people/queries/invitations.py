"""Look invitations up: by the token of a link, and those that wait for an answer."""

from datetime import datetime

from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.models import Invitation, Organisation, Workspace
from maturity.workspaces.scopes import every_workspace

SALT = "waymark.workspaces.invitation"


def invitation_of_token(token: str, *, now: datetime) -> Invitation | None:
    """Return the invitation a link offers, None when it opens nothing (any more).

    Workspace, organisation and inviter are loaded. Needs no scope: whoever follows a link has none
    yet. Costs: 1 query.
    """
    with every_workspace():
        found: Invitation | None = (
            Invitation.objects.select_related("workspace", "organisation", "invited_by")
            .filter(token_hash=hash_of(token), accepted_at=None, revoked_at=None)
            .filter(expires_at__gt=now, workspace__deletion_asked_at=None)
            .exclude(organisation__archived_at__isnull=False)
            .first()
        )
    return found


def pending_invitations(
    workspace: Workspace, *, organisation: Organisation | None
) -> list[Invitation]:
    """Return what waits for an answer, expired ones too, the newest first.

    Those to the organisation, or without one those to the workspace itself. Costs: 1 query.
    """
    rows = Invitation.objects.filter(
        workspace=workspace, organisation=organisation, accepted_at=None, revoked_at=None
    )
    return list(rows.order_by("-created_at", "-pk"))


def pending_invitation(
    invitation_id: int, *, workspace: Workspace, organisation: Organisation | None
) -> Invitation | None:
    """Return one that waits for an answer, of just this place. Costs: 1 query."""
    return (
        Invitation.objects.select_related("workspace", "organisation", "invited_by")
        .filter(pk=invitation_id, workspace=workspace, organisation=organisation)
        .filter(accepted_at=None, revoked_at=None)
        .first()
    )
