"""An organisation's steps: those decided on, and those its latest figures suggest."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from assessments.models import Assessment, Result, Step
from assessments.queries.results import sheet_of
from assessments.queries.standing import standing_of
from assessments.scoring.frozen import placement_from
from assessments.scoring.placement import Placement
from assessments.scoring.roadmap import Horizon, suggest, three_steps
from assessments.scoring.sheets import AnswerSheet
from maturity.catalogue.matrix import Matrix, ramp_position
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.models import Organisation


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step that a roadmap suggests; `tone` is the colour of the stage it leads to.

    Three of a roadmap matter most, as the result page names them.
    """

    descriptor_id: str
    dimension: str
    action: str
    statement: str
    to: int
    stage: str
    tone: int
    horizon: Horizon
    effort: str
    matters_most: bool


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested, in order, and from which assessment; `is_frozen` when it was closed."""

    assessment: Assessment
    model_version_id: int
    is_frozen: bool
    steps: tuple[Suggestion, ...]

    def first(self, most: int, *, without: Set[str]) -> list[Suggestion]:
        """Return what matters most and is not decided yet, filled up with what comes now."""
        found = self.at("now", without=without)
        return sorted(found, key=lambda step: not step.matters_most)[:most]

    def at(self, horizon: Horizon, *, without: Set[str]) -> list[Suggestion]:
        """Return the steps of one horizon, but for descriptors that are decided already."""
        return [
            step
            for step in self.steps
            if step.horizon == horizon and step.descriptor_id not in without
        ]


def steps_of(organisation: Organisation) -> list[Step]:
    """Return the steps decided on: open ones first, by date; then done ones, the latest first.

    Costs: 1 query.
    """
    rows = list(Step.objects.filter(organisation=organisation).order_by("due", "pk"))
    opened = [step for step in rows if step.done_at is None]
    with_day = [step for step in opened if step.due]
    without = [step for step in opened if not step.due]
    done = [(step.done_at, step) for step in rows if step.done_at is not None]
    done.sort(key=lambda pair: pair[0], reverse=True)
    return [*with_day, *without, *(step for _, step in done)]


def step_of(organisation: Organisation, step_id: int) -> Step | None:
    """Return one step of the organisation, with it. Costs: 1 query."""
    step = Step.objects.filter(organisation=organisation, pk=step_id).first()
    if step is not None:
        # What was loaded to check the access need not be loaded again.
        step.organisation = organisation
    return step


def suggestions_of(
    organisation: Organisation, *, latest: Result | None = None
) -> Suggestions | None:
    """Return what the latest frozen result suggests; without one, the newest open assessment.

    None when there is neither, or when the open one may not be seen yet. `latest` saves a query
    to who has it, with its assessment. Costs: 1 query for a result drawn before, else 3 or 6.
    """
    result = latest or _latest_result(organisation)
    if result is not None:
        stamp = (result.assessment.public_id, result.closed_at)
        steps = _frozen_steps(result.pk, stamp)
        return Suggestions(result.assessment, result.model_version_id, True, steps)
    assessment = (
        Assessment.objects.select_related("organisation", "workspace")
        .filter(organisation=organisation, closed_at=None)
        .order_by("-date", "-pk")
        .first()
    )
    standing = standing_of(assessment) if assessment else None
    if assessment is None or standing is None or standing.is_hidden:
        return None
    steps = _steps(standing.matrix, standing.sheet, standing.placement)
    return Suggestions(assessment, assessment.model_version_id, False, steps)


def _latest_result(organisation: Organisation) -> Result | None:
    rows = Result.objects.filter(assessment__organisation=organisation).defer("frozen")
    return rows.select_related("assessment").order_by("-date", "-closed_at", "-pk").first()


@lru_cache(maxsize=500)
def _frozen_steps(result_id: int, stamp: tuple[str, datetime]) -> tuple[Suggestion, ...]:
    """Return what a frozen result suggests; it never changes, so each process asks once.

    `stamp` tells apart two results that had the same key one after the other.
    """
    result = Result.objects.get(pk=result_id)
    matrix = matrix_of_version(result.model_version_id)
    return _steps(matrix, sheet_of(result), placement_from(result.frozen["placement"]))


def _steps(matrix: Matrix, sheet: AnswerSheet, placement: Placement) -> tuple[Suggestion, ...]:
    first = {step.descriptor for step in three_steps(matrix, sheet, placement)}
    found = []
    for step in suggest(matrix, sheet, placement).steps:
        descriptor = matrix.descriptors[step.descriptor]
        found.append(
            Suggestion(
                descriptor_id=step.descriptor,
                dimension=matrix.dimension_by_key[step.dimension].name,
                action=descriptor.as_step,
                statement=descriptor.statement,
                to=step.to,
                stage=matrix.stage_by_number[step.to].name,
                tone=ramp_position(matrix, step.to),
                horizon=step.horizon,
                effort=step.effort,
                matters_most=step.descriptor in first,
            )
        )
    return tuple(found)
