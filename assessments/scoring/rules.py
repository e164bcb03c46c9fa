"""PURE. The three rules, each on one dimension: gates, stage, score, range and coverage.

Source: docs/reference/scoring.md, rules 3 to 5; `every` as in C2M2, `additive` as in OWASP SAMM.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from assessments.scoring.plan import DOES_NOT_APPLY, DimensionPlan, GatePlan, Held, Plan, ratio


@dataclass(frozen=True, slots=True)
class Gate:
    """How far the way to stage `to` is open; `progress` is a share from 0 to 1.

    `items` counts the gate's descriptors, `applicable` those that apply, `answered` those with a
    step or "does not apply".
    """

    to: int
    progress: Fraction
    is_open: bool
    items: int
    applicable: int
    answered: int


@dataclass(frozen=True, slots=True)
class Climb:
    """How far a dimension's ratings lead.

    `score` counts what is unanswered as 0, `highest` as 1. `coverage` is a share. `is_rated` says
    whether any descriptor of the dimension is answered; without one, nothing else means much.
    """

    gates: tuple[Gate, ...]
    stage: int
    score: Fraction
    highest: Fraction
    coverage: Fraction
    is_rated: bool


def climb(plan: Plan, dimension: DimensionPlan, held: Sequence[Held]) -> Climb:
    """Return how far the ratings of one dimension lead by the model's own rule.

    `held` runs like `plan.ids`. A gate with nothing applicable is open, progress 1.
    Ours, for `additive`: a stage with nothing applicable counts as full, by the same words, except
    the first, which then adds nothing (the score starts there); the score never passes the top
    stage; and a gate is open when its stage is full. Coverage is 1 where no descriptor decides.
    """
    tallies = [tally(plan, gate, held) for gate in dimension.gates]
    row = held[dimension.start : dimension.stop]
    is_rated = row.count(None) < len(row)
    gates = tuple(each.gate for each in tallies)
    if plan.rule == "additive":
        score = _sum_of_stages(plan, gates, [each.gate.progress for each in tallies])
        highest = _sum_of_stages(plan, gates, [each.best for each in tallies])
        answered, items = len(row) - row.count(None), len(row)
        stage = int(score)
    else:
        stage, score = _height(plan, [(each.gate.is_open, each.gate.progress) for each in tallies])
        _, highest = _height(plan, [(each.can_open, each.best) for each in tallies])
        answered = items = 0
        for gate in gates:
            answered += gate.answered
            items += gate.items
            if not gate.is_open:
                break
    return Climb(
        gates=gates,
        stage=stage,
        score=score,
        highest=highest,
        coverage=ratio(answered, items) if items else ratio(1, 1),
        is_rated=is_rated,
    )


class Tally(NamedTuple):
    """A gate as it stands, and at best: with everything unanswered counting 1."""

    gate: Gate
    best: Fraction
    can_open: bool


def tally(plan: Plan, gate: GatePlan, held: Sequence[Held]) -> Tally:
    """Return how one gate stands, and how it would stand at best. `held` runs like `plan.ids`."""
    row = held[gate.start : gate.stop]
    items = len(row)
    unanswered = row.count(None)
    applicable = items - row.count(DOES_NOT_APPLY)
    if not applicable:
        return Tally(Gate(gate.to, _FULL, True, items, 0, items), _FULL, True)
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
        return Tally(at_today, progress, is_open)
    best = done + unanswered * unit
    return Tally(at_today, ratio(best, whole), best * bottom >= top * whole)


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


def _height(plan: Plan, gates: Sequence[tuple[bool, Fraction]]) -> tuple[int, Fraction]:
    """Return stage and score: the gates open in a row from the bottom, and the way to the next."""
    stage = plan.first_stage
    for is_open, progress in gates:
        if is_open:
            stage += 1
            continue
        needed, of = plan.opens_at
        top, bottom = progress.numerator * of, progress.denominator * needed
        return stage, ratio(stage * bottom + top, bottom)
    return stage, ratio(stage, 1)


def _sum_of_stages(plan: Plan, gates: Sequence[Gate], shares: Sequence[Fraction]) -> Fraction:
    score = Fraction(plan.first_stage)
    for gate, share in zip(gates, shares, strict=True):
        if gate.applicable or gate.to > plan.first_stage:
            score += share
    return min(score, Fraction(plan.top_stage))
