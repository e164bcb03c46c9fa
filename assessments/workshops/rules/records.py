"""PURE. One round of a workshop as its protocol tells it, with all its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from assessments.workshops.rules.kinds import SHOWN, Question, RoundKind, State
from assessments.workshops.rules.question_words import prompt_text, title_text
from assessments.workshops.rules.tallies import Line, Tally, VoteNote, gate_by_votes
from assessments.workshops.rules.tally_words import (
    answer_text,
    gate_text,
    groups_text,
    line_text,
    median_text,
    options_text,
    tally_text,
    votes_text,
)
from maturity.catalogue.matrix import Matrix, ramp_position
from maturity.web.words import capital, count_text, number_text

MOST_DOTS: Final = 30
"""How many dots are drawn in a row at most; of larger rooms a dot stands for several people."""

_PEOPLE_A_DOT: Final = (1, 2, 5, 10, 20, 50, 100)
_LONG_WORDS: Final = 600
_DOT: Final = "\u25cf"
_ORDINALS: Final = ("", "first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True, slots=True)
class OptionCount:
    """One answer on offer, and how many gave it; `number` and `tone` are a stage's.

    `value` is an option's, or one of the two words. Of anything but a stage `tone` is 0, and
    `number` says nothing. `dots` are drawn for it.
    """

    value: Answer
    label: str
    count: int
    dots: int
    number: int
    tone: int
    is_decided: bool

    @property
    def drawn(self) -> str:
        """Return its dots as signs, for where they are written."""
        return _DOT * self.dots


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """What came of one key of a question, and what was decided on it.

    `name` is the statement of a gate and empty where the question has one key only. `agreement` is
    r_wg as "0.71", empty below three. A hidden one has no figures: too few answered.
    """

    key: str
    name: str
    choices: tuple[OptionCount, ...]
    answered: int
    answers: str
    median: str
    agreement: str
    text: str
    groups: tuple[str, ...]
    decision: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class StepDots:
    """A step that stood to choice, its dots, and whether the room took it as one of the first.

    `votes` is None where they may not be shown; `dots` are drawn for them.
    """

    key: str
    action: str
    dimension: str
    votes: int | None
    dots: int
    is_decided: bool

    @property
    def drawn(self) -> str:
        """Return its dots as signs, for where they are written."""
        return _DOT * self.dots


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as its row has it: what `round_record` needs beside the votes.

    `number` counts the questions of the agenda from 1; `attempts` is how often this one was put.
    """

    number: int
    attempt: int
    attempts: int
    state: State
    decision: Mapping[str, Answer]
    reason: str
    dissent: str


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """One round: what was asked, what came of it, what was decided.

    Only one that was shown has figures, in words and as the `tally` they come from, and only one
    that was decided a `decision`, as its row has it. `decided` is that in a few words, and `tone`
    the colour of it if it is a stage, else 0. `per_dot` is how many people a dot stands for.
    """

    number: int
    attempt: int
    attempts: int
    question: Question
    dimension: str
    title: str
    prompt: str
    state: State
    n: int = 0
    per_dot: int = 1
    voted: str = ""
    texts: tuple[str, ...] = ()
    asked: tuple[ItemRecord, ...] = ()
    steps: tuple[StepDots, ...] = ()
    notes: tuple[VoteNote, ...] = ()
    decided: str = ""
    tone: int = 0
    reason: str = ""
    dissent: str = ""
    tally: Tally | None = None
    decision: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def kind(self) -> RoundKind:
        """Return what was asked for."""
        return self.question.kind

    @property
    def is_shown(self) -> bool:
        """Say whether its votes were seen by the room."""
        return self.state in SHOWN

    @property
    def is_decided(self) -> bool:
        """Say whether the room decided on something."""
        return self.state is State.AGREED

    @property
    def is_superseded(self) -> bool:
        """Say whether the same question was put again."""
        return self.attempt < self.attempts

    @property
    def is_gate(self) -> bool:
        """Say whether it rated the statements of a gate."""
        return self.kind is RoundKind.GATE

    @property
    def about(self) -> str:
        """Return what a decision in it is about: "Strategy", "Strategy, target", "First steps"."""
        if self.kind is RoundKind.STEPS:
            return "First steps"
        kind = {RoundKind.TARGET: "target", RoundKind.IMPORTANCE: "importance"}.get(self.kind)
        if kind is None:
            return self.title
        return f"{self.dimension}, {kind}"

    @property
    def which(self) -> str:
        """Return "second vote of three", empty where the question was put once."""
        if self.attempts < 2:
            return ""
        return f"{_ordinal(self.attempt)} vote of {number_text(self.attempts)}"

    @property
    def line(self) -> ItemRecord | None:
        """Return what came of a question with one key; None of a gate and of steps."""
        return self.asked[0] if self.asked and not self.is_gate else None

    @property
    def chosen(self) -> tuple[StepDots, ...]:
        """Return the steps that were decided to come first."""
        return tuple(each for each in self.steps if each.is_decided)

    @property
    def has_long_words(self) -> bool:
        """Say whether reason and dissent are too long to be kept on one page with the votes."""
        return len(self.reason) + len(self.dissent) > _LONG_WORDS


