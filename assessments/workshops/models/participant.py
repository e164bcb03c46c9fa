"""One person in the room."""

from django.db import models

from assessments.workshops.models.workshop import Workshop
from maturity.web.secrets.tokens import is_person_key, person_key
from maturity.workspaces.scopes import scoped

NAME_LENGTH = 40


class Participant(models.Model):
    """One person in the room, known by their phone's own cookie, whose hash is `token_hash`.

    Who waits in the lobby has no `admitted_at`. Who was taken out has `removed_at`, and is kept, so
    that the same phone does not come back as somebody else. `email` is where the result goes, if
    its owner left it. `is_pretend` ones fill the room in a rehearsal. `seen_at` is moved at most
    twice a minute.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    groups = models.JSONField(default=dict, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    is_pretend = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    result_sent_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("workshop__assessment__workspace")

    def __str__(self) -> str:
        return self.name or f"participant {self.pk}"

    @property
    def is_in(self) -> bool:
        """Say whether they may vote: let in, and not taken out."""
        return self.admitted_at is not None and self.removed_at is None

    @property
    def key(self) -> str:
        """Return what pages and browsers call them; it names nobody."""
        return person_key("participant", self.pk)

    def has_key(self, key: str) -> bool:
        """Return whether a page sent this key as theirs."""
        return is_person_key(key, "participant", self.pk)
