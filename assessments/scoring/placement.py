"""PURE. Where the answers put the organisation: stage and score per dimension, and overall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessments.scoring.consensus import (
    Settled,
    pick_agreement,
    rating_agreement,
    respondents_in,
)
from assessments.scoring.gaps import in_order, path_ahead, unmet_in
from assessments.scoring.plan import DimensionPlan, Plan, ratio
from assessments.scoring.rules import Climb, Gate, climb, nothing_applies
from assessments.scoring.sheets import AnswerSheet
from maturity.catalogue.matrix import Matrix

__all__ = [
    "Agreement",
    "Basis",
    "Declared",
    "Derived",
    "DimensionPlacement",
    "Gate",
    "Overall",
    "Placement",
    "place",
]

Basis = Literal["agreed", "derived", "declared", "none"]


@dataclass(frozen=True, slots=True)
class Derived:
    """What the ratings say."""

    stage: int
    score: Fraction


@dataclass(frozen=True, slots=True)
class Declared:
    """What the picks say; `n` is how many picked."""

    stage: int
    score: Fraction
    n: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """r_wg from 0 to 1 for ratings and picks, None below three respondents; `n` answered."""

    ratings: Fraction | None
    picks: Fraction | None
    n: int


@dataclass(frozen=True, slots=True)
class DimensionPlacement:
    """Where one dimension stands.

    `stage` and `score` are None when the dimension is not assessed, or when nothing of it applies
    (`basis` "none" for both).
    `lowest` and `highest` bound the derived score and are None without ratings.
    `coverage` is a share; `target` is None when none was set; `next_steps` are descriptor ids.
    """

    key: str
    basis: Basis
    stage: int | None
    score: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    coverage: Fraction
    target: int | None
    weight: Fraction
    baseline: Fraction | None
    derived: Derived | None
    declared: Declared | None
    gates: tuple[Gate, ...]
    agreement: Agreement
    next_steps: tuple[str, ...]

    @property
    def does_not_apply(self) -> bool:
        """Whether there is no stage because nothing of the dimension applies."""
        return self.basis == "none" and nothing_applies(self.gates)


@dataclass(frozen=True, slots=True)
class Overall:
    """The weighted whole; each figure is None where it has no denominator. Shares are 0 to 1."""

    score: Fraction | None
    stage: int | None
    percent_to_target: Fraction | None
    progress_to_date: Fraction | None


@dataclass(frozen=True, slots=True)
class Placement:
    """One value holding everything a page, a picture or a report says about where things stand."""

    model: str
    version: str
    overall: Overall
    dimensions: tuple[DimensionPlacement, ...]

    def of(self, dimension: str) -> DimensionPlacement:
        """Return one dimension's placement. Raises: KeyError."""
        for placed in self.dimensions:
            if placed.key == dimension:
                return placed
        raise KeyError(dimension)


def place(matrix: Matrix, sheet: AnswerSheet, settled: Settled) -> Placement:
    """Return the stage and score each dimension has reached, and the whole.

    `settled` is what `settle` returned for the same sheet.

    Units: stages as the model numbers them; scores run from the first stage to the top stage;
    every share is 0 to 1. Answers to descriptors the model does not hold are left aside.
    Ours: where every descriptor of a dimension does not apply, that counts before picks, but not
    before an agreed one. `next_steps` are the unmet descriptors of the next gate in the order to
    take them (see `gaps.in_order`); none at the target, or at the top.
    Source: docs/reference/scoring.md, rules 1 to 9.
    """
    plan = settled.plan
    dimensions = tuple(
        _place_dimension(matrix, sheet, settled, dimension) for dimension in plan.dimensions
    )
    return Placement(
        model=matrix.key,
        version=matrix.version,
        overall=_overall(plan, dimensions),
        dimensions=dimensions,
    )


_ONE = Fraction(1)


def _place_dimension(
    matrix: Matrix, sheet: AnswerSheet, settled: Settled, dimension: DimensionPlan
) -> DimensionPlacement:
    plan, key = settled.plan, dimension.key
    climbed = climb(plan, dimension, settled.held)
    picks = [each.picks[key] for each in sheet.respondents if key in each.picks]
    agreed = sheet.agreed_picks.get(key)
    derived = Derived(climbed.stage, climbed.score) if climbed.is_rated else None
    declared = _declared(picks)
    said = None if nothing_applies(climbed.gates) else declared
    basis, stage, score = _which_counts(agreed, derived, said)
    target = sheet.targets.get(key)
    return DimensionPlacement(
        key=key,
        basis=basis,
        stage=stage,
        score=score,
        lowest=climbed.score if derived else None,
        highest=climbed.highest if derived else None,
        coverage=climbed.coverage,
        target=target,
        weight=sheet.weights.get(key, _ONE),
        baseline=sheet.baseline.get(key),
        derived=derived,
        declared=declared,
        gates=climbed.gates,
        agreement=Agreement(
            ratings=rating_agreement(settled, dimension),
            picks=pick_agreement(picks, first_stage=plan.first_stage, options=plan.stage_count),
            n=respondents_in(settled, dimension, sheet),
        ),
        next_steps=_next_steps(
            matrix, settled, dimension, climbed, basis=basis, stage=stage, target=target
        ),
    )


def _declared(picks: Sequence[int]) -> Declared | None:
    """Rule 6: the mean, and its whole part."""
    if not picks:
        return None
    total, count = sum(picks), len(picks)
    return Declared(stage=total // count, score=ratio(total, count), n=count)


def _which_counts(
    agreed: int | None, derived: Derived | None, declared: Declared | None
) -> tuple[Basis, int | None, Fraction | None]:
    """Rule 7. `declared` is None where nothing applies: that answer counts before a pick."""
    if agreed is not None:
        same_stage = derived is not None and derived.stage == agreed
        return "agreed", agreed, derived.score if derived and same_stage else ratio(agreed, 1)
    if derived is not None:
        return "derived", derived.stage, derived.score
    if declared is not None:
        return "declared", declared.stage, declared.score
    return "none", None, None


def _next_steps(
    matrix: Matrix,
    settled: Settled,
    dimension: DimensionPlan,
    climbed: Climb,
    *,
    basis: Basis,
    stage: int | None,
    target: int | None,
) -> tuple[str, ...]:
    path = path_ahead(
        settled.plan,
        dimension,
        climbed.gates,
        stage=stage,
        target=target,
        from_ratings=basis == "derived",
    )
    return tuple(in_order(matrix, settled, unmet_in(settled, path[0]))) if path else ()


def _overall(plan: Plan, dimensions: Iterable[DimensionPlacement]) -> Overall:
    """Rule 8."""
    first = plan.first_stage
    weighed = scored = Fraction(0)
    reached = wanted = gained = planned = Fraction(0)
    for each in dimensions:
        if each.score is None:
            continue
        weight, score, target, baseline = each.weight, each.score, each.target, each.baseline
        weighed += weight
        scored += score if weight == 1 else weight * score
        if target is None:
            continue
        if target > first:
            reached += weight * ((score if score < target else target) - first)
            wanted += weight * (target - first)
        if baseline is not None and target > baseline:
            gained += weight * (score - baseline)
            planned += weight * (target - baseline)
    mean = scored / weighed if weighed else None
    return Overall(
        score=mean,
        stage=None if mean is None else int(mean),
        percent_to_target=reached / wanted if wanted else None,
        progress_to_date=gained / planned if planned else None,
    )
