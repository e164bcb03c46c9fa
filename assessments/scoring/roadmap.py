"""PURE. From a placement to what to do next: steps in order."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessments.scoring.consensus import Settled
from assessments.scoring.gaps import (
    add_after_needs,
    goal_of,
    in_order,
    path_ahead,
    unmet_in,
    unmet_needs,
)
from assessments.scoring.placement import DimensionPlacement, Placement
from assessments.scoring.plan import DimensionPlan, GatePlan, Plan
from assessments.scoring.rules import reach_of, tally
from maturity.catalogue.matrix import Effort, Matrix

Horizon = Literal["now", "next", "later"]
HORIZONS: tuple[Horizon, ...] = ("now", "next", "later")

AT_ONCE = 3
"""How many dimensions are taken up at a time. Ours: more than three is a list, not a plan."""


@dataclass(frozen=True, slots=True)
class SuggestedStep:
    """One suggested step: bring a descriptor fully in place, or leave it behind.

    `to` is the stage whose gate it belongs to (the top stage for what no gate holds). `order`
    counts from 1 through the roadmap. `value` is today's share, None when nobody has answered: then
    the step begins with finding out. `requires` are the unmet descriptors that come first; each has
    a step earlier in the roadmap. `opens_gate` marks the step with which the gate opens when all
    before it are done; `is_beyond` those after it, which the gate no longer needs. `is_pulled_in`
    marks a step that is here only because another one requires it.
    """

    descriptor: str
    dimension: str
    to: int
    horizon: Horizon
    order: int
    value: Fraction | None
    requires: tuple[str, ...]
    opens_gate: bool
    is_beyond: bool
    is_pulled_in: bool
    effort: Effort | Literal[""]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The suggested steps in order; `pressing` are the dimensions below their goal, worst first."""

    steps: tuple[SuggestedStep, ...]
    pressing: tuple[str, ...]

    def at(self, horizon: Horizon) -> tuple[SuggestedStep, ...]:
        """Return the steps of one horizon, in order."""
        return tuple(step for step in self.steps if step.horizon == horizon)


def suggest(matrix: Matrix, settled: Settled, placement: Placement) -> Roadmap:
    """Return the suggested steps, in the order to take them.

    `placement` is what `place` returned for the same answers. For each assessed dimension
    below its target (without one: the next stage), the unmet descriptors of its next gate are
    steps, then those of the gates after it up to the target.

    Order: first what a step requires, and within a dimension the lower gate; then the dimension's
    weight × distance to its target; then, within a gate, what moves it most.

    Ours: dimensions are taken up three at a time, in the order of weight × distance (equals in the
    model's order; weight 0 last and never before "later"). The next gates of the first three are
    *now*. *Next* are the gates after those, and the next gates of the three dimensions that
    follow; everything else is *later*. What a step requires comes along into its horizon, wherever
    it belongs; that alone may put a step before a lower gate of its dimension. An unanswered
    requirement counts as met when its gate is behind.
    Source: docs/reference/scoring.md, "From a placement to a roadmap".
    """
    plan = settled.plan
    pressing = _pressing(plan, placement)
    queue: list[tuple[int, int, GatePlan]] = []
    for rank, (dimension, placed, weighs) in enumerate(pressing):
        for further, gate in enumerate(_path(plan, dimension, placed)):
            wave = rank // AT_ONCE + further if weighs else 2
            queue.append((min(wave, 2), rank, gate))
    # Stable: the gates of one dimension and horizon stay in their order.
    queue.sort(key=lambda entry: entry[:2])
    passed = _behind(plan, placement)
    ordered: dict[str, None] = {}
    horizons: list[Horizon] = []
    own: set[str] = set()

    def needs(identifier: str) -> list[str]:
        return unmet_needs(matrix, settled, identifier, passed=passed)

    for wave, _, gate in queue:
        for identifier in in_order(matrix, settled, unmet_in(settled, gate)):
            own.add(identifier)
            add_after_needs(identifier, needs, ordered)
            horizons += [HORIZONS[wave]] * (len(ordered) - len(horizons))
    when = dict(zip(ordered, horizons, strict=True))
    steps = _numbered(matrix, settled, when, own=own, passed=passed)
    return Roadmap(steps=steps, pressing=tuple(dimension.key for dimension, _, _ in pressing))


