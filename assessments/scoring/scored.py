"""PURE. One sheet of answers, worked out once: what pages, reports and exports are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessments.scoring.consensus import Settled, settle
from assessments.scoring.explanation import Explanation, explain
from assessments.scoring.placement import Placement, place
from assessments.scoring.plan import plan_of
from assessments.scoring.roadmap import Roadmap, SuggestedStep, suggest, three_steps
from assessments.scoring.sheets import AnswerSheet
from assessments.scoring.shortest import shortest_way
from maturity.catalogue.matrix import Matrix


@dataclass(frozen=True)
class Scored:
    """A sheet with its values and its placement; what follows from them is worked out when asked.

    Pass it on instead of the sheet, so that nothing is settled or placed again.
    """

    matrix: Matrix
    sheet: AnswerSheet
    settled: Settled
    placement: Placement

    @cached_property
    def explanations(self) -> Mapping[str, Explanation]:
        """Why each dimension stands where it stands, by key."""
        found = explain(self.matrix, self.settled, self.placement)
        return {each.dimension: each for each in found}

    @cached_property
    def roadmap(self) -> Roadmap:
        """The suggested steps, in the order to take them."""
        return suggest(self.matrix, self.settled, self.placement)

    @cached_property
    def three_steps(self) -> tuple[SuggestedStep, ...]:
        """The three steps that matter most; fewer when there are fewer."""
        return three_steps(self.roadmap)

    def shortest_way(self, dimension: str, to: int) -> tuple[str, ...]:
        """Return the fewest descriptors that lead to stage `to`. Raises: KeyError."""
        return shortest_way(self.matrix, self.settled, self.placement.of(dimension), to)


def score(
    matrix: Matrix,
    sheet: AnswerSheet,
    *,
    settled: Settled | None = None,
    placement: Placement | None = None,
) -> Scored:
    """Return the sheet settled and placed.

    Whoever has the values already brings them as `settled`; a frozen result brings its own
    `placement`. Raises: AnswerOffScale, when a rating is no step of the model's scale.
    """
    if settled is None:
        settled = settle(plan_of(matrix), sheet)
    return Scored(matrix, sheet, settled, placement or place(matrix, sheet, settled))
