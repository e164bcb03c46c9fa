"""Placing a full sheet, against summing the same values in a plain loop."""

from collections.abc import Callable
from fractions import Fraction
from itertools import cycle
from random import Random
from typing import TypeVar

from assessments.scoring.scored import score
from assessments.scoring.sheets import Answer, AnswerSheet, RespondentAnswers
from maturity.catalogue.matrix import Matrix, matrix_of
from tests.bench.timing import Action, Figure, medians

T = TypeVar("T")

ROUNDS = 150
SHEETS = 20
"""Taken in turn, so that no figure rests on one sheet's values."""


def measure() -> list[Figure]:
    """Return the figures of placing, all from the same interleaved rounds."""
    matrix = generated_matrix()
    random = Random(1)
    alone = [sheet_of(matrix, random, people=1) for _ in range(SHEETS)]
    eight = [sheet_of(matrix, random, people=8) for _ in range(SHEETS)]
    values = [
        [
            matrix.scale[step].value
            for step in sheet.respondents[0].ratings.values()
            if isinstance(step, int)
        ]
        for sheet in alone
    ]
    exact, one, many = medians(
        in_turn(total_of, values),
        in_turn(lambda sheet: score(matrix, sheet).placement, alone),
        in_turn(lambda sheet: score(matrix, sheet).placement, eight),
        rounds=ROUNDS,
    )
    return [
        Figure("placing 224 ratings / summing them exactly in a loop", one / exact, 12),
        Figure("placing eight respondents / placing one", many / one, 9),
    ]


def in_turn(action: Callable[[T], object], arguments: list[T]) -> Action:
    """Return an action that takes the next argument at each call."""
    source = cycle(arguments)
    return lambda: action(next(source))


def total_of(values: list[Fraction]) -> Fraction:
    """Sum one by one, as the plain loop would."""
    total = Fraction(0)
    for value in values:
        total += value
    return total


def generated_matrix() -> Matrix:
    """Return a matrix of the journey's size: 8 dimensions, 5 stages, 224 descriptors."""
    counts = (6, 6, 6, 5, 5)
    return matrix_of(
        {
            "key": "generated",
            "version": "1",
            "language": "en",
            "title": "Generated",
            "stages": [{"number": n, "name": f"Stage {n}"} for n in range(1, 6)],
            "dimensions": [
                {
                    "key": f"row-{row}",
                    "name": f"Row {row}",
                    "cells": [
                        {
                            "stage": stage,
                            "descriptors": [
                                {
                                    "id": f"row-{row}.{stage}.{n:02}",
                                    "kind": "condition" if n % 2 and stage < 5 else "practice",
                                    "statement": "Statement",
                                }
                                for n in range(1, count + 1)
                            ],
                        }
                        for stage, count in enumerate(counts, start=1)
                    ],
                }
                for row in range(8)
            ],
        }
    )


def sheet_of(matrix: Matrix, random: Random, *, people: int) -> AnswerSheet:
    """Return a full sheet: every respondent gives every descriptor a step, lower ones higher."""

    def ratings() -> dict[str, Answer]:
        return {
            each.id: min(3, max(0, round(random.gauss(3.2 - each.stage / 2, 0.9))))
            for each in matrix.descriptors.values()
        }

    return AnswerSheet(
        respondents=tuple(RespondentAnswers(ratings=ratings()) for _ in range(people))
    )