def three_steps(roadmap: Roadmap) -> tuple[SuggestedStep, ...]:
    """Return the three steps that matter most, in order; fewer when there are fewer.

    Ours: from the dimensions taken up now, one step each: the first of its own that waits for
    nothing else, an answered descriptor before an unanswered one. Where that gives fewer than
    three, filled up in the roadmap's order with what needs nothing but the steps chosen, then with
    whatever follows.
    """
    steps, first = roadmap.steps, roadmap.pressing[:AT_ONCE]
    own = [step for step in roadmap.at("now") if step.dimension in first and not step.is_pulled_in]
    ready = [step for step in own if not step.requires]
    firsts: dict[str, SuggestedStep] = {}
    for step in sorted(ready, key=lambda step: (step.is_beyond, step.value is None)):
        firsts.setdefault(step.dimension, step)
    chosen = sorted(firsts.values(), key=_by_order)[:3]
    for wants_ready in (True, False):
        for step in steps:
            names = {each.descriptor for each in chosen}
            is_ready = not step.is_beyond and names.issuperset(step.requires)
            if len(chosen) < 3 and step not in chosen and (is_ready or not wants_ready):
                chosen.append(step)
    return tuple(sorted(chosen, key=_by_order))


def _by_order(step: SuggestedStep) -> int:
    return step.order


def _pressing(
    plan: Plan, placement: Placement
) -> list[tuple[DimensionPlan, DimensionPlacement, bool]]:
    """Return the dimensions below their goal, the largest weight × distance first.

    One that nothing leads any higher, because nothing above it applies, is not among them.
    """
    below = []
    for dimension, placed in zip(plan.dimensions, placement.dimensions, strict=True):
        if placed.stage is None or placed.score is None:
            continue
        goal = goal_of(plan, stage=placed.stage, target=placed.target)
        if placed.stage < goal and reach_of(plan, placed.gates, placed.stage + 1) is not None:
            pressure = placed.weight * (goal - placed.score)
            below.append((placed.weight == 0, -pressure, dimension, placed))
    below.sort(key=lambda entry: entry[:2])
    return [(dimension, placed, not idle) for idle, _, dimension, placed in below]


def _path(plan: Plan, dimension: DimensionPlan, placed: DimensionPlacement) -> list[GatePlan]:
    return path_ahead(
        plan,
        dimension,
        placed.gates,
        stage=placed.stage,
        target=placed.target,
        from_ratings=placed.basis == "derived",
    )


def _behind(plan: Plan, placement: Placement) -> frozenset[str]:
    """Return the descriptors of gates at or below the stage that counts."""
    return frozenset(
        plan.ids[position]
        for dimension, placed in zip(plan.dimensions, placement.dimensions, strict=True)
        for gate in dimension.gates
        if placed.stage is not None and gate.to <= placed.stage
        for position in range(gate.start, gate.stop)
    )


def _numbered(
    matrix: Matrix,
    settled: Settled,
    horizons: Mapping[str, Horizon],
    *,
    own: Set[str],
    passed: frozenset[str],
) -> tuple[SuggestedStep, ...]:
    plan = settled.plan
    gate_of = {
        plan.ids[position]: gate
        for dimension in plan.dimensions
        for gate in dimension.gates
        for position in range(gate.start, gate.stop)
    }
    held = list(settled.held)
    best = (plan.points[-1], 1)
    is_open: dict[int, bool] = {}  # by where the gate starts; an open one never closes again
    steps = []
    for order, (identifier, horizon) in enumerate(horizons.items(), start=1):
        gate = gate_of.get(identifier)
        if gate and gate.start not in is_open:
            is_open[gate.start] = tally(plan, gate, held).gate.is_open
        was_open = gate is None or is_open[gate.start]
        before = unmet_needs(matrix, settled, identifier, passed=passed)
        held[plan.position[identifier]] = best
        if gate and not was_open:
            is_open[gate.start] = tally(plan, gate, held).gate.is_open
        descriptor = matrix.descriptors[identifier]
        steps.append(
            SuggestedStep(
                descriptor=identifier,
                dimension=descriptor.dimension,
                to=gate.to if gate else plan.top_stage,
                horizon=horizon,
                order=order,
                value=plan.value(settled.of(identifier)),
                requires=tuple(before),
                opens_gate=gate is not None and is_open[gate.start] and not was_open,
                is_beyond=was_open,
                is_pulled_in=identifier not in own,
                effort=descriptor.effort,
            )
        )
    return tuple(steps)
