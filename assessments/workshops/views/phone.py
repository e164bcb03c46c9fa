"""What a phone shows at this moment, as one value; templates/workshops/_room.html draws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assessments.core.views.options import options_of
from assessments.scoring.sheets import Answer
from assessments.workshops.models import Participant, Round, Workshop
from assessments.workshops.queries.rounds import matrix_of, question_of_round
from assessments.workshops.queries.votes import own_vote
from assessments.workshops.rules.answer_words import answer_text
from assessments.workshops.rules.kinds import Question, RoundKind
from assessments.workshops.rules.question_words import title_text
from assessments.workshops.rules.tallies import Ballot
from assessments.workshops.views.clock import Countdown, countdown_of
from assessments.workshops.views.shown import ShownRound, VoteOption, shown_round
from maturity.catalogue.matrix import Matrix

Screen = Literal["removed", "over", "lobby", "waiting", "open", "closed", "revealed"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One part of the question on the phone: a field with its options, and what is chosen."""

    key: str
    text: str
    is_condition: bool
    evidence: str
    options: tuple[VoteOption, ...]
    asides: tuple[VoteOption, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a vote that was sent: `ballot` as it was kept just now, or `problem` why not.

    `typed` are answers that were not taken, and `note` the note with them, still to be seen.
    """

    problem: str = ""
    typed: Mapping[str, object] | None = None
    note: str | None = None
    ballot: Ballot | None = None


NOTHING_SENT = Sent()


@dataclass(frozen=True, slots=True)
class Phone:
    """What one participant sees of the round the room is at.

    `own` says their vote in words, empty while there is none; `own_values` are the answers they
    gave to a question with one key. `form` is the question to answer, None where there is nothing
    to answer; `is_blank` says that it is the one everybody gets, which `pieces` keeps. `problem` is
    why a vote was not taken.
    """

    workshop: Workshop
    participant: Participant | None
    screen: Screen
    round: Round | None
    title: str = ""
    shown: ShownRound | None = None
    asks: tuple[Ask, ...] = ()
    has_form: bool = False
    is_blank: bool = False
    has_voted: bool = False
    own: tuple[str, ...] = ()
    own_values: frozenset[str] = frozenset()
    note: str = ""
    problem: str = ""
    clock: Countdown | None = None


def phone_of(
    participant: Participant,
    *,
    now: datetime,
    is_changing: bool = False,
    sent: Sent = NOTHING_SENT,
) -> Phone:
    """Return what the phone shows.

    With `is_changing` somebody who has voted gets the form once more. Workshop, current round and
    assessment must be loaded. Costs: 1 query at a question unless a vote was kept just now, none
    elsewhere.
    """
    workshop = participant.workshop
    screen = _screen(workshop, participant, now)
    current: Round | None = workshop.current if screen in ("open", "closed", "revealed") else None
    if current is None:
        return Phone(workshop, participant, screen, None, problem=sent.problem)
    matrix = matrix_of(workshop)
    question = question_of_round(matrix, current)
    ballot = sent.ballot or own_vote(current, participant)
    given = dict(ballot.answers) if ballot else {}
    filled_in = given if sent.typed is None else sent.typed
    is_blank = ballot is None and sent.typed is None
    has_form = screen == "open" and (is_blank or is_changing or sent.typed is not None)
    is_drawn = has_form and not is_blank
    return Phone(
        workshop=workshop,
        participant=participant,
        screen=screen,
        round=current,
        title=title_text(matrix, question),
        shown=shown_round(workshop, current, matrix=matrix) if is_drawn else None,
        asks=_asks(matrix, question, filled_in) if is_drawn else (),
        has_form=has_form,
        is_blank=is_blank,
        has_voted=ballot is not None,
        own=_own_texts(matrix, question, given),
        own_values=frozenset(map(str, given.values())) if len(question.keys) == 1 else frozenset(),
        note=sent.note if sent.note is not None else ballot.note if ballot else "",
        problem=sent.problem,
        clock=countdown_of(current, now=now),
    )


def blank_phone(workshop: Workshop, round_: Round) -> Phone:
    """Return an open round as everybody gets it who has not voted yet. Costs: nothing."""
    matrix = matrix_of(workshop)
    question = question_of_round(matrix, round_)
    return Phone(
        workshop=workshop,
        participant=None,
        screen="open",
        round=round_,
        shown=shown_round(workshop, round_, matrix=matrix),
        asks=_asks(matrix, question, {}),
        has_form=True,
        is_blank=True,
    )


def _screen(workshop: Workshop, participant: Participant, now: datetime) -> Screen:
    if participant.removed_at is not None:
        return "removed"
    if not workshop.is_live(now=now):
        return "over"
    if not participant.is_in:
        return "lobby"
    current: Round | None = workshop.current
    if current is None:
        return "waiting"
    if current.is_shown:
        return "revealed"
    return (
        "open" if current.state == "open" else "closed" if current.state == "closed" else "waiting"
    )


def _asks(matrix: Matrix, question: Question, chosen: Mapping[str, object]) -> tuple[Ask, ...]:
    return tuple(_ask(matrix, question, key, str(chosen.get(key, ""))) for key in question.keys)


def _ask(matrix: Matrix, question: Question, key: str, chosen: str) -> Ask:
    text, evidence, is_condition = "", "", False
    options = tuple(
        VoteOption(str(each.value), each.label, each.hint, 0) for each in question.options
    )
    if question.kind is RoundKind.GATE:
        descriptor = matrix.descriptors[key]
        text, evidence = descriptor.statement, descriptor.evidence
        is_condition = descriptor.kind == "condition"
        options = tuple(
            VoteOption(each.value, each.label, "", 0) for each in options_of(matrix, descriptor)
        )
    elif question.kind is RoundKind.STEPS:
        descriptor = matrix.descriptors[key]
        text = descriptor.as_step
        evidence = matrix.dimension_by_key[descriptor.dimension].name
    asides = tuple(
        VoteOption(word, answer_text(matrix, question, key, word), "", 0) for word in question.words
    )
    return Ask(key, text, is_condition, evidence, options, asides, chosen)


def _own_texts(matrix: Matrix, question: Question, given: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return one's own vote in words: the option, the steps, or how many statements."""
    if question.kind is RoundKind.GATE:
        rated = len(given)
        return (f"{rated} of {len(question.keys)} statements answered",) if rated else ()
    if question.kind is RoundKind.STEPS:
        return tuple(matrix.descriptors[key].as_step for key in given)
    texts = []
    for key, value in given.items():
        text = answer_text(matrix, question, key, value)
        is_stage = question.kind in (RoundKind.STAGE, RoundKind.TARGET) and isinstance(value, int)
        texts.append(f"{value} {text}" if is_stage else text)
    return tuple(texts)
