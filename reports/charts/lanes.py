"""The roadmap as a picture: a row per dimension, a lane each for now, next and later."""

from collections import Counter
from collections.abc import Sequence

from reports.charts import palette
from reports.charts.canvas import Canvas
from reports.charts.words import lines_of
from reports.documents import Horizon, StageFacts, StepFacts

WIDTH = 720.0
LEFT = 178.0
LANE = (WIDTH - LEFT) / 3
TOP = 34.0
PILL = 21.0
GAP = 4.0
LANES: tuple[tuple[Horizon, str], ...] = (("now", "Now"), ("next", "Next"), ("later", "Later"))

Pill = tuple[StageFacts, int]


def lanes(steps: Sequence[StepFacts], *, name: str) -> str:
    """Return how many steps lead to which stage, and when, as an SVG element."""
    dimensions = list(dict.fromkeys(step.dimension for step in steps))
    cells = {(d, horizon): _pills(steps, d, horizon) for d in dimensions for horizon, _ in LANES}
    heights = [
        max(len(cells[d, horizon]) for horizon, _ in LANES) * (PILL + GAP) + 10 for d in dimensions
    ]
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
