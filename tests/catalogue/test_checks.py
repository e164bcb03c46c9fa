"""Each rule of a model document: a fault, its exact place and its exact words."""

from typing import Any

import pytest

from maturity.catalogue.checks import problems_in
from tests.catalogue.documents import REMOVE, descriptor, small_model, spoil

A21 = "dimensions[0].cells[1].descriptors[0]"
KEY_RULE = "must be small letters, digits and single hyphens, such as customer-engagement"
ID_RULE = "must be letters and digits, joined by single dots, hyphens or underscores"
SHARE_RULE = 'must be a number from 0 to 1, or a fraction as text such as "2/3"'


def found(document: object) -> list[str]:
    """Return the problems as lines."""
    return [str(problem) for problem in problems_in(document)]


def test_problems_in_finds_none_in_a_sound_model() -> None:
    assert found(small_model()) == []


def test_problems_in_takes_a_model_with_only_what_is_needed() -> None:
    document = small_model()
    for key in ("scale", "rule", "plays"):
        del document[key]
    del document["dimensions"][0]["cells"][0]["descriptors"][0]["evidence"]

    assert found(document) == []


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ([], "document: must be an object, is a list"),
        (None, "document: must be an object, is null"),
        ("x", "document: must be an object, is a text"),
    ],
)
def test_problems_in_names_what_is_no_document(document: object, problem: str) -> None:
    assert found(document) == [problem]


