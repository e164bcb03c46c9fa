"""Welcome, settings, organisations, people and deletion, as pages."""

import pytest
from django.test import Client
from django.utils import timezone

from maturity.workspaces.models import (
    Invitation,
    Workspace,
)
from maturity.workspaces.roles import Role
from tests.people import NOW, give_role, make_organisation, make_user, make_workspace
from tests.workspaces.cast import as_, first_organisation, membership_of, place_of

pytestmark = pytest.mark.django_db
FULL = {"name": "Fernhill", "sector": "", "size": "", "country": "", "tags": ""}


# --- welcome -------------------------------------------------------------------------------------


def test_welcome_asks_who_is_not_signed_in_to_sign_in(client):
    answer = client.get("/welcome/")

    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=%2Fwelcome%2F")


def test_welcome_tells_who_expected_an_organisation(client, ada):
    client.force_login(ada)

    assert "If you expected an organisation here" in client.get("/welcome/").content.decode()
    make_workspace(owner=ada)
    assert "If you expected" not in client.get("/welcome/").content.decode()


@pytest.mark.parametrize(("kind", "organisations"), [("team", ["Fernhill"]), ("clients", [])])
def test_welcome_makes_the_workspace(client, ada, kind, organisations):
    client.force_login(ada)

    answer = client.post("/welcome/", {"kind": kind, "name": " Fernhill "})

    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    made = Workspace.objects.get()
    assert (made.kind, made.name) == (kind, "Fernhill")
    assert [each.name for each in made.organisations.all()] == organisations
    assert (membership_of(ada.email).role, membership_of(ada.email).organisation) == ("owner", None)


@pytest.mark.parametrize("data", [{}, {"kind": "team"}, {"kind": "guest", "name": "X"}])
def test_welcome_says_what_is_missing(client, ada, data):
    client.force_login(ada)

    answer = client.post("/welcome/", data)

    assert answer.status_code == 422
    assert Workspace.objects.count() == 0


def test_a_second_workspace_can_be_added(client, workspace):
    as_(client, "vic@example.org")

    assert "Another workspace" in client.get("/welcome/").content.decode()
    client.post("/welcome/", {"kind": "team", "name": "Vic's own"})

    assert Workspace.objects.get(name="Vic's own").kind == "team"


# --- settings ------------------------------------------------------------------------------------


def test_a_team_is_opened_to_clients_and_not_back(client, ada):
    team = make_workspace("team", "Fernhill", owner=ada)
    client.force_login(ada)
    url = f"{place_of(team)}settings/"
    assert "Archived organisations" not in client.get(url).content.decode()

    client.post(url, {"name": "Fernhill", "has_clients": "on"})
    client.post(url, {"name": "Fernhill Group"})

    team.refresh_from_db()
    assert (team.kind, team.name) == ("clients", "Fernhill Group")


@pytest.mark.parametrize("email", ["con@example.org", "lea@example.org"])
@pytest.mark.parametrize("page", ["settings/", "delete/", "trail/"])
def test_only_owners_manage_the_workspace(client, workspace, email, page):
    expected = 403 if email == "con@example.org" else 404

    assert as_(client, email).get(f"{place_of(workspace)}{page}").status_code == expected


@pytest.mark.parametrize(
    "page", ["people/", "organisations/new/", "settings/", "delete/", "trail/"]
)
def test_a_stranger_gets_the_same_as_for_nothing(client, workspace, page):
    make_workspace(name="Elsewhere", owner=make_user("eve@example.org"))
    as_(client, "eve@example.org")

    there = client.get(f"{place_of(workspace)}{page}")
    nothing = client.get(f"/workspaces/{'a' * 12}/{page}")

    assert (there.status_code, nothing.status_code) == (404, 404)
    assert there.content == nothing.content


# --- deletion ------------------------------------------------------------------------------------


def test_deleting_needs_the_name(client, workspace):
    as_(client, "ada@example.org")
    url = f"{place_of(workspace)}delete/"

    for typed in ("", "northbank", "Northbank"):
        assert client.post(url, {"name": typed}).status_code == 422
    workspace.refresh_from_db()

    assert workspace.deletion_asked_at is None


def test_from_then_on_nobody_gets_in_until_it_is_undone(client, workspace):
    people = {}
    for email in ("con@example.org", "lea@example.org", "vic@example.org"):
        people[email] = as_(Client(), email)
    owner = as_(client, "ada@example.org")
    url = f"{place_of(workspace)}delete/"

    answer = owner.post(url, {"name": " Northbank  Advisers "})

    assert (answer.status_code, answer["Location"]) == (302, url)
    for each in people.values():
        assert each.get(first_organisation(workspace)).status_code == 404
        assert each.get(f"{place_of(workspace)}people/").status_code == 404
        assert each.post(f"{url}undo/").status_code in (403, 404)
    for page in (f"{place_of(workspace)}people/", f"{first_organisation(workspace)}edit/"):
        assert (owner.get(page).status_code, owner.get(page)["Location"]) == (302, url)
    assert "Keep the workspace" in owner.get(url).content.decode()

    owner.post(f"{url}undo/")

    for each in people.values():
        assert each.get(first_organisation(workspace)).status_code == 200
    assert owner.get(f"{place_of(workspace)}people/").status_code == 200


def test_after_14_days_it_is_too_late_to_undo(client, workspace):
    Workspace.objects.update(deletion_asked_at=NOW.replace(year=2020))
    as_(client, "ada@example.org")
    url = f"{place_of(workspace)}delete/"

    answer = client.post(f"{url}undo/", follow=True)

    assert "This workspace is being deleted" in answer.content.decode()
    assert Workspace.objects.get().deletion_asked_at is not None


# --- how many queries ----------------------------------------------------------------------------


def _grow(workspace: Workspace, number: int) -> None:
    organisation = make_organisation(workspace, f"Organisation {number}")
    if number > 1:
        organisation.archived_at = NOW
        organisation.save()
    first = workspace.organisations.order_by("pk").first()
    give_role(make_user(f"v{number}@example.org"), Role.VIEWER, workspace, first)
    give_role(make_user(f"c{number}@example.org"), Role.CONSULTANT, workspace)
    for place in (first, None):
        Invitation.objects.create(
            workspace=workspace,
            organisation=place,
            role="viewer" if place else "owner",
            email=f"i{number}@example.org",
            nonce="n",
            token_hash=f"h{number}{place}",
            created_at=NOW,
            expires_at=timezone.now(),
        )


@pytest.mark.parametrize(
    ("page", "queries"),
    [
        # session, account, role; organisations, memberships, heirs, invitations
        ("people/", 7),
        # session, account, role; archived organisations
        ("settings/", 4),
        # session, account, organisation, roles; people, workspace people, invitations
        ("organisation people", 6),
    ],
)
def test_lists_need_the_same_queries_for_one_and_three(
    client, ada, page, queries, django_assert_num_queries
):
    workspace = make_workspace(owner=ada)
    client.force_login(ada)
    _grow(workspace, 1)
    url = (
        f"{first_organisation(workspace)}people/"
        if page.startswith("org")
        else f"{place_of(workspace)}{page}"
    )

    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200
    _grow(workspace, 2)
    _grow(workspace, 3)
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200
