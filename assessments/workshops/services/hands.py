"""The show of hands the facilitator counted, beside the votes of the phones."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from assessments.workshops.models import Round, Workshop
from assessments.workshops.rules.kinds import Question, State, checked_hands
from assessments.workshops.services.doors import record
from assessments.workshops.services.locking import MovedOn, take_live
from maturity.workspaces.actors import Actor

_COUNTED_IN = (
    State.OPEN.value,
    State.CLOSED.value,
    State.REVEALED.value,
    State.AGREED.value,
)


@transaction.atomic
def count_hands(
    workshop: Workshop,
    *,
    round_id: int,
    question: Question,
    hands: Mapping[str, Mapping[str, object]],
    now: datetime,
    by: Actor,
) -> None:
    """Keep how many hands were raised for what, in place of what was counted before.

    Raises: WrongVote, of a number or an option that cannot be; MovedOn, of a round that was never
    opened; NotLive, WorkshopGone. Costs: 5 queries.
    """
    counted = checked_hands(question, hands)
    current = take_live(workshop.pk, now=now)
    rows = Round.objects.filter(workshop=current, pk=round_id, state__in=_COUNTED_IN)
    if not rows.update(hands=counted):
        raise MovedOn
    record(current, "round.hands_counted", now=now, by=by, round=round_id)
