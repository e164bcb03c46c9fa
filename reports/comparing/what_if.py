"""PURE. What changes when some steps are taken as done: figures before and after, side by side."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction

from assessments.scoring.placement import Placement
from assessments.scoring.scored import Scored
from assessments.scoring.whatif import what_if
from maturity.catalogue.matrix import Matrix
from maturity.web.words import count_text, joined
from reports.document.composing import radar_values, stages_of
from reports.document.documents import RadarValues, StageFacts
from reports.wording.basics import NOT_ASSESSED, placed_text, score_text, share_text

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure before and after; the stages are None where there is none."""

    name: str
    before: str
    after: str
    stage_before: StageFacts | None
    stage_after: StageFacts | None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def reaches_stage(self) -> bool:
        """Whether it comes to stand at another stage."""
        return self.stage_before != self.stage_after


@dataclass(frozen=True, slots=True)
class WhatIfResult:
    """Everything the what-if page shows; `done` counts the steps taken as done."""

    done: int
    summary: str
    overall: FigureChange
    to_target: FigureChange | None
    dimensions: tuple[FigureChange, ...]
    radar: RadarValues


def compare(scored: Scored, done_ids: Collection[str]) -> WhatIfResult:
    """Return what the placement would be with these descriptors in place, beside what it is."""
    matrix, before = scored.matrix, scored.placement
    after = what_if(scored, done_ids).placement
    stages = {stage.number: stage for stage in stages_of(matrix)}
    overall = FigureChange(
        "Overall",
        _score(before.overall.score),
        _score(after.overall.score),
        _stage(stages, before.overall.stage),
        _stage(stages, after.overall.stage),
    )
    dimensions = tuple(
        FigureChange(
            matrix.dimension_by_key[was.key].name,
            placed_text(was),
            placed_text(becomes),
            _stage(stages, was.stage),
            _stage(stages, becomes.stage),
        )
        for was, becomes in zip(before.dimensions, after.dimensions, strict=True)
    )
    known = {each for each in done_ids if each in matrix.descriptors}
    return WhatIfResult(
        done=len(known),
        summary=_summary(len(known), overall, dimensions),
        overall=overall,
        to_target=_to_target(before, after),
        dimensions=dimensions,
        radar=_radar(matrix, before, after),
    )


def _score(score: Fraction | None) -> str:
    return NOT_ASSESSED if score is None else score_text(score)


def _stage(stages: dict[int, StageFacts], number: int | None) -> StageFacts | None:
    return None if number is None else stages[number]


def _to_target(before: Placement, after: Placement) -> FigureChange | None:
    was, becomes = before.overall.percent_to_target, after.overall.percent_to_target
    if was is None or becomes is None:
        return None
    return FigureChange("Way to the targets", share_text(was), share_text(becomes), None, None)


def _radar(matrix: Matrix, before: Placement, after: Placement) -> RadarValues:
    now = radar_values(matrix, before)
    then = radar_values(matrix, after)
    axes = tuple(
        replace(axis, before=was.now, lowest=None, highest=None)
        for axis, was in zip(then.axes, now.axes, strict=True)
    )
    return replace(
        then,
        title="Radar: score per dimension with these steps done",
        axes=axes,
        now_name="With these steps",
        before_name="Today",
    )


def _summary(done: int, overall: FigureChange, dimensions: tuple[FigureChange, ...]) -> str:
    """Return the change in one sentence, to be read out when it happens."""
    if not done:
        return "No step is ticked yet: these are today’s figures."
    steps = f"With {count_text(done, 'step')} done"
    score = f"{steps} the overall score stays at {overall.before}"
    if overall.is_changed:
        score = f"{steps} the overall score goes from {overall.before} to {overall.after}"
    moved = [change for change in dimensions if change.is_changed]
    parts = [
        f"{change.name} reaches {change.stage_after}"
        if change.reaches_stage
        else f"{change.name} goes from {change.before} to {change.after}"
        for change in moved
    ]
    if len(parts) > MOST_NAMED:
        return f"{score}, and {len(parts)} dimensions move."
    return f"{score}; {joined(parts)}." if parts else f"{score}."
