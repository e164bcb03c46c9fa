"""An organisation's steps: those decided on, and those its latest figures suggest."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Q

from assessments.core.queries.results import sheet_of
from assessments.core.queries.standing import standing_of
from assessments.models import Assessment, Result, Step
from assessments.scoring.frozen import placement_from
from assessments.scoring.roadmap import Horizon
from assessments.scoring.scored import Scored, score
from maturity.catalogue.matrix import ramp_position
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.models import Membership, Organisation


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A step that a roadmap suggests; `tone` is the colour of the stage it leads to.

    Three of a roadmap matter most, as the result page names them. `requires` are the descriptors
    that are not in place yet and should come first.
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
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested, in order, and from which assessment; `is_frozen` when it was closed."""

    assessment: Assessment
    model_version_id: int
    is_frozen: bool
    steps: tuple[Suggestion, ...]

    @property
    def descriptors(self) -> frozenset[str]:
        """Return the ids of the statements that are suggested to be put in place."""
        return frozenset(step.descriptor_id for step in self.steps)

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
    """Return the steps decided on: open ones as they were put in order, then the others.

    Those are done or dropped, the latest first. Costs: 1 query.
    """
    rows = list(Step.objects.filter(organisation=organisation).order_by("rank", "pk"))
    closed = [(row.done_at or row.dropped_at, row) for row in rows if not row.is_open]
    known = [(at, row) for at, row in closed if at is not None]
    known.sort(key=lambda pair: pair[0], reverse=True)
    return [*(row for row in rows if row.is_open), *(row for _, row in known)]


def skipped_by(descriptor_id: str, steps: Iterable[Step], found: Suggestions) -> list[str]:
    """Return what a suggestion builds on that is neither decided on nor done, in words."""
    suggested = {step.descriptor_id: step for step in found.steps}
    taken = {step.descriptor_id for step in steps if step.status != Step.Status.DROPPED}
    return [
        suggested[need].action if need in suggested else need
        for need in suggested[descriptor_id].requires
        if need not in taken
    ]


def by_date(steps: Iterable[Step]) -> list[Step]:
    """Return steps by the day they are due; those without a day last."""
    return sorted(steps, key=lambda step: (step.due is None, step.due or date.max, step.pk))


def step_of(organisation: Organisation, step_id: int) -> Step | None:
    """Return one step of the organisation, with it. Costs: 1 query."""
    step = Step.objects.filter(organisation=organisation, pk=step_id).first()
    if step is not None:
        # What was loaded to check the access need not be loaded again.
        step.organisation = organisation
    return step


def members_by_name(organisation: Organisation) -> dict[str, int]:
    """Return whose account a name is: of everybody who has to do with the organisation.

    A name that two of them have is nobody's. Costs: 1 query.
    """
    rows = Membership.objects.filter(workspace=organisation.workspace).filter(
        Q(organisation=organisation) | Q(organisation=None)
    )
    found: dict[str, set[int]] = {}
    for row in rows.select_related("user"):
        found.setdefault(row.user.name, set()).add(row.user_id)
    return {name: next(iter(ids)) for name, ids in found.items() if name and len(ids) == 1}


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
    standing = standing_of(assessment, with_notes=False) if assessment else None
    if assessment is None or standing is None or standing.is_hidden:
        return None
    steps = _steps(standing.scored)
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
    placement = placement_from(result.frozen["placement"])
    return _steps(score(matrix, sheet_of(result), placement=placement))


def _steps(scored: Scored) -> tuple[Suggestion, ...]:
    matrix = scored.matrix
    first = {step.descriptor for step in scored.three_steps}
    found = []
    for step in scored.roadmap.steps:
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
                requires=step.requires,
            )
        )
    return tuple(found)
