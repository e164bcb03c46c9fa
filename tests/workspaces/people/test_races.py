"""Two at the same moment: one link, one role; and never a workspace without an owner."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Invitation, Membership, User
from maturity.workspaces.people.services.invitations import invitation_token, invite
from maturity.workspaces.people.services.members import LastOwner, remove_member
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import every_workspace, no_workspace
from tests.at_once import at_once
from tests.people import give_role, make_organisation, make_user, make_workspace

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()
BY = Actor("test")


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_races_for_one_invitation_have_one_winner() -> None:
    owner = make_user()
    workspace = make_workspace(owner=owner)
    organisation = make_organisation(workspace)
    (offered,) = invite(
        workspace,
        emails=["new@example.org"],
        role=Role.LEAD,
        organisation=organisation,
        invited_by=owner,
        now=NOW,
        by=BY,
    )
    place = f"/invitations/{invitation_token(offered)}/"
    clients = [_signed_in(make_user(f"p{n}@example.org", f"P{n}")) for n in range(4)]

    def post(client: Client) -> Callable[[], object]:
        def job() -> object:
            with no_workspace():
                return client.post(place).status_code

        return job

    statuses = at_once(*(post(client) for client in clients))

    assert sorted(str(each) for each in statuses) == ["302", "404", "404", "404"]
    assert Membership.objects.filter(organisation=organisation).count() == 1
    assert Invitation.objects.get().accepted_at is not None


def test_races_of_two_owners_leaving_keep_one() -> None:
    workspace = make_workspace()
    held = [
        give_role(make_user(f"o{n}@example.org", f"O{n}"), Role.OWNER, workspace) for n in range(2)
    ]

    def leave(membership: Membership) -> Callable[[], object]:
        def job() -> object:
            with every_workspace():
                remove_member(membership, now=NOW, by=Actor(f"user:{membership.user_id}"))
            return "left"

        return job

    outcomes = at_once(*(leave(each) for each in held))

    assert sorted(type(each).__name__ for each in outcomes) == ["LastOwner", "str"]
    assert any(isinstance(each, LastOwner) for each in outcomes)
    assert Membership.objects.filter(workspace=workspace, role=Role.OWNER.value).count() == 1
