"""The organisations of a workspace."""

from maturity.workspaces.models import Organisation, Workspace


def archived_organisations(workspace: Workspace) -> list[Organisation]:
    """Return those that were archived, by name. Costs: 1 query."""
    rows = Organisation.objects.filter(workspace=workspace, archived_at__isnull=False)
    return list(rows.order_by("name", "pk"))


def only_organisation(workspace: Workspace) -> Organisation | None:
    """Return the one organisation of a team's own workspace, None elsewhere. Costs: 0 or 1."""
    if workspace.kind != Workspace.Kind.TEAM:
        return None
    found: Organisation | None = (
        Organisation.objects.filter(workspace=workspace, archived_at=None).order_by("pk").first()
    )
    return found
