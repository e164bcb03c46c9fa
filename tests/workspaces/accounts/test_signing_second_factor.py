"""Codes from an app, recovery codes, and passkeys that do not add up."""

import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from maturity.workspaces.models import AuditEvent, User
from tests.people import make_workspace
from tests.workspaces.signing import (
    ADDRESS,
    PASSWORD,
    code_of_last_mail,
    enter,
    let_mail_go_out,
    make_account,
    who,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet(db: None) -> None:
    cache.clear()


def code_for(secret: str, *, steps: int = 0) -> str:
    """Return what an app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def prove(client: Client, to: str) -> None:
    """Sign in and show once more that it is oneself."""
    enter(client)
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": to})


def set_up_app(client: Client) -> str:
    """Turn on codes from an app; return the secret. The code of the next half minute is used."""
    prove(client, "/account/2fa/totp/activate/")
    page = client.get("/account/2fa/totp/activate/").content.decode()
    (secret,) = re.findall(r'account__secret"[^>]*>([A-Z2-7]{32})<', page)
    response = client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    assert response["Location"] == "/account/2fa/recovery-codes/"
    return str(secret)


def recovery_codes(client: Client) -> list[str]:
    page = client.get("/account/2fa/recovery-codes/").content.decode()
    return re.findall(r"<li>(\d{8})</li>", page)


# --- codes from an app ---------------------------------------------------------------------------


def test_app_is_asked_for_after_the_password(client: Client) -> None:
    user = make_account()
    secret = set_up_app(client)
    other = Client()

    response = enter(other, next="/model/")
    before = who(other)
    wrong = other.post("/account/2fa/authenticate/", {"code": "000000"})
    right = other.post("/account/2fa/authenticate/", {"code": code_for(secret)})

    assert response["Location"] == "/account/2fa/authenticate/"
    assert (before, wrong.status_code) == ("", 422)
    assert right["Location"] == "/model/"
    assert who(other) == str(user.pk)


def test_a_code_from_the_app_works_once(client: Client) -> None:
    make_account()
    secret = set_up_app(client)
    code = code_for(secret, steps=1)
    first, second = Client(), Client()
    enter(first)
    enter(second)

    done = first.post("/account/2fa/authenticate/", {"code": code})
    again = second.post("/account/2fa/authenticate/", {"code": code})

    assert (done.status_code, again.status_code) == (302, 422)
    assert who(second) == ""


def test_codes_from_the_app_are_tried_five_times(client: Client) -> None:
    make_account()
    secret = set_up_app(client)
    other = Client()
    enter(other)

    for _ in range(5):
        other.post("/account/2fa/authenticate/", {"code": "000000"})
    response = other.post("/account/2fa/authenticate/", {"code": code_for(secret)})

    assert "Please wait five minutes" in response.content.decode()
    assert who(other) == ""


def test_a_code_by_mail_does_not_get_round_the_app(client: Client, settings: Any) -> None:
    make_account()
    set_up_app(client)
    let_mail_go_out(settings)
    other = Client()

    other.post("/account/login/code/", {"email": ADDRESS})
    response = other.post("/account/login/code/confirm/", {"code": code_of_last_mail()})

    assert response["Location"] == "/account/2fa/authenticate/"
    assert who(other) == ""


def test_secrets_are_sealed_and_a_lost_key_opens_nothing(client: Client, settings: Any) -> None:
    make_account()
    secret = set_up_app(client)
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    codes = recovery_codes(client)
    other = Client()

    settings.SECRET_KEY = "another key, which is long enough to be one, and random: 8Jq2"
    settings.SECRET_KEY_FALLBACKS = []
    enter(other)
    tries = [
        other.post("/account/2fa/authenticate/", {"code": code}).status_code
        for code in (code_for(secret), code_for("A" * 32), codes[0])
    ]

    assert secret not in stored
    assert tries == [422] * 3


def test_an_earlier_key_still_opens(client: Client, settings: Any) -> None:
    user = make_account()
    secret = set_up_app(client)
    other = Client()

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, which is long enough to be one, and random: 8Jq2"
    enter(other)
    other.post("/account/2fa/authenticate/", {"code": code_for(secret, steps=1)})

    assert who(other) == str(user.pk)


def test_whoever_lost_everything_is_let_in_by_a_command(client: Client) -> None:
    user = make_account()
    set_up_app(client)

    with pytest.raises(CommandError, match="There is no account"):
        call_command("forget_second_factor", "nobody@example.org")
    call_command("forget_second_factor", "ADA@example.org", verbosity=0)

    other = Client()
    enter(other)
    assert who(other) == str(user.pk)
    event = AuditEvent.objects.get(verb="account.second_factor_removed")
    assert (event.actor, event.detail) == ("forget_second_factor", {"kind": "all", "count": 2})


def test_setting_up_needs_the_password_once_more(client: Client) -> None:
    make_account()
    enter(client)

    for page in ("totp/activate/", "webauthn/add/", "recovery-codes/generate/"):
        response = client.get(f"/account/2fa/{page}")
        assert response["Location"].startswith("/account/reauthenticate/?next=")


# --- recovery codes ------------------------------------------------------------------------------


def test_a_recovery_code_works_once(client: Client) -> None:
    user = make_account()
    set_up_app(client)
    codes = recovery_codes(client)
    first, second = Client(), Client()
    enter(first)
    enter(second)

    first.post("/account/2fa/authenticate/", {"code": codes[0]})
    again = second.post("/account/2fa/authenticate/", {"code": codes[0]})

    assert len(set(codes)) == 10
    assert who(first) == str(user.pk)
    assert (again.status_code, who(second)) == (422, "")
    assert recovery_codes(client) == codes[1:]


def test_recovery_codes_are_downloaded_and_renewed(client: Client) -> None:
    make_account()
    set_up_app(client)
    codes = recovery_codes(client)

    file = client.get("/account/2fa/recovery-codes/download/")
    client.post("/account/2fa/recovery-codes/generate/")

    assert [line for line in file.content.decode().split() if line.isdigit()] == codes
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert "no-store" in file["Cache-Control"]
    assert set(recovery_codes(client)).isdisjoint(codes)


def test_recovery_codes_are_hidden_from_whoever_finds_the_browser_open(client: Client) -> None:
    make_account()
    secret = set_up_app(client)
    other = Client()
    enter(other)
    other.post("/account/2fa/authenticate/", {"code": code_for(secret, steps=1)})

    page = other.get("/account/2fa/recovery-codes/")

    again = "/account/reauthenticate/?next=%2Faccount%2F2fa%2Frecovery-codes%2F"
    assert (page.status_code, page["Location"]) == (302, again)
    file = other.get("/account/2fa/recovery-codes/download/")
    assert (file.status_code, file["Location"]) == (302, f"{again}download%2F")


# --- passkeys ------------------------------------------------------------------------------------

NONSENSE = ["", "null", "[]", "{}", "1", '"x"', '{"id": 1}', '{"id": "a", "rawId": "a"}']
NONSENSE += ['{"id": "a", "rawId": "a", "type": "public-key", "response": {}}']
NONSENSE += ['{"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": "%%%"}}']
NONSENSE += [
    json.dumps(
        {
            "id": "YQ",
            "rawId": "YQ",
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": "e30",
                "attestationObject": "oA",
                "authenticatorData": "AAAA",
                "signature": "AAAA",
                "userHandle": "MQ",
            },
        }
    )
]


@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_is_refused_like_a_wrong_passkey(client: Client, answer: str) -> None:
    user = make_account()
    client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    login = client.post("/account/2fa/webauthn/login/", {"credential": answer})
    prove(client, "/account/2fa/webauthn/add/")
    client.get("/account/2fa/webauthn/add/")

    added = client.post("/account/2fa/webauthn/add/", {"credential": answer, "name": "x"})

    assert login["Location"] == "/account/login/"
    assert added.status_code == 422
    assert not Authenticator.objects.filter(user=user).exists()


def test_passkeys_of_others_are_out_of_reach(client: Client) -> None:
    eve = make_account("eve@example.org")
    key = Authenticator.objects.create(
        user=eve, type="webauthn", data={"name": "hers", "credential": {}}
    )
    make_account()
    prove(client, "/account/2fa/")

    for what in ("remove", "edit"):
        for method in (client.get, client.post):
            answer = method(f"/account/2fa/webauthn/keys/{key.pk}/{what}/", {"name": "mine"})
            assert answer.status_code == 404


# --- the trail -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_second_factors_are_told(client: Client) -> None:
    user = make_account()
    workspace = make_workspace(owner=user)
    secret = set_up_app(client)
    other = Client()
    enter(other)
    other.post("/account/2fa/authenticate/", {"code": "000000"})

    client.post("/account/2fa/recovery-codes/generate/")
    client.post("/account/2fa/totp/deactivate/")

    events = AuditEvent.objects.filter(workspace=workspace.public_id)
    assert list(events.values_list("verb", "actor", "detail")) == [
        ("account.signed_in", f"user:{user.pk}", {}),
        ("account.second_factor_added", f"user:{user.pk}", {"kind": "totp"}),
        ("account.sign_in_failed", "guest", {"with": "totp"}),
        ("account.recovery_codes_renewed", f"user:{user.pk}", {}),
        ("account.second_factor_removed", f"user:{user.pk}", {"kind": "totp"}),
    ]
    assert secret not in str(list(AuditEvent.objects.values()))
    assert User.objects.get(pk=user.pk).is_active
