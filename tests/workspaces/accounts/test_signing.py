"""Signing up, in and out with a password; where one goes then; what is written down."""

import re
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from maturity.workspaces.models import AuditEvent, User
from tests.people import make_workspace
from tests.workspaces.signing import ADDRESS, PASSWORD, enter, make_account, who

pytestmark = pytest.mark.django_db

NEW = {"name": "Ada Byron", "email": "Ada@Example.org", "password1": PASSWORD}


def sign_up(client: Client, **other: str) -> Any:
    return client.post("/account/signup/", NEW | other)


# --- signing up ----------------------------------------------------------------------------------


def test_sign_up_makes_an_account_and_leads_to_the_choice(client: Client) -> None:
    response = sign_up(client)

    user = User.objects.get()
    assert (user.email, user.name) == ("ada@example.org", "Ada Byron")
    assert user.password.startswith("argon2$")
    assert (response.status_code, response["Location"]) == (302, "/welcome/")
    assert who(client) == str(user.pk)


def test_sign_up_goes_on_to_where_somebody_was_going(client: Client) -> None:
    assert sign_up(client, next="/invitations/abc/")["Location"] == "/invitations/abc/"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Please give the name others should see."),
        ("name", "Ada\u202e", "reading direction"),
        ("name", "A" * 201, "200 characters"),
        ("email", "ada@", "Please give an e-mail address"),
        ("password1", "short kin", "at least 10 characters"),
        ("password1", "qwertyuiop", "too common"),
        ("password1", "ada@example.or", "too similar to the e-mail address"),
        ("password1", "ada byron!", "too similar to the name"),
        ("password1", "", "Please type the password."),
    ],
)
def test_sign_up_says_what_is_missing(client: Client, field: str, value: str, said: str) -> None:
    response = sign_up(client, **{field: value})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not User.objects.exists()


def test_an_address_has_one_account(client: Client) -> None:
    make_account()

    response = sign_up(client)

    assert response.status_code == 422
    assert "There is an account with this address already" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_forms_at_the_same_moment_make_one_account() -> None:
    start = threading.Barrier(4)
    answers: list[int] = []

    def send() -> None:
        client = Client()
        start.wait()
        answers.append(sign_up(client).status_code)
        connections.close_all()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()

    assert User.objects.count() == 1
    # The same form sent again signs in; who comes too early is told that the address is taken, or,
    # while allauth counts another's try, to come again.
    assert 302 in answers
    assert set(answers) <= {302, 422, 429}


# --- signing in ----------------------------------------------------------------------------------


def test_sign_in_leads_to_ones_own_page(client: Client) -> None:
    user = make_account()

    response = enter(client, "ADA@example.org")

    assert (response.status_code, response["Location"]) == (302, "/my/")
    assert who(client) == str(user.pk)


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client: Client) -> None:
    make_account()

    wrong = enter(client, password="something else entirely")
    unknown = enter(client, "nobody@example.org")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert _plain(wrong, ADDRESS) == _plain(unknown, "nobody@example.org")
    assert "The address or the password is not right." in wrong.content.decode()
    assert who(client) == ""


