"""What the facilitator's screen and the wall show at this moment, as one value.

Nothing of a vote is in it before the reveal: only how many have voted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assessments.workshops.models import Round, Workshop
from assessments.workshops.queries.people import Turnout, turnout_of
from assessments.workshops.queries.rounds import matrix_of, question_of_round, rounds_of
from assessments.workshops.rules.codes import spaced
from assessments.workshops.rules.kinds import State
from assessments.workshops.rules.question_words import short_text, title_text
from assessments.workshops.views.clock import Countdown, countdown_of
from assessments.workshops.views.shown import RoundDecision, ShownRound, decided_of, shown_round
from maturity.catalogue.matrix import Matrix

Phase = Literal["before", "welcome", "over"] | State


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One position of the agenda with its latest attempt; `attempts` counts all of them."""

    round: Round
    title: str
    name: str
    kind: str
    state: State
    attempts: int
    is_current: bool
    decided: tuple[RoundDecision, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a workshop is.

    `before` is the attempt before the current one, shown beside it once both are revealed. `next`
    is the next position of the agenda that was not put to the room yet.
    """

    workshop: Workshop
    matrix: Matrix
    phase: Phase
    agenda: tuple[AgendaItem, ...]
    current: Round | None
    shown: ShownRound | None
    before: ShownRound | None
    next: AgendaItem | None
    turnout: Turnout
    clock: Countdown | None
    code: str
    pulse: str

    @property
    def done(self) -> int:
        """Return how many positions of the agenda are behind."""
        states = (State.REVEALED, State.AGREED, State.SKIPPED)
        return sum(each.state in states for each in self.agenda)

    @property
    def is_last(self) -> bool:
        """Say whether nothing on the agenda comes after this."""
        return self.next is None


def screen_of(workshop: Workshop, *, now: datetime) -> Screen:
    """Return where the workshop is. Costs: 4 queries, 1 more for each revealed attempt shown."""
    matrix = matrix_of(workshop)
    rounds = rounds_of(workshop)
    # The same row as in the agenda, so that it is read and drawn once.
    current = next((each for each in rounds if each.pk == workshop.current_id), None)
    agenda = _agenda(matrix, rounds, current)
    phase = _phase(workshop, current, now)
    before = _attempt_before(rounds, current)
    is_over = phase == "over"
    return Screen(
        workshop=workshop,
        matrix=matrix,
        phase=phase,
        agenda=agenda,
        current=None if is_over else current,
        shown=None if current is None or is_over else shown_round(workshop, current, matrix=matrix),
        before=None
        if before is None or is_over or current is None or not current.is_shown
        else shown_round(workshop, before, matrix=matrix),
        next=_next(agenda, current),
        turnout=turnout_of(workshop, None if is_over else current),
        clock=None if current is None or is_over else countdown_of(current, now=now),
        code=spaced(workshop.code) if workshop.code and not is_over else "",
        pulse=f"{workshop.revision}.{workshop.tally}",
    )


def _phase(workshop: Workshop, current: Round | None, now: datetime) -> Phase:
    if workshop.is_over(now=now):
        return "over"
    if workshop.opened_at is None:
        return "before"
    if current is None:
        return "welcome"
    state = State(current.state)
    return State.PLANNED if state is State.SKIPPED else state


def _agenda(
    matrix: Matrix, rounds: Sequence[Round], current: Round | None
) -> tuple[AgendaItem, ...]:
    latest: dict[int, Round] = {each.position: each for each in rounds}
    attempts: dict[int, int] = {}
    for each in rounds:
        attempts[each.position] = attempts.get(each.position, 0) + 1
    return tuple(
        _item(matrix, each, attempts[each.position], current) for _, each in sorted(latest.items())
    )


def _item(matrix: Matrix, each: Round, attempts: int, current: Round | None) -> AgendaItem:
    question = question_of_round(matrix, each)
    name, kind = short_text(matrix, question)
    return AgendaItem(
        round=each,
        title=title_text(matrix, question),
        name=name,
        kind=kind,
        state=State(each.state),
        attempts=attempts,
        is_current=current is not None and current.position == each.position,
        decided=decided_of(matrix, question, each.decision),
    )


def _attempt_before(rounds: Sequence[Round], current: Round | None) -> Round | None:
    if current is None:
        return None
    same = [each for each in rounds if each.position == current.position and each.is_shown]
    return next((each for each in reversed(same) if each.attempt < current.attempt), None)


def _next(agenda: Sequence[AgendaItem], current: Round | None) -> AgendaItem | None:
    """Return what comes next: after the current position first, then what was passed over."""
    waiting = [each for each in agenda if each.state is State.PLANNED and not each.is_current]
    at = current.position if current is not None else -1
    return next((each for each in waiting if each.round.position > at), None) or next(
        iter(waiting), None
    )
