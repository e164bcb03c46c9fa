"""Where people hold roles: a workspace, or one of its organisations."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from maturity.workspaces.access import access_organisation, access_workspace
from maturity.workspaces.models import Organisation, Workspace
from maturity.workspaces.roles import ORGANISATION_ROLES, Action, Role


@dataclass(frozen=True, slots=True)
class Spot:
    """A place whose people the visitor may change; without organisation, the workspace itself."""

    workspace: Workspace
    organisation: Organisation | None

    @property
    def name(self) -> str:
        """Return what the place is called."""
        return self.organisation.name if self.organisation else self.workspace.name

    @property
    def url(self) -> str:
        """Return the address of the page about its people."""
        if self.organisation:
            return reverse("workspaces:organisation-people", args=[self.organisation.public_id])
        return reverse("workspaces:people", args=[self.workspace.public_id])

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the roles that can be given here; a team's own workspace has no consultants."""
        if self.organisation:
            return ORGANISATION_ROLES
        return roles_of_workspace(self.workspace)


def workspace_spot(request: HttpRequest, public_id: str) -> Spot:
    """Return the workspace, for who may say who is owner or consultant."""
    return Spot(access_workspace(request, public_id, Action.MANAGE_MEMBERS), None)


def organisation_spot(request: HttpRequest, public_id: str) -> Spot:
    """Return the organisation, for who may say who is lead, contributor or viewer of it."""
    organisation = access_organisation(request, public_id, Action.INVITE)
    return Spot(organisation.workspace, organisation)


def roles_of_workspace(workspace: Workspace) -> tuple[Role, ...]:
    """Return the roles held in the workspace itself."""
    if workspace.kind == Workspace.Kind.CLIENTS:
        return (Role.OWNER, Role.CONSULTANT)
    return (Role.OWNER,)