def _plain(response: Any, address: str) -> str:
    text = response.content.decode().replace(address, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_a_closed_account_stays_out(client: Client) -> None:
    user = make_account()
    User.objects.filter(pk=user.pk).update(is_active=False)

    response = enter(client)

    assert response["Location"] == "/account/inactive/"
    assert "This account is closed" in client.get("/account/inactive/").content.decode()
    assert who(client) == ""


STRAYING = [
    "//evil.example",
    "https://evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "\\evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "///evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "\t//evil.example",
    "evil.example",
]


@pytest.mark.parametrize("where", STRAYING)
@pytest.mark.parametrize("way", ["login", "signup", "logout", "signed in already"])
def test_nobody_is_led_off_the_site(client: Client, where: str, way: str, settings: Any) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://evil.example"]
    if way == "signup":
        response, stays = sign_up(client, next=where), "/welcome/"
    else:
        make_account()
        response, stays = enter(client, next=where if way == "login" else "/my/"), "/my/"
    if way == "logout":
        response, stays = client.post("/account/logout/", {"next": where}), "/"
    if way == "signed in already":
        response = client.get("/account/login/", {"next": where})

    assert (response.status_code, response["Location"]) == (302, stays)


def test_sign_in_goes_on_to_a_page_of_the_site(client: Client) -> None:
    make_account()

    assert enter(client, next="/organisations/x/?a=1")["Location"] == "/organisations/x/?a=1"


# --- sessions ------------------------------------------------------------------------------------


def test_sign_in_takes_a_new_session_and_keeps_what_links_opened(client: Client) -> None:
    make_account()
    session = client.session
    session["grants"] = {"abc": 7}
    session.save()
    planted = session.session_key

    enter(client)

    assert client.session.session_key != planted
    assert client.session["grants"] == {"abc": 7}
    thief = Client()
    thief.cookies["waymark-session"] = planted
    assert who(thief) == ""


def test_sign_out_ends_the_session_on_the_server(client: Client) -> None:
    make_account()
    enter(client)
    kept = client.session.session_key

    response = client.post("/account/logout/")

    assert (response.status_code, response["Location"]) == (302, "/")
    thief = Client()
    thief.cookies["waymark-session"] = kept
    assert who(thief) == ""


def test_sign_out_takes_a_form(client: Client) -> None:
    user = make_account()
    enter(client)

    page = client.get("/account/logout/")

    assert "Sign out?" in page.content.decode()
    assert who(client) == str(user.pk)


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    user = make_account()
    other = Client()
    enter(other)
    enter(client)
    new = "marrow pelican daybreak"

    response = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert response["Location"] == "/my/profile/"
    assert (who(client), who(other)) == (str(user.pk), "")
    assert enter(Client(), password=new).status_code == 302


def test_sign_out_everywhere_keeps_this_browser_only(client: Client) -> None:
    user = make_account()
    other = Client()
    enter(other)
    enter(client)

    client.post("/account/everywhere/")

    assert (who(client), who(other)) == (str(user.pk), "")
    assert Client().post("/account/everywhere/")["Location"].startswith("/account/login/")


# --- the account's page --------------------------------------------------------------------------


def test_name_is_changed(client: Client) -> None:
    user = make_account()
    enter(client)

    client.post("/my/profile/", {"name": "Ada Lovelace"})

    user.refresh_from_db()
    assert user.name == "Ada Lovelace"


def test_a_wrong_name_is_said_and_not_kept(client: Client) -> None:
    user = make_account()
    enter(client)

    response = client.post("/my/profile/", {"name": ""})

    user.refresh_from_db()
    assert (response.status_code, user.name) == (422, "Ada Byron")


def test_account_page_asks_to_sign_in_and_back(client: Client) -> None:
    response = client.get("/my/profile/")

    assert response["Location"] == "/account/login/?next=%2Fmy%2Fprofile%2F"
    assert client.get("/account/")["Location"] == "/my/profile/"


def test_without_mail_the_address_changes_at_once_after_the_password(client: Client) -> None:
    user = make_account()
    make_account("eve@example.org")
    enter(client)

    asked = client.post("/account/email/", {"email": "ada@new.example"})
    again = {"password": PASSWORD, "next": "/account/email/"}
    changed = client.post("/account/reauthenticate/", again)
    taken = client.post("/account/email/", {"email": "eve@example.org"})

    user.refresh_from_db()
    assert asked["Location"] == "/account/reauthenticate/?next=%2Faccount%2Femail%2F"
    assert (changed.status_code, changed["Location"]) == (302, "/my/profile/")
    assert user.email == "ada@new.example"
    assert taken.status_code == 422
    assert "account with this address already" in taken.content.decode()
    assert enter(Client(), "ada@new.example").status_code == 302


def test_without_mail_nothing_leads_to_it(client: Client) -> None:
    make_account()

    login = client.get("/account/login/").content.decode()
    forgotten = client.post("/account/password/reset/", {"email": ADDRESS}).content.decode()

    assert "by mail" not in login
    assert client.get("/account/login/code/").status_code == 404
    assert client.get("/account/confirm-email/").status_code == 404
    assert "manage.py changepassword" in forgotten


# --- the trail -----------------------------------------------------------------------------------


def test_signing_in_and_out_is_told_to_every_workspace(client: Client) -> None:
    user = make_account()
    first = make_workspace(owner=user)
    second = make_workspace(name="Second", owner=user)
    make_workspace(name="Not theirs")

    enter(client, password="something else entirely")
    enter(client)
    client.post("/account/logout/")

    told = AuditEvent.objects.values_list("workspace", "verb", "actor", "subject", "address")
    me = f"user:{user.pk}"
    assert sorted(told) == sorted(
        (workspace.public_id, verb, actor, me, "127.0.0.1")
        for workspace in (first, second)
        for verb, actor in (
            ("account.sign_in_failed", "guest"),
            ("account.signed_in", me),
            ("account.signed_out", me),
        )
    )


def test_a_new_password_is_told(client: Client) -> None:
    user = make_account()
    workspace = make_workspace(owner=user)
    enter(client)
    new = "marrow pelican daybreak"

    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    client.post("/account/everywhere/")

    verbs = AuditEvent.objects.filter(workspace=workspace.public_id).values_list("verb", flat=True)
    assert list(verbs) == [
        "account.signed_in",
        "account.password_changed",
        "account.signed_out_everywhere",
    ]
    assert new not in str(list(AuditEvent.objects.values()))
