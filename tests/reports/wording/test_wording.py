"""Figures, counts and answers in words."""

from fractions import Fraction

import pytest

from assessments.scoring.scored import score
from maturity.web.words import count_text, day_text, joined
from reports.document.composing import build_document
from reports.wording.basics import (
    answer_text,
    answers_text,
    score_text,
    share_text,
    stage_text,
)
from tests.scoring.models import model, several

F = Fraction


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (F(2), "2.0"),
        (F(7, 3), "2.3"),
        (F(25, 10), "2.5"),
        (F(297, 100), "2.9"),
        (F(29999, 10000), "2.9"),
        (F(5), "5.0"),
        (F(0), "0.0"),
        (F(235, 100), "2.4"),
        (F(225, 100), "2.2"),
    ],
)
def test_score_text_never_shows_a_stage_that_is_not_reached(score, text):
    assert score_text(score) == text


@pytest.mark.parametrize(
    ("share", "below", "text"),
    [
        (F(6, 7), None, "86"),
        (F(1), None, "100"),
        (F(999, 1000), None, "99"),
        (F(0), None, "0"),
        (F(1, 1000), None, "1"),
        (F(2, 3), None, "67"),
        (F(666, 1000), F(2, 3), "66"),
        (F(1, 2), F(2, 3), "50"),
        (F(2, 3), F(2, 3), "67"),
    ],
)
def test_share_text_never_looks_whole_or_open_before_it_is(share, below, text):
    assert share_text(share, below=below) == f"{text}\u00a0%"


def test_day_text():
    assert day_text("2026-11-02") == "2 November 2026"
    assert day_text("") == ""


def test_counts_and_lists_are_singular_and_plural():
    assert count_text(1, "step") == "one step"
    assert count_text(0, "step") == "0 steps"
    assert count_text(2, "person", "people") == "2 people"
    assert [joined(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_stage_is_named_with_its_number():
    matrix = model({"a": ("c", "p")})

    assert stage_text(matrix.stages[1]) == "stage 2, Stage 2"


@pytest.mark.parametrize(
    ("kind", "answer", "text"),
    [
        ("p", 0, "Step 0"),
        ("p", 3, "Step 1"),
        ("c", 3, "No longer true"),
        ("c", 0, "Still true: step 1"),
        ("c", 2, "Still true: step 1/3"),
        ("p", "unknown", "Don’t know"),
        ("c", "not_applicable", "Does not apply"),
    ],
)
def test_answer_reads_as_it_was_asked(kind, answer, text):
    matrix = model({"a": (kind, "p")})

    assert answer_text(matrix, matrix.descriptors["a.1.1"], answer) == text


def test_answers_of_several_people_are_counted_best_first():
    matrix = model({"a": ("p", "p")})

    def text(*answers):
        sheet = several(*({"a.1.1": answer} for answer in answers))
        document = build_document(score(matrix, sheet))
        return answers_text(matrix, document.dimensions[0].cells[0].statements[0])

    assert text() == "Not answered"
    assert text(2) == "Step 2/3"
    assert (
        text(0, 2, 2, "unknown")
        == "2\u00a0×\u00a0Step 2/3, 1\u00a0×\u00a0Step 0, 1\u00a0×\u00a0Don’t know"
    )
