"""The roadmap as a picture: a row per dimension, a lane each for now, next and later."""

from collections import Counter
from collections.abc import Sequence

from reports.charts import palette
from reports.charts.canvas import Canvas, Picture
from reports.charts.words import lines_of
from reports.document.documents import Horizon, StageFacts, StepFacts

WIDTH = 720.0
LEFT = 178.0
LANE = (WIDTH - LEFT) / 3
TOP = 34.0
PILL = 21.0
GAP = 4.0
# What fits on a page of either paper under the heading, at the width a report gives it.
MOST_HIGH = 760.0
LANES: tuple[tuple[Horizon, str], ...] = (("now", "Now"), ("next", "Next"), ("later", "Later"))

Pill = tuple[StageFacts, int]


def parts_by_page(steps: Sequence[StepFacts]) -> tuple[tuple[StepFacts, ...], ...]:
    """Return the steps in parts whose lanes each fit on a page; all of a dimension in one."""
    dimensions = _dimensions(steps)
    heights = _heights(dimensions, _cells(steps, dimensions))
    parts: list[list[str]] = []
    room = 0.0
    for dimension, height in zip(dimensions, heights, strict=True):
        if not parts or height > room:
            parts.append([])
            room = MOST_HIGH - TOP
        parts[-1].append(dimension)
        room -= height
    return tuple(tuple(step for step in steps if step.dimension in part) for part in parts)


def lanes(steps: Sequence[StepFacts], *, name: str) -> Picture:
    """Return how many steps lead to which stage, and when, as an SVG element."""
    dimensions = _dimensions(steps)
    cells = _cells(steps, dimensions)
    heights = _heights(dimensions, cells)
    bottom = TOP + sum(heights)
    canvas = Canvas(WIDTH, bottom + 2)
    for index, (_, title) in enumerate(LANES):
        x = LEFT + LANE * index
        look = {"font_size": "13", "font_weight": "600", "fill": palette.INK}
        canvas.words((x, 16), title, "lane-title", **look)
    y = TOP
    for dimension, height in zip(dimensions, heights, strict=True):
        look = {"stroke": palette.RULE, "stroke_width": "0.8"}
        canvas.line([(0, y - 5), (WIDTH, y - 5)], "lane-rule", **look)
        _row(canvas, dimension, cells, y)
        y += height
    return canvas.svg(
        title="Roadmap: steps per dimension, now, next and later",
        description=_described(dimensions, cells),
        name=name,
    )


def _dimensions(steps: Sequence[StepFacts]) -> list[str]:
    return list(dict.fromkeys(step.dimension for step in steps))


def _cells(
    steps: Sequence[StepFacts], dimensions: Sequence[str]
) -> dict[tuple[str, Horizon], list[Pill]]:
    return {(d, horizon): _pills(steps, d, horizon) for d in dimensions for horizon, _ in LANES}


def _heights(
    dimensions: Sequence[str], cells: dict[tuple[str, Horizon], list[Pill]]
) -> list[float]:
    return [
        max(len(cells[d, horizon]) for horizon, _ in LANES) * (PILL + GAP) + 10 for d in dimensions
    ]


def _row(
    canvas: Canvas, dimension: str, cells: dict[tuple[str, Horizon], list[Pill]], y: float
) -> None:
    lines = lines_of(dimension, length=25, lines=2)
    for offset, line in enumerate(lines):
        at = 0.0, y + (15 if len(lines) == 1 else 10) + 14 * offset
        canvas.words(at, line, "lane-name", font_size="12", fill=palette.INK)
    for index, (horizon, _) in enumerate(LANES):
        for row, (stage, count) in enumerate(cells[dimension, horizon]):
            _pill(canvas, LEFT + LANE * index, y + row * (PILL + GAP), stage, count)


def _pill(canvas: Canvas, x: float, y: float, stage: StageFacts, count: int) -> None:
    right, tone = x + LANE - 10, stage.tone - 1
    box = [(x, y), (right, y), (right, y + PILL), (x, y + PILL)]
    data = {"data_stage": str(stage.tone)}
    canvas.polygon(box, "lane-pill", fill=palette.RAMP[tone], **data)
    look = {"font_size": "10.5", "fill": palette.ON_RAMP[tone]}
    name = lines_of(stage.name, length=17, lines=1)[0]
    canvas.words((x + 7, y + 14.5), f"{stage.number} {name}", "lane-pill-text", **look, **data)
    steps = "1 step" if count == 1 else f"{count} steps"
    at = right - 7, y + 14.5
    canvas.words(at, steps, "lane-pill-text", text_anchor="end", **look, **data)


def _pills(steps: Sequence[StepFacts], dimension: str, horizon: Horizon) -> list[Pill]:
    stages = {step.to.number: step.to for step in steps}
    counts = Counter(
        step.to.number for step in steps if step.dimension == dimension and step.horizon == horizon
    )
    return [(stages[number], counts[number]) for number in sorted(counts)]


def _described(dimensions: Sequence[str], cells: dict[tuple[str, Horizon], list[Pill]]) -> str:
    parts = []
    for horizon, title in LANES:
        for dimension in dimensions:
            for stage, count in cells[dimension, horizon]:
                parts.append(f"{title}: {dimension}, {count} towards stage {stage.number}")
    return "; ".join(parts)
