"""What goes by mail: proving an address, a code that signs in, a link for a new password."""

import html
import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult

from maturity.workspaces.accounts.services.account_mail import send_account_mail
from maturity.workspaces.models import AuditEvent, User
from tests.workspaces.signing import (
    ADDRESS,
    PASSWORD,
    code_of_last_mail,
    enter,
    let_mail_go_out,
    link_of_last_mail,
    make_account,
    who,
)

pytestmark = pytest.mark.django_db
NEW = {"name": "Ada Byron", "email": ADDRESS, "password1": PASSWORD}


@pytest.fixture(autouse=True)
def _mailing(settings: Any) -> None:
    let_mail_go_out(settings)
    cache.clear()


# --- proving an address --------------------------------------------------------------------------


def test_sign_up_is_done_when_the_code_is_typed(client: Client) -> None:
    response = client.post("/account/signup/", NEW | {"next": "/invitations/abc/"})

    assert response["Location"] == "/account/confirm-email/"
    assert who(client) == ""
    response = client.post("/account/confirm-email/", {"code": code_of_last_mail()})
    assert response["Location"] == "/invitations/abc/"
    assert who(client) == str(User.objects.get().pk)
    assert mail.outbox[0].to == [ADDRESS]


def test_sign_up_tells_nobody_that_an_address_is_known(client: Client) -> None:
    make_account()

    known = _signed_up(Client(), ADDRESS)
    unknown = _signed_up(Client(), "eve@example.org")

    assert known == unknown
    assert "You have a Waymark account already" in [each.subject for each in mail.outbox]


def _signed_up(client: Client, address: str) -> str:
    client.post("/account/signup/", NEW | {"email": address})
    page = client.get("/account/confirm-email/").content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(address, ""))


def test_a_code_is_tried_three_times_and_then_gone(client: Client) -> None:
    client.post("/account/signup/", NEW)
    code = code_of_last_mail()

    tries = [client.post("/account/confirm-email/", {"code": "BBBB-BBBB"}) for _ in range(3)]
    client.post("/account/confirm-email/", {"code": code})

    assert [each.status_code for each in tries] == [422, 422, 302]
    assert who(client) == ""


def test_whoever_did_not_prove_the_address_is_asked_at_the_next_sign_in(client: Client) -> None:
    Client().post("/account/signup/", NEW)

    response = enter(client)

    assert response["Location"] == "/account/confirm-email/"
    client.post("/account/confirm-email/", {"code": code_of_last_mail()})
    assert who(client) == str(User.objects.get().pk)


# --- a code that signs in ------------------------------------------------------------------------


def test_code_by_mail_signs_in(client: Client) -> None:
    user = make_account()

    asked = client.post("/account/login/code/", {"email": ADDRESS, "next": "/model/"})
    response = client.post(asked["Location"], {"code": code_of_last_mail().lower()})

    assert asked["Location"] == "/account/login/code/confirm/?next=%2Fmodel%2F"
    assert response["Location"] == "/model/"
    assert who(client) == str(user.pk)


def test_code_page_tells_nobody_that_an_address_is_known() -> None:
    make_account()
    pages = []
    for address in (ADDRESS, "eve@example.org"):
        client = Client()
        client.post("/account/login/code/", {"email": address})
        page = client.get("/account/login/code/confirm/").content.decode()
        pages.append(
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.replace(address, ""))
        )

    assert pages[0] == pages[1]
    assert "If there is an account for" in pages[0]
    assert mail.outbox[1].subject == "There is no Waymark account for this address"


def test_five_tries_hold_even_when_the_session_forgets_them(client: Client) -> None:
    make_account()
    client.post("/account/login/code/", {"email": ADDRESS})
    right, kept = code_of_last_mail(), dict(client.session)

    for _ in range(5):
        client.post("/account/login/code/confirm/", {"code": "BBBB-BBBB"})
        session = client.session
        session.update(kept)
        session.save()
    response = client.post("/account/login/code/confirm/", {"code": right})

    assert "wait five minutes" in response.content.decode()
    assert who(client) == ""


