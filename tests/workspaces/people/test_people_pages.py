"""Organisations and their people, as pages."""

import pytest
from django.test import Client

from maturity.workspaces.models import AuditEvent, Membership, Organisation
from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.workspaces.cast import as_, first_organisation, membership_of, place_of

pytestmark = pytest.mark.django_db
FULL = {"name": "Fernhill", "sector": "", "size": "", "country": "", "tags": ""}


# --- organisations -------------------------------------------------------------------------------


def test_a_consultant_adds_an_organisation(client, workspace):
    url = f"{place_of(workspace)}organisations/new/"
    data = {
        "name": "Brook & Sons",
        "sector": "retail",
        "size": "10-49",
        "country": "Norway",
        "tags": "north, Pilot,, north , PILOT, big  one",
        "months_between": "6",
    }

    answer = as_(client, "con@example.org").post(url, data)

    made = Organisation.objects.get(name="Brook & Sons")
    assert (answer.status_code, answer["Location"]) == (302, f"/organisations/{made.public_id}/")
    assert (made.sector, made.size, made.country, made.tags, made.months_between) == (
        "retail",
        "10-49",
        "Norway",
        ["north", "Pilot", "big one"],
        6,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "a" * 201},
        {"name": "a\x00"},
        {"sector": "Piracy"},
        {"months_between": "0"},
        {"months_between": "61"},
        {"tags": "x" * 41},
        {"tags": ",".join(str(n) for n in range(21))},
    ],
)
def test_an_organisation_that_is_not_right_is_refused(client, workspace, wrong):
    url = f"{place_of(workspace)}organisations/new/"

    answer = as_(client, "ada@example.org").post(url, FULL | {"months_between": "12"} | wrong)

    assert answer.status_code == 422
    assert Organisation.objects.count() == 1


def test_a_lead_edits_the_organisation_and_a_viewer_does_not(client, workspace):
    url = f"{first_organisation(workspace)}edit/"
    data = FULL | {"months_between": "12", "country": "Wales"}

    assert as_(client, "vic@example.org").get(url).status_code == 403
    assert as_(client, "vic@example.org").post(url, data).status_code == 403
    assert as_(client, "lea@example.org").post(url, data).status_code == 302

    assert Organisation.objects.get().country == "Wales"
    event = AuditEvent.objects.get(verb="organisation.changed")
    assert event.detail == {"fields": ["name", "country"]}


def test_saving_what_is_the_same_writes_nothing_down(client, workspace):
    data = FULL | {"name": "Fernhill Outdoor", "months_between": "12"}

    as_(client, "lea@example.org").post(f"{first_organisation(workspace)}edit/", data)

    assert not AuditEvent.objects.filter(verb="organisation.changed").exists()


def test_a_team_workspace_has_no_second_organisation_and_no_archive(client, ada):
    team = make_workspace("team", "Fernhill", owner=ada)
    make_organisation(team, "Fernhill")
    client.force_login(ada)

    answer = client.post(f"{place_of(team)}organisations/new/", FULL | {"months_between": "12"})

    assert answer.status_code == 302
    assert "for one team" in client.get(answer["Location"]).content.decode()
    assert Organisation.objects.count() == 1
    assert client.post(f"{first_organisation(team)}archive/").status_code == 404
    for page in (
        f"{first_organisation(team)}edit/",
        f"{first_organisation(team)}people/",
        f"{place_of(team)}people/",
    ):
        assert "client" not in client.get(page).content.decode().lower()
        assert "consultant" not in client.get(page).content.decode().lower()


def test_archiving_takes_effect_at_the_next_request_and_can_be_undone(client, workspace):
    lead, owner = Client(), client
    as_(lead, "lea@example.org")
    as_(owner, "ada@example.org")
    edit = f"{first_organisation(workspace)}edit/"
    assert lead.get(edit).status_code == 200

    owner.post(f"{first_organisation(workspace)}archive/")

    assert lead.get(edit).status_code == 404
    assert lead.get(f"{first_organisation(workspace)}people/").status_code == 404
    assert owner.get(edit).status_code == 403
    assert "archived" in owner.get(f"{first_organisation(workspace)}archive/").content.decode()
    assert "Fernhill Outdoor" in owner.get(f"{place_of(workspace)}settings/").content.decode()

    owner.post(f"{first_organisation(workspace)}archive/undo/")

    assert lead.get(edit).status_code == 200
    assert owner.get(edit).status_code == 200


