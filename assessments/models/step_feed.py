"""The address at which a calendar looks for somebody's steps."""

from django.conf import settings
from django.db import models

from maturity.workspaces.models import Workspace
from maturity.workspaces.scopes import scoped


class StepFeed(models.Model):
    """A secret address at which calendars find the days of steps of one workspace, for one member.

    What it shows is what the member may see at that moment. Only a hash of the token is kept
    (maturity.web.secrets.tokens): the address is shown once, when it is made.
    """

    class Shows(models.TextChoices):
        MINE = "mine", "My own steps"
        ALL = "all", "All steps of the roadmaps I may see"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="step_feeds")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="step_feeds"
    )
    shows = models.CharField(max_length=4, choices=Shows, default=Shows.MINE)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user"], name="one_step_feed_a_member_and_workspace"
            )
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"
