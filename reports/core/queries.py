"""An organisation's results over time, ready to be compared."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.core.queries.results import (
    Figures,
    figures_of,
    results_of_organisation,
    without_superseded,
)
from assessments.core.queries.standing import Standing
from assessments.models import Assessment, Result
from assessments.scoring.confidential import Hidden
from assessments.scoring.frozen import frozen_values
from maturity.catalogue.queries import matrix_of_version
from maturity.web.words import day_text
from maturity.workspaces.models import Organisation
from reports.comparing.results import Moment
from reports.comparing.trend import Trend, trend_of
from reports.document.composing import stages_of
from reports.document.documents import StageFacts
from reports.wording.basics import NOT_ASSESSED, score_text

NOW = "Now"


@dataclass(frozen=True, slots=True)
class Kept:
    """A frozen result by the name it goes by among the others, with its figures.

    `hidden` says why it holds no figure, None when it does; `stage` is None and `score`
    "not assessed" where there is none.
    """

    result: Result
    moment: Moment
    hidden: Hidden | None
    purpose: str
    scope: str
    score: str
    stage: StageFacts | None


def names_of(results: Sequence[Result]) -> dict[int, str]:
    """Return what to call each result, by key: its day, numbered where several share one."""
    days = Counter(result.date for result in results)
    seen: Counter[date] = Counter()
    names = {}
    for result in results:
        seen[result.date] += 1
        name = day_text(result.date.isoformat())
        names[result.pk] = f"{name} ({seen[result.date]})" if days[result.date] > 1 else name
    return names


def history_of(organisation: Organisation) -> list[Kept]:
    """Return every result, the oldest first. Costs: 2 queries, and the models once a process."""
    results = results_of_organisation(organisation)
    names = names_of(results)
    figures = figures_of(results)
    return [_kept(each, names[each.pk], figures[each.pk]) for each in results]


def trend_in(history: Sequence[Kept]) -> Trend | None:
    """Return the trend of all results of an organisation; None below two that show a figure."""
    standing = without_superseded([each.result for each in history])
    shown = [
        (each.result.date.isoformat(), each.moment)
        for each in history
        if each.result in standing and not each.hidden
    ]
    return trend_of(shown) if len(shown) > 1 else None


def _kept(result: Result, name: str, figures: Figures) -> Kept:
    moment = _moment(result, name, figures)
    overall = moment.placement.overall
    stages = {stage.number: stage for stage in stages_of(moment.matrix)}
    return Kept(
        result=result,
        moment=moment,
        hidden=figures.hidden,
        purpose=figures.purpose,
        scope=figures.scope,
        score=NOT_ASSESSED if overall.score is None else score_text(overall.score),
        stage=None if overall.stage is None else stages[overall.stage],
    )


def moments_of(
    organisation_results: Sequence[Result], wanted: Iterable[Result]
) -> dict[int, tuple[Moment, Hidden | None]]:
    """Return some of an organisation's results with the value of each statement, by key.

    With each comes why it holds no figure, None when it does.
    Costs: 1 query, and the models once a process.
    """
    names = names_of(organisation_results)
    results = {result.pk: result for result in wanted}
    figures = figures_of(results.values(), with_values=True)
    return {
        pk: (_moment(each, names[pk], figures[pk]), figures[pk].hidden)
        for pk, each in results.items()
    }


def moment_of(standing: Standing, *, name: str = NOW) -> Moment:
    """Return an open assessment as it stands."""
    return Moment(
        name=name,
        matrix=standing.matrix,
        placement=standing.placement,
        values=frozen_values(standing.scored.settled),
    )


def name_of_open(assessment: Assessment) -> str:
    """Return what to call an open assessment where one is chosen."""
    return f"{NOW} (open, dated {day_text(assessment.date.isoformat())})"


def _moment(result: Result, name: str, figures: Figures) -> Moment:
    return Moment(
        name=name,
        matrix=matrix_of_version(result.model_version_id),
        placement=figures.placement,
        values=figures.values,
    )
