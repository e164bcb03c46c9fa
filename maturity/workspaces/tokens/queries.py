"""The tokens of a workspace."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from maturity.workspaces.models import ApiToken, Membership, Workspace


def tokens_of(workspace: Workspace) -> list[tuple[ApiToken, bool]]:
    """Return the workspace's tokens, the newest first, with who made them.

    With each, whether its maker still holds a role in the workspace. Costs: 1 query.
    """
    held = Membership.objects.filter(workspace=OuterRef("workspace"), user=OuterRef("made_by"))
    rows = ApiToken.objects.select_related("made_by").filter(workspace=workspace)
    rows = rows.order_by("-created_at", "-pk")
    return [(each, each.maker_is_here) for each in rows.annotate(maker_is_here=Exists(held))]


def token_in(workspace: Workspace, public_id: str) -> ApiToken | None:
    """Return one token of the workspace. Costs: 1 query."""
    return ApiToken.objects.filter(workspace=workspace, public_id=public_id).first()


def count_open(workspace: Workspace, *, now: datetime) -> int:
    """Return how many tokens are neither revoked nor expired. Costs: 1 query."""
    rows = ApiToken.objects.filter(workspace=workspace, revoked_at=None, expires_at__gt=now)
    return rows.count()
