"""The steps an organisation decided on."""

from django.conf import settings
from django.db import models

from assessments.models.assessment import Assessment
from maturity.workspaces.scopes import scoped


class Step(models.Model):
    """A step the organisation decided on: somebody owns it, or it has a date.

    `descriptor_id` and `dimension` say what of the model it is to put in place; both are empty for
    a step of the organisation's own. `words` is what will be done, at first the model's action.
    `owner` is a name; `member` is whose it is, where the name is a member's. `days` is the work in
    it, in one person's days; `rank` its place in the list. `reason` says why it was dropped.

    `tell_at` is since when its member waits to be told that it is theirs, `told` who was told last,
    and `reminded_of` of which due day they were told that it is near. `changed_at` is when its
    words, its owner or its days were changed last.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        DOING = "doing", "Doing"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    OPEN = (Status.PLANNED, Status.DOING)

    organisation = models.ForeignKey(
        "workspaces.Organisation", on_delete=models.CASCADE, related_name="steps"
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.SET_NULL, related_name="steps", null=True
    )
    model_version = models.ForeignKey(
        "catalogue.MaturityModel", on_delete=models.PROTECT, related_name="+", null=True
    )
    dimension = models.CharField(max_length=80, blank=True)
    descriptor_id = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=400)
    owner = models.CharField(max_length=200, blank=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    start = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    notes = models.TextField(blank=True)
    evidence = models.URLField(max_length=500, blank=True)
    rank = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)
    reason = models.CharField(max_length=400, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    tell_at = models.DateTimeField(null=True, blank=True)
    told = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    reminded_of = models.DateField(null=True, blank=True)

    objects = scoped("organisation__workspace")

    class Meta:
        indexes = [models.Index(fields=["member", "status"], name="steps_of_member")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "descriptor_id"],
                condition=models.Q(status__in=["planned", "doing"]) & ~models.Q(descriptor_id=""),
                name="one_open_step_a_descriptor",
            ),
            models.CheckConstraint(
                condition=~models.Q(owner="") | models.Q(due__isnull=False),
                name="a_decided_step_has_an_owner_or_a_date",
            ),
            models.CheckConstraint(
                condition=models.Q(status="done", done_at__isnull=False)
                | (~models.Q(status="done") & models.Q(done_at__isnull=True)),
                name="a_done_step_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True)
                | models.Q(due__isnull=True)
                | models.Q(start__lte=models.F("due")),
                name="a_step_starts_before_it_is_due",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be done."""
        return self.status in self.OPEN
