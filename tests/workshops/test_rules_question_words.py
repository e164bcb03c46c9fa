"""How a question is put to the room."""

import pytest

from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.rules.question_words import (
    KIND_TEXT,
    prompt_text,
    short_text,
    title_text,
)
from tests.workshops.rounds import TREES, ask

NAME = TREES.dimension_by_key["a"].name


@pytest.mark.parametrize(
    ("question", "title", "short", "prompt"),
    [
        (ask(RoundKind.STAGE), NAME, (NAME, "Stage"), "Which stage describes us best today?"),
        (
            ask(RoundKind.GATE, to=3),
            f"{NAME}: the gate to stage 3, Cedar",
            (NAME, "Gate to 3 Cedar"),
            "How far is each of these true of us today?",
        ),
        (
            ask(RoundKind.TARGET),
            f"{NAME}: where do we want to be?",
            (NAME, "Target"),
            "Which stage do we want to reach?",
        ),
        (
            ask(RoundKind.IMPORTANCE),
            f"{NAME}: how much does it matter?",
            (NAME, "Importance"),
            "How much does this dimension matter for us?",
        ),
        (
            ask(RoundKind.STEPS),
            "Which steps first?",
            ("Which steps first", "Dots"),
            "Which steps should come first? You have three dots, one for each step you choose.",
        ),
    ],
)
def test_each_kind_of_question_is_put_in_words(question, title, short, prompt) -> None:
    assert title_text(TREES, question) == title
    assert short_text(TREES, question) == short
    assert prompt_text(question) == prompt


def test_every_kind_has_a_name() -> None:
    assert set(KIND_TEXT) == set(RoundKind)
