"""PURE. All results of an organisation in a row: the lines of a trend, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from maturity.web.words import day_text
from reports.comparing.results import Moment, why_not
from reports.document.composing import stages_of
from reports.document.documents import StageFacts
from reports.wording.basics import NOT_ASSESSED, placed_text, score_text


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One result on a line: `day` is an ISO day, `value` None where nothing was assessed."""

    day: str
    label: str
    value: float | None
    figure: str


@dataclass(frozen=True, slots=True)
class TrendValues:
    """Everything one line is drawn from; the same values are the same picture."""

    name: str
    description: str
    stages: tuple[StageFacts, ...]
    points: tuple[TrendPoint, ...]
    is_small: bool

    @property
    def first(self) -> str:
        return self.points[0].figure

    @property
    def last(self) -> str:
        return self.points[-1].figure


@dataclass(frozen=True, slots=True)
class Trend:
    """Results that can be compared with the newest; `days` in words head the table's columns."""

    days: tuple[str, ...]
    overall: TrendValues
    dimensions: tuple[TrendValues, ...]
    left_out: int


def trend_of(moments: Sequence[tuple[str, Moment]]) -> Trend:
    """Return the trend of results, each with its ISO day, the oldest first.

    Those that cannot be compared with the newest are left out and counted. Raises: IndexError,
    without a result.
    """
    newest = moments[-1][1]
    kept = [(day, moment) for day, moment in moments if not why_not(moment, newest)]
    stages = stages_of(newest.matrix)
    dimensions = []
    for dimension in newest.matrix.dimensions:
        scores = []
        for _, moment in kept:
            found = {placed.key: placed for placed in moment.placement.dimensions}
            placed = found.get(dimension.key)
            scores.append(
                (None, NOT_ASSESSED) if placed is None else (placed.score, placed_text(placed))
            )
        dimensions.append(_line(dimension.name, stages, kept, scores, is_small=True))
    whole = [moment.placement.overall.score for _, moment in kept]
    overall = [(each, NOT_ASSESSED if each is None else score_text(each)) for each in whole]
    return Trend(
        days=tuple(moment.name for _, moment in kept),
        overall=_line("Overall", stages, kept, overall, is_small=False),
        dimensions=tuple(dimensions),
        left_out=len(moments) - len(kept),
    )


def _line(
    name: str,
    stages: tuple[StageFacts, ...],
    kept: Sequence[tuple[str, Moment]],
    scores: Sequence[tuple[Fraction | None, str]],
    *,
    is_small: bool,
) -> TrendValues:
    points = tuple(
        TrendPoint(
            day=day,
            label=_short_day(day),
            value=None if score is None else round(float(score), 4),
            figure=figure,
        )
        for (day, _), (score, figure) in zip(kept, scores, strict=True)
    )
    return TrendValues(
        name=name,
        description="; ".join(f"{day_text(point.day)}: {point.figure}" for point in points) + ".",
        stages=stages,
        points=points,
        is_small=is_small,
    )


def _short_day(iso: str) -> str:
    """Return "Mar 2026"."""
    month = day_text(iso).split(" ")[1]
    return f"{month[:3]} {date.fromisoformat(iso).year}"
