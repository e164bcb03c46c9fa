"""PURE. Targets to start from: the next stage, one stage everywhere, what a year has room for."""

from assessments.scoring.placement import DimensionPlacement, Placement
from assessments.scoring.plan import plan_of
from assessments.scoring.rules import reach_of
from assessments.scoring.scored import Scored
from assessments.scoring.workload import DAYS_OF_EFFORT
from maturity.catalogue.matrix import Matrix


def next_stage_everywhere(matrix: Matrix, placement: Placement) -> dict[str, int]:
    """Return the next stage to reach for each assessed dimension; without one, today's."""
    return {
        placed.key: _next_stage(matrix, placed, placed.stage) or placed.stage
        for placed in placement.dimensions
        if placed.stage is not None
    }


def one_stage_everywhere(matrix: Matrix, placement: Placement, stage: int) -> dict[str, int]:
    """Return one stage for every dimension that applies; more, where more is reached already."""
    wanted = min(max(stage, matrix.first_stage), matrix.top_stage)
    return {
        placed.key: wanted if placed.stage is None else max(wanted, placed.stage)
        for placed in placement.dimensions
        if not placed.does_not_apply
    }


def as_far_as_sensible(scored: Scored, *, days: int) -> dict[str, int]:
    """Return for each assessed dimension the stage that so many days of work have room for.

    Ours: one stage at a time goes to the dimension that stands lowest, the heavier one first, as
    long as the shortest way there fits into what is left. A step that two ways share is paid for
    once; one whose effort the model does not say counts as weeks. A dimension of weight 0 gets what
    is left when no other can go on.
    """
    matrix, placement = scored.matrix, scored.placement
    targets = {p.key: p.stage for p in placement.dimensions if p.stage is not None}
    weights = {p.key: p.weight for p in placement.dimensions}
    taken: set[str] = set()
    left = days
    open_for_more = set(targets)
    while open_for_more:
        key = min(
            open_for_more,
            key=lambda each: (weights[each] == 0, targets[each], -weights[each], each),
        )
        stage = _next_stage(matrix, placement.of(key), targets[key])
        if stage is None:
            open_for_more.discard(key)
            continue
        steps = set(scored.shortest_way(key, stage)) - taken
        cost = sum(_days(matrix, each) for each in steps)
        if cost > left:
            open_for_more.discard(key)
            continue
        left -= cost
        taken |= steps
        targets[key] = stage
    return targets


def _next_stage(matrix: Matrix, placed: DimensionPlacement, stage: int) -> int | None:
    """Return the next stage above one that can be reached, None when there is none."""
    plan = plan_of(matrix)
    if stage >= plan.top_stage:
        return None
    if plan.rule == "additive":
        return stage + 1 if reach_of(plan, placed.gates, stage + 1) is not None else None
    return reach_of(plan, placed.gates, stage + 1)


def _days(matrix: Matrix, descriptor_id: str) -> int:
    return DAYS_OF_EFFORT.get(matrix.descriptors[descriptor_id].effort, DAYS_OF_EFFORT["M"])
