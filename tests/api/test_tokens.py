"""Who a token lets in: its account, with its roles of today, in one workspace, within limits."""

import datetime as dt
import hashlib

import pytest
from django.test import Client
from django.utils import timezone

from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.actors import Actor
from maturity.workspaces.lifecycle.services import ask_deletion, undo_deletion
from maturity.workspaces.models import ApiToken, AuditEvent, Membership, User
from maturity.workspaces.roles import Role
from maturity.workspaces.tokens.api_scopes import PREFIX
from maturity.workspaces.tokens.services import USE_NOTED_EVERY, revoke_token
from tests.api.calling import Program, code_of, secret_of
from tests.people import NOW, give_role, make_organisation, make_workspace

pytestmark = pytest.mark.django_db
BY = Actor("test")


def test_a_token_says_what_it_is(program, workspace, owner):
    answer = program.get("/token").json()

    assert answer.pop("expires_at").endswith("Z")
    assert answer == {
        "name": "Nightly figures",
        "scopes": ["read", "answer", "manage"],
        "workspace": "Northbank Advisers",
        "workspace_id": workspace.public_id,
        "made_by": "Ada Byron",
    }


def test_a_token_is_256_random_bits_and_not_stored(workspace, owner):
    secrets = [secret_of(workspace, owner) for _ in range(5)]

    assert len(set(secrets)) == 5
    for secret in secrets:
        assert secret.startswith(PREFIX)
        assert len(secret.removeprefix(PREFIX)) == 43
        row = ApiToken.objects.get(token_hash=hashlib.sha256(secret.encode()).hexdigest())
        assert secret not in str(ApiToken.objects.filter(pk=row.pk).values())
        assert row.ending == secret[-4:]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer waymark_" + "x" * 43,
        "Basic YTpi",
        "Token {secret}",
        "Bearer {hash}",
        "Bearer {secret}x",
        "Bearer {secret} ",
        "Bearer " + "x" * 4000,
        "Bearer \x7f",
        "Bearer é",
    ],
)
def test_anything_else_lets_nobody_in(workspace, owner, header):
    secret = secret_of(workspace, owner)
    program = Program()

    sent = header.format(secret=secret, hash=hash_of(secret))
    response = program.get("/token", headers={"Authorization": sent} if sent else {})

    assert (response.status_code, code_of(response)) == (401, "unauthorized")
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_cookie_lets_nobody_in_and_stays_as_it_is(workspace, owner):
    browser = Client()
    browser.force_login(owner)
    assert browser.get(f"/workspaces/{workspace.public_id}/").status_code == 200

    response = browser.get("/api/v1/token")

    assert (response.status_code, response.cookies.output()) == (401, "")
    assert browser.get(f"/workspaces/{workspace.public_id}/").status_code == 200


def test_a_token_is_its_own_account_whoever_is_signed_in(workspace, owner, organisation):
    browser = Client(headers={"Authorization": f"Bearer {secret_of(workspace, owner)}"})
    browser.force_login(User.objects.get(email="vic@example.org"))

    assert browser.get("/api/v1/token").json()["made_by"] == "Ada Byron"


def test_an_expired_and_a_revoked_token_open_nothing(workspace, owner):
    expired, revoked = (Program(secret_of(workspace, owner)) for _ in range(2))
    first, second = ApiToken.objects.order_by("pk")
    assert expired.get("/token").status_code == revoked.get("/token").status_code == 200

    ApiToken.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    revoke_token(second, now=NOW, by=BY)

    assert expired.get("/token").status_code == revoked.get("/token").status_code == 401


@pytest.mark.parametrize("what", ["left", "shut", "going", "deleted"])
def test_a_token_ends_with_its_account_and_its_workspace(workspace, owner, program, what):
    give_role(User.objects.create_user("b@example.org"), Role.OWNER, workspace)
    assert program.get("/token").status_code == 200

    if what == "left":
        Membership.objects.filter(user=owner).delete()
    elif what == "shut":
        User.objects.filter(pk=owner.pk).update(is_active=False)
    elif what == "going":
        ask_deletion(workspace, now=NOW, by=BY)
    else:
        owner.delete()

    assert program.get("/token").status_code == 401
    if what == "going":
        undo_deletion(workspace, now=NOW, by=BY)
        assert program.get("/token").status_code == 200


