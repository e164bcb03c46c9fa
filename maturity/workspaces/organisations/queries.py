"""The organisations of a workspace."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from maturity.workspaces.models import Membership, Organisation, Workspace


def archived_organisations(workspace: Workspace) -> list[Organisation]:
    """Return those that were archived, by name. Costs: 1 query."""
    rows = Organisation.objects.filter(workspace=workspace, archived_at__isnull=False)
    return list(rows.order_by("name", "pk"))


def organisations_seen_by(user_id: int, workspace: Workspace) -> QuerySet[Organisation]:
    """Return the organisations of a workspace an account holds a role for, the oldest first.

    Archived ones are seen by who holds a role in the workspace itself. Costs: 1 query.
    """
    held = Membership.objects.filter(user=user_id, workspace=workspace)
    of_workspace = Q(organisation=None)
    of_organisation = Q(organisation=OuterRef("pk"))
    is_current = Q(archived_at=None) & Exists(held.filter(of_organisation))
    rows = Organisation.objects.filter(workspace=workspace)
    return rows.filter(Exists(held.filter(of_workspace)) | is_current).order_by("created_at", "pk")


def only_organisation(workspace: Workspace) -> Organisation | None:
    """Return the one organisation of a team's own workspace, None elsewhere. Costs: 0 or 1."""
    if workspace.kind != Workspace.Kind.TEAM:
        return None
    return Organisation.objects.filter(workspace=workspace, archived_at=None).order_by("pk").first()
