"""Where one lands after signing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maturity.workspaces.models import Membership
from maturity.workspaces.roles import Role
from tests.people import NOW, give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import client_of, make_assessment, make_respondent, make_result, make_step

pytestmark = pytest.mark.django_db
URL = "/my/"


def test_signed_out_is_sent_to_sign_in_and_back():
    response = Client().get(URL)

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next=%2Fmy%2F"


def test_without_a_place_one_is_welcomed():
    response = client_of(make_user()).get(URL)

    assert response["Location"] == reverse("workspaces:welcome")


@pytest.mark.parametrize("role", [Role.LEAD, Role.CONTRIBUTOR, Role.VIEWER])
def test_one_organisation_is_where_one_goes(role):
    user, workspace = make_user(), make_workspace()
    row = make_organisation(workspace)
    give_role(user, role, workspace, row)

    response = client_of(user).get(URL)

    assert response["Location"] == reverse("reports:organisation", args=[row.public_id])


@pytest.mark.parametrize("role", [Role.OWNER, Role.CONSULTANT])
def test_one_workspace_is_where_one_goes(role):
    user, workspace = make_user(), make_workspace()
    give_role(user, role, workspace)
    # A role in one of its organisations as well is no further place.
    give_role(user, Role.LEAD, workspace, make_organisation(workspace))

    response = client_of(user).get(URL)

    assert response["Location"] == reverse("assessments:portfolio", args=[workspace.public_id])


def test_workspace_about_to_be_deleted_leads_its_owner_to_where_it_can_be_undone():
    user = make_user()
    workspace = make_workspace(owner=user)
    workspace.deletion_asked_at = NOW
    workspace.save()

    response = client_of(user).get(URL)

    assert response["Location"] == reverse("workspaces:delete", args=[workspace.public_id])


def test_several_places_say_what_waits_in_each(version):
    user = make_user()
    clients = make_workspace(name="Northbank Advisers", owner=user)
    make_organisation(clients, "Alder Books")
    make_assessment(make_organisation(clients, "Birch Bank"), version)
    other = make_workspace(name="Other Advisers")
    asked, led, seen, quiet = (
        make_organisation(other, name) for name in ("Cedar", "Dogwood", "Elm", "Fir")
    )
    give_role(user, Role.CONTRIBUTOR, other, asked)
    give_role(user, Role.LEAD, other, led)
    give_role(user, Role.VIEWER, other, seen)
    give_role(user, Role.CONTRIBUTOR, other, quiet)
    make_respondent(make_assessment(asked, version), user)
    opened = make_assessment(led, version)
    make_respondent(opened, is_finished=True)
    make_respondent(opened)
    make_result(seen, version)

    main = client_of(user).get(URL).content.decode().partition("<main")[2]

    assert "2 organisations, one open assessment." in main
    assert "One assessment waits for your answers." in main
    assert "An assessment is open: 1 of 2 finished." in main
    assert "Last result: 14 March 2026." in main
    assert "Nothing waits for you." in main
    assert main.count("Contributor · Other Advisers") == 2
    assert f'href="/workspaces/{clients.public_id}/"' in main
    assert f'href="/organisations/{asked.public_id}/"' in main


def test_archived_and_removed_places_are_gone():
    user, workspace = make_user(), make_workspace()
    rows = [make_organisation(workspace, name) for name in ("Alder", "Birch", "Cedar")]
    for row in rows:
        give_role(user, Role.CONTRIBUTOR, workspace, row)
    client = client_of(user)
    assert client.get(URL).content.decode().count("Contributor") == 3

    rows[0].archived_at = NOW
    rows[0].save()
    Membership.objects.filter(organisation=rows[1]).delete()

    assert client.get(URL)["Location"] == reverse("reports:organisation", args=[rows[2].public_id])


# Session, account, places; organisations, open assessments, what waits for me, last results;
# my steps.
QUERIES = 8


def test_two_and_five_places_cost_the_same_queries(version, django_assert_num_queries):
    user, workspace = make_user(), make_workspace()
    client = client_of(user)

    def add(name):
        row = make_organisation(workspace, name)
        give_role(user, Role.CONTRIBUTOR, workspace, row)
        make_respondent(make_assessment(row, version), user)
        make_result(row, version)
        make_step(row, version, member=user, due=timezone.localdate() - timedelta(days=1))

    add("Alder")
    add("Birch")
    with django_assert_num_queries(QUERIES):
        client.get(URL)
    for name in ("Cedar", "Dogwood", "Elm"):
        add(name)
    with django_assert_num_queries(QUERIES):
        client.get(URL)


def test_own_steps_are_counted_where_one_still_belongs(version):
    user, workspace = make_user(), make_workspace()
    rows = [make_organisation(workspace, name) for name in ("Alder", "Birch", "Cedar")]
    roles = [give_role(user, Role.VIEWER, workspace, row) for row in rows]
    client = client_of(user)
    assert "My steps" not in client.get(URL).content.decode()

    for row, days in zip(rows, (-1, 1, -1), strict=True):
        due = timezone.localdate() + timedelta(days=days)
        make_step(row, version, member=user, due=due)
    roles[2].delete()

    body = client.get(URL).content.decode()
    assert "2 open steps are yours; one of them is overdue." in body
    assert 'href="/my/steps/"' in body


def test_post_is_refused():
    assert client_of(make_user()).post(URL).status_code == 405
