"""PURE. What can be asked of a room, and what counts as an answer.

A round asks one `Question`. What one vote answers are its `keys`, each with one of its `options`
or one of its `words`: a dimension's stage, weight or target; every statement of a gate; or, of the
steps that stand to choice, the few somebody wants first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assessments.scoring.plan import gates_of
from assessments.scoring.sheets import NOT_APPLICABLE, NOT_STEPS, UNKNOWN, Answer, NotStep
from maturity.catalogue.matrix import Dimension, Matrix

DOTS: Final = 3
"""How many steps one person may choose. Ours: one dot a step, so that a phone needs no counters."""

MOST_HANDS: Final = 1000


class RoundKind(StrEnum):
    """What a round asks for."""

    STAGE = "stage"
    GATE = "gate"
    IMPORTANCE = "importance"
    TARGET = "target"
    STEPS = "steps"


class State(StrEnum):
    """Where a round is: one after the other, or skipped."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"
    AGREED = "agreed"
    SKIPPED = "skipped"


SHOWN: Final = (State.REVEALED, State.AGREED)
"""The states of a round whose votes were seen."""


class NoSuchQuestion(ValueError):
    """The model has nothing that could be asked like this; the message says what is missing."""


class WrongVote(ValueError):
    """An answer that this question does not take: `key` says where (empty: the whole), `why` why.

    `why` is a sentence for the person who voted.
    """

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}" if key else why)
        self.key = key
        self.why = why


@dataclass(frozen=True, slots=True)
class RoundOption:
    """One answer on offer. `hint` says more about it and may be empty."""

    value: int
    label: str
    hint: str


# The values are weights of a dimension, 1 being the default: docs/reference/scoring.md, rule 8.
_IMPORTANCE: Final = (
    RoundOption(0, "Does not matter to us", "Left out of the overall score"),
    RoundOption(1, "As much as the others", "Counts once"),
    RoundOption(2, "More", "Counts twice"),
    RoundOption(3, "Most of all", "Counts three times"),
)
_FIRST: Final = (RoundOption(1, "One of the first", ""),)

