"""An assessment, and what was set for its dimensions."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from maturity.web.ids import new_public_id
from maturity.workspaces.scopes import scoped

FEWEST_EVER = 3


class Assessment(models.Model):
    """One organisation against one model version at one time.

    `public_id` names it in addresses and is no secret. `revision` grows with every change to
    anything its placement depends on. `workspace` is its organisation's, kept here as well so that
    every row below it is scoped at little cost; the two change together or not at all.

    It collects answers until `answers_ended_at`, is settled by its lead, and is closed from
    `closed_at` on; a reopened one is settled again. `groups` is the lead's own list,
    `[{"name": "Function", "options": ["Service", "IT"]}]`. `follows` is the one whose answers it
    started from. `told` is what a file it was made from told of, and no row here tells: whether it
    followed another one, and the steps done since the result before (scoring/frozen.py, DoneStep);
    None of one that was not made from a file.
    """

    class Voices(models.TextChoices):
        NAMED = "named", "named"
        ANONYMOUS = "anonymous", "anonymous"

    class Asked(models.TextChoices):
        FREE = "free", "one person answers as they like"
        PICKS = "picks", "a stage for each dimension"
        GATES = "gates", "the statements of every gate, or up to a stage"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    workspace = models.ForeignKey(
        "workspaces.Workspace", on_delete=models.PROTECT, related_name="assessments"
    )
    organisation = models.ForeignKey(
        "workspaces.Organisation", on_delete=models.PROTECT, related_name="assessments"
    )
    model_version = models.ForeignKey(
        "catalogue.MaturityModel", on_delete=models.PROTECT, related_name="+"
    )
    date = models.DateField()
    purpose = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=200, blank=True)
    voices = models.CharField(max_length=10, choices=Voices, default=Voices.NAMED)
    fewest_answers = models.PositiveSmallIntegerField(default=5)
    asked = models.CharField(max_length=8, choices=Asked, default=Asked.FREE)
    asked_up_to = models.PositiveSmallIntegerField(null=True, blank=True)
    groups = models.JSONField(default=list, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    told = models.JSONField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    answers_ended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    # Set by assessments/access.py for the length of a request.
    opened_as = ""

    objects = scoped("workspace")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fewest_answers__gte=FEWEST_EVER, fewest_answers__lte=100),
                name="fewest_answers_from_3_to_100",
            ),
            models.CheckConstraint(
                condition=Q(asked_up_to__isnull=True) | Q(asked="gates"),
                name="up_to_a_stage_is_about_gates",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(answers_ended_at__isnull=False),
                name="closed_means_no_more_answers",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def url_id(self) -> str:
        """Return its public id as this visitor's addresses spell it: see assessments/access.py."""
        return self.opened_as or self.public_id

    @property
    def is_closed(self) -> bool:
        """Say whether its result is frozen and nothing of it changes."""
        return self.closed_at is not None

    @property
    def takes_answers(self) -> bool:
        """Say whether respondents may still answer."""
        return self.answers_ended_at is None

    @property
    def counts_from_first(self) -> bool:
        """Say whether the scores it is compared with are those of the organisation's first time."""
        return bool(self.told["counts_from_first"] if self.told else self.follows_id)

    @property
    def is_anonymous(self) -> bool:
        """Say whether nobody may learn who said what."""
        return self.voices == self.Voices.ANONYMOUS


class DimensionSetting(models.Model):
    """What was set for one dimension: the stage wanted, how much it matters, the score last time.

    An empty target means the next stage; an empty baseline, that nothing is known from before.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="settings")
    dimension = models.CharField(max_length=80)
    target = models.PositiveSmallIntegerField(null=True, blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(1))
    baseline = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)

    objects = scoped("assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "dimension"], name="one_setting_per_dimension"
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gte=0, weight__lte=10), name="weight_from_0_to_10"
            ),
            models.CheckConstraint(
                condition=models.Q(baseline__isnull=True) | models.Q(baseline__gte=0),
                name="baseline_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.dimension}"
