"""The page of the webhooks: for owners alone, and what it says of the last messages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from assessments.models import Delivery, Webhook
from assessments.webhooks.services import webhooks
from assessments.webhooks.services.webhooks import add_webhook
from maturity.web.rate_limits import HOUR_S, Limit
from maturity.web.secrets.encryption import unseal
from maturity.workspaces.models import AuditEvent, Organisation, Workspace
from maturity.workspaces.roles import Role
from tests.assessments.reading import text_of
from tests.assessments.roadmaps import BY
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import NOW, client_of

pytestmark = pytest.mark.django_db
GOOD = {"url": "https://hook.example.org/x", "events": ["step.finished"]}


@pytest.fixture
def place(db: None) -> Organisation:
    return make_organisation(make_workspace(owner=make_user("owner@example.org", "Olga")))


@pytest.fixture
def owner(place: Organisation) -> Client:
    return client_of(place.workspace.memberships.get(role="owner").user)


def url(workspace: Workspace, rest: str = "") -> str:
    return f"/workspaces/{workspace.public_id}/webhooks/{rest}"


def hook(place: Organisation, address: str = "https://hook.example.org/") -> Webhook:
    events = ["assessment.closed"]
    return add_webhook(place.workspace, url=address, events=events, now=NOW, by=BY)[0]


def delivery(webhook: Webhook, number: int = 0, **fields: Any) -> Delivery:
    values = {"event": "step.finished", "event_id": f"{number}", "created_at": NOW} | fields
    return Delivery.objects.create(webhook=webhook, body="{}", **values)


def test_a_webhook_is_added_and_its_secret_shown_once(place, owner):
    assert "Add a webhook" in text_of(owner.get(url(place.workspace)))

    page = owner.post(url(place.workspace), GOOD, follow=True).content.decode()

    webhook = Webhook.objects.get()
    (secret,) = re.findall(r'value="([\w-]{43})"', page)
    assert unseal(webhook.secret) == secret
    assert (webhook.url, webhook.events) == (GOOD["url"], GOOD["events"])
    again = owner.get(url(place.workspace)).content.decode()
    assert secret not in again
    assert "Nothing was sent yet." in again


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Please type the address."),
        (GOOD | {"events": []}, "Please choose at least one."),
        (GOOD | {"events": ["test"]}, "Select a valid choice."),
        (GOOD | {"url": "http://hook.example.org"}, "it does not begin with https://"),
        (GOOD | {"url": "https://127.0.0.1/"}, "it leads into a private network"),
        (GOOD | {"url": "https://2130706433/"}, "an unusual way to write an IP address"),
        (GOOD | {"url": "https://localhost/"}, "a name inside a network"),
        (GOOD | {"url": "https://a.org/" + "x" * 500}, "500 characters"),
    ],
)
def test_what_cannot_be_sent_to_is_refused_with_the_reason(place, owner, sent, said):
    response = owner.post(url(place.workspace), sent)

    assert response.status_code == 422
    assert said in text_of(response)
    assert not Webhook.objects.exists()


def test_an_address_is_data_on_the_page(place, owner):
    owner.post(url(place.workspace), GOOD | {"url": 'https://a.org/"><script>x</script>'})

    assert Webhook.objects.exists()
    assert "<script>x" not in owner.get(url(place.workspace)).content.decode()


def test_with_the_setting_http_and_private_addresses_are_taken(place, owner, settings):
    settings.WEBHOOKS_INSIDE = True

    owner.post(url(place.workspace), GOOD | {"url": "http://127.0.0.1:8080/"})

    assert Webhook.objects.get().url == "http://127.0.0.1:8080/"


def test_five_are_enough(place, owner):
    for _ in range(5):
        hook(place)

    response = owner.post(url(place.workspace), GOOD)

    assert response.status_code == 422
    assert "There are 5 webhooks already." in text_of(response)


def test_what_became_of_the_last_messages_is_told(place, owner):
    webhook = hook(place)
    later = NOW + timedelta(minutes=5)
    delivery(webhook, 1, delivered_at=NOW, status=204, attempts=1)
    delivery(webhook, 2, delivered_at=NOW, status=200, attempts=3)
    delivery(webhook, 3, given_up_at=NOW, status=500, attempts=6)
    delivery(webhook, 4, given_up_at=NOW, problem="host_not_found", attempts=6)
    delivery(webhook, 5, next_at=later, status=503, attempts=1)
    delivery(webhook, 6, next_at=NOW)

    rows = re.findall(
        r"step-list__words..<p>(.*?)</p>",
        owner.get(url(place.workspace)).content.decode(),
    )

    said = [re.sub(r"<[^>]+>", "", row) for row in rows]
    assert said == [
        "On its way",
        f"Waiting for attempt 2, {later:%-d %b, %H:%M} UTC: answered 503",
        "Given up: the host was not found",
        "Given up: answered 500",
        "Delivered: answered 200 at attempt 3",
        "Delivered: answered 204",
    ]


def test_page_costs_the_same_with_more_of_everything(place, owner, django_assert_num_queries):
    delivery(hook(place), 0, next_at=NOW)
    owner.get(url(place.workspace))

    # session, account, role; webhooks, their last messages
    with django_assert_num_queries(5):
        owner.get(url(place.workspace))
    for _ in range(4):
        webhook = hook(place)
        for number in range(15):
            delivery(webhook, number, next_at=NOW)
    with django_assert_num_queries(5):
        page = owner.get(url(place.workspace)).content.decode()
    assert page.count("On its way") == 41


def test_why_it_is_paused_is_said_and_an_owner_goes_on(place, owner):
    webhook = hook(place)
    assert "Paused since" not in text_of(owner.get(url(place.workspace)))
    Webhook.objects.update(paused_at=NOW)
    assert "Too much happened within an hour." in text_of(owner.get(url(place.workspace)))
    Webhook.objects.update(failures=5)
    assert "Too many messages could not be delivered." in text_of(owner.get(url(place.workspace)))

    owner.post(url(place.workspace, f"{webhook.pk}/resume/"))

    webhook.refresh_from_db()
    assert (webhook.paused_at, webhook.failures) == (None, 0)


def test_tests_are_limited(place, owner, monkeypatch):
    monkeypatch.setattr(webhooks, "TESTS", (Limit("webhook-tests", 1, HOUR_S),))
    webhook = hook(place)

    said = [
        text_of(owner.post(url(place.workspace, f"{webhook.pk}/test/"), follow=True))
        for _ in range(2)
    ]

    assert "A test is on its way." in said[0]
    assert "Too many tests." in said[1]
    assert Delivery.objects.count() == 1


def test_what_is_done_is_in_the_trail_without_the_address(place, owner):
    owner.post(url(place.workspace), GOOD)
    webhook = Webhook.objects.get()
    for rest in ("test/", "resume/", "end/"):
        owner.post(url(place.workspace, f"{webhook.pk}/{rest}"))

    events = AuditEvent.objects.filter(verb__startswith="webhook.").order_by("pk")
    assert [each.verb for each in events] == ["webhook.added", "webhook.tested", "webhook.ended"]
    for each in events:
        assert each.detail == {"webhook": webhook.pk, "events": ["step.finished"]}
        assert each.workspace == place.workspace.public_id
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.LEAD, None])
def test_nobody_but_an_owner_gets_in(place, role):
    webhook, user = hook(place), make_user("her@example.org")
    if role:
        give_role(user, role, place.workspace, place)
    client = client_of(user)

    for rest, method in (
        ("", "get"),
        ("", "post"),
        (f"{webhook.pk}/test/", "post"),
        (f"{webhook.pk}/resume/", "post"),
        (f"{webhook.pk}/end/", "post"),
    ):
        response = getattr(client, method)(url(place.workspace, rest), GOOD)
        assert response.status_code == (403 if role == Role.CONSULTANT else 404)
    assert Webhook.objects.count() == 1


def test_a_webhook_of_another_workspace_is_not_there(place, owner):
    other = make_organisation(make_workspace(owner=make_user("eve@example.org")))
    theirs = hook(other)

    for rest in ("test/", "resume/", "end/"):
        for pk in (theirs.pk, 999):
            assert owner.post(url(place.workspace, f"{pk}/{rest}")).status_code == 404
    assert Webhook.objects.filter(pk=theirs.pk).exists()
