"""Votes: how many there are, one's own, and, once a round is revealed, all of them.

Nothing else in the product reads votes; tests/workshops/test_secrecy.py holds that.
"""

from collections.abc import Collection, Sequence

from assessments.workshops.models import Participant, Round, Vote
from assessments.workshops.rules.tallies import Ballot


class NotRevealed(PermissionError):
    """The round's votes may not be seen yet."""


def ballots_of(round_: Round, *, with_names: bool) -> tuple[Ballot, ...]:
    """Return the votes of a round that was revealed, in an order that tells nothing.

    Names are in them only when asked for. Raises: NotRevealed. Costs: 1 query.
    """
    if not round_.is_shown:
        raise NotRevealed
    rows = Vote.objects.filter(round=round_).values_list(
        "answers", "groups", "note", "participant__name"
    )
    ballots = [
        Ballot(answers=answers, groups=groups, note=note, name=(name or "") if with_names else "")
        for answers, groups, note, name in rows
    ]
    return tuple(sorted(ballots, key=repr))


def ballots_by_round(
    rounds: Sequence[Round], *, named: Collection[int]
) -> dict[int, tuple[Ballot, ...]]:
    """Return the votes of rounds that were revealed, by the round's key, as `ballots_of` does.

    Names are in those of the workshops whose keys are `named`. Raises: NotRevealed, of any of the
    rounds. Costs: 1 query.
    """
    if not all(each.is_shown for each in rounds):
        raise NotRevealed
    has_names = {each.pk: each.workshop_id in named for each in rounds}
    rows = Vote.objects.filter(round__in=has_names).values_list(
        "round", "answers", "groups", "note", "participant__name"
    )
    found: dict[int, list[Ballot]] = {pk: [] for pk in has_names}
    for pk, answers, groups, note, name in rows:
        shown = (name or "") if has_names[pk] else ""
        found[pk].append(Ballot(answers=answers, groups=groups, note=note, name=shown))
    return {pk: tuple(sorted(ballots, key=repr)) for pk, ballots in found.items()}


def how_many_voted(round_: Round) -> int:
    """Return how many have voted in a round. Costs: 1 query."""
    return int(Vote.objects.filter(round=round_).count())


def own_vote(round_: Round, participant: Participant) -> Ballot | None:
    """Return what somebody voted themselves, None for nothing yet. Costs: 1 query."""
    vote = Vote.objects.filter(round=round_, participant=participant).first()
    if vote is None:
        return None
    return Ballot(answers=vote.answers, groups={}, note=vote.note, name="")


def who_has_not_voted(round_: Round) -> list[Participant]:
    """Return who is in and has not voted, with their workshop. Costs: 1 query."""
    rows = Participant.objects.filter(
        workshop=round_.workshop_id, admitted_at__isnull=False, removed_at=None
    )
    return list(rows.exclude(votes__round=round_).select_related("workshop").order_by("pk"))
