"""PURE. The facts behind each dimension's standing, for whoever puts them into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assessments.scoring.consensus import Settled
from assessments.scoring.gaps import gates_ahead, in_order, unmet_in
from assessments.scoring.placement import DimensionPlacement, Placement
from assessments.scoring.plan import DimensionPlan, GatePlan
from assessments.scoring.rules import Gate, reach_of
from maturity.catalogue.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Contradiction:
    """People say one stage and their ratings another, one or more apart.

    `said` is where the picks come from: "agreed" when the group decided on one, else "declared".
    `rests_on` are the descriptors behind it: when people say more than they ticked, the unmet ones
    of the closed gates between, answered ones first; when they say less, the met ones of the gates
    between.
    """

    said: Literal["agreed", "declared"]
    said_stage: int
    derived_stage: int
    rests_on: tuple[str, ...]

    @property
    def says_more(self) -> bool:
        """Whether people place themselves higher than their ratings do."""
        return self.said_stage > self.derived_stage


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a dimension stands where it stands; every item is a descriptor id.

    `next_gate` is None at the top and when the dimension is not assessed; the tuples are empty
    then, but for `passed`. `missing` are the practices of the next gate answered below what counts
    as met, `holding_back` its conditions not left behind enough, `unanswered` its descriptors
    without an answer; each in the order to take them, worst first. `ahead` are the practices
    already met above the next gate. `passed` are the gates behind.
    """

    dimension: str
    passed: tuple[Gate, ...]
    next_gate: Gate | None
    missing: tuple[str, ...]
    holding_back: tuple[str, ...]
    unanswered: tuple[str, ...]
    ahead: tuple[str, ...]
    contradiction: Contradiction | None


def explain(matrix: Matrix, settled: Settled, placement: Placement) -> tuple[Explanation, ...]:
    """Return why each dimension stands where it stands, in the model's order.

    `placement` is what `place` returned for the same answers.
    Ours: an agreed pick is what people say, where there is one; dissent beside it is no
    contradiction any more. Where a pick is what counts, the next gate is the one after it.
    """
    dimensions = settled.plan.dimensions
    return tuple(
        _explanation(matrix, settled, dimension, placed)
        for dimension, placed in zip(dimensions, placement.dimensions, strict=True)
    )


def _explanation(
    matrix: Matrix, settled: Settled, dimension: DimensionPlan, placed: DimensionPlacement
) -> Explanation:
    plan = settled.plan
    if placed.stage is None:
        return Explanation(dimension.key, (), None, (), (), (), (), None)
    ahead = gates_ahead(
        plan,
        dimension,
        placed.gates,
        stage=placed.stage,
        from_ratings=placed.basis == "derived",
    )
    next_to = ahead[0].to if ahead else None
    unmet = in_order(matrix, settled, unmet_in(settled, ahead[0])) if ahead else []
    answered = [each for each in unmet if settled.of(each) is not None]
    return Explanation(
        dimension=dimension.key,
        passed=_passed(placed, next_to, additive=plan.rule == "additive"),
        next_gate=next((gate for gate in placed.gates if gate.to == next_to), None),
        missing=tuple(e for e in answered if matrix.descriptors[e].kind == "practice"),
        holding_back=tuple(e for e in answered if matrix.descriptors[e].kind == "condition"),
        unanswered=tuple(each for each in unmet if settled.of(each) is None),
        ahead=tuple(_ahead_of_stage(matrix, settled, dimension, next_to)),
        contradiction=_contradiction(matrix, settled, dimension, placed),
    )


def _passed(placed: DimensionPlacement, next_to: int | None, *, additive: bool) -> tuple[Gate, ...]:
    if additive and placed.basis == "derived":
        return tuple(gate for gate in placed.gates if gate.is_open)
    stage = placed.stage or 0
    return tuple(gate for gate in placed.gates if gate.to <= stage and gate.to != next_to)


def _ahead_of_stage(
    matrix: Matrix, settled: Settled, dimension: DimensionPlan, next_to: int | None
) -> Iterable[str]:
    if next_to is None:
        return
    for gate in dimension.gates:
        if gate.to > next_to:
            for identifier in _met_in(settled, gate):
                if matrix.descriptors[identifier].kind == "practice":
                    yield identifier


def _met_in(settled: Settled, gate: GatePlan) -> list[str]:
    plan = settled.plan
    return [
        plan.ids[position]
        for position in range(gate.start, gate.stop)
        if plan.is_met(settled.held[position])
    ]


def _contradiction(
    matrix: Matrix, settled: Settled, dimension: DimensionPlan, placed: DimensionPlacement
) -> Contradiction | None:
    if placed.derived is None or placed.stage is None:
        return None
    said: Literal["agreed", "declared"]
    if placed.basis == "agreed":
        said, said_stage = "agreed", placed.stage
    elif placed.declared is not None:
        said, said_stage = "declared", placed.declared.stage
    else:
        return None
    plan, derived_stage = settled.plan, placed.derived.stage
    if said_stage == derived_stage:
        return None
    low, high = sorted((said_stage, derived_stage))
    between = [
        (gate_plan, gate)
        for gate_plan, gate in zip(dimension.gates, placed.gates, strict=True)
        if low < gate.to <= (reach_of(plan, placed.gates, high) or high)
    ]
    rests_on: list[str] = []
    for gate_plan, gate in between:
        if said_stage < derived_stage:
            rests_on += _met_in(settled, gate_plan)
        elif gate.is_closed:
            rests_on += in_order(matrix, settled, unmet_in(settled, gate_plan))
    # Stable: within the answered and the unanswered the order stays as it was.
    rests_on.sort(key=lambda identifier: settled.of(identifier) is None)
    return Contradiction(
        said=said,
        said_stage=said_stage,
        derived_stage=derived_stage,
        rests_on=tuple(rests_on),
    )
