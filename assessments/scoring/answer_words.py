"""PURE. What people answered, in the words it was asked with."""

from typing import Final

from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from maturity.catalogue.matrix import Descriptor, Kind, Matrix

EXCUSED: Final = "Does not apply"
UNSURE: Final = "Don’t know"
UNSURE_OF_STAGE: Final = "Not sure"


def answer_text(matrix: Matrix, descriptor: Descriptor, answer: Answer) -> str:
    """Return one person's answer as it was asked for."""
    if answer == NOT_APPLICABLE:
        return EXCUSED
    if answer == UNKNOWN:
        return UNSURE
    return step_text(matrix, descriptor.kind, int(answer))


def step_text(matrix: Matrix, kind: Kind, step: int) -> str:
    """Return a step of the scale as descriptors of this kind ask for it.

    A condition is asked "Still true?", so its best end reads "No longer true".
    """
    if kind == "practice":
        return matrix.scale[step].label
    if step == matrix.top_step:
        return "No longer true"
    return f"Still true: {matrix.scale[matrix.top_step - step].label.lower()}"
