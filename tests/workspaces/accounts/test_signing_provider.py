"""Signing in with an OpenID Connect provider: a real one, served on loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import allauth
import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import get_resolver

from maturity import switches
from maturity.workspaces.models import AuditEvent, User
from tests.conftest import ROOT
from tests.workspaces.oidc_provider import CLIENT_ID, SECRET, Provider, provider_running
from tests.workspaces.signing import (
    PASSWORD,
    enter,
    let_mail_go_out,
    make_account,
    who,
)

pytestmark = pytest.mark.django_db
LOGIN = "/account/oidc/oidc/login/"


def use(settings: Any, url: str) -> None:
    settings.OIDC = switches.Provider(url, CLIENT_ID, SECRET, "Example Login")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [settings.OIDC.app]}}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    cache.clear()
    with provider_running() as running:
        use(settings, running.url)
        yield running


def go_round(client: Client, provider: Provider, query: str = "") -> Any:
    """Go to the provider, agree there, and come back."""
    out = client.post(f"{LOGIN}?{query}")
    assert out["Location"].startswith(f"{provider.url}/authorize?")
    asked = dict(parse_qsl(urlsplit(out["Location"]).query))
    back = urlsplit(provider.come_back(asked))
    return client.get(f"{back.path}?{back.query}")


# --- with a provider -----------------------------------------------------------------------------


def test_first_sign_in_makes_an_account_without_a_password(
    client: Client, provider: Provider
) -> None:
    response = go_round(client, provider, "next=/invitations/abc/")

    user = User.objects.get()
    assert response["Location"] == "/invitations/abc/"
    assert (user.email, user.name) == ("ada@example.org", "Ada Byron")
    assert not user.has_usable_password()
    assert list(user.emailaddress_set.values_list("verified", flat=True)) == [True]
    assert who(client) == str(user.pk)


def test_second_sign_in_finds_the_account(provider: Provider) -> None:
    go_round(Client(), provider)
    client = Client()

    response = go_round(client, provider)

    assert response["Location"] == "/my/"
    assert who(client) == str(User.objects.get().pk)
    assert AuditEvent.objects.filter(verb="account.signed_in").count() == 2


def test_an_account_with_a_password_is_not_taken_over(client: Client, provider: Provider) -> None:
    make_account()

    response = go_round(client, provider)

    assert response["Location"] == "/account/3rdparty/signup/"
    assert who(client) == ""
    assert not SocialAccount.objects.exists()


def test_an_account_with_a_password_connects_the_provider(
    client: Client, provider: Provider
) -> None:
    user = make_account()
    enter(client)

    response = go_round(client, provider, "process=connect")
    again = {"password": PASSWORD, "next": "/account/3rdparty/"}
    response = client.post(response["Location"], again) if response.status_code == 302 else response
    other = Client()
    go_round(other, provider)

    assert "Example Login" in client.get("/account/3rdparty/").content.decode()
    assert who(other) == str(user.pk)
    account = SocialAccount.objects.get()
    client.post("/account/3rdparty/", {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_an_unproved_address_is_proved_here(
    client: Client, provider: Provider, settings: Any
) -> None:
    let_mail_go_out(settings)
    provider.claims["email_verified"] = False

    response = go_round(client, provider)

    assert response["Location"] == "/account/confirm-email/"
    assert who(client) == ""


def test_a_strange_name_is_left_out(client: Client, provider: Provider) -> None:
    provider.claims["name"] = "Ada\u202e" + "x" * 300

    go_round(client, provider)

    assert User.objects.get().name == ""


@pytest.mark.parametrize(
    ("wrong", "status"), [({"is_down": True}, 502), ({"audience": "somebody else"}, 401)]
)
def test_a_provider_that_makes_no_sense_is_said(
    client: Client, provider: Provider, wrong: dict[str, Any], status: int
) -> None:
    out = client.post(LOGIN)
    asked = dict(parse_qsl(urlsplit(out["Location"]).query))
    back = urlsplit(provider.come_back(asked))
    for name, value in wrong.items():
        setattr(provider, name, value)

    response = client.get(f"{back.path}?{back.query}")

    assert response.status_code == status
    assert "That sign-in did not work" in response.content.decode()
    assert who(client) == ""


def test_a_provider_that_is_away_is_said(client: Client, settings: Any) -> None:
    use(settings, "http://127.0.0.1:9")

    response = client.post(LOGIN)

    assert response.status_code == 502
    assert "did not answer as it should" in response.content.decode()


def test_declining_leads_back(client: Client, provider: Provider) -> None:
    provider.is_declined = True

    response = go_round(client, provider)

    assert response["Location"] == "/account/3rdparty/login/cancelled/"


def test_an_answer_nobody_asked_for_is_refused(client: Client, provider: Provider) -> None:
    response = client.get(f"{LOGIN}callback/?code=code-0&state=planted")

    assert response.status_code == 401
    assert "/token" not in provider.asked


@pytest.mark.parametrize("where", ["//evil.example", "https:evil.example", "/\\evil.example"])
def test_nobody_is_led_off_the_site(client: Client, provider: Provider, where: str) -> None:
    make_account("eve@example.org")

    response = go_round(client, provider, f"next={where}")

    assert response["Location"] == "/welcome/"


def test_going_there_takes_a_form(client: Client, provider: Provider) -> None:
    page = client.get(LOGIN)

    assert (page.status_code, provider.asked) == (200, [])
    assert "Example Login" in page.content.decode()


def test_another_provider_does_not_exist(client: Client, provider: Provider) -> None:
    assert client.post("/account/oidc/google/login/").status_code == 404


# --- without one ---------------------------------------------------------------------------------


def test_without_a_provider_nothing_of_it_exists(client: Client) -> None:
    make_account()
    pages = [client.get("/account/login/"), client.get("/account/signup/")]
    enter(client)
    pages.append(client.get("/my/profile/"))
    under = ("", "signup/", "login/cancelled/", "login/error/")

    answers = [
        method(path).status_code
        for path in (LOGIN, f"{LOGIN}callback/", *(f"/account/3rdparty/{each}" for each in under))
        for method in (client.get, client.post)
    ]

    assert set(answers) == {404}
    assert not any("oidc" in page.content.decode() for page in pages)


def test_only_routes_we_offer_exist() -> None:
    (account,) = [each for each in get_resolver().url_patterns if str(each.pattern) == "account/"]
    names = {each.name for each in account.url_patterns}

    assert not names & {
        "account_verify_phone",
        "account_signup_by_passkey",
        "account_confirm_email",
        "mfa_trust",
        "mfa_signup_webauthn",
        "usersessions_list",
    }
    assert all(each.name for each in account.url_patterns)


# --- the switches --------------------------------------------------------------------------------


ALL = {
    "WAYMARK_OIDC_URL": "https://login.example.org/realm/",
    "WAYMARK_OIDC_CLIENT_ID": "waymark",
    "WAYMARK_OIDC_SECRET": "secretword",
}


def _read(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> switches.Provider | None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return switches.provider()


def test_provider_is_read_from_the_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _read(monkeypatch, ALL)

    assert found == switches.Provider(
        "https://login.example.org/realm", "waymark", "secretword", "login.example.org"
    )
    assert found.origin == "https://login.example.org"


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"WAYMARK_OIDC_URL": ""}, "WAYMARK_OIDC_URL is missing"),
        ({"WAYMARK_OIDC_SECRET": ""}, "WAYMARK_OIDC_SECRET is missing"),
        ({"WAYMARK_OIDC_CLIENT_ID": ""}, "WAYMARK_OIDC_CLIENT_ID is missing"),
        ({"WAYMARK_OIDC_URL": "http://login.example.org"}, "WAYMARK_OIDC_URL is 'http://login"),
        ({"WAYMARK_OIDC_URL": "login.example.org"}, "WAYMARK_OIDC_URL is"),
        ({"WAYMARK_OIDC_URL": "https://a:secretword@b.example"}, "WAYMARK_OIDC_URL is"),
        ({"WAYMARK_OIDC_URL": "https://a.example/?q=secretword"}, "WAYMARK_OIDC_URL is"),
        ({"WAYMARK_OIDC_URL": "https://a.example; script-src *"}, "WAYMARK_OIDC_URL is"),
    ],
)
def test_part_of_a_provider_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], named: str
) -> None:
    with pytest.raises(ImproperlyConfigured) as problem:
        _read(monkeypatch, ALL | changed)

    assert str(problem.value).startswith(named)
    assert "secretword" not in str(problem.value)


def test_a_name_alone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="WAYMARK_OIDC_URL is missing"):
        _read(monkeypatch, {"WAYMARK_OIDC_NAME": "Example"})


def test_every_page_and_mail_is_drawn_by_a_template_of_ours() -> None:
    theirs = Path(allauth.__file__).parent / "templates"
    ours = ROOT / "templates"
    (account,) = [each for each in get_resolver().url_patterns if str(each.pattern) == "account/"]
    shown = set()
    for each in account.url_patterns:
        view = each.callback
        while not hasattr(view, "view_class") and hasattr(view, "__wrapped__"):
            view = view.__wrapped__
        shown.add(getattr(getattr(view, "view_class", None), "template_name", None))
    shown.discard(None)
    mails = {
        path for path in theirs.glob("*/email/*.txt") if "password_reset_code" not in path.name
    }
    unused = {"email_confirm_", "email_deleted"}

    assert len(shown) > 20
    assert [name for name in sorted(shown) if not (ours / name).is_file()] == []
    assert [
        str(path.relative_to(theirs))
        for path in sorted(mails)
        if not (ours / path.relative_to(theirs)).is_file()
        and not any(path.name.startswith(each) for each in unused)
    ] == []


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_pages_know_no_other_method(client: Client, method: str) -> None:
    user = make_account()
    enter(client)
    key = user.authenticator_set.create(type="webauthn", data={"name": "x", "credential": {}})

    for path in ("login/", "email/", f"2fa/webauthn/keys/{key.pk}/remove/"):
        assert getattr(client, method)(f"/account/{path}").status_code == 405
    assert user.authenticator_set.exists()


READ = """
import json, django
from django.conf import settings
django.setup()
rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
print(json.dumps([rules["form-action"], len(apps)]))
"""


@pytest.mark.parametrize(
    ("given", "found"),
    [({}, [["'self'"], 0]), (ALL, [["'self'", "https://login.example.org"], 1])],
    ids=["without", "with"],
)
def test_forms_may_lead_to_the_provider_and_nowhere_else(
    tmp_path: Path, given: dict[str, str], found: list[Any]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=ROOT,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "maturity.settings", "WAYMARK_STATE_DIR": str(tmp_path)}
        | given,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == found
