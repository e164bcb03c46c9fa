"""The page of a workspace's tokens: made, shown once, told apart, revoked."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from maturity.workspaces.actors import Actor
from maturity.workspaces.models import ApiToken, AuditEvent, Membership, User
from maturity.workspaces.roles import Role
from maturity.workspaces.tokens.api_scopes import MOST_TOKENS
from maturity.workspaces.tokens.services import make_token
from tests.people import give_role
from tests.workspaces.cast import as_, place_of

pytestmark = pytest.mark.django_db
FULL = {"name": " Figures for the board ", "scopes": ["manage", "read"], "days": "365"}
_SECRET = re.compile(r'value="(waymark_[\w-]{43})"')


def page_of(workspace):
    return f"{place_of(workspace)}tokens/"


def token_of(workspace, user, name="Nightly", **fields):
    token, _ = make_token(
        workspace,
        user=user,
        name=name,
        scopes=["read"],
        days=30,
        now=timezone.now(),
        by=Actor("test"),
    )
    if fields:
        ApiToken.objects.filter(pk=token.pk).update(**fields)
    return token


def test_it_is_made_and_shown_once(client, workspace, ada):
    client.force_login(ada)

    answer = client.post(page_of(workspace), FULL)

    assert (answer.status_code, answer["Location"]) == (302, f"{page_of(workspace)}#new-token")
    token = ApiToken.objects.get()
    assert (token.name, token.scopes) == ("Figures for the board", ["read", "manage"])
    assert token.made_by == ada
    assert token.expires_at - token.created_at == timedelta(days=365)
    first, again = (client.get(page_of(workspace)).content.decode() for _ in range(2))
    (secret,) = _SECRET.findall(first)
    assert _SECRET.findall(again) == []
    assert "Figures for the board" in again
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/token").json()[
        "scopes"
    ] == ["read", "manage"]


def test_its_secret_lies_nowhere_on_the_way(client, workspace, ada):
    client.force_login(ada)
    client.post(page_of(workspace), FULL)

    kept = str(client.session.items()) + str(ApiToken.objects.values())
    kept += str(AuditEvent.objects.values()) + str(Session.objects.values())

    (secret,) = _SECRET.findall(client.get(page_of(workspace)).content.decode())
    assert secret not in kept
    assert secret.removeprefix("waymark_") not in kept


def test_asking_by_head_does_not_use_it_up(client, workspace, ada):
    client.force_login(ada)
    client.post(page_of(workspace), FULL)

    client.head(page_of(workspace))

    assert _SECRET.findall(client.get(page_of(workspace)).content.decode())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "Please say what it is for"),
        ({"name": "x" * 81}, "Please shorten this to 80 characters"),
        ({"name": "a\u202eb"}, "reading direction"),
        ({"scopes": []}, "Please choose at least one."),
        ({"scopes": ["everything"]}, "everything is not one of the available choices"),
        ({"days": "9999"}, "9999 is not one of the available choices"),
        ({"days": ""}, "Please choose for how long it works."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client, workspace, ada, change, said):
    client.force_login(ada)

    answer = client.post(page_of(workspace), FULL | change)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "No token was made yet." in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_there_are_not_too_many(client, workspace, ada):
    client.force_login(ada)
    for number in range(MOST_TOKENS):
        token_of(workspace, ada, f"Number {number}")

    answer = client.post(page_of(workspace), FULL)

    assert answer.status_code == 422
    assert "There are 50 tokens already" in answer.content.decode()
    ApiToken.objects.filter(name="Number 0").update(expires_at=timezone.now())
    assert client.post(page_of(workspace), FULL).status_code == 302


def test_it_is_revoked_at_once_and_once(client, workspace, ada):
    token = token_of(workspace, ada)
    client.force_login(ada)

    for _ in range(2):
        answer = client.post(f"{page_of(workspace)}{token.public_id}/revoke/")
        assert answer.status_code == 302

    page = client.get(page_of(workspace)).content.decode()
    assert "“Nightly” is revoked. It opens nothing any more." in page
    assert "Tokens that have ended (1)" in page
    events = AuditEvent.objects.filter(subject=token.public_id).order_by("pk")
    assert [each.verb for each in events] == ["token.created", "token.revoked"]
    trail = client.get(f"{place_of(workspace)}trail/").content.decode()
    assert "API token created" in trail
    assert "days: 30; scopes: read" in trail
    assert "<td>Nightly</td>" in trail


def test_any_owner_revokes_it_and_nobody_else(client, workspace, ada):
    token = token_of(workspace, ada)
    revoke = f"{page_of(workspace)}{token.public_id}/revoke/"
    for name, status in (("con", 403), ("lea", 404), ("vic", 404)):
        as_(client, f"{name}@example.org")
        assert client.get(page_of(workspace)).status_code == status
        assert client.post(page_of(workspace), FULL).status_code == status
        assert client.post(revoke).status_code == status
    assert not ApiToken.objects.exclude(revoked_at=None).exists()

    Membership.objects.filter(user__email="con@example.org").delete()
    give_role(User.objects.get(email="con@example.org"), Role.OWNER, workspace)
    assert as_(client, "con@example.org").post(revoke).status_code == 302
    assert client.post(f"{page_of(workspace)}nothing/revoke/").status_code == 404


def test_each_says_how_it_stands(client, workspace, ada):
    now = timezone.now()
    token_of(workspace, ada, "Used", last_used_at=now)
    token_of(workspace, ada, "New")
    token_of(workspace, ada, "Old", expires_at=now)
    token_of(workspace, User.objects.create_user("gone@example.org", name="Gone"), "Left")
    client.force_login(ada)

    page = client.get(page_of(workspace)).content.decode()

    works, ended = page.split("Tokens that have ended (2)")
    for name, said in (("Used", f"{now:%H:%M}"), ("New", "Not used yet")):
        assert said in works.split(f"<strong>{name}</strong>")[1].split("</li>")[0]
    for name, said in (("Old", "Expired on"), ("Left", "Its maker left")):
        assert said in ended.split(f'token-list__name">{name}')[1].split("</li>")[0]


def test_what_one_made_is_among_ones_own_data(client, workspace, ada):
    token_of(workspace, ada)
    client.force_login(ada)

    data = client.post("/my/data/").json()

    (made,) = data["tokens"]
    assert (made["workspace"], made["name"], made["scopes"]) == (
        "Northbank Advisers",
        "Nightly",
        ["read"],
    )
    assert "hash" not in str(made)
