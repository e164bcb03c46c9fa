"""PURE. How a question is put to the room: its name on the agenda, and what people are asked."""

from typing import Final

from assessments.workshops.rules.kinds import DOTS, Question, RoundKind
from maturity.catalogue.matrix import Matrix
from maturity.web.words import number_text

KIND_TEXT: Final = {
    RoundKind.STAGE: "Pick a stage",
    RoundKind.GATE: "Rate the statements of a gate",
    RoundKind.IMPORTANCE: "Importance",
    RoundKind.TARGET: "Target",
    RoundKind.STEPS: "Which steps first",
}
"""What each kind of round is called where one is chosen."""


def title_text(matrix: Matrix, question: Question) -> str:
    """Return what a round is about: "Strategy", "Strategy: the gate to stage 3, Operational"."""
    if question.kind is RoundKind.STEPS:
        return "Which steps first?"
    name = matrix.dimension_by_key[question.dimension].name
    if question.kind is RoundKind.GATE and question.gate_to is not None:
        stage = matrix.stage_by_number[question.gate_to]
        return f"{name}: the gate to stage {stage.number}, {stage.name}"
    if question.kind is RoundKind.TARGET:
        return f"{name}: where do we want to be?"
    if question.kind is RoundKind.IMPORTANCE:
        return f"{name}: how much does it matter?"
    return name


def short_text(matrix: Matrix, question: Question) -> tuple[str, str]:
    """Return a round's name on the agenda in two parts: what about, and what is asked of it."""
    if question.kind is RoundKind.STEPS:
        return "Which steps first", "Dots"
    name = matrix.dimension_by_key[question.dimension].name
    if question.kind is RoundKind.GATE and question.gate_to is not None:
        stage = matrix.stage_by_number[question.gate_to]
        return name, f"Gate to {stage.number} {stage.name}"
    return name, _SHORT[question.kind]


_SHORT: Final = {
    RoundKind.STAGE: "Stage",
    RoundKind.TARGET: "Target",
    RoundKind.IMPORTANCE: "Importance",
}


def prompt_text(question: Question) -> str:
    """Return what people are asked, in one sentence."""
    return {
        RoundKind.STAGE: "Which stage describes us best today?",
        RoundKind.GATE: "How far is each of these true of us today?",
        RoundKind.IMPORTANCE: "How much does this dimension matter for us?",
        RoundKind.TARGET: "Which stage do we want to reach?",
        RoundKind.STEPS: (
            f"Which steps should come first? You have {number_text(DOTS)} dots,"
            " one for each step you choose."
        ),
    }[question.kind]
