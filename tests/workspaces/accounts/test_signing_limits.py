"""Tries are counted: for all processes together, at the same moment, and behind proxies."""

import os
import subprocess
import sys
import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client

from tests.conftest import ROOT
from tests.workspaces.signing import ADDRESS, PASSWORD, enter, let_mail_go_out, make_account, who

WRONG = "something else entirely"


@pytest.fixture(autouse=True)
def _no_tries_yet(db: None) -> None:
    cache.clear()


@pytest.mark.django_db
def test_sixth_try_waits_even_with_the_right_password(client: Client) -> None:
    make_account()

    tries = [enter(client, password=WRONG).status_code for _ in range(5)]
    response = enter(client)

    assert tries == [422] * 5
    assert response.status_code == 422
    assert "Please wait five minutes" in response.content.decode()
    assert who(client) == ""


@pytest.mark.django_db
def test_a_limit_for_one_account_leaves_the_others_alone(client: Client) -> None:
    make_account()
    make_account("eve@example.org")

    for _ in range(5):
        enter(Client(), password=WRONG)

    assert enter(client, "eve@example.org").status_code == 302


@pytest.mark.django_db
def test_another_host_header_counts_the_same(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    make_account()

    for number in range(5):
        name = ("testserver", "localhost")[number % 2]
        enter(Client(HTTP_HOST=f"{name}:{8000 + number}"), password=WRONG)

    assert "Please wait five minutes" in enter(Client()).content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_limited_alike(client: Client) -> None:
    for _ in range(5):
        enter(client, "nobody@example.org")

    assert "Please wait five minutes" in enter(client, "nobody@example.org").content.decode()


@pytest.mark.django_db
def test_page_says_when_to_try_again(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/3m/ip"}

    answers = [enter(client, password=WRONG) for _ in range(3)]

    assert [each.status_code for each in answers] == [422, 422, 429]
    page = answers[2].content.decode()
    assert "Please try again in 3 minutes." in page
    assert "site-head" in page
    assert 170 <= int(answers[2].headers["Retry-After"]) <= 180


@pytest.mark.django_db
def test_mails_to_one_address_are_limited_from_everywhere(settings: Any) -> None:
    let_mail_go_out(settings)

    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/account/password/reset/", {"email": ADDRESS})
        for number in range(1, 7)
    ]

    assert [each.status_code for each in answers] == [302] * 5 + [429]
    assert "Please try again in 60 minutes." in answers[5].content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "forwarded", "is_limited"),
    [
        # Nobody stands in front: whatever the header says, it is the visitor's invention.
        (0, "192.0.2.{n}", True),
        # One proxy adds the last entry; what stands before it is the visitor's.
        (1, "192.0.2.{n}, 198.51.100.7", True),
        (1, "192.0.2.{n}", False),
        (2, "203.0.113.{n}, 192.0.2.1, 198.51.100.7", True),
    ],
)
def test_a_forged_address_does_not_get_round_a_limit(
    settings: Any, proxies: int, forwarded: str, is_limited: bool
) -> None:
    settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}

    answers = [
        enter(Client(HTTP_X_FORWARDED_FOR=forwarded.format(n=number)), f"a{number}@example.org")
        for number in range(4)
    ]

    assert (answers[3].status_code == 429) is is_limited


@pytest.mark.django_db(transaction=True)
def test_fifty_guesses_at_once_are_five() -> None:
    make_account()
    start = threading.Barrier(50)
    reached: list[int] = []

    def guess() -> None:
        start.wait()
        response = enter(Client(raise_request_exception=False), password=WRONG)
        if "is not right" in response.content.decode():
            reached.append(1)
        connections.close_all()

    guesses = [threading.Thread(target=guess) for _ in range(50)]
    for each in guesses:
        each.start()
    for each in guesses:
        each.join()

    assert 1 <= len(reached) <= 5


ELSEWHERE = """
import sys, django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="localhost")
answers = [
    client.post("/account/login/", {"login": sys.argv[1], "password": sys.argv[2]})
    for _ in range(int(sys.argv[3]))
]
print(answers[-1].status_code, "five minutes" in answers[-1].content.decode())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" not in os.environ.get("DATABASE_URL", "sqlite"), reason="a file")
def test_tries_in_one_process_count_in_another(tmp_path: Any) -> None:
    """The first ones are made in this process, the last one in a process that made none."""
    make_account()

    def process(password: str, times: int) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", ELSEWHERE, ADDRESS, password, str(times)],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "maturity.settings",
                "WAYMARK_STATE_DIR": str(tmp_path),
                "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            },
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    first = [enter(Client(), password=WRONG) for _ in range(3)][-1]
    second = process(WRONG, 3)
    third = process(PASSWORD, 1)

    assert (first.status_code, "five minutes" in first.content.decode()) == (422, False)
    assert (second, third) == ("422 True", "422 True")
