"""Webhooks for tests: set, told of a finished step, and tried."""

from datetime import datetime
from typing import Any

from django_tasks_db.models import DBTaskResult

from assessments.models import Delivery, Webhook
from assessments.roadmap.services.steps import finish_step
from assessments.webhooks.services.delivery import attempt
from assessments.webhooks.services.webhooks import add_webhook
from maturity.workspaces.models import Organisation
from tests.assessments.roadmaps import BY, own
from tests.receiving import Receiver
from tests.roles_cast import NOW

BOTH = ["assessment.closed", "step.finished"]


def hook(
    place: Organisation, there: Receiver | None = None, events: Any = BOTH
) -> tuple[Webhook, str]:
    url = f"http://127.0.0.1:{there.port}/hook?a=1" if there else "https://hook.example.org/"
    return add_webhook(place.workspace, url=url, events=events, now=NOW, by=BY)


def told(place: Organisation) -> Delivery:
    """Have a step finished, and return what waits to be sent of it."""
    finish_step(own(place, "Answer within a day"), now=NOW, by=BY)
    return Delivery.objects.latest("pk")


def tried(delivery: Delivery, now: datetime = NOW) -> Delivery:
    """Make an attempt and return the delivery as it is afterwards."""
    found = Delivery.objects.select_related("webhook__workspace").get(pk=delivery.pk)
    attempt(found, now=now)
    return Delivery.objects.get(pk=delivery.pk)


def waiting_until(delivery: Delivery) -> list[datetime | None]:
    rows = DBTaskResult.objects.filter(args_kwargs__kwargs__delivery_id=delivery.pk)
    return list(rows.order_by("enqueued_at").values_list("run_after", flat=True))


def answer(status: int) -> bytes:
    return b"HTTP/1.1 %d Any\r\n\r\n" % status
