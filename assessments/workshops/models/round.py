"""One question put to the room, and the votes on it."""

from django.conf import settings
from django.db import models

from assessments.models.answer import NOTE_LENGTH
from assessments.workshops.models.participant import Participant
from assessments.workshops.models.workshop import Workshop
from assessments.workshops.rules.kinds import SHOWN, RoundKind, State
from maturity.workspaces.scopes import scoped

VOTE_NOTE_LENGTH = 500


class Round(models.Model):
    """One question put to the room: planned, open, closed, revealed, agreed; or skipped.

    Voting again adds a round at the same `position` with the next `attempt`; the one before stays
    revealed. `dimension` is empty and `candidates` are descriptor ids when steps are chosen;
    `gate_to` is the stage a rated gate leads to. `hands` holds what the facilitator counted
    without phones, `{key: {option: people}}`. `decision` is what was agreed, `{key: value}`: a
    stage, steps of the scale or one of the two words, a weight, a target, or 1 for each step that
    was chosen.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="rounds")
    position = models.PositiveSmallIntegerField()
    attempt = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in RoundKind])
    dimension = models.CharField(max_length=80, blank=True)
    gate_to = models.PositiveSmallIntegerField(null=True, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(
        max_length=10,
        choices=[(each.value, each.value) for each in State],
        default=State.PLANNED.value,
    )
    hands = models.JSONField(default=dict, blank=True)
    decision = models.JSONField(default=dict, blank=True)
    reason = models.TextField(max_length=NOTE_LENGTH, blank=True, default="")
    dissent = models.TextField(max_length=NOTE_LENGTH, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("workshop__assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "position", "attempt"], name="one_round_a_position_and_attempt"
            ),
            models.UniqueConstraint(
                fields=["workshop"],
                condition=models.Q(state=State.OPEN.value),
                name="one_open_round_a_workshop",
            ),
        ]
        ordering = ["position", "attempt"]

    def __str__(self) -> str:
        return f"{self.kind} {self.dimension}"

    @property
    def is_shown(self) -> bool:
        """Say whether its votes may be seen."""
        return self.state in SHOWN


class Vote(models.Model):
    """One person's answer to one round: `answers` as `rules.kinds.checked_vote` returns them.

    `groups` are the voter's when they voted. There is no time in it, and nothing may sort by its
    id: who voted when would tell who voted what. At the end of an anonymous workshop `participant`
    is emptied for good.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, related_name="votes", null=True
    )
    answers = models.JSONField()
    groups = models.JSONField(default=dict, blank=True)
    note = models.CharField(max_length=VOTE_NOTE_LENGTH, blank=True)

    objects = scoped("round__workshop__assessment__workspace")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="one_vote_a_participant")
        ]

    def __str__(self) -> str:
        return f"vote {self.pk}"
