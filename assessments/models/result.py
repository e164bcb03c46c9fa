"""What closing an assessment froze."""

from django.conf import settings
from django.db import models

from assessments.models.assessment import Assessment
from maturity.workspaces.scopes import scoped


class Result(models.Model):
    """The frozen result of one closing; each further closing of the assessment adds one.

    `frozen` holds the answer sheet and the placement with exact values (scoring/frozen.py), names
    left out: people are in it by their respondent's id, so that a name that is deleted is gone.
    `scores` repeats what lists need, `{dimension: [stage, score]}`, null where not assessed.
    Nothing of it is ever changed.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveSmallIntegerField()
    date = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    model_version = models.ForeignKey(
        "catalogue.MaturityModel", on_delete=models.PROTECT, related_name="+"
    )
    scores = models.JSONField()
    overall_score = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    overall_stage = models.SmallIntegerField(null=True)
    people = models.PositiveIntegerField()
    # Last, because it is large: SQLite walks through it to reach the columns behind it.
    frozen = models.JSONField()

    objects = scoped("assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="results_are_numbered")
        ]
        indexes = [
            # Which one is the latest is told without touching the rows, which are large.
            models.Index(fields=["assessment", "date", "closed_at"], name="results_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} result {self.number}"
