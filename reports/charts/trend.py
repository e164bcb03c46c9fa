"""The trend: one line over all results, the stages as lines across."""

from collections.abc import Iterable, Sequence

from reports.charts import palette
from reports.charts.canvas import Canvas, Picture, Point
from reports.charts.radar import stage_mark
from reports.comparing.trend import TrendPoint, TrendValues

# Large: the overall score. Small: one of many, side by side.
WIDTH, HEIGHT = 720.0, 330.0
SMALL_WIDTH, SMALL_HEIGHT = 320.0, 200.0
_DAY_WIDTH = 74.0
_FIGURE_WIDTH = 30.0


def trend(values: TrendValues, *, name: str) -> Picture:
    """Return one line as an SVG element; a result without a score interrupts it."""
    width, height = (SMALL_WIDTH, SMALL_HEIGHT) if values.is_small else (WIDTH, HEIGHT)
    canvas = Canvas(width, height)
    left, right = 40.0, width - 30
    top, bottom = 22.0, height - 38
    stages = {stage.number: stage for stage in values.stages}
    low, high = min(stages), max(stages)

    def height_of(value: float) -> float:
        share = 1.0 if low == high else (value - low) / (high - low)
        return bottom - (bottom - top) * min(max(share, 0.0), 1.0)

    for stage in values.stages:
        y = height_of(stage.number)
        look = {"stroke": palette.LINES[stage.tone - 1], "stroke_width": "1.1"}
        canvas.line(
            [(left - 12, y), (right + 12, y)], "radar-ring", data_stage=str(stage.tone), **look
        )
        stage_mark(canvas, (left - 24, y), stage)
    places = _places(values.points, left + 10, right - 8)
    ends: list[Point | None] = [
        None if point.value is None else (x, height_of(point.value))
        for point, x in zip(values.points, places, strict=True)
    ]
    for start, end in zip(ends, ends[1:], strict=False):
        if start is not None and end is not None:
            canvas.line([start, end], "radar-now", stroke=palette.NOW, stroke_width="2.4")
    for end in ends:
        if end is not None:
            look = {"fill": palette.NOW, "stroke": "#FFFFFF", "stroke_width": "1.2"}
            canvas.dot(end, 4.6, "radar-dot", **look)
    _figures(canvas, values, ends)
    # The small ones name their ends alone; the large one beside them says the rest.
    for index in _with_room(places, width if values.is_small else _DAY_WIDTH):
        look = {"font_size": "12.5", "fill": palette.MUTED, "text_anchor": "middle"}
        canvas.words(
            (places[index], height - 8), values.points[index].label, "radar-legend", **look
        )
    return canvas.svg(
        title=f"{values.name}: score over time", description=values.description, name=name
    )


def _figures(canvas: Canvas, values: TrendValues, ends: Sequence[Point | None]) -> None:
    known = [(index, end) for index, end in enumerate(ends) if end is not None]
    shown = set(_with_room([end[0] for _, end in known], _FIGURE_WIDTH))
    for place, (index, (x, y)) in enumerate(known):
        if place not in shown:
            continue
        # Above the point, except at the very top, where the picture ends.
        at = (x, y + 20) if y < 36 else (x, y - 11)
        look = {"font_size": "14", "font_weight": "600", "fill": palette.INK}
        canvas.words(at, values.points[index].figure, "radar-label", text_anchor="middle", **look)


def _places(points: Sequence[TrendPoint], left: float, right: float) -> list[float]:
    """Return where each result stands across, in proportion to the days between them."""
    days = [_day_number(point.day) for point in points]
    span = days[-1] - days[0]
    if not span:
        step = (right - left) / (len(points) + 1)
        return [left + step * (index + 1) for index in range(len(points))]
    return [left + (right - left) * (day - days[0]) / span for day in days]


def _day_number(iso: str) -> int:
    year, month, day = (int(part) for part in iso.split("-"))
    return year * 372 + month * 31 + day


def _with_room(places: Sequence[float], room: float) -> Iterable[int]:
    """Return which of the places can carry words that wide: the ends first, then the others."""
    if not places:
        return []
    last = len(places) - 1
    chosen = [last]
    if places[last] - places[0] >= min(room, _DAY_WIDTH):
        chosen.append(0)
    for index in range(last - 1, 0, -1):
        if all(abs(places[index] - places[other]) >= room for other in chosen):
            chosen.append(index)
    return sorted(set(chosen))