# --- a new password ------------------------------------------------------------------------------


def test_a_link_sets_a_new_password_once(client: Client) -> None:
    user = make_account()
    other = Client()
    enter(other)
    new = {"password1": "marrow pelican daybreak", "password2": "marrow pelican daybreak"}

    response = client.post("/account/password/reset/", {"email": ADDRESS})
    link = link_of_last_mail()
    form = client.get(link)["Location"]
    done = client.post(form, new)

    assert response["Location"] == "/account/password/reset/done/"
    assert done["Location"] == "/account/password/reset/key/done/"
    assert link not in form
    assert (who(client), who(other)) == ("", "")
    assert enter(client, password=new["password1"]).status_code == 302
    assert "This link is used up" in Client().get(link).content.decode()
    assert AuditEvent.objects.filter(
        verb="account.password_changed", subject=f"user:{user.pk}"
    ).exists()
    assert mail.outbox[-1].subject == "Your Waymark password was changed"


def test_reset_tells_nobody_that_an_address_is_known() -> None:
    make_account()
    pages = []
    for address in (ADDRESS, "eve@example.org"):
        response = Client().post("/account/password/reset/", {"email": address}, follow=True)
        pages.append(response.content.decode())

    assert pages[0] == pages[1]
    assert [each.to for each in mail.outbox] == [[ADDRESS], ["eve@example.org"]]
    assert "/account/signup/" in mail.outbox[1].body


# --- the address ---------------------------------------------------------------------------------


def change_to(client: Client, address: str) -> str:
    """Ask for another address, and show that it is oneself; return where that was asked."""
    response = client.post("/account/email/", {"email": address, "action_add": "1"})
    again = {"password": PASSWORD, "next": "/account/email/"}
    sent = client.post("/account/reauthenticate/", again)
    assert sent["Location"] == "/account/confirm-email/"
    return str(response["Location"])


def test_address_changes_when_the_code_is_typed(client: Client) -> None:
    user = make_account()
    enter(client)

    asked = change_to(client, "ada@new.example")
    user.refresh_from_db()
    before = user.email
    response = client.post("/account/confirm-email/", {"code": code_of_last_mail()})

    user.refresh_from_db()
    assert asked.startswith("/account/reauthenticate/")
    assert (before, user.email) == (ADDRESS, "ada@new.example")
    assert response["Location"] == "/my/profile/"
    assert list(user.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("ada@new.example", True, True)
    ]
    assert mail.outbox[-1].to == [ADDRESS]


def test_an_address_of_somebody_else_is_not_taken_over(client: Client) -> None:
    make_account("eve@example.org")
    user = make_account()
    enter(client)

    change_to(client, "eve@example.org")
    response = client.post("/account/confirm-email/", {"code": code_of_last_mail()})

    user.refresh_from_db()
    assert (response.status_code, user.email) == (422, ADDRESS)


# --- the mails -----------------------------------------------------------------------------------


def test_mails_are_plain_and_escape_nothing() -> None:
    Client().post("/account/password/reset/", {"email": "o'neill&co@example.org"})

    (message,) = mail.outbox
    assert message.body == html.unescape(message.body)
    assert "o'neill&co@example.org" in message.body
    assert message.content_subtype == "plain"
    assert message.body.endswith("Waymark\nhttp://testserver/")


def test_what_a_mail_says_stays_in_no_row(settings: Any, client: Client) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}
    }
    make_account()

    client.post("/account/password/reset/", {"email": ADDRESS})

    (row,) = DBTaskResult.objects.all()
    key = row.args_kwargs["kwargs"]["key"]
    assert ADDRESS not in str(row.args_kwargs)
    assert ADDRESS not in cache.get(key)
    send_account_mail.func(key=key)
    assert (len(mail.outbox), cache.get(key)) == (1, None)
    send_account_mail.func(key=key)
    assert len(mail.outbox) == 1
