"""Roles given, changed, taken and handed over, as services."""

from collections.abc import Callable

import pytest

from maturity.workspaces.actors import Actor
from maturity.workspaces.lifecycle.services import (
    TooLateToUndo,
    ask_deletion,
    change_workspace,
    create_workspace,
    undo_deletion,
)
from maturity.workspaces.models import AuditEvent, Membership, Workspace
from maturity.workspaces.organisations.services import (
    OneOrganisationOnly,
    add_organisation,
    archive_organisation,
)
from maturity.workspaces.people.services.members import (
    LastOwner,
    RoleOutOfPlace,
    add_member,
    change_role,
    hand_over,
    remove_member,
)
from maturity.workspaces.roles import Role
from tests.at_once import at_once
from tests.people import NOW, give_role, make_organisation, make_user, make_workspace

pytestmark = pytest.mark.django_db
BY = Actor("user:1", "203.0.113.9")


def _roles(workspace: Workspace) -> list[tuple[str, str, str | None]]:
    rows = Membership.objects.filter(workspace=workspace).order_by("pk")
    return [
        (row.user.email, row.role, row.organisation.name if row.organisation else None)
        for row in rows
    ]


def _verbs(workspace: Workspace) -> list[str]:
    rows = AuditEvent.objects.filter(workspace=workspace.public_id)
    return list(rows.order_by("pk").values_list("verb", flat=True))


def test_a_team_gets_a_workspace_with_its_one_organisation():
    ada = make_user()

    made = create_workspace(user=ada, kind="team", name="Fernhill", now=NOW, by=BY)

    assert _roles(made) == [("ada@example.org", "owner", None)]
    assert [each.name for each in made.organisations.all()] == ["Fernhill"]
    assert _verbs(made) == ["workspace.created"]


def test_a_consultancy_begins_with_no_organisation():
    made = create_workspace(user=make_user(), kind="clients", name="Northbank", now=NOW, by=BY)

    assert (made.kind, made.organisations.count()) == ("clients", 0)


def test_a_team_keeps_to_its_one_organisation_until_it_is_opened_to_clients():
    team = create_workspace(user=make_user(), kind="team", name="Fernhill", now=NOW, by=BY)
    only = team.organisations.get()
    with pytest.raises(OneOrganisationOnly):
        add_organisation(team, name="Second", now=NOW, by=BY)
    with pytest.raises(OneOrganisationOnly):
        archive_organisation(only, now=NOW, by=BY)

    change_workspace(team, name="Fernhill", has_clients=True, now=NOW, by=BY)
    second = add_organisation(team, name="Second", tags=("a", "b"), now=NOW, by=BY)

    assert (team.kind, second.tags, second.months_between) == ("clients", ["a", "b"], 12)
    assert _verbs(team) == [
        "workspace.created",
        "workspace.opened_to_clients",
        "organisation.added",
    ]


def test_add_member_keeps_the_stronger_role():
    workspace = make_workspace(owner=make_user())
    organisation = make_organisation(workspace)
    bob = make_user("bob@example.org")

    def add(role: Role) -> str:
        place = None if role in (Role.OWNER, Role.CONSULTANT) else organisation
        held = add_member(workspace, user=bob, role=role, organisation=place, now=NOW, by=BY)
        return str(held.role)

    assert add(Role.CONTRIBUTOR) == "contributor"
    assert add(Role.VIEWER) == "contributor"
    assert add(Role.LEAD) == "lead"
    assert add(Role.CONSULTANT) == "consultant"
    assert add(Role.LEAD) == "consultant"
    # One role is enough: what the consultant held in the organisation is covered.
    assert _roles(workspace)[1:] == [("bob@example.org", "consultant", None)]


def test_a_role_is_held_in_its_place():
    workspace = make_workspace(owner=make_user())
    organisation = make_organisation(workspace)
    bob = make_user("bob@example.org")

    with pytest.raises(RoleOutOfPlace):
        add_member(workspace, user=bob, role=Role.LEAD, now=NOW, by=BY)
    with pytest.raises(RoleOutOfPlace):
        add_member(workspace, user=bob, role=Role.OWNER, organisation=organisation, now=NOW, by=BY)
    held = give_role(bob, Role.VIEWER, workspace, organisation)
    with pytest.raises(RoleOutOfPlace):
        change_role(held, role=Role.CONSULTANT, now=NOW, by=BY)
    assert _roles(workspace)[1:] == [("bob@example.org", "viewer", "Fernhill Outdoor")]