# --- people --------------------------------------------------------------------------------------


def test_removing_takes_effect_at_the_next_request(client, workspace):
    viewer, lead = Client(), client
    as_(viewer, "vic@example.org")
    as_(lead, "lea@example.org")
    page = first_organisation(workspace)
    assert viewer.get(page).status_code == 200

    answer = lead.post(f"{page}people/{membership_of('vic@example.org').pk}/remove/")

    assert answer.status_code == 302
    assert viewer.get(page).status_code == 404


def test_a_changed_role_takes_effect_at_the_next_request(client, workspace):
    viewer, lead = Client(), client
    as_(viewer, "vic@example.org")
    as_(lead, "lea@example.org")
    edit = f"{first_organisation(workspace)}edit/"
    assert viewer.get(edit).status_code == 403

    lead.post(
        f"{first_organisation(workspace)}people/{membership_of('vic@example.org').pk}/role/",
        {"role": "lead"},
    )
    assert viewer.get(edit).status_code == 200
    viewer.post(
        f"{first_organisation(workspace)}people/{membership_of('lea@example.org').pk}/role/",
        {"role": "contributor"},
    )

    assert lead.get(edit).status_code == 403


def test_a_lead_cannot_touch_those_above_or_elsewhere(client, workspace):
    other = make_organisation(workspace, "Other")
    elsewhere = give_role(make_user("eve@example.org"), Role.VIEWER, workspace, other)
    above = [membership_of("ada@example.org"), membership_of("con@example.org"), elsewhere]
    as_(client, "lea@example.org")

    for membership in above:
        path = f"{first_organisation(workspace)}people/{membership.pk}/"
        assert client.post(f"{path}role/", {"role": "viewer"}).status_code == 404
        assert client.post(f"{path}remove/").status_code == 404
        path = f"{place_of(workspace)}people/{membership.pk}/"
        assert client.post(f"{path}remove/").status_code == 404
    lea = membership_of("lea@example.org")
    answer = client.post(f"{first_organisation(workspace)}people/{lea.pk}/role/", {"role": "owner"})

    assert answer.status_code == 302
    assert Membership.objects.count() == 5
    assert membership_of("lea@example.org").role == "lead"


def test_a_consultant_cannot_change_owners_or_consultants(client, workspace):
    as_(client, "con@example.org")
    base = f"{place_of(workspace)}people/"

    for email in ("ada@example.org", "con@example.org"):
        path = f"{base}{membership_of(email).pk}/"
        assert client.post(f"{path}role/", {"role": "owner"}).status_code == 403
        assert client.post(f"{path}remove/").status_code == 403
    answer = client.post(f"{base}hand-over/", {"user": membership_of("con@example.org").user_id})

    assert answer.status_code == 403
    assert membership_of("ada@example.org").role == "owner"


def test_the_last_owner_is_told_why_they_stay(client, workspace):
    as_(client, "ada@example.org")
    own = membership_of("ada@example.org")
    for path, data in (
        ("leave/", {}),
        (f"{own.pk}/remove/", {}),
        (f"{own.pk}/role/", {"role": "consultant"}),
    ):
        answer = client.post(f"{place_of(workspace)}people/{path}", data, follow=True)
        assert "A workspace needs an owner" in answer.content.decode()

    assert membership_of("ada@example.org").role == "owner"


def test_handing_over(client, workspace):
    as_(client, "ada@example.org")
    lea = membership_of("lea@example.org")
    url = f"{place_of(workspace)}people/hand-over/"

    # A client's own people are not on offer.
    client.post(url, {"user": lea.user_id})
    assert membership_of("ada@example.org").role == "owner"
    answer = client.post(url, {"user": membership_of("con@example.org").user_id})

    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert membership_of("con@example.org").role == "owner"
    assert membership_of("ada@example.org").role == "consultant"


@pytest.mark.parametrize("email", ["con@example.org", "lea@example.org", "vic@example.org"])
def test_everybody_else_can_leave(client, workspace, email):
    as_(client, email)
    place = place_of(workspace) if email == "con@example.org" else first_organisation(workspace)

    answer = client.post(f"{place}people/leave/")

    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert not Membership.objects.filter(user__email=email).exists()
    assert client.get(first_organisation(workspace)).status_code == 404
