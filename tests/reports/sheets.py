"""The journey and answers to it, made without a database."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from assessments.scoring.sheets import Answer, AnswerSheet, RespondentAnswers
from maturity.catalogue.matrix import Matrix, matrix_of

JOURNEY = Path(__file__).resolve().parents[2] / "fixtures" / "social-engagement-journey.json"


@lru_cache(maxsize=1)
def journey_matrix() -> Matrix:
    (row,) = json.loads(JOURNEY.read_text(encoding="utf-8"))
    return matrix_of(row["fields"]["document"])


def spread(step_by_stage: tuple[int, ...] = (3, 3, 1, 0, 0)) -> dict[str, Answer]:
    """Return a rating for every statement of the journey, the same within a stage."""
    return {
        each.id: step_by_stage[each.stage - 1] for each in journey_matrix().descriptors.values()
    }


def sheet(
    ratings: dict[str, Answer] | None = None,
    *,
    picks: dict[str, int] | None = None,
    notes: dict[str, str] | None = None,
    **rest: Any,
) -> AnswerSheet:
    """Return one person's answers; left out, everything is answered by `spread`."""
    person = RespondentAnswers(
        ratings=spread() if ratings is None else ratings, picks=picks or {}, notes=notes or {}
    )
    settings = {"organisation": "Alder Books", "date": "2026-11-22"} | rest
    return AnswerSheet(respondents=(person,), **settings)
