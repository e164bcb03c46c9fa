"""Tokens by which programs come in."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from maturity.web.ids import new_public_id
from maturity.workspaces.models.workspace import Workspace
from maturity.workspaces.scopes import scoped


class ApiToken(models.Model):
    """A key to the API of one workspace, acting for the account that made it.

    `scopes` lists scopes of `workspaces.tokens.api_scopes`. The token is shown once and not
    stored: its hash recognises it, and `ending`, its last characters, lets people tell theirs
    apart. It ends with the account, and with that account's last role in the workspace.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="tokens")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens"
    )
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("workspace")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name")]
        indexes = [models.Index(fields=["workspace", "created_at"], name="tokens_of_workspace")]

    def __str__(self) -> str:
        return self.name
