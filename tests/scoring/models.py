"""Small models made from a few letters, and sheets for them.

A row is one text a stage: `p` is a practice, `c` a condition. The third descriptor of dimension "a"
at stage 2 has the id "a.2.3".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.scoring.placement import DimensionPlacement
from assessments.scoring.scored import score
from assessments.scoring.sheets import Answer, AnswerSheet, RespondentAnswers
from maturity.catalogue.matrix import Matrix, matrix_of

KINDS = {"p": "practice", "c": "condition"}


def document(
    rows: Mapping[str, Sequence[str]],
    *,
    rule: str = "gates",
    threshold: str = "2/3",
    first: int = 1,
    requires: Mapping[str, Sequence[str]] | None = None,
    efforts: Mapping[str, str] | None = None,
    scale: Sequence[str] = ("0", "1/3", "2/3", "1"),
) -> dict[str, Any]:
    """Return a model document that the catalogue's checks find no fault with."""
    stages = range(first, first + len(next(iter(rows.values()))))
    return {
        "format": "waymark-model/1",
        "key": "small",
        "version": "1.0",
        "language": "en",
        "title": "Small",
        "summary": "",
        "rule": {"name": rule, "threshold": threshold},
        "scale": [{"value": value, "label": f"Step {value}"} for value in scale],
        "stages": [{"number": n, "name": f"Stage {n}", "summary": ""} for n in stages],
        "dimensions": [
            {
                "key": key,
                "name": f"Row {key}",
                "summary": "",
                "cells": [
                    {
                        "stage": stage,
                        "summary": "",
                        "descriptors": [
                            _descriptor(f"{key}.{stage}.{n}", kind, requires or {}, efforts or {})
                            for n, kind in enumerate(kinds, start=1)
                        ],
                    }
                    for stage, kinds in zip(stages, row, strict=True)
                ],
            }
            for key, row in rows.items()
        ],
    }


def _descriptor(
    name: str, kind: str, requires: Mapping[str, Sequence[str]], efforts: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "id": name,
        "kind": KINDS[kind],
        "statement": f"Statement {name}",
        "action": f"Action {name}",
        "evidence": "",
        "effort": efforts.get(name, ""),
        "requires": list(requires.get(name, ())),
    }


def model(rows: Mapping[str, Sequence[str]], **options: Any) -> Matrix:
    """Return the matrix of such a document."""
    return matrix_of(document(rows, **options))


def one(ratings: Mapping[str, Answer] | None = None, **settings: Any) -> AnswerSheet:
    """Return a sheet of one respondent."""
    picks = settings.pop("picks", {})
    return AnswerSheet(
        respondents=(RespondentAnswers(ratings=ratings or {}, picks=picks),), **settings
    )


def several(*ratings: Mapping[str, Answer], **settings: Any) -> AnswerSheet:
    """Return a sheet of several respondents."""
    respondents = tuple(RespondentAnswers(ratings=each) for each in ratings)
    return AnswerSheet(respondents=respondents, **settings)


def picking(*picks: int, dimension: str = "a", **settings: Any) -> AnswerSheet:
    """Return a sheet of respondents who only picked a stage for one dimension."""
    respondents = tuple(RespondentAnswers(picks={dimension: pick}) for pick in picks)
    return AnswerSheet(respondents=respondents, **settings)


def placed(matrix: Matrix, sheet: AnswerSheet, dimension: str = "a") -> DimensionPlacement:
    """Return where one dimension stands."""
    return score(matrix, sheet).placement.of(dimension)


WORKED = model({"a": ("cc", "ppc", "pp")})
"""The worked example of the design."""

WORKED_RATINGS: dict[str, Answer] = {
    "a.1.1": 3,
    "a.1.2": 2,
    "a.2.1": 3,
    "a.2.2": 1,
    "a.2.3": 0,
    "a.3.1": 2,
    "a.3.2": "unknown",
}