def test_change_role_is_written_down_with_figures_and_keys_only():
    workspace = make_workspace()
    organisation = make_organisation(workspace)
    bob = make_user("bob@example.org")
    held = give_role(bob, Role.VIEWER, workspace, organisation)

    change_role(held, role=Role.LEAD, now=NOW, by=BY)

    event = AuditEvent.objects.get()
    assert (event.verb, event.subject, event.workspace, event.actor, event.address) == (
        "member.role_changed",
        organisation.public_id,
        workspace.public_id,
        "user:1",
        "203.0.113.9",
    )
    assert event.detail == {"person": bob.pk, "role": "lead", "was": "viewer"}


def test_the_last_owner_stays():
    ada = make_user()
    workspace = make_workspace(owner=ada)
    give_role(make_user("bob@example.org"), Role.CONSULTANT, workspace)
    own = Membership.objects.get(user=ada)

    with pytest.raises(LastOwner):
        remove_member(own, now=NOW, by=BY)
    with pytest.raises(LastOwner):
        change_role(own, role=Role.CONSULTANT, now=NOW, by=BY)

    assert _roles(workspace)[0] == ("ada@example.org", "owner", None)


def test_an_owner_among_two_can_leave():
    ada, bob = make_user(), make_user("bob@example.org")
    workspace = make_workspace(owner=ada)
    give_role(bob, Role.OWNER, workspace)

    remove_member(Membership.objects.get(user=ada), now=NOW, by=Actor(f"user:{ada.pk}"))

    assert _roles(workspace) == [("bob@example.org", "owner", None)]
    assert _verbs(workspace) == ["member.left"]


@pytest.mark.parametrize("kind", ["clients", "team"])
def test_hand_over_leaves_one_owner_and_keeps_the_old_one_on(kind):
    ada, bob = make_user(), make_user("bob@example.org")
    workspace = create_workspace(user=ada, kind=kind, name="Fernhill", now=NOW, by=BY)
    if kind == "clients":
        give_role(bob, Role.CONSULTANT, workspace)
    else:
        give_role(bob, Role.CONTRIBUTOR, workspace, workspace.organisations.get())

    hand_over(workspace, from_user=ada, to_user=bob, now=NOW, by=BY)

    after = ("consultant", None) if kind == "clients" else ("lead", "Fernhill")
    assert set(_roles(workspace)) == {
        ("bob@example.org", "owner", None),
        ("ada@example.org", *after),
    }


def test_hand_over_to_a_stranger_is_refused():
    ada, stranger = make_user(), make_user("mallory@example.org")
    workspace = make_workspace(owner=ada)

    with pytest.raises(Membership.DoesNotExist):
        hand_over(workspace, from_user=ada, to_user=stranger, now=NOW, by=BY)

    assert _roles(workspace) == [("ada@example.org", "owner", None)]


def _told_at_once(*jobs: Callable[[], object]) -> list[str]:
    """Run the jobs at the same moment; return "done" or the name of what each raised."""
    found = at_once(*jobs)
    return sorted("done" if each is None else type(each).__name__ for each in found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", ["leaves", "is made a consultant"])
def test_two_owners_cannot_both_go_at_the_same_moment(second):
    ada, bob = make_user(), make_user("bob@example.org")
    workspace = make_workspace(owner=ada)
    theirs = give_role(bob, Role.OWNER, workspace)
    own = Membership.objects.select_related("workspace").get(user=ada)

    told = _told_at_once(
        lambda: remove_member(own, now=NOW, by=BY),
        lambda: (
            remove_member(theirs, now=NOW, by=BY)
            if second == "leaves"
            else change_role(theirs, role=Role.CONSULTANT, now=NOW, by=BY)
        ),
    )

    assert told == ["LastOwner", "done"]
    assert [role for _, role, _ in _roles(workspace)].count("owner") == 1


def test_deletion_can_be_undone_for_14_days():
    workspace = make_workspace(owner=make_user())

    ask_deletion(workspace, now=NOW, by=BY)
    ask_deletion(workspace, now=NOW.replace(hour=20), by=BY)
    assert workspace.deletion_asked_at == NOW

    undo_deletion(workspace, now=NOW.replace(month=12, day=6, hour=9), by=BY)
    assert Workspace.objects.get().deletion_asked_at is None

    ask_deletion(workspace, now=NOW, by=BY)
    with pytest.raises(TooLateToUndo):
        undo_deletion(workspace, now=NOW.replace(month=12, day=6, hour=10), by=BY)
    assert _verbs(workspace) == [
        "workspace.deletion_requested",
        "workspace.deletion_cancelled",
        "workspace.deletion_requested",
    ]
