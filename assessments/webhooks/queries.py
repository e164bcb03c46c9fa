"""The webhooks of a workspace, and what they were told last."""

from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from assessments.models import Delivery, Event, Webhook
from assessments.webhooks.words import problem_text
from maturity.workspaces.models import Workspace

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class WebhookLog:
    """A webhook with its last deliveries, the newest first, each with what went wrong in words."""

    webhook: Webhook
    deliveries: tuple[tuple[Delivery, str], ...]

    @property
    def events(self) -> list[str]:
        """Return in words what it is told of."""
        return [str(Event(event).label) for event in self.webhook.events]


def webhooks_of(workspace: Workspace) -> list[WebhookLog]:
    """Return the webhooks of a workspace, the oldest first. Costs: 2 queries."""
    webhooks = list(Webhook.objects.filter(workspace=workspace).order_by("pk"))
    newest = Window(
        RowNumber(), partition_by=F("webhook"), order_by=(F("created_at").desc(), F("pk").desc())
    )
    rows = (
        Delivery.objects.filter(webhook__in=webhooks)
        .defer("body")
        .annotate(place=newest)
        .filter(place__lte=MOST_SHOWN)
        .order_by("place")
    )
    by_webhook: dict[int, list[tuple[Delivery, str]]] = {}
    for row in rows:
        by_webhook.setdefault(row.webhook_id, []).append((row, problem_text(row.problem)))
    return [WebhookLog(each, tuple(by_webhook.get(each.pk, ()))) for each in webhooks]


def webhook_of(workspace: Workspace, webhook_id: int) -> Webhook | None:
    """Return one webhook of the workspace, with it. Costs: 1 query."""
    webhook: Webhook | None = Webhook.objects.filter(workspace=workspace, pk=webhook_id).first()
    if webhook is not None:
        webhook.workspace = workspace
    return webhook
