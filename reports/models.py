"""A report that was asked for: the pages to print, and the file once it is made."""

from django.db import models

from maturity.workspaces.scopes import scoped


class Report(models.Model):
    """One PDF of one assessment, as it was when asked for.

    `html` is what the file is made from and is emptied once there is one; `digest` is taken over
    it, so the same report is never made twice. `reason` says why there is no file, as a kind
    known to `reports.rendering.client`. `result` is the frozen result it is about; without one it
    tells of an open assessment, and only who may see that may have it.
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"

    class Paper(models.TextChoices):
        A4 = "a4", "A4"
        LETTER = "letter", "US Letter"

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="reports"
    )
    result = models.ForeignKey(
        "assessments.Result",
        on_delete=models.CASCADE,
        related_name="reports",
        null=True,
        blank=True,
    )
    digest = models.CharField(max_length=64)
    paper = models.CharField(max_length=10, choices=Paper)
    file_name = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=20, blank=True)
    html = models.TextField(blank=True)
    content = models.BinaryField(null=True, blank=True)
    size = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "digest"], name="one_report_per_assessment_and_content"
            ),
            models.CheckConstraint(
                condition=models.Q(content__isnull=False) | ~models.Q(status="ready"),
                name="ready_report_has_content",
            ),
        ]
        indexes = [models.Index(fields=["status", "started_at"], name="report_by_status")]

    def __str__(self) -> str:
        return f"Report {self.pk} ({self.status})"
