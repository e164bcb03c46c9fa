"""Inviting people: the services, the pages, the link."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from maturity.workspaces.actors import Actor
from maturity.workspaces.models import (
    AuditEvent,
    Invitation,
    Membership,
    Organisation,
    User,
    Workspace,
)
from maturity.workspaces.people.services.invitations import (
    InvitationNotValid,
    TooManyInvitations,
    accept,
    invitation_token,
    invite,
)
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import every_workspace
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.workspaces.signing import let_mail_go_out

pytestmark = pytest.mark.django_db
BY = Actor("user:1")


@pytest.fixture
def workspace() -> Workspace:
    """Return Ada's consultancy with one client."""
    made = make_workspace(owner=make_user())
    make_organisation(made)
    return made


def _organisation(workspace: Workspace) -> Organisation:
    found: Organisation = workspace.organisations.get()
    return found


def _ada(client: Client) -> Client:
    client.force_login(User.objects.get(email="ada@example.org"))
    return client


def _make(
    workspace: Workspace, *emails: str, role: Role = Role.CONTRIBUTOR, in_it: bool = True
) -> list[Invitation]:
    ada = Membership.objects.get(workspace=workspace, role="owner").user
    return invite(
        workspace,
        emails=emails or ("bob@example.org",),
        role=role,
        organisation=_organisation(workspace) if in_it else None,
        invited_by=ada,
        now=timezone.now(),
        by=BY,
    )


def _path(invitation: Invitation) -> str:
    return f"/invitations/{invitation_token(invitation)}/"


def _roles(email: str) -> list[tuple[str, str | None]]:
    rows = Membership.objects.filter(user__email=email).order_by("pk")
    return [(row.role, row.organisation.name if row.organisation else None) for row in rows]


# --- inviting ------------------------------------------------------------------------------------


def test_a_lead_invites_several_people_at_once_and_gets_their_links(client, workspace):
    organisation = _organisation(workspace)
    lead = make_user("lea@example.org", "Lea")
    give_role(lead, Role.LEAD, workspace, organisation)
    client.force_login(lead)
    url = f"/organisations/{organisation.public_id}/people/"

    answer = client.post(
        url, {"emails": "Bob@Example.org\n\ncat@example.org;\nbob@example.org", "role": "viewer"}
    )

    assert (answer.status_code, answer["Location"]) == (302, url)
    page = client.get(url).content.decode()
    assert "2 people are invited. This installation sends no e-mail" in page
    made = Invitation.objects.order_by("pk")
    assert [(each.email, each.role, each.invited_by) for each in made] == [
        ("bob@example.org", "viewer", lead),
        ("cat@example.org", "viewer", lead),
    ]
    for each in made:
        assert f"http://testserver{_path(each)}" in page
    assert set(AuditEvent.objects.filter(verb="invitation.created").values_list("subject")) == {
        (organisation.public_id,)
    }


