"""One session on an assessment, and who may join it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models import Assessment
from maturity.web.ids import new_public_id
from maturity.workspaces.scopes import scoped

MOST_PARTICIPANTS = 1_000
FEWEST_VOTES_EVER = 3


class Workshop(models.Model):
    """A live session on an assessment: prepared, then live from `opened_at`, then ended.

    `revision` grows with every change a phone may have to show, `tally` with everything that only
    the facilitator's screen and the wall count: votes and who is here. While it is live, `code`
    lets people join who type it, and the token behind `token_hash` who scan it; both are gone
    after `expires_at` and when it ends. `groups` is the list its participants choose from, as in
    an assessment. `fewest_votes` is how many votes must stand behind every figure of an anonymous
    one. What is decided in a rehearsal stays in it. `current` is the round all screens are at.
    `told` is its protocol as a file told it (rules/protocol_file.py): it was held elsewhere, is
    over, and has neither rounds nor participants. Of every other one it is None.
    """

    class Voices(models.TextChoices):
        NAMED = "named", "named"
        ANONYMOUS = "anonymous", "anonymous"

    class Entry(models.TextChoices):
        OPEN = "open", "whoever has the code is in at once"
        LOBBY = "lobby", "the facilitator lets people in"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="workshops")
    title = models.CharField(max_length=120, blank=True)
    voices = models.CharField(max_length=10, choices=Voices, default=Voices.ANONYMOUS)
    fewest_votes = models.PositiveSmallIntegerField(default=FEWEST_VOTES_EVER)
    entry = models.CharField(max_length=8, choices=Entry, default=Entry.OPEN)
    most_participants = models.PositiveSmallIntegerField(default=300)
    groups = models.JSONField(default=list, blank=True)
    takes_addresses = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(default=60)
    is_rehearsal = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    code = models.CharField(max_length=6, null=True, unique=True)  # noqa: DJ001 many have none
    nonce = models.CharField(max_length=64, blank=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    revision = models.PositiveIntegerField(default=0)
    tally = models.PositiveIntegerField(default=0)
    current = models.ForeignKey(
        "workshops.Round", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    told = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("assessment__workspace")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fewest_votes__gte=FEWEST_VOTES_EVER, fewest_votes__lte=100),
                name="fewest_votes_from_3_to_100",
            ),
            models.CheckConstraint(
                condition=Q(most_participants__gte=1, most_participants__lte=MOST_PARTICIPANTS),
                name="participants_from_1_to_1000",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(code=None, token_hash=None),
                name="an_ended_workshop_has_no_code",
            ),
            models.CheckConstraint(
                condition=Q(code=None) | Q(opened_at__isnull=False, expires_at__isnull=False),
                name="only_an_opened_workshop_has_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_anonymous(self) -> bool:
        """Say whether nobody may learn who voted what."""
        return self.voices == self.Voices.ANONYMOUS

    @property
    def has_lobby(self) -> bool:
        """Say whether who joins waits to be let in."""
        return self.entry == self.Entry.LOBBY

    def is_live(self, *, now: datetime) -> bool:
        """Say whether people may be in it: opened, not ended, not past its twelve hours."""
        return (
            self.ended_at is None
            and self.opened_at is not None
            and self.expires_at is not None
            and now < self.expires_at
        )

    def is_over(self, *, now: datetime) -> bool:
        """Say whether it has ended, by the facilitator or by its time."""
        return self.opened_at is not None and not self.is_live(now=now)
