"""Webhooks: what is sent where, signed how, tried how often; and who may set them."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from assessments.lifecycle.services.closing import close_assessment, reopen_assessment
from assessments.models import Delivery, Webhook
from assessments.roadmap.services.steps import finish_step, reopen_step
from assessments.webhooks.services.delivery import (
    deliver,
    signature,
)
from assessments.webhooks.services.webhooks import TooManyWebhooks, add_webhook
from maturity.web.secrets.encryption import unseal
from maturity.workspaces.models import AuditEvent, Organisation
from maturity.workspaces.scopes import no_workspace
from tests.assessments.hooked import BOTH, hook, told, tried
from tests.assessments.roadmaps import BY, make_place, own
from tests.people import make_workspace
from tests.receiving import Receiver, receiver
from tests.roles_cast import NOW, make_assessment, make_step

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(autouse=True)
def _inside(settings: Any) -> None:
    settings.WEBHOOKS_INSIDE = True
    settings.SITE_URL = "https://waymark.example.org/"


@pytest.fixture
def place(version: Any) -> Organisation:
    return make_place(version)


@pytest.fixture
def there() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


# --- what is sent --------------------------------------------------------------------------------


def test_a_finished_step_is_told_with_ids_and_nothing_else(place, there):
    _, secret = hook(place, there)
    step = own(place, "Secret words", notes="Secret notes", owner="Secret name")

    finish_step(step, now=NOW, by=BY)
    delivery = tried(Delivery.objects.get())

    (found,) = there.received
    assert found.line == "POST /hook?a=1 HTTP/1.1"
    assert json.loads(found.body) == {
        "format": "waymark-event/1",
        "id": delivery.event_id,
        "type": "step.finished",
        "at": NOW.isoformat(timespec="seconds"),
        "workspace": place.workspace.public_id,
        "organisation": place.public_id,
        "step": step.pk,
        "descriptor": None,
        "link": f"https://waymark.example.org/organisations/{place.public_id}/steps/",
    }
    assert b"Secret" not in found.body
    assert found.headers["content-type"] == "application/json"
    assert found.headers["waymark-event"] == "step.finished"
    assert found.headers["waymark-delivery"] == delivery.event_id
    time = int(NOW.timestamp())
    proof = hmac.new(secret.encode(), f"{time}.".encode() + found.body, hashlib.sha256)
    assert found.headers["waymark-signature"] == f"t={time},v1={proof.hexdigest()}"
    assert (delivery.status, delivery.delivered_at, delivery.next_at) == (200, NOW, None)


def test_a_closed_assessment_is_told_with_its_result(place, there, version):
    hook(place, there)
    assessment = make_assessment(place, version, purpose="Secret purpose")

    result = close_assessment(assessment, user=None, now=NOW, by=BY)
    close_assessment(assessment, user=None, now=NOW, by=BY)
    tried(Delivery.objects.get())

    body = json.loads(there.received[0].body)
    assert (body["type"], body["assessment"], body["result"]) == (
        "assessment.closed",
        assessment.public_id,
        result.number,
    )
    assert body["link"].endswith(f"/assessments/{assessment.public_id}/results/1/")
    assert "Secret" not in json.dumps(body)

    reopen_assessment(assessment, now=NOW, by=BY)
    close_assessment(assessment, user=None, now=NOW, by=BY)
    assert json.loads(Delivery.objects.latest("pk").body)["result"] == 2


def test_a_step_of_a_model_is_told_with_its_descriptor_and_once(place, version):
    hook(place)
    step = make_step(place, version, descriptor_id="strategy.2.02")

    finish_step(step, now=NOW, by=BY)
    finish_step(step, now=NOW, by=BY)
    assert json.loads(Delivery.objects.get().body)["descriptor"] == "strategy.2.02"

    reopen_step(step, now=NOW, by=BY)
    finish_step(step, now=NOW, by=BY)
    assert Delivery.objects.values("event_id").distinct().count() == 2


def test_only_those_are_told_who_listen_and_all_of_the_same_event(place):
    hook(place, events=["assessment.closed"])
    one, _ = hook(place, events=["step.finished"])
    other, _ = hook(place)
    paused, _ = hook(place)
    Webhook.objects.filter(pk=paused.pk).update(paused_at=NOW)
    elsewhere = make_workspace(name="Elsewhere")
    add_webhook(elsewhere, url="https://a.example.org", events=BOTH, now=NOW, by=BY)

    told(place)

    assert list(Delivery.objects.order_by("pk").values_list("webhook", flat=True)) == [
        one.pk,
        other.pk,
    ]
    assert Delivery.objects.values("event_id").distinct().count() == 1


def test_nothing_is_written_down_where_nobody_listens(place, django_assert_num_queries):
    step = own(place, "Answer within a day")

    # the step, the trail, who listens; and the two ends of the transaction
    with django_assert_num_queries(5):
        finish_step(step, now=NOW, by=BY)

    assert not Delivery.objects.exists()


def test_a_task_knows_a_delivery_by_its_key_and_starts_without_a_workspace(place, there):
    hook(place, there)
    delivery = told(place)
    (row,) = DBTaskResult.objects.filter(task_path__endswith="deliver")
    assert row.args_kwargs == {"args": [], "kwargs": {"delivery_id": delivery.pk}}
    assert row.priority < 0

    with no_workspace():
        deliver.call(delivery_id=delivery.pk)
        deliver.call(delivery_id=delivery.pk)
        deliver.call(delivery_id=0)

    assert len(there.received) == 1


def test_the_example_of_the_documentation_accepts_what_is_sent_and_nothing_else(place, there):
    page = (DOCS / "reference" / "webhooks.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.S)
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102
    check = names["is_from_waymark"]
    _, secret = hook(place, there)
    tried(told(place))
    (found,) = there.received
    header, now = found.headers["waymark-signature"], NOW.timestamp()

    assert check(secret, header, found.body, now) is True
    assert check("another", header, found.body, now) is False
    assert check(secret, header, found.body + b" ", now) is False
    assert check(secret, header, found.body, now + 301) is False
    assert check(secret, header.replace("t=1", "t=2"), found.body, now) is False


def test_signature_is_of_time_and_body():
    assert signature("secret", b"{}", at=1764196619) == (
        "t=1764196619,v1=" + hmac.new(b"secret", b"1764196619.{}", "sha256").hexdigest()
    )


# --- where it may go -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "0177.0.0.1", "127.1"),
        *("10.0.0.1", "192.168.1.1", "169.254.169.254", "[::ffff:127.0.0.1]", "[fd00::1]"),
        *("[2002:7f00:1::]", "[64:ff9b::7f00:1]", "224.0.0.1", "240.0.0.1", "100.100.100.200"),
    ],
)
def test_without_the_setting_nothing_is_sent_inside(place, there, settings, host):
    """Also to an address that was set while the setting was on."""
    settings.WEBHOOKS_INSIDE = False
    for scheme in ("http", "https"):
        url = f"{scheme}://{host}:{there.port}/"
        add_webhook(place.workspace, url=url, events=BOTH, now=NOW, by=BY)
    told(place)

    for delivery in Delivery.objects.all():
        after = tried(delivery)
        assert after.status is None
        assert after.problem
    assert there.connections == 0


def test_secret_is_sealed_and_nowhere_else(place):
    webhook, secret = hook(place)

    assert len(secret) == 43
    assert secret not in str(list(Webhook.objects.values_list()))
    assert secret not in str(list(AuditEvent.objects.values_list("detail")))
    assert unseal(webhook.secret) == secret


def test_a_workspace_has_five_at_most(place):
    for _ in range(5):
        hook(place)

    with pytest.raises(TooManyWebhooks):
        hook(place)
