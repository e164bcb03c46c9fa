"""What a model's author is told without being refused."""

from typing import Any

import pytest

from maturity.catalogue.advice import advice_on
from maturity.catalogue.checks import problems_in
from tests.catalogue.documents import descriptor, small_model, spoil

A21 = "dimensions[0].cells[1].descriptors[0]"


def advice(document: dict[str, Any]) -> list[str]:
    """Return the advice as lines, on a document without faults."""
    assert problems_in(document) == []
    return [str(each) for each in advice_on(document)]


def test_advice_on_a_plain_model_is_none() -> None:
    assert advice(small_model()) == []


@pytest.mark.parametrize(
    ("place", "value", "text"),
    [
        ("summary", "", "is empty; say what the model is for"),
        ("stages[0].summary", "", "is empty; say what the stage is like"),
        ("dimensions[0].summary", "", "is empty; say what the dimension looks at"),
        ("dimensions[0].cells[0].summary", "", "is empty; say what the cell is like in a sentence"),
        (f"{A21}.evidence", "", "is empty; say what one could show"),
        (
            f"{A21}.statement",
            "We plan. We check.",
            "has more than one sentence; one idea needs one",
        ),
        (f"{A21}.statement", "We plan; we check.", "has a semicolon; make two statements of it"),
        (
            f"{A21}.statement",
            "We plan (yearly).",
            "has brackets; say it plainly or leave it out",
        ),
        (
            f"{A21}.statement",
            "We plan and check and learn.",
            'has more than one "and"; one idea needs at most one',
        ),
        (
            f"{A21}.statement",
            "We " + "really " * 24 + "plan.",
            "has 26 words; 25 are enough for one idea",
        ),
        (
            f"{A21}.statement",
            "point A-2-2 holds",
            None,
        ),
    ],
)
def test_advice_on_names_what_could_be_better(place: str, value: str, text: str | None) -> None:
    lines = advice(spoil(small_model(), place, value))

    if text is None:
        twin = "dimensions[0].cells[1].descriptors[1].statement"
        assert lines == [f"{twin}: has the same words as a.2.1"]
    else:
        assert lines == [f"{place}: {text}"]


def test_advice_on_counts_and_only_in_english() -> None:
    document = spoil(small_model(), f"{A21}.statement", "We plan and check and learn.")

    assert advice(spoil(document, "language", "de")) == []


def test_advice_on_finds_statements_of_nearly_the_same_words() -> None:
    document = small_model()
    document["dimensions"][0]["cells"][1]["descriptors"] = [
        descriptor("x", statement="Our managers meet every month to look at customer figures."),
        descriptor("y", statement="Our managers meet every week to look at customer figures."),
        descriptor("z", statement="Our customers meet our managers now and then."),
    ]

    assert advice(document) == [
        "dimensions[0].cells[1].descriptors[1].statement: has nearly the same words as x"
    ]


def test_advice_on_names_a_prerequisite_that_a_later_gate_asks_for() -> None:
    document = small_model()
    document["dimensions"][0]["cells"][1]["descriptors"].append(descriptor("c", kind="condition"))
    spoil(document, f"{A21}.requires", ["c"])

    assert advice(document) == [
        f"{A21}.requires[0]: c is asked for only by the later gate to stage 3"
    ]
