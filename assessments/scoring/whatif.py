"""PURE. The same answers with some steps taken as done."""

from collections.abc import Collection, Set
from dataclasses import replace
from fractions import Fraction

from assessments.scoring.consensus import Settled, with_agreed
from assessments.scoring.placement import DimensionPlacement
from assessments.scoring.plan import DOES_NOT_APPLY, DimensionPlan
from assessments.scoring.rules import climb
from assessments.scoring.scored import Scored, score
from assessments.scoring.sheets import Answer


def what_if(scored: Scored, done_ids: Collection[str]) -> Scored:
    """Return the answers as they would be with these descriptors fully in place, or left behind.

    Each becomes agreed at the scale's best step, for everyone; what does not apply, and ids the
    model does not hold, stay as they are. Nothing done returns the same.

    Ours: a pick must neither hide what a step brings nor let a step look like a fall. In a
    dimension with a step done whose pick is above its ratings, or which has no ratings, the pick is
    taken at its word: the gates up to it count as in place (one of which nothing applies as well),
    for a mean of picks also a part of the next one, and the steps come on top of that. With an
    agreed pick below the ratings, the pick rises by as many stages as the ratings do.
    """
    matrix, sheet, settled = scored.matrix, scored.sheet, scored.settled
    wanted, plan = set(done_ids), settled.plan
    done = [
        identifier
        for identifier in plan.ids
        if identifier in wanted and settled.of(identifier) != DOES_NOT_APPLY
    ]
    if not done:
        return scored
    touched = {matrix.descriptors[identifier].dimension for identifier in done}
    ratings: dict[str, Answer] = {}
    for key in touched:
        placed = scored.placement.of(key)
        ratings |= _at_its_word(settled, plan.dimension_by_key[key], placed, done=set(done))
    start = with_agreed(settled, ratings)
    ratings |= dict.fromkeys(done, matrix.top_step)
    end = with_agreed(start, ratings)
    picks = dict(sheet.agreed_picks)
    for key in touched.intersection(picks):
        was, now = (climb(plan, plan.dimension_by_key[key], each.held) for each in (start, end))
        if now.is_rated:
            risen = now.stage - (was.stage if was.is_rated else picks[key])
            picks[key] = min(picks[key] + max(0, risen), matrix.top_stage)
    after = replace(sheet, agreed_ratings={**sheet.agreed_ratings, **ratings}, agreed_picks=picks)
    return score(matrix, after, settled=end)


def _at_its_word(
    settled: Settled, dimension: DimensionPlan, placed: DimensionPlacement, *, done: Set[str]
) -> dict[str, Answer]:
    """Return the ratings that let a dimension's own ratings start where its pick says."""
    plan, derived = settled.plan, placed.derived
    if placed.stage is None or placed.score is None or placed.basis == "derived":
        return {}
    if derived is not None and (derived.stage >= placed.stage or plan.rule == "additive"):
        # Additive ratings above the pick would be counted twice over.
        return {}
    top_step = len(plan.points) - 1
    ratings: dict[str, Answer] = {}
    for gate in dimension.gates:
        ids = plan.ids[gate.start : gate.stop]
        applicable = [each for each in ids if settled.of(each) != DOES_NOT_APPLY]
        if gate.to <= placed.stage:
            ratings |= dict.fromkeys(applicable or ids, top_step)
        elif applicable:
            # Only a mean of picks lies between two stages, and only where nothing is rated.
            share = placed.score - placed.stage
            others = [each for each in applicable if each not in done]
            return ratings | _part_of(settled, others, share=share, items=len(applicable))
    return ratings


def _part_of(
    settled: Settled, identifiers: list[str], *, share: Fraction, items: int
) -> dict[str, Answer]:
    """Return ratings that bring a gate of so many items a share of the way, and not to opening."""
    plan = settled.plan
    top_step = len(plan.points) - 1
    whole = Fraction(plan.denominator)
    if plan.rule == "every":
        worth, opens_at = {top_step: whole}, whole * items
    else:
        worth = {step: Fraction(points) for step, points in enumerate(plan.points) if points}
        opens_at = whole * items * (plan.threshold if plan.rule == "gates" else 1)
    wanted = min(share, Fraction(1)) * opens_at
    ratings: dict[str, Answer] = {}
    given = Fraction(0)
    for identifier in identifiers:
        steps = [step for step, value in worth.items() if given + value <= wanted]
        if not steps:
            # The last bit is rounded up, so that nothing done looks like a fall.
            steps = [min(worth)] if given < wanted and given + worth[min(worth)] < opens_at else []
        if steps:
            ratings[identifier] = steps[-1]
            given += worth[steps[-1]]
    return ratings
