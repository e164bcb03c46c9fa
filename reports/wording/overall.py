"""PURE. The whole in a few plain sentences, and what the radar shows in words."""

from collections.abc import Sequence
from fractions import Fraction

from assessments.scoring.placement import DimensionPlacement, Overall, Placement
from maturity.catalogue.matrix import Matrix
from maturity.web.words import capital, count_text, joined
from reports.wording.basics import (
    NOT_ASSESSED,
    placed_text,
    score_text,
    share_text,
    stage_text,
    times_text,
)

MOST_EXTREMES = 2
MOST_WEIGHTS = 4
# A longer name would fill the sentence; it stands on the cover and at the foot of every page.
LONGEST_NAME = 60


def assessed_in(placement: Placement) -> int:
    """Return how many dimensions are assessed."""
    return sum(placed.score is not None for placed in placement.dimensions)


def assessed_text(assessed: int, total: int) -> str:
    """Return how much of the model the whole rests on."""
    noun = "dimension" if total == 1 else "dimensions"
    if assessed == total:
        return f"all {total} {noun}" if total > 1 else f"its one {noun}"
    return f"{assessed} of {total} {noun}"


def headline(matrix: Matrix, placement: Placement, *, organisation: str) -> str:
    """Return the one sentence that says where the organisation stands."""
    overall = placement.overall
    if all(placed.does_not_apply for placed in placement.dimensions):
        return "Nothing in this model applies, so there is no stage to show."
    if overall.score is None or overall.stage is None:
        return "Nothing is answered yet, so there is no stage to show."
    who = organisation if 0 < len(organisation) <= LONGEST_NAME else "The organisation"
    stage = stage_text(matrix.stage_by_number[overall.stage])
    across = assessed_text(assessed_in(placement), len(matrix.dimensions))
    return f"{who} stands at {stage}, with a score of {score_text(overall.score)} across {across}."


def sentences(
    matrix: Matrix, placement: Placement, *, counts_from_first: bool = False
) -> tuple[str, ...]:
    """Return what else there is to say about the whole.

    With `counts_from_first` the earlier scores are the first result's, else last time's.
    """
    overall = placement.overall
    if overall.score is None:
        return (
            "Answer a few statements, or choose a stage for a dimension, and this report "
            "will say where the organisation stands and what to do next.",
        )
    found = [
        _extremes(matrix, placement),
        _spread(matrix, placement),
        _weights(matrix, placement),
        *_ways(matrix, overall, counts_from_first),
    ]
    without = [placed for placed in placement.dimensions if placed.score is None]
    excused = [placed for placed in without if placed.does_not_apply]
    missing = [placed for placed in without if not placed.does_not_apply]
    found += [
        _without_score(matrix, excused, one="does not apply", many="do not apply"),
        _without_score(matrix, missing, one=f"is {NOT_ASSESSED}", many=f"are {NOT_ASSESSED}"),
    ]
    return tuple(sentence for sentence in found if sentence)


def _without_score(
    matrix: Matrix, placed: Sequence[DimensionPlacement], *, one: str, many: str
) -> str:
    names = [matrix.dimension_by_key[each.key].name for each in placed]
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} {one} and counts for nothing here."
    return f"{joined(names)} {many} and count for nothing here."


def rests_on(*, answered: int, statements: int, people: int) -> str:
    """Return how much the result rests on, so that few answers are not taken for many."""
    by = f" by {count_text(people, 'person', 'people')}" if people else ""
    if not answered:
        return f"It rests on stages chosen directly{by}; no statement is answered."
    return f"It rests on {answered} of {statements} statements, answered{by}."


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
    scores = {p.key: p.score for p in placement.dimensions if p.score is not None}

    def named(keys: Sequence[str]) -> str:
        return joined(
            [f"{matrix.dimension_by_key[key].name} ({score_text(scores[key])})" for key in keys]
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


def _weights(matrix: Matrix, placement: Placement) -> str:
    """Say which dimensions count more or less than the others; a reader may add the scores up."""
    weights = [
        (matrix.dimension_by_key[placed.key].name, placed.weight)
        for placed in placement.dimensions
        if placed.weight != 1
    ]
    if not weights:
        return ""
    if len(weights) > MOST_WEIGHTS:
        return "The dimensions count by their weights, which stand beside their names."
    counted = [f"{name} counts {times_text(weight)}" for name, weight in weights]
    rest = "" if len(weights) == len(placement.dimensions) else "; every other dimension once"
    return f"In the overall score {joined(counted)}{rest}."


def _ways(matrix: Matrix, overall: Overall, counts_from_first: bool) -> list[str]:
    """Say how far the way to the targets is done, from the first stage and since last time.

    Two shares of two ways: each is said with where its way begins.
    """
    first = stage_text(matrix.stages[0])
    done, left = overall.percent_to_target, overall.progress_to_date
    when = "the first result" if counts_from_first else "last time"
    found = []
    if done is not None:
        found.append(f"Of the way from {first}, to the targets {share_text(done)} is done")
    if left is None:
        return [f"{each}." for each in found]
    if left <= 0:
        moved = "have not moved" if left == 0 else "have moved away from the targets"
        return [*(f"{each}." for each in found), f"Since {when} the scores {moved}."]
    at = f"at {when}" if counts_from_first else when
    found.append(f"of what was left {at}, {share_text(min(left, Fraction(1)))}")
    return [capital("; ".join(found)) + "."]


def radar_description(matrix: Matrix, placement: Placement) -> str:
    """Return the radar in words, for those who cannot see it."""
    figures = []
    for placed in placement.dimensions:
        figures.append(f"{matrix.dimension_by_key[placed.key].name} {placed_text(placed)}")
    first, last = matrix.stages[0], matrix.stages[-1]
    return (
        f"Scores from {first.number}, {first.name}, in the middle to {last.number}, {last.name}, "
        f"at the rim. {'; '.join(figures)}."
    )
