"""PURE. A result in one sentence and a half: where it stands, and how that changed."""

from fractions import Fraction

from assessments.scoring.placement import Placement
from maturity.catalogue.matrix import Matrix
from maturity.web.words import day_text, joined
from reports.wording.basics import score_text
from reports.wording.overall import extremes


def change_sentence(*, now: Fraction | None, before: Fraction | None, before_iso: str) -> str:
    """Return how the score moved since an earlier result, as both are shown.

    Empty when there is nothing to compare.
    """
    if now is None or before is None:
        return ""
    day = day_text(before_iso)
    if score_text(now) == score_text(before):
        return f"The score is the same as on {day}."
    return f"That is {'up' if now > before else 'down'} from {score_text(before)} on {day}."


def spread_sentence(matrix: Matrix, placement: Placement) -> str:
    """Return the strongest and the weakest dimensions by name; empty when all are alike."""
    strongest, weakest = extremes(placement)
    if not strongest:
        return ""
    names = {row.key: row.name for row in matrix.dimensions}
    best, worst = joined([names[k] for k in strongest]), joined([names[k] for k in weakest])
    return f"Strongest in {best}; furthest to go in {worst}."
