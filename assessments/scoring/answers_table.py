"""PURE. Answers as rows to fill in offline, and read back: which answers each row offers.

The words are those of the questionnaire: a condition is asked "Still true?".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.scoring.answer_words import EXCUSED, UNSURE, UNSURE_OF_STAGE, step_text
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from maturity.catalogue.matrix import Matrix


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
    words: tuple[tuple[str, Answer], ...] = (
        (EXCUSED, NOT_APPLICABLE),
        (UNSURE, UNKNOWN),
    )
    return {
        "practice": Offer((*((step_text(matrix, "practice", s), s) for s in steps), *words)),
        "condition": Offer((*((step_text(matrix, "condition", s), s) for s in steps), *words)),
        "stage": Offer(
            (
                *((f"{stage.number} {stage.name}", stage.number) for stage in matrix.stages),
                (UNSURE_OF_STAGE, UNKNOWN),
            )
        ),
    }


def _plain(text: str) -> str:
    return " ".join(text.replace("'", "’").split()).casefold()


def listed(words: Iterable[str]) -> str:
    """Return the answers on offer for a message: “Not yet”, “Partly” …"""
    return ", ".join(f"“{each}”" for each in words)
