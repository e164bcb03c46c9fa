"""PURE. Several respondents: the value each descriptor has, and how far people agree.

Source: docs/reference/scoring.md, rules 2 and 9.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from assessments.scoring.plan import DOES_NOT_APPLY, DimensionPlan, Held, Plan, ratio
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer, AnswerSheet

FEWEST_FOR_AGREEMENT = 3

Row = tuple[Answer | None, ...]


class AnswerOffScale(ValueError):
    """An answer is neither a step of the model's scale nor one of the two words."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A sheet laid over a plan: `held` and every one of `columns` run like `plan.ids`.

    A column is one respondent's answers, None where there is none.
    """

    plan: Plan
    held: Sequence[Held]
    columns: tuple[Sequence[Answer | None], ...]

    def of(self, identifier: str) -> Held:
        """Return what one descriptor is held to be."""
        return self.held[self.plan.position[identifier]]


def settle(plan: Plan, sheet: AnswerSheet) -> Settled:
    """Return what each descriptor is held to be.

    An agreed rating wins. Otherwise the mean of those who gave a step. "Does not apply" holds when
    more say so than gave a step; when nobody gave a step, only if everybody who answered says so.
    Ours: an agreed "unknown" wins like any other agreed rating and leaves the descriptor
    unanswered; and in that last case somebody who said "don't know" has answered, so one "does
    not apply" among several "don't know" does not take a descriptor away.
    Raises: AnswerOffScale.
    """
    columns = tuple(list(map(respondent.ratings.get, plan.ids)) for respondent in sheet.respondents)
    held: list[Held]
    try:
        if not columns:
            held = [None] * len(plan.ids)
        elif len(columns) == 1:
            held = [plan.held_by_answer[answer] for answer in columns[0]]
        else:
            held = [_mean(plan, row) for row in zip(*columns, strict=True)]
        return with_agreed(Settled(plan=plan, held=held, columns=columns), sheet.agreed_ratings)
    except KeyError as error:
        raise AnswerOffScale(f"{error.args[0]!r} is not on this model's scale") from None


def with_agreed(settled: Settled, ratings: Mapping[str, Answer]) -> Settled:
    """Return the same with these ratings agreed: they win over what people said.

    Raises: KeyError, for an answer that is not on the scale.
    """
    plan, held = settled.plan, list(settled.held)
    for identifier, answer in ratings.items():
        position = plan.position.get(identifier)
        if position is not None and answer is not None:
            held[position] = plan.held_by_answer[answer]
    return replace(settled, held=held)


def _mean(plan: Plan, row: Row) -> Held:
    total = people = 0
    for step, points in enumerate(plan.points):
        count = row.count(step)
        if count:
            people += count
            total += count * points
    if people == len(row):
        return (total, people)
    excused = row.count(NOT_APPLICABLE)
    unsure = row.count(UNKNOWN)
    if people + excused + unsure + row.count(None) != len(row):
        odd = next(answer for answer in row if answer not in plan.held_by_answer)
        raise KeyError(odd)
    if people:
        return DOES_NOT_APPLY if excused > people else (total, people)
    return DOES_NOT_APPLY if excused and not unsure else None


def values_of(settled: Settled) -> dict[str, Fraction | Literal["not_applicable"] | None]:
    """Return each descriptor's value: a share, "not_applicable", or None when unanswered."""
    plan = settled.plan
    values: dict[str, Fraction | Literal["not_applicable"] | None] = {}
    for identifier, held in zip(plan.ids, settled.held, strict=True):
        values[identifier] = "not_applicable" if held == DOES_NOT_APPLY else plan.value(held)
    return values


def respondents_in(settled: Settled, dimension: DimensionPlan, sheet: AnswerSheet) -> int:
    """Return how many respondents gave a step, "does not apply" or a pick for a dimension."""
    count = 0
    for column, respondent in zip(settled.columns, sheet.respondents, strict=True):
        given = set(column[dimension.start : dimension.stop])
        if dimension.key in respondent.picks or not given <= {None, UNKNOWN}:
            count += 1
    return count


def rating_agreement(settled: Settled, dimension: DimensionPlan) -> Fraction | None:
    """Return r_wg of a dimension's ratings: the mean over its descriptors, 0 to 1.

    Only descriptors to which at least three gave a step count; None when there is none. Agreed
    ratings play no part: agreement is about what people said before they agreed.
    """
    if len(settled.columns) < FEWEST_FOR_AGREEMENT:
        return None
    slices = [column[dimension.start : dimension.stop] for column in settled.columns]
    steps = range(len(settled.plan.points))
    return _mean_agreement(
        ([row.count(step) for step in steps] for row in zip(*slices, strict=True)), len(steps)
    )


def pick_agreement(picks: Sequence[int], *, first_stage: int, options: int) -> Fraction | None:
    """Return r_wg of the picks for one dimension, 0 to 1; None below three picks."""
    if len(picks) < FEWEST_FOR_AGREEMENT:
        return None
    counts = [picks.count(stage) for stage in range(first_stage, first_stage + options)]
    return _mean_agreement([counts], options)


def _mean_agreement(rows: Iterable[Sequence[int]], options: int) -> Fraction | None:
    """Return the mean r_wg of rows that say how many chose each of the options 0, 1, 2, …

    r_wg = max(0, 1 − s² ÷ ((A² − 1) ÷ 12)), s² the sample variance, A the number of options.
    Source: James, Demaree & Wolf (1984).
    """
    expected = options * options - 1  # twelve times the variance of answers at random
    if not expected:
        return None
    weights = [(option, option * option) for option in range(options)]
    # r_wg of a row of n people is a whole number over n(n-1)(A²-1); rows of the same n are added
    # as whole numbers, because a Fraction a row would cost more than all the rest.
    numerators: dict[int, int] = {}
    rows_counted = 0
    for counts in rows:
        people = sum(counts)
        if people < FEWEST_FOR_AGREEMENT:
            continue
        total = squares = 0
        for count, (option, square) in zip(counts, weights, strict=True):
            if count:
                total += count * option
                squares += count * square
        spread = people * squares - total * total
        share = people * (people - 1) * expected - 12 * spread
        numerators[people] = numerators.get(people, 0) + max(0, share)
        rows_counted += 1
    if not rows_counted:
        return None
    whole = sum(
        (ratio(part, n * (n - 1) * expected) for n, part in numerators.items()), Fraction(0)
    )
    return whole / rows_counted
