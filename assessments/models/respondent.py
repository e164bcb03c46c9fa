"""Who answers, and the links that open an assessment without an account."""

from typing import Any

from django.conf import settings
from django.db import models

from assessments.models.assessment import Assessment
from maturity.web.secrets.tokens import is_person_key, person_key
from maturity.workspaces.scopes import scoped


class Respondent(models.Model):
    """Someone who answers in one assessment: a member, or a guest with a link.

    `email` is kept for a personal link and for reminders only. `groups` holds the chosen option by
    the group's name. `begun_at` is when they were told what will be seen, and began; a change of
    what was told empties it. `finished_at` is when they last said that they are done; answering on
    empties it. `had_account` stays true when the account is deleted: no link may ever open what was
    answered signed in.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="respondents")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="respondents",
        null=True,
        blank=True,
    )
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    groups = models.JSONField(default=dict, blank=True)
    came_by_open_link = models.BooleanField(default=False)
    had_account = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "user"], name="one_respondent_a_member"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) | models.Q(had_account=True),
                name="who_has_an_account_had_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"respondent {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; an account it has is never forgotten."""
        self.had_account = self.had_account or self.user_id is not None
        super().save(*args, **kwargs)

    @property
    def key(self) -> str:
        """Return what pages and browsers call them; it names nobody."""
        return person_key("respondent", self.pk)

    def has_key(self, key: str) -> bool:
        """Return whether a page sent this key as theirs."""
        return is_person_key(key, "respondent", self.pk)


class OpenLink(models.Model):
    """The one link of an assessment that lets anybody who has it answer, up to a limit."""

    assessment = models.OneToOneField(
        Assessment, on_delete=models.CASCADE, related_name="open_link"
    )
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    is_on = models.BooleanField(default=True)
    most_respondents = models.PositiveSmallIntegerField(default=50)
    created_at = models.DateTimeField()

    objects = scoped("assessment__workspace")

    def __str__(self) -> str:
        return f"open link {self.pk}"


class SecretLink(models.Model):
    """A link whose holder answers as one respondent.

    The token itself is not stored. Its hash is, to recognise it; and the nonce it is made from
    together with the installation's key, to show it again to who already has access.
    """

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="links")
    nonce = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("respondent__assessment__workspace")

    def __str__(self) -> str:
        return f"link {self.pk}"
