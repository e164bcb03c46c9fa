"""Addresses that are told of events: set, tested, paused, ended; and events written down for them.

A message holds ids and a link, no names and no answers: who follows the link signs in.
"""

import json
import uuid
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from assessments.models import Assessment, Delivery, Event, Result, Step, Webhook
from assessments.webhooks.services.delivery import deliver, pause, record_webhook
from maturity.web.rate_limits import HOUR_S, Limit, count
from maturity.web.secrets.encryption import seal
from maturity.web.secrets.tokens import new_token
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Workspace

FORMAT = "waymark-event/1"
MOST = 5
# Ours: a busy day has dozens. More than this is a program gone wild, or meant to do harm.
MOST_AN_HOUR = 300
TESTS = (Limit("webhook-tests", 20, HOUR_S),)


class TooManyWebhooks(Exception):
    """The workspace has MOST of them already."""


@transaction.atomic
def add_webhook(
    workspace: Workspace, *, url: str, events: Collection[str], now: datetime, by: Actor
) -> tuple[Webhook, str]:
    """Return a new webhook, and the secret its messages are signed with, which is shown once.

    Raises: TooManyWebhooks. Costs: 3 queries.
    """
    if Webhook.objects.filter(workspace=workspace).count() >= MOST:
        raise TooManyWebhooks
    secret = new_token()
    webhook = Webhook.objects.create(
        workspace=workspace,
        url=url,
        events=[each.value for each in Event if each.value in events],
        secret=seal(secret),
        created_at=now,
    )
    record_webhook("webhook.added", webhook, now=now, by=by)
    return webhook, secret


@transaction.atomic
def end_webhook(webhook: Webhook, *, now: datetime, by: Actor) -> None:
    """End a webhook at once, with what still waits for it."""
    record_webhook("webhook.ended", webhook, now=now, by=by)
    webhook.delete()


@transaction.atomic
def resume_webhook(webhook: Webhook, *, now: datetime, by: Actor) -> None:
    """Send again to an address that was paused; what happened meanwhile is not sent."""
    paused = Webhook.objects.filter(pk=webhook.pk, paused_at__isnull=False)
    if paused.update(paused_at=None, failures=0):
        record_webhook("webhook.resumed", webhook, now=now, by=by)


@transaction.atomic
def send_test(webhook: Webhook, *, now: datetime, by: Actor) -> None:
    """Send a test, once, also to an address that is paused. Raises: LimitReached."""
    count(TESTS, f"workspace:{webhook.workspace_id}", now=now)
    body = _body(Event.TEST, webhook.workspace, ids={}, link="", now=now)
    _write_down(webhook, body, now=now)
    record_webhook("webhook.tested", webhook, now=now, by=by)


def tell_closed(assessment: Assessment, result: Result, *, now: datetime) -> None:
    """Have it told that an assessment was closed. Costs: 1 query, and 3 for each address."""
    ids = {
        "organisation": assessment.organisation.public_id,
        "assessment": assessment.public_id,
        "result": result.number,
    }
    link = f"assessments/{assessment.public_id}/results/{result.number}/"
    _tell(Event.CLOSED, assessment.workspace, ids=ids, link=link, now=now)


def tell_finished(step: Step, *, now: datetime) -> None:
    """Have it told that a step was finished. Costs: 1 query, and 3 for each address."""
    organisation = step.organisation
    ids = {
        "organisation": organisation.public_id,
        "step": step.pk,
        "descriptor": step.descriptor_id or None,
    }
    link = f"organisations/{organisation.public_id}/steps/"
    _tell(Event.FINISHED, organisation.workspace, ids=ids, link=link, now=now)


def _tell(
    event: Event, workspace: Workspace, *, ids: Mapping[str, object], link: str, now: datetime
) -> None:
    listening = [
        each
        for each in Webhook.objects.filter(workspace=workspace, paused_at=None).order_by("pk")
        if event in each.events
    ]
    body = _body(event, workspace, ids=ids, link=link, now=now)
    for webhook in listening:
        lately = Delivery.objects.filter(webhook=webhook, created_at__gt=now - timedelta(hours=1))
        if lately.count() >= MOST_AN_HOUR:
            pause(webhook, now=now)
            continue
        _write_down(webhook, body, now=now)


def _body(
    event: Event, workspace: Workspace, *, ids: Mapping[str, object], link: str, now: datetime
) -> dict[str, object]:
    """Return a message; its id is the same at every address, and at every attempt."""
    return {
        "format": FORMAT,
        "id": uuid.uuid4().hex,
        "type": event.value,
        "at": now.isoformat(timespec="seconds"),
        "workspace": workspace.public_id,
        **ids,
        "link": f"{settings.SITE_URL}{link}",
    }


def _write_down(webhook: Webhook, body: dict[str, object], *, now: datetime) -> None:
    delivery = Delivery.objects.create(
        webhook=webhook,
        event=str(body["type"]),
        event_id=str(body["id"]),
        body=json.dumps(body),
        created_at=now,
        next_at=now,
    )
    deliver.enqueue(delivery_id=delivery.pk)
