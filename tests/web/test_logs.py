"""What the log keeps to itself: the secrets in addresses."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from assessments.workshops.access import screen_ticket
from assessments.workshops.models import Workshop
from maturity.logs import redacted

TOKEN = "kf83Jd72mQpz0vXy51LsWb9tRnCa64GhUe7TiOqPl-_"
RESET_KEY = "3-d4bx8p-2f1c9be0a7d34856e1f2a3b4c5d6e7f8"
TICKET = screen_ticket(Workshop(public_id="abcd2345efgh"))
SECRET_NAMES = {"token", "ticket", "code"}
SECRET_ADDRESSES = {
    f"/account/password/reset/key/{RESET_KEY}/": RESET_KEY,
    f"/calendar/{TOKEN}/steps.ics": TOKEN,
    f"/invitations/{TOKEN}/": TOKEN,
    f"/join/scan/{TOKEN}/": TOKEN,
    "/join/KWXYZ7/": "KWXYZ7",
    f"/link/{TOKEN}/": TOKEN,
    f"/open/{TOKEN}/": TOKEN,
    f"/shared/{TOKEN}/": TOKEN,
    f"/shared/{TOKEN}/summary.pdf": TOKEN,
    f"/workshops/abcd2345efgh/pulse/{TICKET}/": TICKET,
}
each_address = pytest.mark.parametrize(
    ("address", "secret"),
    SECRET_ADDRESSES.items(),
    ids=[address.replace(secret, "SECRET") for address, secret in SECRET_ADDRESSES.items()],
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Catch what the handler of the settings writes."""
    handler = next(each for each in logging.getLogger().handlers if each.get_name() == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    caught = io.StringIO()
    before = handler.setStream(caught)
    yield caught
    if before:
        handler.setStream(before)


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route, set(each.pattern.converters) | set(each.pattern.regex.groupindex)
        else:
            yield from _routes(each, route)


def test_every_route_with_a_secret_is_tried_here():
    routes = {route for route, names in _routes(get_resolver()) if names & SECRET_NAMES}
    reset = "account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

    assert len(routes | {reset}) == len(SECRET_ADDRESSES)


@pytest.mark.django_db
@each_address
def test_no_secret_is_logged_when_its_address_is_refused(log, address, secret):
    """As unknown, as a form without the token against forgery, or misspelt."""
    client = Client(enforce_csrf_checks=True)

    client.get(address)
    client.post(address)
    client.get(f"{address}more/")

    assert "WARNING django." in log.getvalue()
    assert secret not in log.getvalue()


@pytest.mark.django_db
@each_address
def test_no_secret_is_logged_when_the_server_fails(log, address, secret):
    def fail(*_: object) -> None:
        raise DatabaseError(f"lost at {address}")

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(fail):
        client.get(address)

    assert secret not in log.getvalue()
    assert "ERROR django.request: Internal Server Error: /" in log.getvalue()
    assert "DatabaseError: lost at /" in log.getvalue()


@pytest.mark.django_db
def test_no_secret_is_logged_when_there_are_too_many_tries(log):
    client = Client()

    statuses = {client.get(f"/shared/{TOKEN}/").status_code for _ in range(31)}
    cache.clear()

    assert statuses == {404, 429}
    assert "Too Many Requests: /shared/[secret]/" in log.getvalue()
    assert TOKEN not in log.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "Not Found: /assessments/abcd2345efgh/link/new/",
        "Not Found: /workspaces/abcd2345efgh/calendar/end/",
        "Not Found: /model/social-engagement-journey/analytics/",
        '  File "/srv/app/shared/serving.py", line 7, in test_what_a_very_long_name_of_a_function',
    ],
)
def test_other_addresses_and_tracebacks_are_left_alone(text):
    assert redacted(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"Not Found: //Shared//{TOKEN}/",
        f"Not Found: /Shard/{TOKEN}",
        f'"GET /account/login/?next=/link/{TOKEN}/ HTTP/1.1" 404',
        f'"GET /account/login/?next=%2Flink%2F{TOKEN}%2F HTTP/1.1" 404',
        f"See https://waymark.example.org/invitations/{TOKEN}/",
    ],
)
def test_secrets_in_unusual_places_are_left_out(text):
    assert TOKEN not in redacted(text)
