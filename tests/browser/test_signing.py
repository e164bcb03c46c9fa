"""Signing in with a browser: every page at any width, a passkey, another provider."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page, expect

from maturity import switches
from maturity.workspaces.models import User
from tests.conftest import Faults
from tests.people import sign_in
from tests.workspaces.accounts.test_signing_second_factor import code_for
from tests.workspaces.oidc_provider import CLIENT_ID, SECRET, provider_running
from tests.workspaces.signing import (
    ADDRESS,
    PASSWORD,
    code_of_last_mail,
    let_mail_go_out,
    make_account,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NewPage = Callable[..., Page]
EveryLook = Callable[[Page], list[str]]

OPEN_TO_ALL = [
    "login/",
    "signup/",
    "inactive/",
    "login/code/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/1-x/",
    "password/reset/key/done/",
]
OWN = ["/my/profile/"] + [
    f"/account/{each}"
    for each in (
        "logout/",
        "email/",
        "password/change/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/add/",
        "2fa/webauthn/",
        "reauthenticate/",
    )
]


@pytest.fixture(autouse=True)
def _no_tries_yet(live_server: Any) -> None:
    cache.clear()


def check(page: Page, every_look: EveryLook) -> None:
    where = urlsplit(page.url).path
    assert (where, every_look(page)) == (where, [])
    assert page.locator("h1").count() == 1


def type_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove(page: Page) -> None:
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def test_pages_are_accessible_in_any_look(
    page: Page, every_look: EveryLook, settings: Any, faults: Faults
) -> None:
    let_mail_go_out(settings)
    user = make_account(name="Ada " + "Lovelace" * 18, email=f"{'a' * 60}@{'b' * 60}.example.org")
    faults.allow("422")
    for each in OPEN_TO_ALL:
        page.goto(f"/account/{each}")
        check(page, every_look)
    page.goto("/account/signup/")
    page.locator("main form").first.evaluate("form => form.submit()")
    page.wait_for_load_state()
    expect(page.get_by_text("Please type the password.")).to_be_visible()
    check(page, every_look)

    sign_in(page, user, str(page.evaluate("location.origin")))
    page.goto("/account/2fa/totp/activate/")
    check(page, every_look)
    prove(page)
    for path in OWN:
        page.goto(path)
        check(page, every_look)

    secret = page.goto("/account/2fa/totp/activate/") and page.locator(".account__secret")
    assert secret
    page.get_by_label("Code the app shows").fill(code_for(secret.inner_text()))
    page.get_by_role("button", name="Turn it on").click()
    for path in ("recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", ""):
        page.goto(f"/account/2fa/{path}")
        check(page, every_look)


def test_somebody_signs_up_with_a_code(page: Page, every_look: EveryLook, settings: Any) -> None:
    let_mail_go_out(settings)
    page.goto("/account/login/?next=/model/")
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()

    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    check(page, every_look)
    page.get_by_label("Code from the mail").fill(code_of_last_mail())
    page.get_by_role("button", name="Go on").click()

    expect(page).to_have_url(re.compile("/model/$"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_sign_in_works_without_script(new_page: NewPage) -> None:
    make_account()
    page = new_page(java_script_enabled=False)

    type_in(page)

    page.goto("/my/profile/")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


# --- passkeys ------------------------------------------------------------------------------------


@pytest.fixture
def device(page: Page, live_server: Any) -> Page:
    """Return a browser on a device that holds passkeys and knows its owner."""
    assert "//localhost:" in live_server.url
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def _add_passkey(page: Page) -> None:
    page.goto("/account/2fa/webauthn/add/")
    prove(page)
    page.get_by_label("Name of this passkey").fill("work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()


def test_a_passkey_is_added_signs_in_and_is_removed(
    device: Page, every_look: EveryLook, faults: Faults
) -> None:
    user = make_account()
    type_in(device)
    _add_passkey(device)
    device.goto("/account/2fa/webauthn/")
    check(device, every_look)
    expect(device.get_by_role("term")).to_have_text("work laptop")

    device.context.clear_cookies()
    device.goto("/account/login/?next=/my/profile/")
    device.get_by_role("button", name="Use a passkey").click()

    expect(device.get_by_role("heading", name="Your account")).to_be_visible()
    expect(device.get_by_text(ADDRESS).first).to_be_visible()
    key = Authenticator.objects.get(user=user, type="webauthn")
    assert key.last_used_at is not None

    device.goto(f"/account/2fa/webauthn/keys/{key.pk}/edit/")
    prove(device)
    device.get_by_label("Name of this passkey").fill("old laptop")
    check(device, every_look)
    device.get_by_role("button", name="Save the name").click()
    expect(device.get_by_role("term")).to_have_text("old laptop")
    device.get_by_role("link", name="Remove old laptop").click()
    check(device, every_look)
    device.get_by_role("button", name="Remove it").click()
    expect(device.get_by_text("You have none yet.")).to_be_visible()
    assert not Authenticator.objects.filter(user=user).exists()


def test_a_passkey_is_the_second_step_after_the_password(
    device: Page, every_look: EveryLook
) -> None:
    make_account()
    type_in(device)
    _add_passkey(device)
    device.context.clear_cookies()

    type_in(device)
    expect(device.get_by_role("heading", name="The second step")).to_be_visible()
    check(device, every_look)
    device.get_by_role("button", name="Use a passkey").click()
    # Signing in leads to a page of its own, whose looks are no concern here.
    expect(device).not_to_have_url(re.compile("/account/"))

    device.goto("/account/2fa/webauthn/reauthenticate/?next=/my/profile/")
    check(device, every_look)
    device.get_by_role("button", name="Use a passkey").click()
    expect(device.get_by_role("heading", name="Your account")).to_be_visible()


def test_an_address_in_numbers_is_explained(
    new_page: NewPage, live_server: Any, faults: Faults
) -> None:
    address = live_server.url.replace("localhost", "127.0.0.1")
    faults.allow(f"request to another host: {address}")
    page = new_page(base_url=address)
    make_account()
    type_in(page)
    page.goto("/account/2fa/webauthn/add/")
    prove(page)

    page.get_by_role("button", name="Make the passkey").click()

    expect(page.get_by_text("Passkeys do not work at this address.")).to_be_visible()


# --- another provider ----------------------------------------------------------------------------


def test_another_provider_signs_in(
    page: Page, every_look: EveryLook, settings: Any, faults: Faults
) -> None:
    with provider_running() as provider:
        settings.OIDC = switches.Provider(provider.url, CLIENT_ID, SECRET, "Example Login")
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [settings.OIDC.app]}}
        rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": rules | {"form-action": ["'self'", settings.OIDC.origin]}
        }
        faults.allow(f"request to another host: {provider.url}/authorize")
        page.goto("/account/login/?next=/my/profile/")
        check(page, every_look)

        page.get_by_role("button", name="Sign in with Example Login").click()

        expect(page.get_by_role("heading", name="Your account")).to_be_visible()
        assert User.objects.get().email == ADDRESS
        page.goto("/account/3rdparty/")
        check(page, every_look)
        page.goto("/account/password/set/")
        check(page, every_look)
