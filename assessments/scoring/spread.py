"""PURE. How far people lie apart: each one's own placement, and the answers to each question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from assessments.scoring.consensus import FEWEST_FOR_AGREEMENT, AnswerOffScale
from assessments.scoring.plan import DOES_NOT_APPLY, DimensionPlan, Held, Plan, plan_of, ratio
from assessments.scoring.rules import climb
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer, AnswerSheet
from maturity.catalogue.matrix import Matrix

Level = Literal["none", "weak", "moderate", "strong", "very strong"]

# What a value of r_wg is called. Source: LeBreton & Senter (2008), Answers to 20 questions about
# interrater reliability and interrater agreement, table 3.
_LEVELS: Final[tuple[tuple[Fraction, Level], ...]] = (
    (Fraction(30, 100), "none"),
    (Fraction(50, 100), "weak"),
    (Fraction(70, 100), "moderate"),
    (Fraction(90, 100), "strong"),
)


def level_of(agreement: Fraction) -> Level:
    """Return what a value of r_wg is called: up to .30, .50, .70 and .90, and above."""
    return next((level for limit, level in _LEVELS if agreement <= limit), "very strong")


# --- each person on their own ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Own:
    """Where one respondent's answers alone would place a dimension; `score` is exact."""

    stage: int
    score: Fraction
    basis: Literal["derived", "declared"]


def own_placements(matrix: Matrix, sheet: AnswerSheet) -> dict[str, tuple[Own | None, ...]]:
    """Return by dimension what each respondent's answers alone say, as `place` would.

    In the order of the sheet's respondents; None for somebody who answered nothing there, or by
    whose answers nothing there applies. Agreed answers play no part: this is what people said
    before they agreed. Raises: AnswerOffScale.
    """
    plan = plan_of(matrix)
    found: dict[str, list[Own | None]] = {each.key: [] for each in plan.dimensions}
    for respondent in sheet.respondents:
        answers = list(map(respondent.ratings.get, plan.ids))
        try:
            held = [plan.held_by_answer[answer] for answer in answers]
        except KeyError as error:
            raise AnswerOffScale(f"{error.args[0]!r} is not on this model's scale") from None
        points = [each[0] if each else 0 for each in held]
        for dimension in plan.dimensions:
            row = held[dimension.start : dimension.stop]
            pick = respondent.picks.get(dimension.key)
            own: Own | None = None
            excused = row.count(DOES_NOT_APPLY)
            if row.count(None) + excused < len(row):
                own = _derived(plan, dimension, held, points)
            elif pick is not None and excused < len(row):
                own = Own(pick, ratio(pick, 1), "declared")
            found[dimension.key].append(own)
    return {key: tuple(owns) for key, owns in found.items()}


def _derived(
    plan: Plan, dimension: DimensionPlan, held: Sequence[Held], points: Sequence[int]
) -> Own:
    if plan.rule != "gates":
        climbed = climb(plan, dimension, held)
        return Own(climbed.stage, climbed.score, "derived")
    # `climb` in short, for thirty people at once: of one person every answer counts the same, and
    # what lies above the first closed gate does not decide.
    needed, of = plan.opens_at
    stage = plan.first_stage
    for gate in dimension.gates:
        items = gate.stop - gate.start
        applicable = items - held[gate.start : gate.stop].count(DOES_NOT_APPLY)
        done = of * sum(points[gate.start : gate.stop])
        whole = needed * applicable * plan.denominator
        if done < whole:
            return Own(stage, ratio(stage * whole + done, whole), "derived")
        if applicable or (not items and gate.to == stage + 1):
            stage = gate.to
    return Own(stage, ratio(stage, 1), "derived")


