"""What the group decided on."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.answer import NOTE_LENGTH
from assessments.models.assessment import Assessment
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN
from maturity.workspaces.scopes import scoped


class AgreedAnswer(models.Model):
    """One agreed rating (`key` a descriptor id, `number` a step) or pick (a dimension, a stage).

    `version` grows with every change, so that whoever edits says what they saw. `dissent` is what
    those who disagree want to have kept. One that was taken back has neither number nor word.
    """

    class What(models.TextChoices):
        RATING = "rating", "rating"
        PICK = "pick", "pick"

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="agreed")
    what = models.CharField(max_length=8, choices=What)
    key = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    word = models.CharField(max_length=16, blank=True, default="")
    reason = models.TextField(max_length=NOTE_LENGTH, blank=True, default="")
    dissent = models.TextField(max_length=NOTE_LENGTH, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    decided_at = models.DateTimeField()

    objects = scoped("assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "what", "key"], name="one_agreed_answer_a_question"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(word=""),
                name="agreed_is_a_number_or_a_word",
            ),
            models.CheckConstraint(
                condition=Q(word="") | Q(what="rating", word__in=[NOT_APPLICABLE, UNKNOWN]),
                name="agreed_word_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.word or self.number}"
