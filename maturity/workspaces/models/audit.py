"""The trail that records who did what."""

from typing import Any

from django.db import models


class AppendOnly(RuntimeError):
    """Somebody tried to change or remove an event of the audit trail."""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def update(self, **changes: object) -> int:
        raise AppendOnly("Events of the audit trail are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("Events of the audit trail are never removed.")


class AuditEvent(models.Model):
    """One thing somebody did, written once and never changed.

    `actor` is an `Actor`'s label and `address` where it acted from, `verb` what was done (a code
    of trail_words.VERBS),
    `subject` the public id of what it was done to, `workspace` that of the tenant: a text and no
    key, because the trail outlives what it tells of. `detail` holds figures and keys, never names,
    e-mail addresses, answers or tokens.
    """

    workspace = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    address = models.GenericIPAddressField(null=True, blank=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["subject", "verb", "at"], name="audit_by_subject"),
            models.Index(fields=["workspace", "at"], name="audit_by_workspace"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.subject}"

    def save(self, *args: Any, **options: Any) -> None:
        """Write a new event. Raises: AppendOnly, for one that is already written."""
        if not self._state.adding:
            raise AppendOnly("Events of the audit trail are never changed.")
        super().save(*args, **options)

    def delete(self, *args: object, **options: object) -> tuple[int, dict[str, int]]:
        """Refuse. Raises: AppendOnly."""
        raise AppendOnly("Events of the audit trail are never removed.")