TABLE: list[tuple[str, Any, str]] = [
    # the head
    ("format", REMOVE, "format: is missing"),
    ("format", "waymark-model/2", 'format: must be "waymark-model/1", is "waymark-model/2"'),
    ("key", "Small One", f'key: {KEY_RULE}, is "Small One"'),
    ("key", "k" * 81, "key: must have at most 80 characters, has 81"),
    ("key", 7, "key: must be a text, is a number"),
    ("version", "1 0", 'version: must be such as 1.0.0, is "1 0"'),
    ("version", 1, "version: must be a text, is a number"),
    ("language", "English", 'language: must be a language tag such as en or pt-BR, is "English"'),
    ("title", "", "title: is empty"),
    ("title", " \t", "title: is blank"),
    ("title", "t" * 121, "title: must have at most 120 characters, has 121"),
    ("title", " A model", "title: starts or ends with a space"),
    ("title", "A\nmodel", "title: must be on one line"),
    ("title", "A\u2028b", "title: must be on one line"),
    ("title", "\ufffex", "title: has a broken character (U+FFFE) at position 1"),
    ("title", "\ud800x", "title: has a broken character (U+D800) at position 1"),
    (
        "title",
        "a\u202eb",
        "title: has a hidden mark that changes the reading direction (U+202E) at position 2",
    ),
    ("title", "a\u200bb", "title: has an invisible character (U+200B) at position 2"),
    (
        "title",
        "e\u0301tude",
        "title: must be in Unicode form NFC, with plain line breaks",
    ),
    ("summary", REMOVE, "summary: is missing"),
    ("summary", "s" * 601, "summary: must have at most 600 characters, has 601"),
    ("attribution", None, "attribution: must be a text, is null"),
    ("plays", [{}], "plays: must be empty: plays are not read yet, and nothing is left out "
     "quietly"),
    ("plays", {}, "plays: must be a list, is an object"),
    (
        "colour",
        "red",
        "colour: is not known here; known are format, key, version, language, title, summary, "
        "attribution, scale, rule, stages, dimensions, plays",
    ),
    # the scale
    ("scale", [], "scale: must have at least 2, has 0"),
    ("scale", None, "scale: must be a list, is null"),
    ("scale[0].value", 0.1, "scale[0].value: must be 0 at the first step, is 0.1"),
    ("scale[2].value", "2/3", 'scale[2].value: must be 1 at the last step, is "2/3"'),
    ("scale[1].value", 0, "scale[1].value: must be more than the step before"),
    ("scale[1].value", True, f"scale[1].value: {SHARE_RULE}, is true"),
    ("scale[1].value", "1/0", f'scale[1].value: {SHARE_RULE}, is "1/0"'),
    ("scale[1].value", "half", f'scale[1].value: {SHARE_RULE}, is "half"'),
    ("scale[1].value", 1.5, f"scale[1].value: {SHARE_RULE}, is 1.5"),
    ("scale[1].value", -1, f"scale[1].value: {SHARE_RULE}, is -1"),
    ("scale[1].value", 1e-9, f"scale[1].value: {SHARE_RULE}, is 1e-09"),
    ("scale[1].value", float("nan"), f"scale[1].value: {SHARE_RULE}, is NaN"),
    ("scale[1].label", "NO", 'scale[1].label: "NO" is used already at scale[0].label'),
    ("scale[1].label", REMOVE, "scale[1].label: is missing"),
    # the rule
    ("rule", "gates", "rule: must be an object, is a text"),
    ("rule.name", "mean", 'rule.name: must be "gates", "every" or "additive", is "mean"'),
    ("rule.threshold", 0, "rule.threshold: must be more than 0"),
    ("rule.threshold", 1.01, f"rule.threshold: {SHARE_RULE}, is 1.01"),
    # the stages
    ("stages[0].number", 2, "stages[0].number: must be 0 or 1 at the first stage, is 2"),
    ("stages[2].number", 4, "stages[2].number: must be 3, is 4"),
    ("stages[1].number", 1, "stages[1].number: must be 2, is 1"),
    ("stages[1].number", "2", 'stages[1].number: must be a whole number, is "2"'),
    ("stages[1].number", True, "stages[1].number: must be a whole number, is true"),
    ("stages[1].number", 10**5000, "stages[1].number: must be 10 or less, is a huge number"),
    ("stages[1].name", "low", 'stages[1].name: "low" is used already at stages[0].name'),
    ("stages[1].name", "n" * 81, "stages[1].name: must have at most 80 characters, has 81"),
    ("stages[1].summary", REMOVE, "stages[1].summary: is missing"),
    ("stages[1].question", 3, "stages[1].question: must be a text, is a number"),
    # the rows
    ("dimensions", [], "dimensions: must have at least 1, has 0"),
    ("dimensions", {}, "dimensions: must be a list, is an object"),
    ("dimensions[1].key", "alpha",
     'dimensions[1].key: "alpha" is used already at dimensions[0].key'),
    ("dimensions[1].key", "print",
     'dimensions[1].key: "print" is the name of a page; choose another'),
    ("dimensions[1].name", "ALPHA",
     'dimensions[1].name: "ALPHA" is used already at dimensions[0].name'),
    ("dimensions[1].summary", REMOVE, "dimensions[1].summary: is missing"),
    (
        "dimensions[1].cells[1].descriptors",
        [],
        "dimensions[1].cells: have no descriptor at all; a cell may be empty, not a row",
    ),
    ("dimensions[1].cells", REMOVE, "dimensions[1].cells: is missing"),
    (
        "dimensions[1].cells[2]",
        REMOVE,
        "dimensions[1].cells: must have one cell for each of the 3 stages, has 2",
    ),
    (
        "dimensions[1].cells[1].stage",
        3,
        "dimensions[1].cells[1].stage: must be 2 (cells follow the stages), is 3",
    ),
    (
        "dimensions[0].facets",
        [{"key": "people", "name": "A"}, {"key": "people", "name": "B"}],
        'dimensions[0].facets[1].key: "people" is used already at dimensions[0].facets[0].key',
    ),
    ("dimensions[0].facets[0].name", REMOVE, "dimensions[0].facets[0].name: is missing"),
    # the descriptors
    (f"{A21}.id", "a 2", f'{A21}.id: {ID_RULE}, is "a 2"'),
    (f"{A21}.kind", "habit", f'{A21}.kind: must be "practice" or "condition", is "habit"'),
    (f"{A21}.kind", ["practice"], f'{A21}.kind: must be "practice" or "condition", is a list'),
    (f"{A21}.statement", "s" * 301, f"{A21}.statement: must have at most 300 characters, has 301"),
    (f"{A21}.action", "a" * 401, f"{A21}.action: must have at most 400 characters, has 401"),
    (f"{A21}.action", "", f"{A21}.action: is empty"),
    (f"{A21}.evidence", "e" * 401, f"{A21}.evidence: must have at most 400 characters, has 401"),
    (f"{A21}.evidence", REMOVE, f"{A21}.evidence: is missing"),
    (f"{A21}.effort", "XL", f'{A21}.effort: must be "S", "M", "L" or "", is "XL"'),
    (f"{A21}.facet", "tools", f'{A21}.facet: "tools" is no facet of this dimension'),
    (f"{A21}.facet", 1, f"{A21}.facet: must be a text, is a number"),
    (f"{A21}.source", ["s.1"], f'{A21}.source[0]: "s.1" is used already at '
     "dimensions[0].cells[0].descriptors[0].source[0]"),
    (f"{A21}.source", ["s.9"], f'{A21}.source[0]: "s.9" is used already at '
     "dimensions[0].facets[0].source[0]"),
    (f"{A21}.source", [4], f"{A21}.source[0]: must be a text, is a number"),
    (f"{A21}.requires", "a.1.1", f"{A21}.requires: must be a list, is a text"),
    (f"{A21}.requires", ["a.2.1"], f"{A21}.requires[0]: names the descriptor itself"),
    (f"{A21}.requires", ["a.1.1", "a.1.1"], f'{A21}.requires[1]: "a.1.1" is named twice'),
    (f"{A21}.requires", ["a.9.9"], f'{A21}.requires[0]: "a.9.9" is no descriptor of this model'),
    (f"{A21}.requires", ["a.3.1"], f'{A21}.requires[0]: "a.3.1" belongs to the later stage 3, '
     "this one to 2"),
    (
        "dimensions[0].cells[2].descriptors[0].kind",
        "condition",
        'dimensions[0].cells[2].descriptors[0].kind: must be "practice" at the top stage: '
        "nothing above it could leave a condition behind",
    ),
    (
        "dimensions[1].cells[1].descriptors[0].id",
        "A.3.1",
        'dimensions[1].cells[1].descriptors[0].id: "A.3.1" is used already at '
        "dimensions[0].cells[2].descriptors[0].id",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "value", "problem"), TABLE, ids=[f"{n}-{row[0]}" for n, row in enumerate(TABLE)]
)
def test_problems_in_names_the_fault_and_its_place(place: str, value: Any, problem: str) -> None:
    # Whatever leaned on the spoilt id or on the missing cell is another fault, named as well.
    lines = found(spoil(small_model(), place, value))

    assert lines[0] == problem
    assert len(lines) == (2 if place == f"{A21}.id" else 1)


