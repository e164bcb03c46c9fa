"""PURE. The fewest steps that open a dimension's gates up to a stage."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from assessments.scoring.consensus import Settled
from assessments.scoring.gaps import add_after_needs, gates_ahead, in_order, unmet_in, unmet_needs
from assessments.scoring.placement import DimensionPlacement
from assessments.scoring.plan import GatePlan, Held
from assessments.scoring.rules import climb, reach_of, tally
from maturity.catalogue.matrix import Matrix

_SEARCHED = 12
"""A gate with more unmet descriptors is not searched through: 2^12 sets are a few milliseconds."""


def shortest_way(
    matrix: Matrix, settled: Settled, placed: DimensionPlacement, to: int
) -> tuple[str, ...]:
    """Return the fewest descriptors that, fully in place or left behind, lead to stage `to`.

    In the order to take them. The way starts at the stage that counts, be it from ratings or picks;
    where nothing is assessed, at the first stage. Empty when `to` is reached. Where nothing of
    `to`'s gate applies, the way goes to the next stage above that can be reached; without one, as
    high as it can.

    A gate opens on a mean and every step brings its descriptor to the top, so taking the largest
    gains first is exact while nothing is required. Where something is, a step costs what it brings
    along: each gate's sets are tried, the smaller first, until none can be shorter. Ours: gates
    are opened one after the other from the bottom, so a longer way through a lower gate that would
    save more in a higher one is not looked for; and a gate of more than twelve unmet descriptors,
    and the `additive` rule with requirements, take the largest gains first with all they require.
    """
    plan = settled.plan
    row = plan.dimension_by_key[placed.key]
    stage = plan.first_stage if placed.stage is None else placed.stage
    if stage >= to:
        return ()
    passed = frozenset(
        plan.ids[position]
        for gate in row.gates
        if placed.stage is not None and gate.to <= stage
        for position in range(gate.start, gate.stop)
    )
    from_ratings = placed.basis in ("derived", "none")
    ahead = gates_ahead(plan, row, placed.gates, stage=stage, from_ratings=from_ratings)
    way = _Way(matrix, settled, passed)
    if plan.rule == "additive" and from_ratings:
        shares = {
            identifier: way.missing(identifier) / gate.applicable
            for gate_plan, gate in zip(row.gates, placed.gates, strict=True)
            for identifier in unmet_in(settled, gate_plan)
        }
        for identifier in sorted(shares, key=lambda each: shares[each], reverse=True):
            if climb(plan, row, way.held).score >= to:
                break
            way.add((identifier,))
        return tuple(in_order(matrix, settled, way.taken))
    reach = reach_of(plan, placed.gates, to) or plan.top_stage
    for gate_plan in ahead:
        if gate_plan.to <= reach:
            way.add(_fewest(way, gate_plan))
    return tuple(way.taken)


class _Way:
    """The steps taken so far, and the values as they are after them."""

    def __init__(self, matrix: Matrix, settled: Settled, passed: frozenset[str]) -> None:
        self.matrix = matrix
        self.settled = settled
        self.passed = passed
        self.best: Held = (settled.plan.points[-1], 1)
        self.held: list[Held] = list(settled.held)
        self.taken: dict[str, None] = {}

    def missing(self, identifier: str) -> Fraction:
        """Return how far a descriptor is from full, 0 to 1."""
        return 1 - (self.settled.plan.value(self.settled.of(identifier)) or Fraction(0))

    def with_needs(self, identifier: str) -> list[str]:
        """Return the descriptor after all it needs that is not taken yet."""

        def needs(each: str) -> list[str]:
            return unmet_needs(self.matrix, self.settled, each, passed=self.passed)

        ordered: dict[str, None] = {}
        add_after_needs(identifier, needs, ordered)
        return [each for each in ordered if each not in self.taken]

    def add(self, identifiers: Iterable[str]) -> None:
        """Take descriptors, each after what it needs."""
        for identifier in identifiers:
            for each in self.with_needs(identifier):
                self.taken[each] = None
                self.held[self.settled.plan.position[each]] = self.best

    def opens(self, gate: GatePlan, further: Iterable[str]) -> bool:
        """Return whether the gate is open with these taken as well."""
        plan = self.settled.plan
        held = self.held[gate.start : gate.stop]
        for identifier in further:
            position = plan.position[identifier]
            if gate.start <= position < gate.stop:
                held[position - gate.start] = self.best
        return tally(plan, GatePlan(gate.to, 0, len(held)), held).gate.is_open


def _fewest(way: _Way, gate: GatePlan) -> Sequence[str]:
    """Return the descriptors of the gate that open it with the fewest steps in all."""
    unmet = [each for each in unmet_in(way.settled, gate) if each not in way.taken]
    # By value alone: what others require is counted in below.
    unmet = sorted(in_order(way.matrix, way.settled, unmet), key=way.missing, reverse=True)
    enough = 0
    while enough < len(unmet) and not way.opens(gate, unmet[:enough]):
        enough += 1
    costs = {each: frozenset(way.with_needs(each)) for each in unmet}
    fewest = len(frozenset[str]().union(*(costs[each] for each in unmet[:enough])))
    chosen: Sequence[str] = unmet[:enough]
    if fewest == enough or len(unmet) > _SEARCHED:
        return in_order(way.matrix, way.settled, chosen)
    for count in range(enough, len(unmet) + 1):
        if count >= fewest:
            break
        for candidate in combinations(unmet, count):
            steps = frozenset[str]().union(*(costs[each] for each in candidate))
            if len(steps) < fewest and way.opens(gate, steps):
                chosen, fewest = candidate, len(steps)
    return in_order(way.matrix, way.settled, chosen)
