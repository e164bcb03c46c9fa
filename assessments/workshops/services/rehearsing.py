"""A rehearsal: a copy of a workshop, live at once, with pretend participants who vote by chance.

Nothing of it reaches the assessment: a rehearsal keeps what is decided in it to itself.
"""

import secrets
from datetime import datetime
from random import Random
from typing import Final

from django.db import transaction

from assessments.core.services.locking import AssessmentClosed
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from assessments.workshops.models import Participant, Round, Workshop
from assessments.workshops.queries.rounds import matrix_of, question_of_round
from assessments.workshops.queries.votes import who_has_not_voted
from assessments.workshops.rules.kinds import DOTS, Question, RoundKind, State
from assessments.workshops.services.doors import open_doors
from assessments.workshops.services.voting import NotIn, NotOpen, cast_vote
from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User

PRETEND: Final = (
    "Abel",
    "Birgit",
    "Cem",
    "Dalia",
    "Einar",
    "Fatou",
    "Giulia",
    "Hannes",
    "Ines",
    "Jonas",
    "Kaya",
    "Luca",
)
_AT_ONCE: Final = 3
_NOTES: Final = (
    "Depends on the team you ask.",
    "We started this last year, but it is not everywhere.",
    "I have never seen this written down.",
)
_COPIED: Final = (
    "title",
    "voices",
    "fewest_votes",
    "entry",
    "most_participants",
    "groups",
    "takes_addresses",
    "minutes",
)


@transaction.atomic
def rehearse(
    workshop: Workshop, *, user: User | None, chance: Random, now: datetime, by: Actor
) -> Workshop:
    """Return a rehearsal of a workshop, with its doors open and pretend participants in it.

    Rounds that were put to the room already are planned again in it. Raises: AssessmentClosed.
    Costs: about 12 queries.
    """
    if workshop.assessment.is_closed:
        raise AssessmentClosed
    copy: Workshop = Workshop.objects.create(
        assessment=workshop.assessment,
        is_rehearsal=True,
        created_at=now,
        created_by=user,
        **{name: getattr(workshop, name) for name in _COPIED},
    )
    first = Round.objects.filter(workshop=workshop, attempt=1).order_by("position")
    Round.objects.bulk_create(
        Round(
            workshop=copy,
            position=position,
            kind=each.kind,
            dimension=each.dimension,
            gate_to=each.gate_to,
            candidates=each.candidates,
            minutes=each.minutes,
        )
        for position, each in enumerate(first, start=1)
    )
    Participant.objects.bulk_create(
        Participant(
            workshop=copy,
            name=name,
            groups={each["name"]: chance.choice(each["options"]) for each in copy.groups},
            token_hash=hash_of(secrets.token_urlsafe(32)),
            is_pretend=True,
            joined_at=now,
            admitted_at=now,
        )
        for name in PRETEND
    )
    return open_doors(copy, now=now, by=by)


def tick(workshop: Workshop, *, chance: Random) -> int:
    """Let a few pretend participants vote in the open round; return how many did.

    Costs: 2 queries, and 5 for each vote.
    """
    if not workshop.is_rehearsal:
        return 0
    current: Round | None = Round.objects.filter(workshop=workshop, state=State.OPEN.value).first()
    if current is None:
        return 0
    question = question_of_round(matrix_of(workshop), current)
    silent = [each for each in who_has_not_voted(current) if each.is_pretend]
    voters = chance.sample(silent, min(len(silent), chance.randint(1, _AT_ONCE)))
    voted = 0
    for each in voters:
        note = chance.choice(_NOTES) if chance.random() < 0.15 else ""
        of_round = Random(current.pk)  # noqa: S311 nothing here is secret
        answers = _answers(question, of_round, chance)
        try:
            cast_vote(each, round_id=current.pk, question=question, answers=answers, note=note)
        except (NotOpen, NotIn):
            break
        voted += 1
    return voted


def _answers(question: Question, of_round: Random, chance: Random) -> dict[str, Answer]:
    """Return a believable vote: people crowd around an answer that the round itself decides."""
    if question.kind is RoundKind.STEPS:
        favourites = sorted(question.keys, key=lambda _: of_round.random())
        ranked = sorted(favourites, key=lambda key: favourites.index(key) + chance.gauss(0, 3))
        return dict.fromkeys(ranked[:DOTS], 1)
    found: dict[str, Answer] = {}
    for key in question.keys:
        centre, width = of_round.uniform(0, len(question.options) - 1), of_round.uniform(0.4, 1.2)
        place = round(chance.gauss(centre, width))
        found[key] = question.values[max(0, min(place, len(question.options) - 1))]
        if question.words and chance.random() < 0.06:
            found[key] = UNKNOWN
        elif NOT_APPLICABLE in question.words and chance.random() < 0.03:
            found[key] = NOT_APPLICABLE
    return found
