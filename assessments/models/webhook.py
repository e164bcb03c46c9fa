"""Addresses that are told of what happens in a workspace, and what they were told."""

from django.db import models

from maturity.web.net.url_guard import LENGTH
from maturity.workspaces.models import Workspace
from maturity.workspaces.scopes import scoped


class Event(models.TextChoices):
    """What an address can be told of; `TEST` is sent when an owner asks for it."""

    CLOSED = "assessment.closed", "An assessment was closed"
    FINISHED = "step.finished", "A step was finished"
    TEST = "test", "A test"


class Webhook(models.Model):
    """An address an owner set, which is told of some events of the workspace.

    `secret` is what each message is signed with, readable by this installation alone. `failures`
    counts the messages in a row that were given up; after some of them nothing is sent from
    `paused_at` on, until an owner has it go on.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=LENGTH)
    events = models.JSONField(default=list)
    secret = models.TextField()
    created_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    paused_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("workspace")

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Delivery(models.Model):
    """One message to one address: `body` as it is sent, each time the same.

    It waits while `next_at` is set: for its next attempt, or for the end of the one that is made.
    `status` is what the address answered last, `problem` is a code that says
    why it did not (see queries.webhook_words).
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=20, choices=Event)
    event_id = models.CharField(max_length=32)
    body = models.TextField()
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    problem = models.CharField(max_length=120, blank=True)

    objects = scoped("webhook__workspace")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event_id"], name="an_event_is_told_once"),
            models.CheckConstraint(
                condition=models.Q(
                    next_at__isnull=False, delivered_at__isnull=True, given_up_at__isnull=True
                )
                | models.Q(
                    next_at__isnull=True, delivered_at__isnull=False, given_up_at__isnull=True
                )
                | models.Q(
                    next_at__isnull=True, delivered_at__isnull=True, given_up_at__isnull=False
                ),
                name="a_delivery_waits_or_has_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["webhook", "created_at"], name="deliveries_of_webhook"),
            models.Index(fields=["next_at"], name="deliveries_that_wait"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.event_id}"
