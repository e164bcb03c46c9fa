"""PURE. What everybody in an assessment is asked.

With several respondents nobody skips alone: whoever stops early would drop out of the mean and lift
it. So all are asked the same: a pick for each dimension, or the statements of every gate, or of the
gates up to a stage.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessments.scoring.plan import plan_of
from maturity.catalogue.matrix import Descriptor, Dimension, Matrix

AskedKind = Literal["free", "picks", "gates"]
QUICK, GUIDED, EVERYTHING = "quick", "guided", "everything"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What is asked: ids of descriptors, keys of dimensions, and the ways to answer on offer."""

    kind: AskedKind
    ratings: frozenset[str]
    picks: frozenset[str]
    ways: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        """Whether one person answers as they like."""
        return self.kind == "free"

    @property
    def size(self) -> int:
        """How many answers make up the whole; nothing of the kind where one answers freely."""
        return len(self.picks) if self.kind == "picks" else len(self.ratings)

    def descriptors_of(self, row: Dimension) -> tuple[Descriptor, ...]:
        """Return the descriptors of a dimension that are asked, in the document's order."""
        return tuple(each for each in row.descriptors if each.id in self.ratings)

    def is_asked(self, what: str, key: str) -> bool:
        """Return whether a rating of a descriptor, or a pick for a dimension, is asked."""
        return key in (self.picks if what == "pick" else self.ratings)

    def open_of(
        self, row: Dimension, ratings: Mapping[str, object], picks: Mapping[str, object]
    ) -> int:
        """Return how many answers of a dimension are still to come."""
        if self.kind == "picks":
            return int(row.key in self.picks and row.key not in picks)
        return sum(1 for each in self.descriptors_of(row) if each.id not in ratings)


def asked_of(matrix: Matrix, kind: str, up_to: int | None = None) -> QuestionSet:
    """Return what an assessment asks; `up_to` is the stage the highest gate asked leads to.

    The gate to stage k holds the practices of stage k and the conditions of stage k-1.
    Raises: ValueError, for a kind there is not.
    """
    every_pick = frozenset(matrix.dimension_by_key)
    if kind == "free":
        return QuestionSet(
            "free", frozenset(matrix.descriptors), every_pick, (QUICK, GUIDED, EVERYTHING)
        )
    if kind == "picks":
        return QuestionSet("picks", frozenset(), every_pick, (QUICK,))
    if kind == "gates":
        plan = plan_of(matrix)
        ids = (
            identifier
            for row in plan.dimensions
            for gate in row.gates
            if up_to is None or gate.to <= up_to
            for identifier in plan.ids[gate.start : gate.stop]
        )
        return QuestionSet("gates", frozenset(ids), frozenset(), (EVERYTHING,))
    raise ValueError(kind)
