"""Send what webhooks are to be told: signed, again when it fails, given up in the end.

The row is the queue: an attempt is claimed by an update that only one worker can win, and holds
the row for a few minutes. A row whose worker died is taken up by `manage.py purge`.
"""

import hashlib
import hmac
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from assessments.models import Delivery, Event, Webhook
from maturity.web.net.http_client import NotSent, post
from maturity.web.net.url_guard import AddressRefused, destination_of
from maturity.web.secrets.encryption import unseal
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.scopes import every_workspace, scope_of

# How long after an attempt that failed the next one is made; after the last one it is given up.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
# Ours: messages given up in a row, each tried for more than eight hours.
MOST_GIVEN_UP = 5
# Reports wait for the same worker, so an address that does not answer may not hold it for long.
SECONDS = 5
HELD = timedelta(minutes=5)
KEPT = timedelta(days=30)
SENDER = Actor("webhooks")

logger = logging.getLogger(__name__)


@task(priority=-10)
def deliver(*, delivery_id: int) -> None:
    """Make the next attempt of a delivery, if one is due; a task knows it by its id alone."""
    with every_workspace():
        found = Delivery.objects.select_related("webhook__workspace").filter(
            pk=delivery_id, next_at__isnull=False
        )
        delivery = found.first()
    if delivery is not None:
        with scope_of(delivery.webhook.workspace_id):
            attempt(delivery, now=timezone.now())


def attempt(delivery: Delivery, *, now: datetime) -> None:
    """Send a delivery that is due, and note what came of it; the webhook must be loaded."""
    held = {"attempts": F("attempts") + 1, "next_at": now + HELD}
    due = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, next_at__lte=now)
    if not due.update(**held):
        return
    delivery.attempts += 1
    webhook = delivery.webhook
    is_test = delivery.event == Event.TEST
    if webhook.workspace.deletion_asked_at is not None:
        _give_up(delivery, None, "workspace_ending", now=now, counts=False)
        return
    if webhook.paused_at is not None and not is_test:
        _give_up(delivery, None, "paused", now=now, counts=False)
        return
    status, problem = _send(delivery, now=now)
    if status is not None and 200 <= status < 300:
        _note_delivered(delivery, status, now=now)
    elif is_test or delivery.attempts > len(WAITS):
        _give_up(delivery, status, problem, now=now, counts=not is_test)
    else:
        _wait(delivery, status, problem, until=now + WAITS[delivery.attempts - 1])


@transaction.atomic
def pause(webhook: Webhook, *, now: datetime) -> None:
    """Send nothing to an address any more, until an owner has it go on."""
    if Webhook.objects.filter(pk=webhook.pk, paused_at=None).update(paused_at=now):
        record_webhook("webhook.paused", webhook, now=now, by=SENDER)


def record_webhook(verb: str, webhook: Webhook, *, now: datetime, by: Actor) -> None:
    """Let the trail say what became of a webhook. Costs: 1 query."""
    record_event(
        verb,
        by=by,
        subject=webhook.workspace.public_id,
        workspace=webhook.workspace.public_id,
        at=now,
        detail={"webhook": webhook.pk, "events": list(webhook.events)},
    )


def signature(secret: str, body: bytes, *, at: int) -> str:
    """Return what proves that a message came from here and when; `at` counts seconds since 1970."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def tidy_deliveries(*, now: datetime) -> int:
    """Have those sent again whose worker died, and delete old ones; return how many went."""
    with every_workspace():
        lost = Delivery.objects.filter(next_at__lte=now - HELD).order_by("pk")
        for pk in lost.values_list("pk", flat=True):
            deliver.enqueue(delivery_id=pk)
        old = Delivery.objects.filter(next_at=None, created_at__lte=now - KEPT)
        return old.delete()[0]


def _send(delivery: Delivery, *, now: datetime) -> tuple[int | None, str]:
    """Return what the address answered, or None and why it did not."""
    webhook, body = delivery.webhook, delivery.body.encode()
    secret = unseal(webhook.secret)
    if secret is None:
        return None, "secret"
    inside = settings.WEBHOOKS_INSIDE
    headers = {
        "Content-Type": "application/json",
        "Waymark-Event": delivery.event,
        "Waymark-Delivery": delivery.event_id,
        "Waymark-Signature": signature(secret, body, at=int(now.timestamp())),
    }
    try:
        to = destination_of(webhook.url, inside=inside)
        return post(to, body, headers=headers, seconds=SECONDS, inside=inside), ""
    except (AddressRefused, NotSent) as problem:
        return None, problem.code


def _wait(delivery: Delivery, status: int | None, problem: str, *, until: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(status=status, problem=problem, next_at=until)
    deliver.using(run_after=until).enqueue(delivery_id=delivery.pk)


@transaction.atomic
def _note_delivered(delivery: Delivery, status: int, *, now: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        status=status, problem="", next_at=None, delivered_at=now
    )
    if delivery.event != Event.TEST:
        Webhook.objects.filter(pk=delivery.webhook_id).exclude(failures=0).update(failures=0)


@transaction.atomic
def _give_up(
    delivery: Delivery, status: int | None, problem: str, *, now: datetime, counts: bool
) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        status=status, problem=problem, next_at=None, given_up_at=now
    )
    if not counts:
        return
    logger.warning("Delivery %s to a webhook was given up", delivery.pk)
    rows = Webhook.objects.filter(pk=delivery.webhook_id)
    rows.update(failures=F("failures") + 1)
    if rows.filter(failures__gte=MOST_GIVEN_UP).exists():
        pause(delivery.webhook, now=now)
