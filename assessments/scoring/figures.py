"""PURE. How a score is written, once for every page and format."""

from fractions import Fraction
from typing import Final

from assessments.scoring.placement import DimensionPlacement

NOT_ASSESSED: Final = "not assessed"
DOES_NOT_APPLY: Final = "does not apply"


def score_text(score: Fraction) -> str:
    """Return a score with one decimal, halves to even.

    Never rounded up to a stage that has not been reached: 2.97 is "2.9", since "3.0" would read as
    stage 3 (Ours).
    """
    tenths = shown_tenths(score)
    return f"{tenths // 10}.{tenths % 10}"


def shown_tenths(score: Fraction) -> int:
    """Return the score as it is written, in tenths."""
    tenths = round(score * 10)
    return tenths - 1 if tenths % 10 == 0 and tenths > score * 10 else tenths


def placed_text(placed: DimensionPlacement) -> str:
    """Return a dimension's score, or in words why it has none."""
    if placed.score is not None:
        return score_text(placed.score)
    return DOES_NOT_APPLY if placed.does_not_apply else NOT_ASSESSED
