"""Models to print: of any size, in words of any length."""

from itertools import cycle, islice
from typing import Any

from maturity.catalogue.checks import problems_in
from maturity.catalogue.matrix import Matrix, matrix_of
from tests.catalogue.documents import descriptor

_WORDS = (
    "We agree in writing on who answers which question, and we look at it again each quarter "
    "Departments share what they hear from customers before they decide on money and people "
)
LONG_NAME = "Donaudampfschifffahrtsgesellschaftskapitänsversammlung und Kundenzufriedenheit"


def sentence(length: int, *, start: int = 0) -> str:
    """Return so many characters of plain words; another `start` begins elsewhere."""
    words = _WORDS.split()
    text = " ".join(islice(cycle(words), start, start + length))[: length - 1].strip()
    return text + "."


def model_of(
    stages: int,
    dimensions: int,
    *,
    summary: int = 160,
    name: str = "",
    title: str = "A model to print",
    first_stage: int = 1,
) -> dict[str, Any]:
    """Return a sound document; every summary has about so many characters and is its own."""
    numbers = range(first_stage, first_stage + stages)

    def text(place: str, start: int) -> str:
        return f"{place}: {sentence(max(summary - len(place) - 2, 2), start=start)}"

    document = {
        "format": "waymark-model/1",
        "key": "printed",
        "version": "1.0.0",
        "language": "en",
        "title": title,
        "summary": "Made for paper.",
        "stages": [
            {
                "number": n,
                "name": f"{n} {name}".strip()[:80] if name else f"Stage name {n}",
                "summary": text(f"S{n}", n),
            }
            for n in numbers
        ],
        "dimensions": [
            {
                "key": f"row-{row}",
                "name": f"{row} {name}".strip()[:80] if name else f"Row number {row}",
                "summary": "",
                "cells": [
                    {
                        "stage": n,
                        "summary": text(f"R{row}S{n}", row + n),
                        "descriptors": [descriptor(f"r{row}.{n}.1")],
                    }
                    for n in numbers
                ],
            }
            for row in range(1, dimensions + 1)
        ],
        "plays": [],
    }
    assert problems_in(document) == []
    return document


def printed(stages: int, dimensions: int, **more: Any) -> Matrix:
    """Return the matrix of such a model."""
    return matrix_of(model_of(stages, dimensions, **more))
