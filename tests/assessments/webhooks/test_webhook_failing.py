"""Messages to webhooks that fail: tried again, given up, paused, lost with their worker."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from assessments.models import Delivery, Webhook
from assessments.webhooks.services import webhooks
from assessments.webhooks.services.delivery import (
    HELD,
    KEPT,
    MOST_GIVEN_UP,
    WAITS,
    attempt,
    deliver,
    tidy_deliveries,
)
from assessments.webhooks.services.webhooks import end_webhook, send_test
from maturity.workspaces.models import AuditEvent, Organisation
from tests.assessments.hooked import answer, hook, told, tried, waiting_until
from tests.assessments.roadmaps import BY, make_place
from tests.receiving import Receiver, receiver
from tests.roles_cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _inside(settings: Any) -> None:
    settings.WEBHOOKS_INSIDE = True


@pytest.fixture
def place(version: Any) -> Organisation:
    return make_place(version)


@pytest.fixture
def there() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


def test_what_fails_is_tried_again_later_and_later_and_then_given_up(place, there):
    hook(place, there)
    there.answers += [answer(500)] * 6
    delivery, now = told(place), NOW

    for number, wait in enumerate(WAITS, start=1):
        delivery = tried(delivery, now)
        assert (delivery.attempts, delivery.status) == (number, 500)
        assert delivery.next_at == now + wait
        assert waiting_until(delivery)[-1] == now + wait
        assert tried(delivery, now + wait - timedelta(seconds=1)).attempts == number
        now += wait
    delivery = tried(delivery, now)

    assert (delivery.given_up_at, delivery.next_at, delivery.attempts) == (now, None, 6)
    assert [wait.total_seconds() / 60 for wait in WAITS] == [1, 5, 30, 120, 360]
    assert len(there.received) == 6
    assert len({each.body for each in there.received}) == 1
    assert len({each.headers["waymark-signature"] for each in there.received}) == 6
    assert Webhook.objects.get().failures == 1
    assert tried(delivery, now + timedelta(days=1)).attempts == 6


@pytest.mark.parametrize("status", [301, 302, 400, 404, 410, 500])
def test_no_answer_but_one_of_success_counts(place, there, status):
    hook(place, there)
    there.answers.append(answer(status))

    delivery = tried(told(place))

    assert (delivery.status, delivery.delivered_at) == (status, None)
    assert there.connections == 1


def test_an_attempt_that_succeeds_ends_the_row_of_failures(place, there):
    webhook, _ = hook(place, there)
    Webhook.objects.update(failures=3)
    there.answers += [answer(503)]
    delivery = tried(told(place))

    delivery = tried(delivery, NOW + WAITS[0])

    assert (delivery.attempts, delivery.status, delivery.problem) == (2, 200, "")
    webhook.refresh_from_db()
    assert webhook.failures == 0


def test_two_workers_make_one_attempt(place, there):
    hook(place, there)
    delivery = told(place)
    first, second = (
        Delivery.objects.select_related("webhook__workspace").get(pk=delivery.pk) for _ in range(2)
    )

    attempt(first, now=NOW)
    attempt(second, now=NOW)

    assert len(there.received) == 1


def _given_up(place: Organisation, times: int) -> None:
    for _ in range(times):
        delivery = told(place)
        Delivery.objects.filter(pk=delivery.pk).update(attempts=len(WAITS))
        tried(delivery)


def test_after_some_in_a_row_nothing_is_sent_until_an_owner_goes_on(place, there):
    webhook, _ = hook(place, there)
    there.answers += [answer(500)] * MOST_GIVEN_UP
    waiting = told(place)
    _given_up(place, MOST_GIVEN_UP - 1)
    webhook.refresh_from_db()
    assert webhook.paused_at is None

    _given_up(place, 1)
    webhook.refresh_from_db()
    assert webhook.paused_at == NOW
    event = AuditEvent.objects.get(verb="webhook.paused")
    assert (event.actor, event.detail["webhook"]) == ("webhooks", webhook.pk)

    given_up = tried(waiting)
    assert (given_up.given_up_at, given_up.problem) == (NOW, "paused")
    before = Delivery.objects.count()
    told(place)
    assert Delivery.objects.count() == before

    webhooks.resume_webhook(webhook, now=NOW, by=BY)
    assert tried(told(place)).delivered_at == NOW
    assert Webhook.objects.get().failures == 0


def test_far_too_much_within_an_hour_pauses_it_too(place, monkeypatch):
    webhook, _ = hook(place)
    monkeypatch.setattr(webhooks, "MOST_AN_HOUR", 2)

    for _ in range(3):
        told(place)

    assert Delivery.objects.count() == 2
    webhook.refresh_from_db()
    assert (webhook.paused_at, webhook.failures) == (NOW, 0)


def test_a_test_is_sent_once_also_while_paused_and_counts_for_nothing(place, there):
    webhook, _ = hook(place, there)
    Webhook.objects.update(paused_at=NOW, failures=5)
    there.answers += [answer(500)]
    for _ in range(2):
        send_test(webhook, now=NOW, by=BY)
    failed, arrived = Delivery.objects.order_by("pk")

    assert tried(failed).given_up_at == NOW
    assert tried(arrived).delivered_at == NOW

    assert json.loads(there.received[1].body)["type"] == "test"
    assert len(waiting_until(failed)) == 1
    assert Webhook.objects.get().failures == 5


def test_nothing_is_sent_of_a_workspace_that_is_going_or_after_the_end(place, there):
    webhook, _ = hook(place, there)
    going, ended = told(place), told(place)
    place.workspace.deletion_asked_at = NOW
    place.workspace.save()
    assert tried(going).problem == "workspace_ending"

    end_webhook(webhook, now=NOW, by=BY)
    deliver.call(delivery_id=ended.pk)

    assert there.received == []


def test_a_secret_of_a_key_that_is_gone_is_told(place, there, settings):
    hook(place, there)
    delivery = told(place)
    settings.SECRET_KEY = "another key " * 5

    assert tried(delivery).problem == "secret"
    assert there.received == []


def test_what_a_dead_worker_held_is_sent_again_and_what_is_old_goes(place, there):
    hook(place, there)
    delivery = told(place)
    Delivery.objects.update(attempts=1, next_at=NOW + HELD)
    tasks = DBTaskResult.objects.count()
    assert tidy_deliveries(now=NOW + HELD) == 0
    assert DBTaskResult.objects.count() == tasks

    later = NOW + 2 * HELD
    tidy_deliveries(now=later)
    assert DBTaskResult.objects.count() == tasks + 1
    assert tried(delivery, later).delivered_at == later

    assert tidy_deliveries(now=NOW + KEPT) == 1
    assert not Delivery.objects.exists()