_WORDS: Final[Mapping[RoundKind, tuple[NotStep, ...]]] = {
    RoundKind.STAGE: (UNKNOWN,),
    RoundKind.GATE: (NOT_APPLICABLE, UNKNOWN),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What a round asks.

    `dimension` is empty and `gate_to` None where the kind needs none. `keys` are what one vote
    answers: the dimension's key, or descriptors' ids. `options` hold for every key: stages, lowest
    first; weights; or steps of the scale, worst first, by the labels a practice has. A condition
    is asked as "still true?", so its options are read with `tally_words.answer_text`.
    """

    kind: RoundKind
    dimension: str
    gate_to: int | None
    keys: tuple[str, ...]
    options: tuple[RoundOption, ...]

    @property
    def words(self) -> tuple[NotStep, ...]:
        """Return what may be answered instead of an option: "not_applicable", "unknown"."""
        return _WORDS.get(self.kind, ())

    @property
    def values(self) -> tuple[int, ...]:
        """Return the values of the options, in their order."""
        return tuple(option.value for option in self.options)


def question_of(
    matrix: Matrix, kind: RoundKind, dimension: str, gate_to: int | None, candidates: Sequence[str]
) -> Question:
    """Return the question a round puts.

    `dimension` is a key; for steps it plays no part. `gate_to` matters to a gate only, and the
    ids in `candidates` to steps only; these may be none, while they are still to be chosen.
    Raises: NoSuchQuestion, when the model has no such dimension, gate or descriptor, when nothing
    stands in the gate, or when a candidate is there twice.
    """
    if kind is RoundKind.STEPS:
        return Question(kind, "", None, _candidates(matrix, candidates), _FIRST)
    row = matrix.dimension_by_key.get(dimension)
    if row is None:
        raise NoSuchQuestion(f"This model has no dimension {dimension!r}.")
    if kind is RoundKind.GATE:
        scale = tuple(RoundOption(step, each.label, "") for step, each in enumerate(matrix.scale))
        return Question(kind, row.key, gate_to, _statements(matrix, row, gate_to), scale)
    options = _IMPORTANCE if kind is RoundKind.IMPORTANCE else _stages(matrix, row)
    return Question(kind, row.key, None, (row.key,), options)


def checked_vote(question: Question, answers: Mapping[str, object]) -> dict[str, Answer]:
    """Return a vote as it may be kept, in the order of the question's keys.

    A number may come as its digits, as a form sends it; None and "" are no answer. Somebody may
    answer some of a gate's statements, and choose fewer steps than they have dots.
    Raises: WrongVote, of an unknown key, an answer that is not on offer, no answer at all, or
    more steps than `DOTS`.
    """
    if unknown := [key for key in answers if key not in question.keys]:
        raise WrongVote(str(unknown[0]), "This is not part of the question.")
    given = {key: answers.get(key) for key in question.keys}
    cleaned = {
        key: _answer(question, key, value)
        for key, value in given.items()
        if value is not None and value != ""
    }
    if not cleaned:
        raise WrongVote("", "Please choose an answer.")
    if question.kind is RoundKind.STEPS and len(cleaned) > DOTS:
        raise WrongVote("", "Please choose three steps at most.")
    return cleaned


def checked_hands(
    question: Question, hands: Mapping[str, Mapping[str, object]]
) -> dict[str, dict[str, int]]:
    """Return counted hands as they may be kept: by key, then by option or word; zeros are left out.

    Of steps the option "1" counts the dots of a step. Numbers may come as their digits.
    Raises: WrongVote, of an unknown key or option, or of what is no number from 0 to MOST_HANDS.
    """
    cleaned: dict[str, dict[str, int]] = {}
    options = [str(each) for each in (*question.values, *question.words)]
    for key, counts in hands.items():
        if key not in question.keys:
            raise WrongVote(key, "This is not part of the question.")
        for option, raw in counts.items():
            if option not in options:
                raise WrongVote(key, "This answer is not on offer.")
            count = 0 if raw in (None, "") else _whole(raw)
            if count is None or not 0 <= count <= MOST_HANDS:
                raise WrongVote(key, f"Please give a whole number from 0 to {MOST_HANDS:,}.")
            if count:
                cleaned.setdefault(key, {})[option] = count
    return {
        key: {option: cleaned[key][option] for option in options if option in cleaned[key]}
        for key in question.keys
        if key in cleaned
    }


def _answer(question: Question, key: str, value: object) -> Answer:
    if isinstance(value, str) and NOT_STEPS.get(value) in question.words:
        return NOT_STEPS[value]
    number = _whole(value)
    if number is None or number not in question.values:
        raise WrongVote(key, "This answer is not on offer.")
    return number


def _whole(value: object) -> int | None:
    """Return a whole number, also one that came as its digits; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    # Few digits only: more are no answer here, and int() of very many is slow or refuses.
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 6:
        return int(value)
    return None


def _stages(matrix: Matrix, row: Dimension) -> tuple[RoundOption, ...]:
    """Return the stages as the row describes them; where it says nothing, as the model does."""
    return tuple(
        RoundOption(stage.number, stage.name, cell.summary or stage.summary)
        for stage, cell in zip(matrix.stages, row.cells, strict=True)
    )


def _statements(matrix: Matrix, row: Dimension, gate_to: int | None) -> tuple[str, ...]:
    gates = {gate.to: gate.descriptors for gate in gates_of(row, matrix.rule.name)}
    if gate_to not in gates:
        raise NoSuchQuestion(f"{row.name} has no gate to a stage {gate_to}.")
    if not gates[gate_to]:
        raise NoSuchQuestion(f"The gate to stage {gate_to} of {row.name} has no statements.")
    return tuple(descriptor.id for descriptor in gates[gate_to])


def _candidates(matrix: Matrix, candidates: Sequence[str]) -> tuple[str, ...]:
    for place, each in enumerate(candidates):
        if each not in matrix.descriptors:
            raise NoSuchQuestion(f"This model has no descriptor {each!r}.")
        if each in candidates[:place]:
            raise NoSuchQuestion(f"The descriptor {each!r} stands to choice twice.")
    return tuple(candidates)