def test_a_token_shrinks_with_the_role_of_its_account(workspace, owner, program, organisation):
    other = make_organisation(workspace, "Elsewhere")
    place = f"/organisations/{organisation.public_id}"
    assert program.get("/organisations").json()["count"] == 2
    assert program.post("/organisations", {"name": "New"}).status_code == 201

    Membership.objects.filter(user=owner).delete()
    give_role(owner, Role.VIEWER, workspace, organisation)

    assert [each["id"] for each in program.get("/organisations").json()["items"]] == [
        organisation.public_id
    ]
    assert program.get(place).status_code == 200
    assert program.get(f"/organisations/{other.public_id}").status_code == 404
    assert program.get(f"{place}/roadmap").status_code == 403
    assert program.post(f"{place}/steps", {"words": "x", "owner": "A"}).status_code == 403
    assert program.post("/organisations", {"name": "Newer"}).status_code == 404


def test_a_token_reaches_one_of_its_accounts_workspaces(program, owner):
    other = make_workspace(name="Ada's other workspace", owner=owner)
    organisation = make_organisation(other)
    browser = Client()
    browser.force_login(owner)
    assert browser.get(f"/organisations/{organisation.public_id}/").status_code == 200

    assert program.get(f"/organisations/{organisation.public_id}").status_code == 404
    assert program.get("/organisations").json()["items"] == []
    body = {"organisation": organisation.public_id}
    assert program.post("/assessments", body).status_code == 404


# --- what is noted -------------------------------------------------------------------------------


def test_its_use_is_noted_once_a_minute(workspace, owner, program):
    def noted():
        return ApiToken.objects.get().last_used_at

    assert noted() is None
    program.get("/token")
    first = noted()
    program.get("/token")
    assert (noted(), first is not None) == (first, True)

    earlier = first - USE_NOTED_EVERY - dt.timedelta(seconds=1)
    ApiToken.objects.update(last_used_at=earlier)
    program.get("/token")
    assert noted() > earlier


def test_what_a_program_did_is_noted_with_its_token(program, workspace, owner):
    made = program.post("/organisations", {"name": "Harbour Lights"}).json()

    event = AuditEvent.objects.get(verb="organisation.added")
    assert event.actor == f"user:{owner.pk}"
    assert event.subject == made["id"]
    assert event.detail == {"token": ApiToken.objects.get().public_id}
    assert event.address == "127.0.0.1"
    browser = Client()
    browser.force_login(owner)
    page = browser.get(f"/workspaces/{workspace.public_id}/trail/").content.decode()
    assert "token: Nightly figures" in page


# --- how often -----------------------------------------------------------------------------------


def test_calls_are_limited_by_token(workspace, owner, at_most):
    at_most("CALLS", 3)
    one, two = (Program(secret_of(workspace, owner)) for _ in range(2))
    assert [one.get("/token").status_code for _ in range(3)] == [200, 200, 200]

    response = one.get("/token")

    assert (response.status_code, code_of(response)) == (429, "rate_limited")
    assert 0 < int(response["Retry-After"]) <= 3600
    assert two.get("/token").status_code == 200


def test_only_tokens_that_open_nothing_count_as_unknown(program, at_most):
    at_most("UNKNOWN", 2)
    stranger = Program("waymark_guessed")
    assert [stranger.get("/token").status_code for _ in range(3)] == [401, 401, 429]

    assert program.get("/token").status_code == 200


@pytest.fixture
def at_most(monkeypatch):
    """Return a function that lowers a limit of the API."""

    def lower(name, number):
        from maturity.workspaces.tokens import api_auth as auth

        (limit,) = getattr(auth, name)
        monkeypatch.setattr(auth, name, (limit._replace(at_most=number),))

    return lower
