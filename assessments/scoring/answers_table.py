"""PURE. Answers as rows to fill in offline, and read back: which answers each row offers.

The words are those of the questionnaire: a condition is asked "Still true?".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from maturity.catalogue.matrix import Matrix

DOES_NOT_APPLY: Final = "Does not apply"
DONT_KNOW: Final = "Don’t know"
NOT_SURE: Final = "Not sure"


@dataclass(frozen=True, slots=True)
class Offer:
    """The answers on offer, in order: what is read, and what it stands for."""

    answers: tuple[tuple[str, Answer], ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(text for text, _ in self.answers)

    def text_of(self, answer: Answer | None) -> str:
        """Return an answer as it is offered; none is the empty text."""
        return next((text for text, each in self.answers if each == answer), "")

    def answer_of(self, text: str) -> Answer | None:
        """Return what a text stands for, whatever its capitals and quotes; None for no answer."""
        wanted = _plain(text)
        return next((each for words, each in self.answers if _plain(words) == wanted), None)


def offers_of(matrix: Matrix) -> Mapping[str, Offer]:
    """Return the offers by name: for practices, for conditions, and for whole dimensions."""
    steps = range(len(matrix.scale))
    top = matrix.top_step
    words: tuple[tuple[str, Answer], ...] = (
        (DOES_NOT_APPLY, NOT_APPLICABLE),
        (DONT_KNOW, UNKNOWN),
    )
    return {
        "practice": Offer((*((matrix.scale[step].label, step) for step in steps), *words)),
        "condition": Offer((*((_still(matrix, step, top), step) for step in steps), *words)),
        "stage": Offer(
            (
                *((f"{stage.number} {stage.name}", stage.number) for stage in matrix.stages),
                (NOT_SURE, UNKNOWN),
            )
        ),
    }


def _still(matrix: Matrix, step: int, top: int) -> str:
    if step == top:
        return "No longer true"
    return f"Still true: {matrix.scale[top - step].label.lower()}"


def _plain(text: str) -> str:
    return " ".join(text.replace("'", "’").split()).casefold()


def listed(words: Iterable[str]) -> str:
    """Return the answers on offer for a message: “Not yet”, “Partly” …"""
    return ", ".join(f"“{each}”" for each in words)
