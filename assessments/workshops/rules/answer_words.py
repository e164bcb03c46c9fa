"""PURE. What the answers on offer are called, and how people are said to give them."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from assessments.scoring.answer_words import EXCUSED, UNSURE, UNSURE_OF_STAGE, step_text
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from assessments.workshops.rules.kinds import Question, RoundKind
from assessments.workshops.rules.tallies import GroupLine, Line, middle_of
from maturity.catalogue.matrix import Matrix


class Voice(NamedTuple):
    """How people are said to answer one kind of question; the last four are for the spread."""

    one: str
    many: str
    unit: str
    things: str
    who: str
    unsure: tuple[str, str]
    apart: str
    widely: str
    part: str
    close: str


_SEE: Final = Voice(
    one="sees",
    many="see",
    unit="stage",
    things="stages",
    who="who chose",
    unsure=("is not sure", "are not sure"),
    apart="opinions differ",
    widely="opinions differ widely",
    part="opinions agree in part",
    close="opinions lie close together",
)
_SAY: Final = _SEE._replace(one="says", many="say", unit="step", things="answers")
VOICES: Final = {
    RoundKind.STAGE: _SEE,
    RoundKind.TARGET: _SEE._replace(one="wants", many="want"),
    RoundKind.IMPORTANCE: _SAY,
    # The words for ratings are those of the consensus page.
    RoundKind.GATE: _SAY._replace(
        who="who rated it",
        unsure=("doesn’t know", "don’t know"),
        apart="answers lie apart",
        widely="answers lie far apart",
        part="answers agree in part",
        close="answers lie close together",
    ),
}


def answer_text(matrix: Matrix, question: Question, key: str, answer: Answer) -> str:
    """Return an answer as it was asked for; a condition was asked "Still true?"."""
    if answer == NOT_APPLICABLE:
        return EXCUSED
    if answer == UNKNOWN:
        return UNSURE if question.kind is RoundKind.GATE else UNSURE_OF_STAGE
    step = int(answer)
    if question.kind is RoundKind.GATE:
        return step_text(matrix, matrix.descriptors[key].kind, step)
    return next(each.label for each in question.options if each.value == step)


def options_text(matrix: Matrix, question: Question, line: Line) -> str:
    """Return how many gave which answer, in short: "2 Traditional, 6 Operational, 1 not sure".

    Empty where nobody answered or nothing may be shown.
    """
    spread = line.spread
    names = names_of(matrix, question, line.key, line.values)
    told = list(zip(spread.counts, names, strict=True))
    if question.kind is RoundKind.GATE:
        told += [(spread.excused, "“Does not apply”"), (spread.unsure, "“Don’t know”")]
    else:
        told.append((spread.unsure, "not sure"))
    return ", ".join(f"{count:,} {name}" for count, name in told if count)


def median_text(matrix: Matrix, question: Question, line: Line | GroupLine) -> str:
    """Return the middle answer: "Operational", or "between Formative and Operational".

    Of an even number the middle two are named whenever they differ: the stage halfway between
    them may be one that nobody chose. Empty where no option was chosen.
    """
    names = names_of(matrix, question, line.spread.key, line.values)
    return middle_text(names, line)


def names_of(
    matrix: Matrix, question: Question, key: str, values: Sequence[int]
) -> tuple[str, ...]:
    """Return the options as sentences name them: a stage by its name, what people say in quotes."""
    texts = [answer_text(matrix, question, key, value) for value in values]
    is_said = VOICES[question.kind].one == "says"
    return tuple(f"“{text}”" if is_said else text for text in texts)


def is_between(group: Line | GroupLine) -> bool:
    """Say whether the middle two of an even number chose different options."""
    pair = middle_of(group.values, group.spread.counts)
    return pair is not None and pair[0] != pair[1]


def middle_text(names: Sequence[str], line: Line | GroupLine) -> str:
    """Return the middle answer by the options' names, empty where none was chosen."""
    pair = middle_of(line.values, line.spread.counts)
    if pair is None:
        return ""
    low, high = (names[line.values.index(value)] for value in pair)
    return low if low == high else f"between {low} and {high}"
