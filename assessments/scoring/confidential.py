"""PURE. What may be shown of answers that were given anonymously.

Nothing is shown that rests on fewer than `fewest` people. What is shown of a question is its
answers as a heap: how many gave which. Nobody's answers to two questions stay together, because
one answer that is known would otherwise give away the rest.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from assessments.scoring.sheets import UNKNOWN, Answer, AnswerSheet, RespondentAnswers

_Value = TypeVar("_Value", int, str, Answer)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why nothing may be shown: answers still come in, or too few `people` answered."""

    code: Literal["collecting", "below_floor"]
    people: int
    fewest: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The questions that may be shown: descriptor ids, and the dimensions whose picks may."""

    ratings: frozenset[str] = frozenset()
    picks: frozenset[str] = frozenset()


def people_who_answered(sheet: AnswerSheet) -> int:
    """Return how many respondents gave a step, "does not apply" or a pick to anything at all."""
    return sum(
        bool(each.picks) or any(answer != UNKNOWN for answer in each.ratings.values())
        for each in sheet.respondents
    )


def shown_in(sheet: AnswerSheet, fewest: int) -> Shown:
    """Return the questions that at least `fewest` respondents answered.

    A step, "does not apply" and a pick are answers. "Don't know" is none: it does not help a
    question over the limit.
    """
    ratings: dict[str, int] = defaultdict(int)
    picks: dict[str, int] = defaultdict(int)
    for each in sheet.respondents:
        for key, answer in each.ratings.items():
            ratings[key] += answer != UNKNOWN
        for key in each.picks:
            picks[key] += 1
    return Shown(
        ratings=frozenset(key for key, count in ratings.items() if count >= fewest),
        picks=frozenset(key for key, count in picks.items() if count >= fewest),
    )


def limited(sheet: AnswerSheet, shown: Shown) -> AnswerSheet:
    """Return the sheet without the answers and notes to every other question.

    Respondents stay who they are: for counting only, never to be shown.
    """
    noted = shown.ratings | shown.picks
    return replace(
        sheet,
        respondents=tuple(
            replace(
                each,
                ratings={k: answer for k, answer in each.ratings.items() if k in shown.ratings},
                picks={k: stage for k, stage in each.picks.items() if k in shown.picks},
                notes={k: note for k, note in each.notes.items() if k in noted},
            )
            for each in sheet.respondents
        ),
    )


def suppressed(sheet: AnswerSheet, fewest: int) -> AnswerSheet:
    """Return what may be shown of an anonymous sheet, and of what is computed from it.

    A question that fewer than `fewest` answered loses its answers and its notes for everybody.
    Of the others every answer stays, "don't know" as well, and so does every note; the names go,
    and each question's answers and notes are sorted, so that what is left is a heap a question: a
    respondent of this sheet is a row of the table and no person. Every figure of `place` is what
    it would be of the same answers with the people left together, but for `n`: that is the number
    of answers to the dimension's most answered question.
    What the group agreed on, targets, weights and baseline are nobody's secret and stay.
    """
    people = limited(sheet, shown_in(sheet, fewest)).respondents
    ratings = _heaps([each.ratings for each in people])
    picks = _heaps([each.picks for each in people])
    notes = _heaps([each.notes for each in people])
    sizes = [len(h) for heaps in (ratings, picks, notes) for h in heaps.values()]
    return replace(
        sheet,
        respondents=tuple(
            RespondentAnswers(
                ratings=_row(ratings, number),
                picks=_row(picks, number),
                notes=_row(notes, number),
            )
            for number in range(max(sizes, default=0))
        ),
    )


def _heaps(columns: Sequence[Mapping[str, _Value]]) -> dict[str, list[_Value]]:
    """Return each question's answers in an order that the answers alone decide."""
    heaps: dict[str, list[_Value]] = defaultdict(list)
    for column in columns:
        for key, value in column.items():
            heaps[key].append(value)
    return {key: sorted(heaps[key], key=_order) for key in sorted(heaps)}


def _order(value: Answer | str) -> tuple[bool, int, str]:
    is_word = isinstance(value, str)
    return (is_word, 0, str(value)) if is_word else (is_word, int(value), "")


def _row(heaps: Mapping[str, list[_Value]], number: int) -> dict[str, _Value]:
    return {key: heap[number] for key, heap in heaps.items() if number < len(heap)}
