"""One person's answer to the open round."""

from collections.abc import Mapping

from django.db import transaction

from assessments.workshops.models import Participant, Round, Vote, Workshop
from assessments.workshops.rules.kinds import Question, State, checked_vote
from assessments.workshops.rules.tallies import Ballot
from assessments.workshops.services.locking import raise_tally


class NotOpen(Exception):
    """The round takes no votes (any more)."""


class NotIn(Exception):
    """The voter waits in the lobby still, or was taken out."""


def cast_vote(
    participant: Participant,
    *,
    round_id: int,
    question: Question,
    answers: Mapping[str, object],
    note: str,
) -> Ballot:
    """Keep somebody's vote, in place of the one they gave before; sent twice, it is there once.

    `question` is the round's. Returns what was kept, without groups and name. Raises: WrongVote,
    NotOpen, NotIn; nothing is written then. Costs: 3 queries in a transaction.
    """
    cleaned = checked_vote(question, answers)
    with transaction.atomic():
        # Changing the row keeps the round from being closed between this look and the vote.
        raise_tally(participant.workshop_id)
        groups = _groups_of_voter(participant, round_id)
        Vote.objects.bulk_create(
            [
                Vote(
                    round_id=round_id,
                    participant=participant,
                    answers=cleaned,
                    groups=groups,
                    note=note,
                )
            ],
            update_conflicts=True,
            unique_fields=["round", "participant"],
            update_fields=["answers", "groups", "note"],
        )
    return Ballot(answers=cleaned, groups={}, note=note, name="")


def _groups_of_voter(participant: Participant, round_id: int) -> dict[str, str]:
    """Return the groups of somebody who may vote now. Costs: 1 query, 2 where they may not."""
    rows = Participant.objects.filter(pk=participant.pk)
    voters = rows.filter(
        removed_at=None,
        admitted_at__isnull=False,
        workshop__rounds__pk=round_id,
        workshop__rounds__state=State.OPEN.value,
    )
    groups: dict[str, str] | None = voters.values_list("groups", flat=True).first()
    if groups is not None:
        return groups
    raise NotIn if rows.exclude(admitted_at=None).filter(removed_at=None).count() == 0 else NotOpen


def withdraw_vote(participant: Participant, *, round_id: int) -> None:
    """Take one's own vote back while the round is open. Raises: NotOpen. Costs: 3 queries."""
    with transaction.atomic():
        raise_tally(participant.workshop_id)
        workshop: Workshop = participant.workshop
        rounds = Round.objects.filter(pk=round_id, workshop=workshop, state=State.OPEN.value)
        if not rounds.exists():
            raise NotOpen
        Vote.objects.filter(round=round_id, participant=participant).delete()
