"""The tokens of a workspace."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from maturity.workspaces.models import ApiToken, Membership, Workspace


def tokens_of(workspace: Workspace) -> list[ApiToken]:
    """Return the workspace's tokens, the newest first, with who made them.

    `maker_is_here` says whether they still hold a role in the workspace. Costs: 1 query.
    """
    held = Membership.objects.filter(workspace=OuterRef("workspace"), user=OuterRef("made_by"))
    rows = ApiToken.objects.select_related("made_by").filter(workspace=workspace)
    return list(rows.annotate(maker_is_here=Exists(held)).order_by("-created_at", "-pk"))


def token_in(workspace: Workspace, public_id: str) -> ApiToken | None:
    """Return one token of the workspace. Costs: 1 query."""
    found: ApiToken | None = ApiToken.objects.filter(
        workspace=workspace, public_id=public_id
    ).first()
    return found


def count_open(workspace: Workspace, *, now: datetime) -> int:
    """Return how many tokens are neither revoked nor expired. Costs: 1 query."""
    rows = ApiToken.objects.filter(workspace=workspace, revoked_at=None, expires_at__gt=now)
    return rows.count()
