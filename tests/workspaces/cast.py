"""What the tests of workspaces share: who is who, and the addresses of their places."""

from django.test import Client

from maturity.workspaces.models import Membership, User, Workspace


def as_(client: Client, email: str) -> Client:
    """Return the client, signed in with the account of this address."""
    client.force_login(User.objects.get(email=email))
    return client


def place_of(workspace: Workspace) -> str:
    """Return the address of a workspace."""
    return f"/workspaces/{workspace.public_id}/"


def first_organisation(workspace: Workspace) -> str:
    """Return the address of a workspace's oldest organisation."""
    return f"/organisations/{workspace.organisations.order_by('pk')[0].public_id}/"


def membership_of(email: str) -> Membership:
    """Return the one role somebody holds."""
    found: Membership = Membership.objects.get(user__email=email)
    return found