# --- the answers to each question -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spread:
    """How many gave which answer to one question; `key` is a descriptor's id or a dimension's.

    `counts` runs along the options: the scale's steps, worst first, or the stages. `excused` said
    "does not apply", `unsure` "don't know".
    """

    key: str
    counts: tuple[int, ...]
    excused: int = 0
    unsure: int = 0

    @property
    def given(self) -> int:
        """Return how many chose one of the options."""
        return sum(self.counts)

    @property
    def people(self) -> int:
        """Return how many answered: an option, or "does not apply"."""
        return self.given + self.excused

    @property
    def agreement(self) -> Fraction | None:
        """Return r_wg, 0 to 1; None below three who chose an option.

        Source: docs/reference/scoring.md, rule 9.
        """
        n, options = self.given, len(self.counts)
        if n < FEWEST_FOR_AGREEMENT or options < 2:
            return None
        unit = n * (n - 1) * (options * options - 1)
        return ratio(max(0, unit - 12 * self._scatter), unit)

    @property
    def differs(self) -> bool:
        """Say whether there is something to talk about.

        Ours: the agreement is weak at best (r_wg up to .50); or two people lie two options or
        more apart; or at least a third say "does not apply" and a third do not.
        """
        if self.excused and self.given and 3 * min(self.excused, self.given) >= self.people:
            return True
        n, options = self.given, len(self.counts)
        if n >= FEWEST_FOR_AGREEMENT:
            return 24 * self._scatter >= n * (n - 1) * (options * options - 1)
        return self.range >= min(2, options - 1) > 0

    @property
    def range(self) -> int:
        """Return how many options the highest lies above the lowest; 0 for fewer than two."""
        chosen = [option for option, count in enumerate(self.counts) if count]
        return chosen[-1] - chosen[0] if chosen else 0

    @property
    def most(self) -> Answer | None:
        """Return the option most people chose, as its index, or "does not apply".

        None when nobody answered, or when two stand level.
        """
        best = max(*self.counts, self.excused)
        if not best or (*self.counts, self.excused).count(best) > 1:
            return None
        return NOT_APPLICABLE if self.excused == best else self.counts.index(best)

    @property
    def rank(self) -> tuple[bool, Fraction, int]:
        """Return what sorts the questions people differ on most to the front, when ascending."""
        n = self.given
        variance = ratio(self._scatter, n * (n - 1)) if n > 1 else ratio(0, 1)
        return (not self.differs, -variance, -min(self.excused, n))

    @property
    def _scatter(self) -> int:
        """Return n Σx² − (Σx)²: the sample variance times n(n−1)."""
        # A loop, not three sums: the overview asks this of every descriptor.
        total = squares = given = 0
        for option, count in enumerate(self.counts):
            given += count
            total += option * count
            squares += option * option * count
        return given * squares - total * total


def rating_spreads(matrix: Matrix, sheet: AnswerSheet, dimension: str = "") -> tuple[Spread, ...]:
    """Return the spread of each descriptor of a dimension, or of all, in the document's order."""
    options = range(len(matrix.scale))
    descriptors = (
        matrix.dimension_by_key[dimension].descriptors if dimension else matrix.descriptors.values()
    )
    ids = [each.id for each in descriptors]
    rows: Iterable[tuple[Answer | None, ...]]
    if sheet.respondents:
        rows = zip(*(map(each.ratings.get, ids) for each in sheet.respondents), strict=True)
    else:
        rows = ((),) * len(ids)
    return tuple(
        Spread(
            key,
            tuple([row.count(option) for option in options]),
            row.count(NOT_APPLICABLE),
            row.count(UNKNOWN),
        )
        for key, row in zip(ids, rows, strict=True)
    )


def pick_spread(matrix: Matrix, sheet: AnswerSheet, dimension: str) -> Spread:
    """Return the spread of a dimension's picks; the options are the stages, the first one first."""
    picks = [each.picks[dimension] for each in sheet.respondents if dimension in each.picks]
    return Spread(dimension, tuple(picks.count(stage.number) for stage in matrix.stages))


def placement_spread(matrix: Matrix, key: str, owns: Sequence[Own | None]) -> Spread:
    """Return how many people stand at each stage by their own answers."""
    stages = [own.stage for own in owns if own is not None]
    return Spread(key, tuple(stages.count(stage.number) for stage in matrix.stages))
