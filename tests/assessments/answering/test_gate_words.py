"""The sentences about gates."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assessments.answering.views.gate_words import (
    contents_of,
    figures,
    heading_of,
    reason_of,
    rest_of,
)
from assessments.scoring.guided import GuidedGate, guide
from maturity.catalogue.matrix import Matrix, matrix_of


def document(**changes: Any) -> dict[str, Any]:
    """Return a model of one dimension and three stages."""

    def cell(stage: int, kinds: str) -> dict[str, Any]:
        names = {"c": "condition", "p": "practice"}
        return {
            "stage": stage,
            "descriptors": [
                {"id": f"d.{stage}.{n}", "kind": names[kind], "statement": f"We {stage}{n}."}
                for n, kind in enumerate(kinds)
            ],
        }

    return {
        "key": "m",
        "version": "1",
        "language": "en",
        "title": "M",
        "stages": [
            {"number": n, "name": name} for n, name in ((1, "One"), (2, "Two"), (3, "Three"))
        ],
        "dimensions": [
            {"key": "d", "name": "D", "cells": [cell(1, "cc"), cell(2, "pp"), cell(3, "pppp")]}
        ],
    } | changes


@pytest.fixture
def small() -> Matrix:
    return matrix_of(document())


def gates(matrix: Matrix, **ratings: Any) -> tuple[GuidedGate, ...]:
    answers = {key.replace("_", "."): value for key, value in ratings.items()}
    return guide(matrix, "d", answers).gates


def reasons(matrix: Matrix, *found: GuidedGate) -> list[str]:
    return [
        reason_of(matrix, gate, found[at + 1] if at + 1 < len(found) else None)
        for at, gate in enumerate(found)
    ]


LOW = {"d_1_0": 3, "d_1_1": 3, "d_2_0": 3}
TOP = {f"d_3_{n}": 3 for n in range(4)}


@pytest.mark.parametrize(
    ("ratings", "at", "reason"),
    [
        ({}, 0, "67 % of this in place or left behind opens the gate. 4 statements to answer."),
        ({"d_1_0": 1}, 0, "So far 8 % in place, 67 % needed. 3 statements to answer."),
        (
            LOW,
            0,
            "This gate is open: 75 % in place, 67 % needed. So stage 3 is worth asking."
            " What is left here cannot close it: 1 statement.",
        ),
        (
            LOW | {"d_2_1": 3},
            0,
            "This gate is open: 100 % in place, 67 % needed. So stage 3 is worth asking.",
        ),
        (
            {"d_1_0": 0, "d_1_1": 0},
            0,
            "This gate stays closed even if the rest were at best: 0 % in place, 50 % at most,"
            " 67 % needed. 2 statements left here still count for your score.",
        ),
        (
            {"d_1_0": 0, "d_1_1": 0, "d_2_0": 0},
            0,
            "This gate stays closed even if the rest were at best: 0 % in place, 25 % at most,"
            " 67 % needed. 1 statement left here still counts for your score.",
        ),
        (
            {"d_1_0": 0, "d_1_1": 0, "d_2_0": 0, "d_2_1": 0},
            0,
            "This gate is closed: 0 % in place, 67 % needed.",
        ),
        (
            {"d_1_0": 3, "d_1_1": 3, "d_2_0": "unknown", "d_2_1": "unknown"},
            0,
            "Not settled: 50 % in place, 67 % needed, and what you don’t know could open this"
            " gate. So stage 3 is worth asking.",
        ),
        (
            dict.fromkeys(("d_1_0", "d_1_1", "d_2_0", "d_2_1"), "not_applicable"),
            0,
            "Nothing here applies to you, so this gate is passed: it counts once the next one is"
            " open. So stage 3 is worth asking.",
        ),
        (
            LOW | dict.fromkeys(TOP, "not_applicable"),
            1,
            "Nothing here applies to you, so this gate changes nothing.",
        ),
        (
            LOW | TOP,
            1,
            "This gate is open: 100 % in place, 67 % needed. That is the top stage.",
        ),
    ],
)
def test_reason_says_what_the_figures_mean(
    small: Matrix, ratings: dict[str, Any], at: int, reason: str
) -> None:
    assert reasons(small, *gates(small, **ratings))[at] == reason


def test_heading_and_contents_name_the_stage_and_its_parts(small: Matrix) -> None:
    first, second = gates(small)

    assert heading_of(small, first) == "What it takes to reach stage 2, Two"
    assert (
        contents_of(small, first)
        == "2 ways of working to leave behind, 2 practices to have in place"
    )
    assert contents_of(small, second) == "4 practices to have in place"


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ({}, ""),
        (LOW, ""),
        (
            {"d_1_0": 0, "d_1_1": 0},
            "The gate to stage 2 stays closed, so the remaining 4 statements of this dimension"
            " cannot change the result.",
        ),
        (
            {"d_1_0": 0, "d_1_1": 0, "d_3_0": 0, "d_3_1": 0, "d_3_2": 0},
            "The gate to stage 2 stays closed, so the remaining statement of this dimension cannot"
            " change the result.",
        ),
        ({"d_1_0": 0, "d_1_1": 0} | TOP, ""),
    ],
)
def test_rest_is_named_when_it_is_optional(
    small: Matrix, ratings: dict[str, Any], words: str
) -> None:
    assert rest_of(gates(small, **ratings))[0] == words


def test_additive_models_ask_everything() -> None:
    matrix = matrix_of(document(rule={"name": "additive"}))

    found = gates(matrix)

    assert all(gate.is_asked for gate in found)
    assert heading_of(matrix, found[-1]) == "Stage 3, Three"
    assert reasons(matrix, *found)[-1] == (
        "Every statement counts in this model: 0 % in place. 4 statements to answer."
    )


@pytest.mark.parametrize(
    ("share", "needed", "pair"),
    [
        (Fraction(2, 3), Fraction(2, 3), ("67 %", "67 %")),
        (Fraction(6665, 10000), Fraction(2, 3), ("66.65 %", "66.67 %")),
        (Fraction(1, 2), Fraction(2, 3), ("50 %", "67 %")),
    ],
)
def test_figures_never_look_equal_when_they_are_not(
    share: Fraction, needed: Fraction, pair: tuple[str, str]
) -> None:
    assert figures(share, needed) == pair


def test_every_state_has_its_words(small: Matrix) -> None:
    (gate, _) = gates(small)

    for state in ("open", "undecided", "closed"):
        assert reason_of(small, replace(gate, state=state), None).endswith(".")
