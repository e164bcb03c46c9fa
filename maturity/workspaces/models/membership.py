"""Roles people hold, and roles on offer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from maturity.workspaces.models.workspace import Organisation, Workspace
from maturity.workspaces.roles import ORGANISATION_ROLES, WORKSPACE_ROLES
from maturity.workspaces.scopes import scoped

ROLE_CHOICES = [(role.value, role.value) for role in (*WORKSPACE_ROLES, *ORGANISATION_ROLES)]
# A role is held where it means something: in the workspace, or in one of its organisations.
_IN_ITS_PLACE = Q(organisation=None, role__in=[role.value for role in WORKSPACE_ROLES]) | Q(
    organisation__isnull=False, role__in=[role.value for role in ORGANISATION_ROLES]
)


class Membership(models.Model):
    """One person's role in a workspace, or in one organisation of it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", null=True, blank=True
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=16, choices=ROLE_CHOICES)
    created_at = models.DateTimeField()

    objects = scoped("workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user"],
                condition=Q(organisation=None),
                name="one_role_in_a_workspace",
            ),
            models.UniqueConstraint(
                fields=["organisation", "user"], name="one_role_in_an_organisation"
            ),
            models.CheckConstraint(condition=_IN_ITS_PLACE, name="role_held_in_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(models.Model):
    """A role offered by mail; its link works once, and until it expires.

    Of the link's token only nonce and hash are kept (maturity/web/secrets). The address is
    emptied when the invitation is taken up or revoked.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations", null=True, blank=True
    )
    role = models.CharField(max_length=16, choices=ROLE_CHOICES)
    email = models.EmailField(blank=True)
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("workspace")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_IN_ITS_PLACE, name="role_offered_in_its_place")
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"
