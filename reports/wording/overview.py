"""PURE. A result in one sentence and a half: where it stands, and how that changed."""

from assessments.scoring.placement import Placement
from maturity.catalogue.matrix import Matrix
from reports.wording.basics import day_text, joined
from reports.wording.overall import extremes


def change_sentence(*, now: str, before: str, before_iso: str) -> str:
    """Return how the score moved since an earlier result; both as they are shown.

    Empty when there is nothing to compare.
    """
    if not now or not before:
        return ""
    day = day_text(before_iso)
    if now == before:
        return f"The score is the same as on {day}."
    return f"That is {'up' if float(now) > float(before) else 'down'} from {before} on {day}."


def spread_sentence(matrix: Matrix, placement: Placement) -> str:
    """Return the strongest and the weakest dimensions by name; empty when all are alike."""
    strongest, weakest = extremes(placement)
    if not strongest:
        return ""
    names = {row.key: row.name for row in matrix.dimensions}
    best, worst = joined([names[k] for k in strongest]), joined([names[k] for k in weakest])
    return f"Strongest in {best}; furthest to go in {worst}."
