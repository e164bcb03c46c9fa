"""The result on its way to those who left an address."""

from django.db import models
from django.db.models import Q

from assessments.workshops.models.workshop import Workshop
from maturity.workspaces.scopes import scoped


class Sending(models.Model):
    """One time the result of a workshop is mailed to who left an address: the row is the queue.

    `tried` is the key of the participant who was tried last and `left` how many may still be, so
    that whoever takes up a sending that died goes on after it. `moved_at` moves with every mail.
    `reason` says why it failed: "hidden", "report", "mail" or "died". No address stands in it.
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="sendings")
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried = models.PositiveBigIntegerField(default=0)
    left = models.PositiveIntegerField()
    reason = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("workshop__assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop"],
                condition=Q(status__in=["queued", "running"]),
                name="one_sending_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"sending {self.pk} ({self.status})"

    @property
    def is_under_way(self) -> bool:
        """Say whether it still has something to do."""
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)