@pytest.mark.parametrize(
    ("place", "items", "problem"),
    [
        ("stages", 11, "stages: must have at most 10, has 11"),
        ("scale", 12, "scale: must have at most 11, has 12"),
        ("dimensions", 61, "dimensions: must have at most 60, has 61"),
        (
            "dimensions[0].cells[0].descriptors",
            5_001,
            "dimensions[0].cells[0].descriptors: must have at most 5,000, has 5,001",
        ),
    ],
)
def test_problems_in_limits_how_much_there_may_be(place: str, items: int, problem: str) -> None:
    document = spoil(small_model(), place, [{}] * items)

    assert problem in found(document)


def test_problems_in_counts_descriptors_over_all_cells() -> None:
    document = small_model()
    for row, dimension in enumerate(document["dimensions"]):
        dimension["cells"][1]["descriptors"] = [descriptor(f"x{row}.{n}") for n in range(2_501)]
    document["dimensions"][0]["cells"][2]["descriptors"] = []

    assert found(document) == ["dimensions: must have at most 5,000 descriptors, has 5,003"]


def test_problems_in_reports_all_faults_at_once_in_the_document_s_order() -> None:
    document = small_model()
    spoil(document, "title", REMOVE)
    spoil(document, "stages[1].name", "")
    spoil(document, f"{A21}.kind", "habit")
    spoil(document, f"{A21}.effort", 3)

    assert found(document) == [
        "title: is missing",
        "stages[1].name: is empty",
        f'{A21}.kind: must be "practice" or "condition", is "habit"',
        f'{A21}.effort: must be "S", "M", "L" or "", is 3',
    ]


def test_problems_in_sums_up_after_a_thousand() -> None:
    document = spoil(small_model(), "dimensions[0].cells[0].descriptors", [{}] * 1_000)

    lines = found(document)

    assert len(lines) == 1_001
    assert lines[-1] == "document: has more problems than those named so far"


def test_problems_in_sums_up_soon() -> None:
    document = small_model()
    for dimension in document["dimensions"]:
        dimension["cells"] = [{"stage": 1, "summary": "", "descriptors": [{}] * 5_000}] * 10

    # Naming all 400,000 would take seconds.
    assert len(found(document)) == 1_001


def test_problems_in_refuses_endless_keys() -> None:
    document = small_model() | {f"key-{n}": 1 for n in range(10_001)}

    assert found(document) == ["document: must have at most 10,000 keys, has 10,012"]


def test_problems_in_takes_stages_from_zero() -> None:
    document = small_model()
    for stage in document["stages"]:
        stage["number"] -= 1
    for dimension in document["dimensions"]:
        for cell in dimension["cells"]:
            cell["stage"] -= 1

    assert found(document) == []


def test_problems_in_takes_ten_stages_sixty_dimensions_and_five_thousand_descriptors() -> None:
    document = small_model()
    document["stages"] = [{"number": n, "name": f"S{n}", "summary": "x"} for n in range(10)]
    document["dimensions"] = [
        {
            "key": f"d{row}",
            "name": f"D{row}",
            "summary": "x",
            "cells": [
                {
                    "stage": n,
                    "summary": "x",
                    "descriptors": [descriptor(f"d{row}.{n}.{i}") for i in range(8)],
                }
                for n in range(10)
            ],
        }
        for row in range(60)
    ]

    assert found(document) == []


def test_problems_in_names_each_circle_once_with_its_path() -> None:
    document = small_model()
    cell = document["dimensions"][0]["cells"][1]
    cell["descriptors"] = [
        descriptor("p", requires=["q"]),
        descriptor("q", requires=["r", "b.2.1"]),
        descriptor("r", requires=["p"]),
        descriptor("s", requires=["p"]),
    ]
    document["dimensions"][1]["cells"][1]["descriptors"][0]["requires"] = ["q"]

    place = "dimensions[0].cells[1].descriptors"
    assert found(document) == [
        f"{place}[0].requires: goes in a circle: p → q → r → p",
        f"{place}[1].requires: goes in a circle: q → b.2.1 → q",
    ]


def test_problems_in_shortens_the_path_of_a_long_circle() -> None:
    document = small_model()
    document["dimensions"][0]["cells"][1]["descriptors"] = [
        descriptor(f"n{n}", requires=[f"n{(n + 1) % 4_000}"]) for n in range(4_000)
    ]

    (line,) = found(document)

    assert line.endswith("n10 → n11 → … 3988 more → n0")
