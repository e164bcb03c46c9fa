"""PURE. What scoring needs of a matrix, worked out once and kept for the life of the matrix."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from maturity.catalogue.matrix import Dimension, GateItems, Matrix, RuleName

Held = tuple[int, int] | None
"""What a descriptor is held to be: (sum of points, how many gave them), None when unanswered.

The value is sum ÷ (how many × `Plan.denominator`). `DOES_NOT_APPLY` has nobody: (0, 0).
"""

DOES_NOT_APPLY: Held = (0, 0)


@dataclass(frozen=True, slots=True)
class GatePlan:
    """The gate to stage `to` holds the descriptors at positions `start` up to `stop`."""

    to: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class DimensionPlan:
    """One row; `start` up to `stop` are the positions of all its descriptors, by gate."""

    key: str
    start: int
    stop: int
    gates: tuple[GatePlan, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A matrix laid out for counting.

    `ids` are ordered by dimension and gate, so that a gate is a slice; a descriptor that no gate
    holds (a condition of the top stage) stands last in its dimension. `points` are the scale's
    values times `denominator`. `met` is the value from which a descriptor counts as met, `opens_at`
    the progress that opens a gate, as (numerator, denominator).
    `document_order` is a descriptor's place in the model, for stable order.
    """

    ids: tuple[str, ...]
    position: Mapping[str, int]
    document_order: Mapping[str, int]
    dimensions: tuple[DimensionPlan, ...]
    dimension_by_key: Mapping[str, DimensionPlan]
    points: tuple[int, ...]
    denominator: int
    held_by_answer: Mapping[Answer | None, Held]
    rule: RuleName
    threshold: Fraction
    met: Fraction
    opens_at: tuple[int, int]
    first_stage: int
    top_stage: int
    stage_count: int

    def is_met(self, held: Held) -> bool:
        """Return whether the value reaches what counts as met; unanswered does not."""
        if held is None or not held[1]:
            return False
        points, people = held
        met = self.met
        return points * met.denominator >= met.numerator * people * self.denominator

    def value(self, held: Held) -> Fraction | None:
        """Return the share from 0 to 1, or None for unanswered and for "does not apply"."""
        if held is None or not held[1]:
            return None
        return ratio(held[0], held[1] * self.denominator)


# Few pairs recur endlessly (a gate of nine items has a few dozen possible sums), and making a
# Fraction costs twenty times the look-up.
@lru_cache(maxsize=16_384)
def ratio(numerator: int, denominator: int) -> Fraction:
    """Return numerator ÷ denominator exactly."""
    return Fraction(numerator, denominator)


_KEPT = 64
_plans: OrderedDict[int, tuple[Matrix, Plan]] = OrderedDict()


def plan_of(matrix: Matrix) -> Plan:
    """Return the plan of a matrix: worked out at the first call, then kept."""
    # By identity: hashing a matrix would walk through every text of it. The entry holds the matrix
    # itself, so its id cannot come to mean another one while it is kept.
    known = _plans.get(id(matrix))
    if known is not None:
        return known[1]
    plan = _make_plan(matrix)
    _plans[id(matrix)] = (matrix, plan)
    while len(_plans) > _KEPT:
        try:
            _plans.popitem(last=False)
        except KeyError:  # another thread has just emptied it
            break
    return plan


def gates_of(dimension: Dimension, rule: RuleName) -> tuple[GateItems, ...]:
    """Return what a rule counts together, lowest first.

    `gates` and `every` use the dimension's gates. `additive` counts stage by stage; an empty first
    stage (as in OWASP SAMM, where it is 0) is no gate.
    """
    if rule != "additive":
        return dimension.gates
    first, *others = dimension.cells
    cells = [first, *others] if first.descriptors else others
    return tuple(GateItems(to=cell.stage, descriptors=cell.descriptors) for cell in cells)


def _make_plan(matrix: Matrix) -> Plan:
    ids: list[str] = []
    dimensions = []
    for dimension in matrix.dimensions:
        start = len(ids)
        gates = []
        for gate in gates_of(dimension, matrix.rule.name):
            begin = len(ids)
            ids.extend(descriptor.id for descriptor in gate.descriptors)
            gates.append(GatePlan(to=gate.to, start=begin, stop=len(ids)))
        placed = set(ids[start:])
        ids.extend(d.id for d in dimension.descriptors if d.id not in placed)
        dimensions.append(DimensionPlan(dimension.key, start, len(ids), tuple(gates)))
    denominator = lcm(*(step.value.denominator for step in matrix.scale))
    points = tuple(int(step.value * denominator) for step in matrix.scale)
    held_by_answer: dict[Answer | None, Held] = {
        None: None,
        UNKNOWN: None,
        NOT_APPLICABLE: DOES_NOT_APPLY,
    }
    held_by_answer |= {step: (points[step], 1) for step in range(len(points))}
    return Plan(
        ids=tuple(ids),
        position={identifier: place for place, identifier in enumerate(ids)},
        document_order={identifier: place for place, identifier in enumerate(matrix.descriptors)},
        dimensions=tuple(dimensions),
        dimension_by_key={dimension.key: dimension for dimension in dimensions},
        points=points,
        denominator=denominator,
        held_by_answer=held_by_answer,
        rule=matrix.rule.name,
        threshold=matrix.rule.threshold,
        opens_at=matrix.rule.threshold.as_integer_ratio()
        if matrix.rule.name == "gates"
        else (1, 1),
        met=Fraction(1) if matrix.rule.name == "additive" else matrix.rule.threshold,
        first_stage=matrix.first_stage,
        top_stage=matrix.top_stage,
        stage_count=len(matrix.stages),
    )
