"""A round as every screen shows it: one value, which templates/workshops/_reveal.html draws.

Before the reveal it holds the question and nothing of its votes; they are not even read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.consensus.views.words import agreement_text, initials
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from assessments.workshops.models import Round, Workshop
from assessments.workshops.queries.rounds import question_of_round
from assessments.workshops.queries.votes import ballots_of
from assessments.workshops.rules.answer_words import answer_text
from assessments.workshops.rules.kinds import Question, RoundKind, State
from assessments.workshops.rules.line_words import line_text
from assessments.workshops.rules.question_words import prompt_text, title_text
from assessments.workshops.rules.tallies import (
    Ballot,
    Line,
    Ranked,
    Tally,
    VoteNote,
    gate_by_votes,
    middle_of,
    tally_of,
)
from assessments.workshops.rules.tally_words import (
    gate_text,
    groups_text,
    median_text,
    tally_text,
    votes_text,
)
from assessments.workshops.views.dots import Dots, dots_of
from maturity.catalogue.matrix import Matrix, ramp_position

# More initials than these cannot be read on a wall; then dots stand without them.
MOST_INITIALS = 24


@dataclass(frozen=True, slots=True)
class VoteOption:
    """One answer on offer. `tone` is the colour of a stage, 0 for what is no stage."""

    value: str
    label: str
    hint: str
    tone: int


@dataclass(frozen=True, slots=True)
class Pile:
    """An answer and how many gave it; `names` and `initials` only where people are named.

    Who gave no name has an empty one.
    """

    choice: VoteOption
    count: int
    dots: Dots
    is_middle: bool
    names: tuple[str, ...]
    initials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """What came of one key: a dimension, or a statement with its id.

    `piles` run along the options; `asides` are "does not apply" and "not sure", where somebody
    said so. `agreement` is r_wg in figures, empty where it cannot be told.
    """

    key: str
    text: str
    is_condition: bool
    is_hidden: bool
    differs: bool
    n: int
    piles: tuple[Pile, ...]
    asides: tuple[Pile, ...]
    median: str
    agreement: str
    words: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with its dots; `standing` as in `tallies.Ranked`."""

    key: str
    text: str
    dimension: str
    place: int
    dots: Dots
    count: int
    standing: str


@dataclass(frozen=True, slots=True)
class RoundDecision:
    """One thing the room decided: what about, empty for a lone dimension, and what."""

    about: str
    what: str
    tone: int


@dataclass(frozen=True, slots=True)
class ShownRound:
    """A round in any state. All from `votes` on is empty until it is revealed."""

    id: int
    kind: RoundKind
    state: State
    attempt: int
    position: int
    title: str
    prompt: str
    about: str
    choices: tuple[VoteOption, ...]
    statements: tuple[tuple[str, str, bool], ...]
    minutes: int
    is_shown: bool
    is_hidden: bool
    votes: str
    words: str
    gate: str
    lines: tuple[ShownLine, ...]
    steps: tuple[ShownStep, ...]
    notes: tuple[VoteNote, ...]
    decided: tuple[RoundDecision, ...]
    reason: str
    dissent: str

    @property
    def longest_hint(self) -> int:
        """Return how long the longest text beside an option is, in characters."""
        return max((len(each.hint) for each in self.choices), default=0)

    @property
    def apart_first(self) -> tuple[ShownLine, ...]:
        """Return the statements, those on which people lie apart first."""
        return tuple(sorted(self.lines, key=lambda line: (line.is_hidden, not line.differs)))


def shown_round(workshop: Workshop, round_: Round, *, matrix: Matrix) -> ShownRound:
    """Return a round as it may be seen. Costs: 1 query once it is revealed, none before."""
    question = question_of_round(matrix, round_)
    row = matrix.dimension_by_key.get(question.dimension)
    statements: tuple[tuple[str, str, bool], ...] = ()
    if question.kind in (RoundKind.GATE, RoundKind.STEPS):
        statements = tuple(_statement(matrix, question, key) for key in question.keys)
    parts = _Parts(matrix, question, (), None)
    if round_.is_shown:
        ballots = ballots_of(round_, with_names=not workshop.is_anonymous)
        fewest = workshop.fewest_votes if workshop.is_anonymous else 0
        lists = [(each["name"], each["options"]) for each in workshop.groups]
        tally = tally_of(question, ballots, round_.hands, fewest=fewest, lists=lists)
        parts = _Parts(matrix, question, () if workshop.is_anonymous else ballots, tally)
    return ShownRound(
        id=round_.pk,
        kind=question.kind,
        state=State(round_.state),
        attempt=round_.attempt,
        position=round_.position,
        title=title_text(matrix, question),
        prompt=prompt_text(question),
        about=row.summary if row else "",
        choices=_choices(matrix, question),
        statements=statements,
        minutes=round_.minutes,
        is_shown=round_.is_shown,
        is_hidden=parts.tally is not None and parts.tally.is_hidden,
        votes=votes_text(parts.tally) if parts.tally else "",
        words=tally_text(matrix, question, parts.tally) if parts.tally else "",
        gate=parts.gate(),
        lines=parts.lines(),
        steps=parts.steps(),
        notes=parts.tally.notes if parts.tally else (),
        decided=decided_of(matrix, question, round_.decision) if round_.is_shown else (),
        reason=round_.reason,
        dissent=round_.dissent,
    )


