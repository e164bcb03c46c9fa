"""PURE. The unmet descriptors of a gate, in the order to take them, and which gates come next."""

from collections.abc import Callable, Collection, Iterable, Sequence
from math import lcm

from assessments.scoring.consensus import Settled
from assessments.scoring.plan import DOES_NOT_APPLY, DimensionPlan, GatePlan, Plan
from assessments.scoring.rules import Gate, reach_of
from maturity.catalogue.matrix import Matrix

_EFFORT_ORDER = {"S": 0, "M": 1, "": 1, "L": 2}


def gates_ahead(
    plan: Plan, dimension: DimensionPlan, gates: Sequence[Gate], *, stage: int, from_ratings: bool
) -> list[GatePlan]:
    """Return the gates still to be opened above the stage that counts, lowest first.

    A gate above that is open, or of which nothing applies, asks for nothing and is left out. When
    the stage comes from picks (`from_ratings` False), the gates up to it are taken as passed,
    whatever the ratings say.
    Under `additive` the stages are filled in any order, so every one not full is ahead.
    """
    any_order = plan.rule == "additive" and from_ratings
    return [
        gate_plan
        for gate_plan, gate in zip(dimension.gates, gates, strict=True)
        if gate.is_closed and (any_order or gate.to > stage)
    ]


def goal_of(plan: Plan, *, stage: int, target: int | None) -> int:
    """Return the stage to head for: the target, else the next stage; at the top, the top."""
    return min(stage + 1, plan.top_stage) if target is None else target


def path_ahead(
    plan: Plan,
    dimension: DimensionPlan,
    gates: Sequence[Gate],
    *,
    stage: int | None,
    target: int | None,
    from_ratings: bool,
) -> list[GatePlan]:
    """Return the gates that lead to the target, lowest first; without one, the next gate alone.

    Where nothing of the target's gate applies, the way goes on to the next gate that lifts there.
    Under `additive` no single stage leads to the next, so there it is all those up to the next.
    Empty at the target, at the top, and when the dimension is not assessed (`stage` None).
    """
    if stage is None or stage >= goal_of(plan, stage=stage, target=target):
        return []
    ahead = gates_ahead(plan, dimension, gates, stage=stage, from_ratings=from_ratings)
    if target is None and plan.rule != "additive":
        return ahead[:1]
    goal = goal_of(plan, stage=stage, target=target)
    reach = reach_of(plan, gates, goal) or plan.top_stage
    return [gate for gate in ahead if gate.to <= reach]


def unmet_in(settled: Settled, gate: GatePlan) -> list[str]:
    """Return the gate's applicable descriptors not known to be met, as the plan orders them.

    An unanswered one is among them: nobody has said that it is in place.
    """
    plan = settled.plan
    return [
        plan.ids[position]
        for position in range(gate.start, gate.stop)
        if (held := settled.held[position]) != DOES_NOT_APPLY and not plan.is_met(held)
    ]


def unmet_needs(
    matrix: Matrix, settled: Settled, identifier: str, *, passed: frozenset[str]
) -> list[str]:
    """Return the unmet descriptors that one directly requires.

    A requirement that does not apply is none; nor is an unanswered one among `passed`, the
    descriptors of gates already behind.
    """
    unmet = []
    for required in matrix.descriptors[identifier].requires:
        held = settled.of(required)
        if held == DOES_NOT_APPLY or settled.plan.is_met(held):
            continue
        if held is not None or required not in passed:
            unmet.append(required)
    return unmet


def in_order(matrix: Matrix, settled: Settled, identifiers: Iterable[str]) -> list[str]:
    """Return descriptors in the order to take them.

    What another one of them requires comes first. Then what moves the gate most: the lowest value.
    Ours, between equals: what was answered before what was not, then the smaller effort, then the
    model's own order.
    """
    if not isinstance(identifiers, Collection):
        identifiers = list(identifiers)
    descriptors = matrix.descriptors
    plan = settled.plan

    of = settled.of
    # Over one denominator values are whole numbers, which compare far faster than Fractions.
    common = lcm(*{held[1] for each in identifiers if (held := of(each)) and held[1]})

    def rank(identifier: str) -> tuple[int, bool, int, int]:
        held = of(identifier)
        return (
            held[0] * common // held[1] if held and held[1] else 0,
            held is None,
            _EFFORT_ORDER[descriptors[identifier].effort],
            plan.document_order[identifier],
        )

    best_first = sorted(identifiers, key=rank)
    if not any(descriptors[identifier].requires for identifier in best_first):
        return best_first
    wanted = set(best_first)

    def needs(identifier: str) -> list[str]:
        return sorted(wanted.intersection(descriptors[identifier].requires), key=rank)

    ordered: dict[str, None] = {}
    for identifier in best_first:
        add_after_needs(identifier, needs, ordered)
    return list(ordered)


def add_after_needs(
    identifier: str, needs: Callable[[str], Iterable[str]], ordered: dict[str, None]
) -> None:
    """Add a descriptor to an ordered set, after what it needs, after what that needs, and so on."""
    if identifier in ordered:
        return
    # A stack of our own: a model may hold a chain of thousands.
    stack = [(identifier, iter(needs(identifier)))]
    while stack:
        current, pending = stack[-1]
        required = next((each for each in pending if each not in ordered), None)
        if required is None:
            stack.pop()
            ordered[current] = None
        else:
            stack.append((required, iter(needs(required))))
