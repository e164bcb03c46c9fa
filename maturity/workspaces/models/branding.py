"""A workspace's look on its reports."""

from django.db import models

from maturity.workspaces.models.workspace import Workspace
from maturity.workspaces.scopes import scoped


class WorkspaceBranding(models.Model):
    """What a workspace puts on its reports; without a row, nothing.

    `logo` is a PNG made by `maturity.web.files.images`, never an upload as it came. See
    maturity.workspaces.branding.colours for the rest.
    """

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="branding")
    accent = models.CharField(max_length=7, blank=True)
    second = models.CharField(max_length=7, blank=True)
    footer = models.CharField(max_length=100, blank=True)
    logo = models.BinaryField(null=True, blank=True)
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = scoped("workspace")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(logo=None, logo_width=0, logo_height=0)
                | models.Q(logo__isnull=False, logo_width__gt=0, logo_height__gt=0),
                name="logo_has_its_size",
            ),
        ]

    def __str__(self) -> str:
        return f"branding {self.pk}"