def decided_of(
    matrix: Matrix, question: Question, decision: Mapping[str, Answer]
) -> tuple[RoundDecision, ...]:
    """Return a decision in words, in the question's order."""
    found = []
    for key in question.keys:
        if key not in decision:
            continue
        about = ""
        if question.kind is RoundKind.STEPS:
            found.append(RoundDecision("", matrix.descriptors[key].as_step, 0))
            continue
        if question.kind is RoundKind.GATE:
            about = matrix.descriptors[key].statement
        what, tone = answer_text(matrix, question, key, decision[key]), 0
        if question.kind in (RoundKind.STAGE, RoundKind.TARGET):
            tone = ramp_position(matrix, int(decision[key]))
            what = f"{decision[key]} {what}"
        found.append(RoundDecision(about, what, tone))
    return tuple(found)


def _statement(matrix: Matrix, question: Question, key: str) -> tuple[str, str, bool]:
    each = matrix.descriptors[key]
    is_step = question.kind is RoundKind.STEPS
    text = each.as_step if is_step else each.statement
    return key, text, each.kind == "condition" and not is_step


def _choices(matrix: Matrix, question: Question) -> tuple[VoteOption, ...]:
    is_stage = question.kind in (RoundKind.STAGE, RoundKind.TARGET)
    return tuple(
        VoteOption(
            value=str(each.value),
            label=f"{each.value} {each.label}" if is_stage else each.label,
            hint=each.hint,
            tone=ramp_position(matrix, each.value) if is_stage else 0,
        )
        for each in question.options
    )


class _Parts:
    """What is drawn of a tally; nothing while there is none, or while it is hidden."""

    def __init__(
        self, matrix: Matrix, question: Question, named: Sequence[Ballot], tally: Tally | None
    ) -> None:
        self.matrix = matrix
        self.question = question
        self.tally = tally
        self.choices = _choices(matrix, question)
        self.names: dict[tuple[str, Answer], list[str]] = defaultdict(list)
        for ballot in named:
            for key, answer in ballot.answers.items():
                self.names[key, answer].append(ballot.name)

    def gate(self) -> str:
        gate = gate_by_votes(self.matrix, self.question, self.tally) if self.tally else None
        return gate_text(self.matrix, gate) if gate else ""

    def lines(self) -> tuple[ShownLine, ...]:
        return tuple(self._line(each) for each in self.tally.lines) if self.tally else ()

    def steps(self) -> tuple[ShownStep, ...]:
        if self.tally is None:
            return ()
        most = max((each.dots for each in self.tally.ranked), default=0)
        return tuple(self._step(each, most) for each in self.tally.ranked)

    def _line(self, line: Line) -> ShownLine:
        question, spread = self.question, line.spread
        text, is_condition = "", False
        if question.kind is RoundKind.GATE:
            text = self.matrix.descriptors[line.key].statement
            is_condition = self.matrix.descriptors[line.key].kind == "condition"
        most = max((*spread.counts, 1))
        middle = middle_of(line.values, spread.counts)
        piles = [
            self._pile(line.key, self._labelled(line.key, choice), value, count, most, middle)
            for choice, value, count in zip(self.choices, line.values, spread.counts, strict=True)
        ]
        words = ((NOT_APPLICABLE, spread.excused), (UNKNOWN, spread.unsure))
        asides = [
            self._pile(
                line.key,
                VoteOption(word, answer_text(self.matrix, question, line.key, word), "", 0),
                word,
                count,
                most,
                None,
            )
            for word, count in words
            if count
        ]
        return ShownLine(
            key=line.key,
            text=text,
            is_condition=is_condition,
            is_hidden=line.is_hidden,
            differs=spread.differs,
            n=spread.people,
            piles=tuple(piles),
            asides=tuple(asides),
            median=median_text(self.matrix, question, line),
            agreement="" if spread.agreement is None else agreement_text(spread.agreement),
            words=line_text(self.matrix, question, line),
            groups=groups_text(self.matrix, question, line),
        )

    def _labelled(self, key: str, choice: VoteOption) -> VoteOption:
        """Return an answer to a statement as it was asked for: a condition, "Still true?"."""
        if self.question.kind is not RoundKind.GATE:
            return choice
        label = answer_text(self.matrix, self.question, key, int(choice.value))
        return VoteOption(choice.value, label, "", 0)

    def _pile(
        self,
        key: str,
        choice: VoteOption,
        value: Answer,
        count: int,
        most: int,
        middle: tuple[int, int] | None,
    ) -> Pile:
        names = tuple(sorted(self.names[key, value], key=lambda name: (not name, name.casefold())))
        marks = tuple(map(initials, names)) if self._has_initials(key) else ()
        is_middle = middle is not None and isinstance(value, int) and value in middle
        return Pile(choice, count, dots_of(count, most), is_middle, names, marks)

    def _has_initials(self, key: str) -> bool:
        """Say whether dots carry initials: every one of them, or none."""
        if not self.names or self.tally is None or self.tally.hands:
            return False
        return self.question.kind is not RoundKind.GATE and self.tally.phones <= MOST_INITIALS

    def _step(self, ranked: Ranked, most: int) -> ShownStep:
        dimension = self.matrix.descriptors[ranked.key].dimension
        return ShownStep(
            key=ranked.key,
            text=self.matrix.descriptors[ranked.key].as_step,
            dimension=self.matrix.dimension_by_key[dimension].name,
            place=ranked.place,
            dots=dots_of(ranked.dots, most),
            count=ranked.dots,
            standing=ranked.standing,
        )
