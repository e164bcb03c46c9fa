"""PURE. Two results side by side: what moved, dimension by dimension and statement by statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from assessments.scoring.placement import DimensionPlacement, Placement
from maturity.catalogue.matrix import Descriptor, Matrix
from maturity.web.words import count_text, joined
from maturity.workspaces.branding.colours import Branding
from reports.document.composing import radar_values, stages_of
from reports.document.documents import RadarValues, StageFacts
from reports.wording.basics import (
    NOT_ASSESSED,
    change_text,
    placed_text,
    score_text,
    share_text,
)

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """One result to compare. `name` is its day in words, or "Now"; `values` are exact shares."""

    name: str
    matrix: Matrix
    placement: Placement
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """One figure then and now.

    `change` has a sign and one decimal, and is taken between the figures as they are shown, so
    that what is read adds up; `words` says the same without a sign. Both are empty where one of
    the two does not exist.
    """

    key: str
    name: str
    before: str
    now: str
    change: str
    words: str
    stage_before: StageFacts | None
    stage_now: StageFacts | None
    target: StageFacts | None = None

    @property
    def direction(self) -> str:
        """Return "up", "down" or "same"; empty where one of the two does not exist."""
        return self.words.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Moved:
    """A statement whose value changed."""

    id: str
    stage: int
    statement: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Statements:
    """What moved within one dimension; `others` says what cannot be compared, or is empty."""

    key: str
    name: str
    up: tuple[Moved, ...]
    down: tuple[Moved, ...]
    others: str

    @property
    def counts(self) -> str:
        """Return "4 up, one down"."""
        parts = [
            f"{len(group)} {way}" for group, way in ((self.up, "up"), (self.down, "down")) if group
        ]
        return ", ".join(parts) or "nothing moved"


@dataclass(frozen=True, slots=True)
class ResultComparison:
    """Everything the page that compares two results shows."""

    before_name: str
    now_name: str
    summary: str
    overall: Move
    dimensions: tuple[Move, ...]
    statements: tuple[Statements, ...]
    radar: RadarValues
    remarks: tuple[str, ...]

    @property
    def has_moved_statements(self) -> bool:
        return any(group.up or group.down for group in self.statements)


@dataclass(frozen=True, slots=True)
class ComparisonDocument:
    """A comparison as it leaves the house.

    `since_first` says how far the first result of all lies behind; it may be empty. `branding` is
    the look of its workspace on the day it is made.
    """

    organisation: str
    model_title: str
    language: str
    comparison: ResultComparison
    since_first: str
    branding: Branding | None = None


def why_not(before: Moment, now: Moment) -> str:
    """Return why two results cannot be compared; empty when they can."""
    if before.matrix.key != now.matrix.key:
        return (
            f"The result of {before.name} was made with the model {before.matrix.title}, the other"
            f" one with {now.matrix.title}. They ask different things on different scales, so no"
            " figure of one says anything about the other."
        )
    stages = [tuple(stage.number for stage in each.matrix.stages) for each in (before, now)]
    if stages[0] != stages[1]:
        return (
            f"Between the versions {before.matrix.version} and {now.matrix.version} the model"
            " changed its stages, so the scores do not lie on the same scale."
        )
    return ""


def compare_results(before: Moment, now: Moment) -> ResultComparison:
    """Return what changed between two results; `why_not` must have nothing against it."""
    stages = {stage.number: stage for stage in stages_of(now.matrix)}
    then = {placed.key: placed for placed in before.placement.dimensions}
    dimensions = tuple(
        _move(
            placed.key,
            now.matrix.dimension_by_key[placed.key].name,
            _figure(then[placed.key]) if placed.key in then else None,
            _figure(placed),
            stages,
            target=placed.target,
        )
        for placed in now.placement.dimensions
    )
    whole = [each.placement.overall for each in (before, now)]
    overall = _move(
        "",
        "Overall",
        (whole[0].score, whole[0].stage, _text(whole[0].score)),
        (whole[1].score, whole[1].stage, _text(whole[1].score)),
        stages,
        target=None,
    )
    return ResultComparison(
        before_name=before.name,
        now_name=now.name,
        summary=_summary(before, now, overall, dimensions),
        overall=overall,
        dimensions=dimensions,
        statements=tuple(_statements(before, now)),
        radar=_radar(before, now, then),
        remarks=tuple(_remarks(before, now)),
    )


def since_first_words(first: Moment, now: Moment) -> str:
    """Return in a sentence how far the first result lies behind, or when that can be said."""
    progress = progress_since(first, now)
    if progress:
        return f"Since the first result, of {first.name}: {progress}."
    return (
        f"The first result is of {first.name}. How much of the way to the targets is done since"
        " then shows once a dimension has a target above its first score."
    )


def progress_since(first: Moment, now: Moment) -> str:
    """Return how much of the way from the first result to today's targets is behind us.

    Σ w·(score − first) ÷ Σ w·(target − first), over dimensions with a target above the first
    score; empty when there is none. Source: docs/reference/scoring.md, rule 8.
    """
    then = {placed.key: placed.score for placed in first.placement.dimensions}
    gained = planned = Fraction(0)
    for placed in now.placement.dimensions:
        start, score, target = then.get(placed.key), placed.score, placed.target
        if start is None or score is None or target is None or target <= start:
            continue
        gained += placed.weight * (score - start)
        planned += placed.weight * (target - start)
    if not planned:
        return ""
    share = gained / planned
    if share < 0:
        return "the scores have moved away from the targets"
    if share == 0:
        return "the scores have not moved towards the targets"
    return f"{share_text(min(share, Fraction(1)))} of the way that was left to the targets is done"


# --- figures --------------------------------------------------------------------------------------

_Figure = tuple[Fraction | None, int | None, str]
"""A score, its stage, and how it is written."""


def _figure(placed: DimensionPlacement) -> _Figure:
    return placed.score, placed.stage, placed_text(placed)


def _move(
    key: str,
    name: str,
    before: _Figure | None,
    now: _Figure,
    stages: Mapping[int, StageFacts],
    *,
    target: int | None,
) -> Move:
    score, stage, figure = before or (None, None, "not in the model then")
    change, words = change_text(score, now[0])
    return Move(
        key=key,
        name=name,
        before=figure,
        now=now[2],
        change=change,
        words=words,
        stage_before=None if stage is None else stages[stage],
        stage_now=None if now[1] is None else stages[now[1]],
        target=None if target is None else stages[target],
    )


def _text(score: Fraction | None) -> str:
    return NOT_ASSESSED if score is None else score_text(score)


def _radar(before: Moment, now: Moment, then: Mapping[str, DimensionPlacement]) -> RadarValues:
    values = radar_values(now.matrix, now.placement)
    earlier = radar_values(before.matrix, before.placement)
    points = {
        placed.key: axis.now
        for placed, axis in zip(before.placement.dimensions, earlier.axes, strict=True)
    }
    axes = tuple(
        replace(axis, before=points.get(placed.key), lowest=None, highest=None)
        for placed, axis in zip(now.placement.dimensions, values.axes, strict=True)
    )
    figures = [
        f"{axis.name} {placed_text(then[placed.key]) if placed.key in then else NOT_ASSESSED},"
        f" then {axis.figure}"
        for placed, axis in zip(now.placement.dimensions, axes, strict=True)
    ]
    return replace(
        values,
        title=f"Radar: {before.name} and {now.name}",
        description=f"{before.name} and {now.name}. {'; '.join(figures)}.",
        axes=axes,
        now_name=now.name,
        before_name=before.name,
        is_comparison=True,
    )


def _summary(before: Moment, now: Moment, overall: Move, dimensions: Iterable[Move]) -> str:
    up = [move.name for move in dimensions if move.direction == "up"]
    down = [move.name for move in dimensions if move.direction == "down"]
    if not overall.words:
        return f"One of the two has no overall score: {overall.before}, then {overall.now}."
    start = f"From {before.name} to {now.name[:1].lower() + now.name[1:]}"
    if overall.words == "same":
        score = f"{start} the overall score stayed at {overall.now}"
    else:
        verb = "rose" if overall.direction == "up" else "fell"
        score = f"{start} the overall score {verb} from {overall.before} to {overall.now}"
    parts = [
        f"{joined(names) if len(names) <= MOST_NAMED else count_text(len(names), 'dimension')}"
        f" went {way}"
        for names, way in ((up, "up"), (down, "down"))
        if names
    ]
    return f"{score}; {joined(parts)}." if parts else f"{score}; no dimension moved."


def _remarks(before: Moment, now: Moment) -> Iterable[str]:
    if before.matrix.version != now.matrix.version:
        yield (
            f"The earlier result was made with version {before.matrix.version} of the model, the"
            f" later one with version {now.matrix.version}. Statements both versions hold are"
            " compared; a changed set of statements can move a score by itself."
        )
    gone = [
        dimension.name
        for dimension in before.matrix.dimensions
        if dimension.key not in now.matrix.dimension_by_key
    ]
    if gone:
        yield f"No longer in the model: {joined(gone)}."


# --- statements -----------------------------------------------------------------------------------


def _statements(before: Moment, now: Moment) -> Iterable[Statements]:
    for dimension in now.matrix.dimensions:
        up: list[Moved] = []
        down: list[Moved] = []
        only_now = only_before = 0
        for descriptor in dimension.descriptors:
            old, new = before.values.get(descriptor.id), now.values.get(descriptor.id)
            if descriptor.id not in before.matrix.descriptors or old == new:
                continue
            if old is None or new is None:
                only_now += old is None
                only_before += new is None
                continue
            was, becomes = _share(old), _share(new)
            if was is None or becomes is None:
                # From or to "does not apply": it moved neither up nor down.
                continue
            moved = Moved(
                id=descriptor.id,
                stage=descriptor.stage,
                statement=descriptor.statement,
                before=_value_text(descriptor, was),
                now=_value_text(descriptor, becomes),
            )
            (up if becomes > was else down).append(moved)
        yield Statements(
            key=dimension.key,
            name=dimension.name,
            up=tuple(up),
            down=tuple(down),
            others=_others(only_now, only_before),
        )


def _share(value: str) -> Fraction | None:
    return None if value == "not_applicable" else Fraction(value)


def _value_text(descriptor: Descriptor, share: Fraction) -> str:
    what = "in place" if descriptor.kind == "practice" else "left behind"
    return f"{share_text(share)} {what}"


def _others(only_now: int, only_before: int) -> str:
    parts = []
    if only_now:
        parts.append(f"{count_text(only_now, 'statement')} answered only in the later result")
    if only_before:
        parts.append(f"{count_text(only_before, 'statement')} answered only in the earlier one")
    text = joined(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