def round_record(
    matrix: Matrix, question: Question, tally: Tally | None, facts: RoundFacts
) -> RoundRecord:
    """Return a round in words; `tally` is None of one whose votes may not be seen."""
    row = matrix.dimension_by_key.get(question.dimension)
    record = RoundRecord(
        number=facts.number,
        attempt=facts.attempt,
        attempts=facts.attempts,
        question=question,
        dimension=row.name if row else "",
        title=title_text(matrix, question),
        prompt=prompt_text(question),
        state=facts.state,
    )
    if tally is None:
        return record
    decision = facts.decision if facts.state is State.AGREED else {}
    gate = gate_by_votes(matrix, question, tally) if tally.n else None
    per_dot = _people_a_dot(tally)
    return replace(
        record,
        n=tally.n,
        per_dot=per_dot,
        voted=votes_text(tally),
        texts=(tally_text(matrix, question, tally), *([gate_text(matrix, gate)] if gate else [])),
        asked=tuple(_asked(matrix, question, line, decision, per_dot) for line in tally.lines),
        steps=_steps(matrix, question, tally, decision, per_dot),
        notes=tally.notes,
        decided=_decided(matrix, question, decision),
        tone=_tone(matrix, question, decision),
        reason=facts.reason if decision else "",
        dissent=facts.dissent if decision else "",
        tally=tally,
        decision=decision,
    )


def _asked(
    matrix: Matrix,
    question: Question,
    line: Line,
    decision: Mapping[str, Answer],
    per_dot: int,
) -> ItemRecord:
    spread, decided = line.spread, decision.get(line.key)
    is_stage = question.kind in (RoundKind.STAGE, RoundKind.TARGET)
    choices = [
        OptionCount(
            value=value,
            label=answer_text(matrix, question, line.key, value),
            count=count,
            dots=_dots(count, per_dot),
            number=value if is_stage else 0,
            tone=ramp_position(matrix, value) if is_stage else 0,
            is_decided=value == decided,
        )
        for value, count in line.counts.items()
    ]
    # What may be said instead of an option stands there only when somebody did, or the room does.
    choices += [
        OptionCount(
            word,
            answer_text(matrix, question, line.key, word),
            count,
            _dots(count, per_dot),
            0,
            0,
            word == decided,
        )
        for word, count in ((NOT_APPLICABLE, spread.excused), (UNKNOWN, spread.unsure))
        if count or word == decided
    ]
    agreement = spread.agreement
    return ItemRecord(
        key=line.key,
        name=matrix.descriptors[line.key].statement if question.kind is RoundKind.GATE else "",
        choices=() if line.is_hidden else tuple(choices),
        answered=spread.people + spread.unsure,
        answers="" if line.is_hidden else options_text(matrix, question, line),
        median=median_text(matrix, question, line),
        agreement="" if agreement is None else f"{float(agreement):.2f}",
        text=line_text(matrix, question, line),
        groups=groups_text(matrix, question, line),
        decision="" if decided is None else _answer(matrix, question, line.key, decided),
        is_hidden=line.is_hidden,
    )


def _decided(matrix: Matrix, question: Question, decision: Mapping[str, Answer]) -> str:
    keys = [key for key in question.keys if decision.get(key) not in (None, "")]
    if question.kind is RoundKind.STEPS:
        keys = [key for key in keys if decision[key]]
        return (
            f"{capital(count_text(len(keys), 'step', spelled=True))} to take first" if keys else ""
        )
    if not keys:
        return ""
    if question.kind is RoundKind.GATE:
        of = count_text(len(question.keys), "statement", spelled=True)
        return f"{capital(number_text(len(keys)))} of {of} agreed"
    words = _answer(matrix, question, keys[0], decision[keys[0]])
    is_stage = _tone(matrix, question, decision) > 0
    return f"Stage {decision[keys[0]]}, {words}" if is_stage else words


def _tone(matrix: Matrix, question: Question, decision: Mapping[str, Answer]) -> int:
    """Return the colour of the stage that was decided on, 0 where it was none."""
    value = decision.get(question.dimension)
    is_stage = (
        question.kind in (RoundKind.STAGE, RoundKind.TARGET) and value in matrix.stage_by_number
    )
    return ramp_position(matrix, int(value)) if is_stage and value is not None else 0


def _answer(matrix: Matrix, question: Question, key: str, value: Answer) -> str:
    """Return an answer in words; a weight that was not on offer as the number it is."""
    if question.kind is RoundKind.IMPORTANCE and value not in question.values:
        return f"Weight {value}"
    return answer_text(matrix, question, key, value)


def _steps(
    matrix: Matrix,
    question: Question,
    tally: Tally,
    decision: Mapping[str, Answer],
    per_dot: int,
) -> tuple[StepDots, ...]:
    if question.kind is not RoundKind.STEPS:
        return ()
    votes: dict[str, int | None] = {each.key: each.dots for each in tally.ranked}
    return tuple(
        StepDots(
            key=key,
            action=matrix.descriptors[key].as_step,
            dimension=matrix.dimension_by_key[matrix.descriptors[key].dimension].name,
            votes=count,
            dots=_dots(count or 0, per_dot),
            is_decided=bool(decision.get(key)),
        )
        # Of a hidden one there are no dots, and the steps stand in the order they were offered.
        for key, count in (votes or dict.fromkeys(question.keys)).items()
    )


def _people_a_dot(tally: Tally) -> int:
    """Return how many people a dot stands for, so that no row of dots is too long."""
    most = [max(*line.spread.counts, line.spread.unsure, 0) for line in tally.lines]
    most += [each.dots for each in tally.ranked]
    longest = max(most, default=0)
    fitting = (each for each in _PEOPLE_A_DOT if longest <= each * MOST_DOTS)
    return next(fitting, _PEOPLE_A_DOT[-1])


def _dots(count: int, per_dot: int) -> int:
    """Return how many dots draw a count: one at least for anybody."""
    return max(1, round(count / per_dot)) if count else 0


def _ordinal(number: int) -> str:
    return _ORDINALS[number] if number < len(_ORDINALS) else f"{number}th"
