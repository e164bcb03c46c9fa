"""One row an answer: a rating of a descriptor, or a pick of a stage for a dimension.

A row may also hold no answer and only a note: step or stage are null then and the word is empty.
`is_from_before` marks an answer carried over from the assessment before: it is shown, and counts
for nothing until its respondent confirms it or gives another.
"""

from django.db import models

from assessments.models.respondent import Respondent
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN
from maturity.workspaces.scopes import scoped

NOTE_LENGTH = 5_000


class Rating(models.Model):
    """A respondent's answer to one descriptor; `step` is an index into the model's scale."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="ratings")
    descriptor_id = models.CharField(max_length=80)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    word = models.CharField(max_length=16, blank=True, default="")
    note = models.TextField(max_length=NOTE_LENGTH, blank=True, default="")
    is_from_before = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    objects = scoped("respondent__assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "descriptor_id"], name="one_rating_per_descriptor"
            ),
            models.CheckConstraint(
                condition=models.Q(step__isnull=True) | models.Q(word=""),
                name="rating_is_a_step_or_a_word",
            ),
            models.CheckConstraint(
                condition=models.Q(word__in=["", NOT_APPLICABLE, UNKNOWN]),
                name="rating_word_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.descriptor_id}: {self.word or self.step}"


class Pick(models.Model):
    """A respondent's direct choice of a stage for a dimension; the word "unknown" is "not sure"."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="picks")
    dimension = models.CharField(max_length=80)
    stage = models.PositiveSmallIntegerField(null=True, blank=True)
    word = models.CharField(max_length=16, blank=True, default="")
    note = models.TextField(max_length=NOTE_LENGTH, blank=True, default="")
    is_from_before = models.BooleanField(default=False)
    updated_at = models.DateTimeField()

    objects = scoped("respondent__assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "dimension"], name="one_pick_per_dimension"
            ),
            models.CheckConstraint(
                condition=models.Q(stage__isnull=True) | models.Q(word=""),
                name="pick_is_a_stage_or_a_word",
            ),
            models.CheckConstraint(
                condition=models.Q(word__in=["", UNKNOWN]), name="pick_word_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.word or self.stage}"
