"""Answers as they are sent: one changed field from a script, or a whole page without one.

No Django form: a save must stay as cheap as a page can be, and every field here is a step, a
stage, a word or a note.
"""

from collections.abc import Callable, Iterable

from django.http import QueryDict

from assessments.answering.services.answers import AnswerChange, Part
from assessments.models.answer import NOTE_LENGTH
from assessments.scoring.sheets import NOT_STEPS, UNKNOWN, Answer, AnswerKind
from maturity.catalogue.matrix import Matrix
from maturity.web.text import TextProblem, clean_text


class WrongAnswer(ValueError):
    """What was sent is no answer to anything; the message says so plainly."""


def change_of(data: QueryDict, matrix: Matrix) -> AnswerChange:
    """Return the one change a script sent.

    Fields: `descriptor` or `dimension`; `value` or `note`; `was`, as often as needed.
    Raises: WrongAnswer.
    """
    descriptor, dimension = data.get("descriptor", ""), data.get("dimension", "")
    what: AnswerKind
    if descriptor in matrix.descriptors and not dimension:
        what, key = "rating", descriptor
    elif dimension in matrix.dimension_by_key and not descriptor:
        what, key = "pick", dimension
    else:
        raise WrongAnswer("This statement is not part of the model. Reload the page and try again.")
    part: Part = "note" if "note" in data else "value"
    if part == "value" and "value" not in data:
        raise WrongAnswer("There was no answer in what was sent. Please choose again.")
    return _change(matrix, what, key, part, data.get(part, ""), data.getlist("was"))


def change_to(
    matrix: Matrix,
    what: AnswerKind | None,
    key: str,
    *,
    part: Part,
    sent: str,
    was: Iterable[str] = (),
) -> AnswerChange:
    """Return the change of one field that a program names; `was` is what it saw there before.

    `what` is None for a note: its key says which. Values are spelled as on
    the pages. Raises: WrongAnswer.
    """
    if key in matrix.descriptors and what in ("rating", None):
        what = "rating"
    elif key in matrix.dimension_by_key and what in ("pick", None):
        what = "pick"
    else:
        raise WrongAnswer("The model has nothing of this key.")
    return _change(matrix, what, key, part, sent, was)


def changes_of_page(
    data: QueryDict, matrix: Matrix, *, descriptors: Iterable[str] = (), picks: Iterable[str] = ()
) -> tuple[list[AnswerChange], dict[str, str]]:
    """Return what was changed on a page, and by key what could not be taken.

    Each field stands beside what it held when the page was made: `r-ID` beside `was-r-ID`, `n-ID`
    beside `was-n-ID`. What is equal to that was not touched by this person, so it is not a change.
    """
    changes: list[AnswerChange] = []
    problems: dict[str, str] = {}
    kinds: tuple[tuple[AnswerKind, Iterable[str]], ...] = (("rating", descriptors), ("pick", picks))
    parts: tuple[tuple[Part, str], ...] = (("value", "r"), ("note", "n"))
    for what, keys in kinds:
        for key in keys:
            for part, letter in parts:
                name = f"{letter}-{key}"
                sent, was = data.get(name), data.get(f"was-{name}", "")
                if sent is None or sent.split() == was.split():
                    continue
                try:
                    changes.append(_change(matrix, what, key, part, sent, [was]))
                except WrongAnswer as problem:
                    problems[key] = str(problem)
    return changes, problems


def spelled(value: Answer | str | None) -> str:
    """Return a value as the pages spell it; no answer is the empty text."""
    return "" if value is None else str(value)


def _change(
    matrix: Matrix, what: AnswerKind, key: str, part: Part, sent: str, was: Iterable[str]
) -> AnswerChange:
    clean: Callable[[str, Matrix], Answer | str | None]
    clean = _note if part == "note" else _rating if what == "rating" else _pick
    return AnswerChange(
        what=what,
        key=key,
        part=part,
        value=clean(sent, matrix),
        was=tuple(clean(each, matrix) for each in was),
    )


def _rating(sent: str, matrix: Matrix) -> Answer | None:
    if sent in NOT_STEPS:
        return NOT_STEPS[sent]
    return _number(sent, 0, matrix.top_step)


def _pick(sent: str, matrix: Matrix) -> Answer | None:
    if sent == UNKNOWN:
        return UNKNOWN
    return _number(sent, matrix.first_stage, matrix.top_stage)


def _number(sent: str, lowest: int, highest: int) -> int | None:
    if sent == "":
        return None
    if len(sent) <= 2 and sent.isascii() and sent.isdigit() and lowest <= int(sent) <= highest:
        return int(sent)
    raise WrongAnswer("This is not one of the answers on offer. Please choose again.")


def _note(sent: str, matrix: Matrix) -> str:
    try:
        return clean_text(sent, max_length=NOTE_LENGTH, multiline=True)
    except TextProblem as problem:
        raise WrongAnswer(str(problem)) from problem
