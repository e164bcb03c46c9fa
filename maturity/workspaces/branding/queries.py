"""How a workspace's reports look."""

from maturity.workspaces.branding.colours import Branding, Logo
from maturity.workspaces.models import Workspace, WorkspaceBranding


def branding_of(workspace: Workspace) -> Branding | None:
    """Return the workspace's look; None while it has none of its own. Costs: 1 query."""
    row = WorkspaceBranding.objects.filter(workspace=workspace).first()
    if row is None:
        return None
    logo = None
    if row.logo is not None:
        alt = f"Logo of {workspace.name}"
        logo = Logo(bytes(row.logo), row.logo_width, row.logo_height, alt)
    found = Branding(row.accent, row.second, row.footer, logo)
    return None if found.is_empty else found
