"""A report that was asked for, with its file once it is made; a result that is shared by a link."""

from django.conf import settings
from django.db import models

from maturity.workspaces.scopes import scoped


class Report(models.Model):
    """One file on one assessment, as it was when asked for.

    `kind` is one of `jobs.kinds`. `digest` is taken over everything the file is made from, so
    the same one is never made twice. `html` is what a PDF is printed from, emptied once there is
    one; `reason` says why there is none, as a kind known to `reports.rendering.client`. `result`
    is the frozen result it is about; without one it tells of an open assessment, and only who may
    see that may have it. `names_people` says that it tells who answered what, and who may have it.
    A protocol is of a `workshop`; a comparison is with the assessment `compared`, as it was open or
    as `compared_result` froze it. It goes when that goes.
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
    kind = models.CharField(max_length=10, default="report")
    workshop = models.ForeignKey(
        "workshops.Workshop", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    compared = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    compared_result = models.ForeignKey(
        "assessments.Result", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    names_people = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    paper = models.CharField(max_length=10, choices=Paper, blank=True)
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


class Share(models.Model):
    """A link by which anybody who has it reads one result, and what was chosen of it.

    `result` is the frozen one it shows; without one it shows the assessment as it stands on the day
    it is opened. `shows` lists parts of `reports.sharing.contents`. The token is not stored (see
    web.secrets.tokens); `password` is a hash, empty where none is asked for. `views` counts how
    often it was opened.
    """

    assessment = models.ForeignKey(
        "assessments.Assessment", on_delete=models.CASCADE, related_name="shares"
    )
    result = models.ForeignKey(
        "assessments.Result", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    label = models.CharField(max_length=120, blank=True)
    shows = models.JSONField(default=list, blank=True)
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    password = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0)
    last_viewed_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("assessment__workspace")

    class Meta:
        indexes = [models.Index(fields=["assessment", "created_at"], name="shares_of_assessment")]

    def __str__(self) -> str:
        return self.label or f"share {self.pk}"
