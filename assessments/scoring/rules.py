"""PURE. The three rules, each on one dimension: gates, stage, score, range and coverage.

Source: docs/reference/scoring.md, rules 3 to 5; `every` as in C2M2, `additive` as in OWASP SAMM.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from assessments.scoring.plan import DOES_NOT_APPLY, DimensionPlan, GatePlan, Held, Plan, ratio


@dataclass(frozen=True, slots=True)
class Gate:
    """How far the way to stage `to` is open; `progress` is a share from 0 to 1.

    `items` counts the gate's descriptors, `applicable` those that apply, `answered` those with a
    step or "does not apply". A gate of which nothing applies is neither open nor closed: its
    `progress` is None. One that the model leaves empty is open.
    """

    to: int
    progress: Fraction | None
    is_open: bool
    items: int
    applicable: int
    answered: int

    @property
    def is_closed(self) -> bool:
        """Whether something that applies is still missing."""
        return self.progress is not None and not self.is_open


@dataclass(frozen=True, slots=True)
class Climb:
    """How far a dimension's ratings lead.

    `score` counts what is unanswered as 0, `highest` as 1. `coverage` is a share. `is_rated` says
    whether any descriptor of the dimension has a step; without one, nothing else means much.
    """

    gates: tuple[Gate, ...]
    stage: int
    score: Fraction
    highest: Fraction
    coverage: Fraction
    is_rated: bool


def climb(plan: Plan, dimension: DimensionPlan, held: Sequence[Held]) -> Climb:
    """Return how far the ratings of one dimension lead by the model's own rule.

    `held` runs like `plan.ids`. A gate of which nothing applies is passed, but lifts nobody by
    itself: it counts with the next open gate above it that holds something applicable.
    Ours: an empty gate above such a gate counts with that next one too. For `additive`: a stage of
    which nothing applies adds 0, one that the model leaves empty adds 1; the score never passes the
    top stage; and a gate is open when its stage is full. Coverage is 1 where no descriptor decides.
    """
    tallies = [tally(plan, gate, held) for gate in dimension.gates]
    row = held[dimension.start : dimension.stop]
    is_rated = row.count(None) + row.count(DOES_NOT_APPLY) < len(row)
    gates = tuple(each.gate for each in tallies)
    if plan.rule == "additive":
        score = _sum_of_stages(plan, [each.gate.progress for each in tallies])
        highest = _sum_of_stages(plan, [each.best for each in tallies])
        answered, items = len(row) - row.count(None), len(row)
        stage = int(score)
    else:
        stage, score = _height(plan, [(g, g.is_open, g.progress) for g in gates])
        _, highest = _height(plan, [(each.gate, each.can_open, each.best) for each in tallies])
        answered = items = 0
        for gate in gates:
            answered += gate.answered
            items += gate.items
            if gate.is_closed:
                break
    return Climb(
        gates=gates,
        stage=stage,
        score=score,
        highest=highest,
        coverage=ratio(answered, items) if items else ratio(1, 1),
        is_rated=is_rated,
    )


class GateTally(NamedTuple):
    """A gate as it stands, and at best: with everything unanswered counting 1.

    `best` is None where nothing applies.
    """

    gate: Gate
    best: Fraction | None
    can_open: bool


def tally(plan: Plan, gate: GatePlan, held: Sequence[Held]) -> GateTally:
    """Return how one gate stands, and how it would stand at best. `held` runs like `plan.ids`."""
    row = held[gate.start : gate.stop]
    items = len(row)
    unanswered = row.count(None)
    applicable = items - row.count(DOES_NOT_APPLY)
    if not applicable:
        progress = None if items else _FULL
        return GateTally(Gate(gate.to, progress, not items, items, 0, items), progress, not items)
    if plan.rule == "every":
        done, unit = sum(map(plan.is_met, row)), 1
    else:
        done, people = _sum(row)
        unit = people * plan.denominator
    whole = unit * applicable
    top, bottom = plan.opens_at
    is_open = done * bottom >= top * whole
    progress = ratio(done, whole)
    at_today = Gate(gate.to, progress, is_open, items, applicable, items - unanswered)
    if not unanswered:
        return GateTally(at_today, progress, is_open)
    best = done + unanswered * unit
    return GateTally(at_today, ratio(best, whole), best * bottom >= top * whole)


_FULL = Fraction(1)


def _sum(row: Sequence[Held]) -> tuple[int, int]:
    """Return (points, people): the sum of the row's values is points ÷ (people × denominator)."""
    total, shared = 0, 1
    for held in row:
        if held is None:
            continue
        points, people = held
        # Nearly always the same number of people throughout, so the common case comes first.
        if people == shared:
            total += points
        elif people:
            common = lcm(shared, people)
            total = total * (common // shared) + points * (common // people)
            shared = common
    return total, shared


def nothing_applies(gates: Iterable[Gate]) -> bool:
    """Return whether every descriptor of the dimension with these gates does not apply."""
    return not any(gate.applicable for gate in gates) and any(gate.items for gate in gates)


def reach_of(plan: Plan, gates: Sequence[Gate], goal: int) -> int | None:
    """Return the stage one must climb to in order to stand at `goal` or above.

    It is the goal itself, or a stage above it where nothing of the goal's own gate applies; None
    when no gate leads there, because nothing that applies is left.
    Under `additive` it is the stage up to which enough stages hold something to add.
    """
    if goal <= plan.first_stage:
        return goal
    if plan.rule == "additive":
        adding = [gate.to for gate in gates if gate.progress is not None]
        above = [to for to in adding if to > plan.first_stage]
        wanted = goal - plan.first_stage
        if wanted <= len(above):
            return above[wanted - 1]
        return plan.top_stage if wanted <= len(adding) else None
    stage = plan.first_stage
    for gate in gates:
        if _lifts(gate, stage):
            stage = gate.to
            if stage >= goal:
                return stage
    return None


def _lifts(gate: Gate, stage: int) -> bool:
    """Return whether the gate, once open, leads up from a stage: an empty one only by one."""
    return bool(gate.applicable) or (not gate.items and gate.to == stage + 1)


def _height(
    plan: Plan, gates: Sequence[tuple[Gate, bool, Fraction | None]]
) -> tuple[int, Fraction]:
    """Return stage and score: the gates open in a row from the bottom, and the way to the next."""
    stage = plan.first_stage
    for gate, is_open, progress in gates:
        if progress is None:
            continue
        if is_open:
            stage = gate.to if _lifts(gate, stage) else stage
            continue
        needed, of = plan.opens_at
        top, bottom = progress.numerator * of, progress.denominator * needed
        return stage, ratio(stage * bottom + top, bottom)
    return stage, ratio(stage, 1)


def _sum_of_stages(plan: Plan, shares: Sequence[Fraction | None]) -> Fraction:
    score = Fraction(plan.first_stage) + sum(share or 0 for share in shares)
    return min(score, Fraction(plan.top_stage))
