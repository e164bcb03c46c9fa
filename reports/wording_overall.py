"""PURE. The whole in a few plain sentences, and what the radar shows in words."""

from collections.abc import Sequence

from assessments.scoring.placement import DimensionPlacement, Overall, Placement
from maturity.catalogue.matrix import Matrix
from reports.wording import NOT_ASSESSED, capital, joined, score_text, share_text, stage_text

MOST_EXTREMES = 2
# A longer name would fill the sentence; it stands on the cover and at the foot of every page.
LONGEST_NAME = 60


def assessed_text(matrix: Matrix, placement: Placement) -> str:
    """Return how much of the model the whole rests on."""
    assessed = sum(placed.score is not None for placed in placement.dimensions)
    total = len(matrix.dimensions)
    noun = "dimension" if total == 1 else "dimensions"
    if assessed == total:
        return f"all {total} {noun}" if total > 1 else f"its one {noun}"
    return f"{assessed} of {total} {noun}"


def headline(matrix: Matrix, placement: Placement, *, organisation: str) -> str:
    """Return the one sentence that says where the organisation stands."""
    overall = placement.overall
    if overall.score is None or overall.stage is None:
        return "Nothing is answered yet, so there is no stage to show."
    who = organisation if 0 < len(organisation) <= LONGEST_NAME else "The organisation"
    stage = stage_text(matrix.stage_by_number[overall.stage])
    across = assessed_text(matrix, placement)
    return f"{who} stands at {stage}, with a score of {score_text(overall.score)} across {across}."


def sentences(matrix: Matrix, placement: Placement, *, since: str = "Last time") -> tuple[str, ...]:
    """Return what else there is to say about the whole; `since` names the earlier scores."""
    overall = placement.overall
    if overall.score is None:
        return (
            "Answer a few statements, or choose a stage for a dimension, and this report "
            "will say where the organisation stands and what to do next.",
        )
    found = [_extremes(matrix, placement), _spread(matrix, placement), *_ways(overall, since)]
    missing = [
        matrix.dimension_by_key[placed.key].name
        for placed in placement.dimensions
        if placed.score is None
    ]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        found.append(f"{joined(missing)} {verb} {NOT_ASSESSED} and count for nothing here.")
        if len(missing) == 1:
            found[-1] = f"{missing[0]} is {NOT_ASSESSED} and counts for nothing here."
    return tuple(sentence for sentence in found if sentence)


def extremes(placement: Placement) -> tuple[list[str], list[str]]:
    """Return the keys of the strongest and of the weakest dimensions, at most two each.

    Both are empty when fewer than two are assessed or all have the same score.
    """
    assessed = [placed for placed in placement.dimensions if placed.score is not None]
    if len({placed.score for placed in assessed}) < 2:
        return [], []
    most = min(MOST_EXTREMES, len(assessed) // 2)
    # Sorting is stable: of equals, the one that comes first in the model is named.
    strongest = sorted(assessed, key=_score, reverse=True)[:most]
    weakest = sorted(assessed, key=_score)[:most]
    return [p.key for p in strongest], [p.key for p in weakest]


def _score(placed: DimensionPlacement) -> float:
    return float(placed.score or 0)


def _extremes(matrix: Matrix, placement: Placement) -> str:
    strongest, weakest = extremes(placement)
    if not strongest:
        return ""
    by_key = {placed.key: placed for placed in placement.dimensions}

    def named(keys: Sequence[str]) -> str:
        return joined(
            [
                f"{matrix.dimension_by_key[key].name} ({score_text(by_key[key].score)})"  # type: ignore[arg-type]
                for key in keys
            ]
        )

    return f"Furthest along: {named(strongest)}. Furthest behind: {named(weakest)}."


def _spread(matrix: Matrix, placement: Placement) -> str:
    """Say when the mean hides dimensions that lie two stages or more apart."""
    stages = [placed.stage for placed in placement.dimensions if placed.stage is not None]
    if not stages or max(stages) - min(stages) < 2:
        return ""
    low, high = matrix.stage_by_number[min(stages)], matrix.stage_by_number[max(stages)]
    return (
        f"The dimensions lie between {stage_text(low)}, and {stage_text(high)}, so each dimension "
        "says more than the mean."
    )


def _ways(overall: Overall, since: str) -> list[str]:
    found = []
    if overall.percent_to_target is not None:
        found.append(
            f"{capital(share_text(overall.percent_to_target))} of the way to the targets is done."
        )
    if overall.progress_to_date is not None:
        share = overall.progress_to_date
        start = f"Since {'last time' if since == 'Last time' else f'the {since.lower()}'}"
        if share < 0:
            found.append(f"{start} the scores have moved away from the targets.")
        elif share == 0:
            found.append(f"{start} the scores have not moved.")
        else:
            found.append(
                f"{start} {share_text(min(share, share.__class__(1)))} of the distance "
                "to the targets has been covered."
            )
    return found


def radar_description(matrix: Matrix, placement: Placement) -> str:
    """Return the radar in words, for those who cannot see it."""
    figures = []
    for placed in placement.dimensions:
        figure = NOT_ASSESSED if placed.score is None else score_text(placed.score)
        figures.append(f"{matrix.dimension_by_key[placed.key].name} {figure}")
    first, last = matrix.stages[0], matrix.stages[-1]
    return (
        f"Scores from {first.number}, {first.name}, in the middle to {last.number}, {last.name}, "
        f"at the rim. {'; '.join(figures)}."
    )
