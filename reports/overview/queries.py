"""A frozen result in short: the picture, one sentence, the extremes; and the line of all of them.

Frozen results never change, so each process reads them once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from django.db.models.fields.json import KeyTransform

from assessments.core.queries.hidden_words import hidden_words
from assessments.core.queries.results import figures_of
from assessments.models import Result
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.models import Organisation
from reports.comparing.trend import TrendValues
from reports.core.queries import history_of, trend_in
from reports.document.composing import radar_values, stages_of
from reports.document.documents import RadarValues, StageFacts
from reports.wording.overall import headline
from reports.wording.overview import spread_sentence


@dataclass(frozen=True, slots=True)
class Brief:
    """What there is to say of a result at a glance; `stage` is None when nothing can be shown."""

    score: Fraction | None
    stage: StageFacts | None
    headline: str
    spread: str
    radar: RadarValues


def brief_of(result: Result, *, organisation_name: str) -> Brief:
    """Return a result in short; its assessment must be loaded.

    Costs: 2 queries the first time in a process, then none: a frozen result never changes.
    """
    stamp = (result.assessment.public_id, result.closed_at)
    return _brief(result.pk, stamp, organisation_name)


@lru_cache(maxsize=500)
def _brief(result_id: int, stamp: tuple[str, datetime], organisation_name: str) -> Brief:
    """`stamp` tells apart two results that had the same key one after the other."""
    row = Result.objects.annotate(
        counts_from_first=KeyTransform("counts_from_first", "frozen"),
    )
    result = row.defer("frozen").get(pk=result_id)
    matrix = matrix_of_version(result.model_version_id)
    figures = figures_of([result])[result_id]
    placement = figures.placement
    overall = placement.overall
    stages = {stage.number: stage for stage in stages_of(matrix)}
    return Brief(
        score=overall.score,
        stage=None if overall.stage is None else stages[overall.stage],
        headline=hidden_words(figures.hidden)
        or headline(matrix, placement, organisation=organisation_name),
        spread=spread_sentence(matrix, placement),
        radar=radar_values(
            matrix,
            placement,
            counts_from_first=result.counts_from_first,
        ),
    )


_LINES_KEPT = 500
_lines: dict[tuple[tuple[str, int, datetime], ...], TrendValues | None] = {}


def trend_line(organisation: Organisation, results: Sequence[Result]) -> TrendValues | None:
    """Return the overall score over time; None below two results that show one.

    `results` are all of the organisation's, the oldest first, with their assessments.
    Costs: 2 queries the first time in a process, then none.
    """
    key = tuple((each.assessment.public_id, each.pk, each.closed_at) for each in results)
    if len(key) < 2:
        return None
    if key not in _lines:
        if len(_lines) >= _LINES_KEPT:
            _lines.clear()
        _lines[key] = _trend_line(organisation)
    return _lines.get(key)


def _trend_line(organisation: Organisation) -> TrendValues | None:
    trend = trend_in(history_of(organisation))
    if trend is None or len(trend.overall.points) < 2:
        return None
    return trend.overall