def test_every_problem_is_named_and_nobody_is_invited(client, workspace):
    organisation = _organisation(workspace)
    give_role(make_user("here@example.org"), Role.VIEWER, workspace, organisation)
    _make(workspace, "waits@example.org")

    answer = _ada(client).post(
        f"/organisations/{organisation.public_id}/people/",
        {"emails": "here@example.org\nwaits@example.org\nnew@example.org", "role": "lead"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "here@example.org already has a role here." in page
    assert "waits@example.org is invited already." in page
    assert "new@example.org</textarea>" in page
    assert Invitation.objects.count() == 1


def test_addresses_that_are_none_are_named(client, workspace):
    answer = _ada(client).post(
        f"/workspaces/{workspace.public_id}/people/",
        {"emails": "nobody\nbob@example.org\n@", "role": "consultant"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“nobody” is not an e-mail address." in page
    assert "“@” is not an e-mail address." in page
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "place", "may"),
    [
        ("lead", "organisation", True),
        ("owner", "organisation", False),
        ("consultant", "organisation", False),
        ("lead", "workspace", False),
        ("owner", "workspace", True),
    ],
)
def test_roles_are_offered_in_their_place_only(client, workspace, role, place, may):
    url = (
        f"/organisations/{_organisation(workspace).public_id}/people/"
        if place == "organisation"
        else f"/workspaces/{workspace.public_id}/people/"
    )

    answer = _ada(client).post(url, {"emails": "bob@example.org", "role": role})

    assert answer.status_code == (302 if may else 422)
    assert Invitation.objects.count() == may


def test_a_consultant_sees_the_people_and_may_not_say_who_is_owner(client, workspace):
    give_role(make_user("con@example.org"), Role.CONSULTANT, workspace)
    client.force_login(Membership.objects.get(role="consultant").user)
    url = f"/workspaces/{workspace.public_id}/people/"

    page = client.get(url)
    answer = client.post(url, {"emails": "bob@example.org", "role": "owner"})

    assert page.status_code == 200
    assert "Invite people" not in page.content.decode()
    assert answer.status_code == 403
    assert Invitation.objects.count() == 0


def test_no_more_than_fifty_invitations_an_hour(client, workspace):
    _make(workspace, *(f"p{n}@example.org" for n in range(49)))
    url = f"/organisations/{_organisation(workspace).public_id}/people/"

    assert _ada(client).post(url, {"emails": "a@b.org", "role": "lead"}).status_code == 302
    answer = client.post(url, {"emails": "c@b.org", "role": "lead"})
    one = Invitation.objects.get(email="a@b.org")
    again = client.post(f"{url}invitations/{one.pk}/resend/")

    assert answer.status_code == 429
    assert Invitation.objects.count() == 50
    assert "as many invitations as it may" in client.get(again["Location"]).content.decode()
    assert not AuditEvent.objects.filter(verb="invitation.resent").exists()


def test_the_rate_counts_this_workspace_only(workspace):
    _make(workspace, *(f"p{n}@example.org" for n in range(50)))
    other = make_workspace(name="Other", owner=make_user("eve@example.org"))
    make_organisation(other)

    with pytest.raises(TooManyInvitations):
        _make(workspace, "one@example.org")
    assert len(_make(other, "one@example.org")) == 1


# --- the mail ------------------------------------------------------------------------------------


def test_the_invitation_goes_out_by_mail_and_the_task_holds_no_address(
    client, workspace, settings, django_capture_on_commit_callbacks
):
    let_mail_go_out(settings)
    url = f"/organisations/{_organisation(workspace).public_id}/people/"

    with django_capture_on_commit_callbacks(execute=True):
        _ada(client).post(url, {"emails": "bob@example.org", "role": "contributor"})

    (message,) = mail.outbox
    assert message.to == ["bob@example.org"]
    assert message.subject == "Invitation to Fernhill Outdoor"
    assert "Ada Byron invites you to Fernhill Outdoor on Waymark, as a contributor." in message.body
    assert f"http://testserver{_path(Invitation.objects.get())}" in message.body


# --- the link ------------------------------------------------------------------------------------


def test_a_stranger_sees_who_invites_to_what_and_is_asked_to_sign_in(client, workspace):
    (made,) = _make(workspace, role=Role.VIEWER)

    answer = client.get(_path(made))

    page = answer.content.decode()
    assert answer.status_code == 200
    for said in ("Ada Byron", "Fernhill Outdoor", "Northbank Advisers", "a viewer"):
        assert said in page
    assert f"/account/login/?next={_path(made)}" in page
    assert f"/account/signup/?next={_path(made)}" in page
    assert Invitation.objects.get().accepted_at is None


def test_posting_while_signed_out_leads_to_signing_in(client, workspace):
    (made,) = _make(workspace)

    answer = client.post(_path(made))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=%2Finvitations%2F")
    assert Invitation.objects.get().accepted_at is None


def test_accepting_gives_the_role_once(client, workspace):
    (made,) = _make(workspace)
    path = _path(made)
    client.force_login(make_user("bob@example.org", "Bob"))

    answer = client.post(path)

    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert _roles("bob@example.org") == [("contributor", "Fernhill Outdoor")]
    made.refresh_from_db()
    assert (made.accepted_at is not None, made.email) == (True, "")
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    client.force_login(make_user("eve@example.org"))
    assert client.post(path).status_code == 404
    assert _roles("eve@example.org") == []


def test_who_holds_more_keeps_it_and_is_told(client, workspace):
    (made,) = _make(workspace, role=Role.VIEWER)
    bob = make_user("bob@example.org", "Bob")
    give_role(bob, Role.LEAD, workspace, _organisation(workspace))
    client.force_login(bob)

    client.post(_path(made))

    assert _roles("bob@example.org") == [("lead", "Fernhill Outdoor")]
    page = client.get(f"/organisations/{_organisation(workspace).public_id}/people/")
    assert "You are a lead already, which allows more than a viewer" in page.content.decode()


@pytest.mark.parametrize(
    "what", ["wrong", "expired", "revoked", "archived", "workspace going", "empty row's hash"]
)
def test_what_opens_nothing_looks_the_same(client, workspace, what):
    (made,) = _make(workspace)
    path = _path(made)
    if what == "wrong":
        path = f"/invitations/{'x' * 43}/"
    elif what == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif what == "revoked":
        url = f"/organisations/{_organisation(workspace).public_id}/people/"
        assert _ada(client).post(f"{url}invitations/{made.pk}/revoke/").status_code == 302
        client.logout()
    elif what == "archived":
        Organisation.objects.update(archived_at=timezone.now())
    elif what == "workspace going":
        Workspace.objects.update(deletion_asked_at=timezone.now())
    else:
        path = f"/invitations/{made.token_hash}/"

    answer = client.get(path)
    client.force_login(make_user("bob@example.org"))
    posted = client.post(path)

    assert (answer.status_code, posted.status_code) == (404, 404)
    assert "This invitation does not open anything" in answer.content.decode()
    assert "Fernhill" not in answer.content.decode()
    assert _roles("bob@example.org") == []


def test_looking_at_the_page_changes_nothing(client, workspace):
    (made,) = _make(workspace)
    client.force_login(make_user("bob@example.org"))

    client.get(_path(made))

    assert _roles("bob@example.org") == []
    assert Invitation.objects.get().accepted_at is None


def test_resending_gives_14_more_days_to_the_same_link(client, workspace):
    (made,) = _make(workspace)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert client.get(_path(made)).status_code == 404

    url = f"/organisations/{_organisation(workspace).public_id}/people/"
    _ada(client).post(f"{url}invitations/{made.pk}/resend/")

    assert client.get(_path(made)).status_code == 200
    assert Invitation.objects.get().expires_at > timezone.now() + timedelta(days=13)


def test_an_invitation_can_be_changed_from_its_own_place_only(client, workspace):
    (made,) = _make(workspace)
    other = make_organisation(workspace, "Other")
    stranger = make_workspace(name="Elsewhere", owner=make_user("eve@example.org"))
    paths = [
        f"/organisations/{other.public_id}/people/invitations/{made.pk}/revoke/",
        f"/workspaces/{workspace.public_id}/people/invitations/{made.pk}/revoke/",
        f"/workspaces/{workspace.public_id}/people/invitations/{made.pk}/resend/",
    ]

    assert [_ada(client).post(path).status_code for path in paths] == [404, 404, 404]
    client.force_login(Membership.objects.get(workspace=stranger).user)
    paths.append(f"/workspaces/{stranger.public_id}/people/invitations/{made.pk}/revoke/")
    assert [client.post(path).status_code for path in paths] == [404, 404, 404, 404]
    assert Invitation.objects.get().revoked_at is None


@pytest.mark.django_db(transaction=True)
def test_a_link_is_taken_up_once_by_two_at_the_same_moment():
    workspace = make_workspace(owner=make_user())
    make_organisation(workspace)
    (made,) = _make(workspace)
    people = [make_user("bob@example.org"), make_user("cat@example.org")]
    barrier, told = threading.Barrier(2), []

    def take_up(user: Any) -> None:
        try:
            with every_workspace():
                own = Invitation.objects.select_related("workspace", "organisation").get()
                barrier.wait(timeout=20)
                accept(own, user=user, now=timezone.now(), by=BY)
            told.append("accepted")
        except InvitationNotValid:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take_up, args=(each,)) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(told) == ["accepted", "refused"]
    assert Membership.objects.exclude(role="owner").count() == 1
