"""Bars for a model of one or two dimensions, where a radar would have no area."""

from reports.charts import palette
from reports.charts.canvas import Canvas, Picture
from reports.charts.radar import legend, stage_key, stage_mark
from reports.charts.words import lines_of
from reports.document.documents import RadarAxis, RadarValues

WIDTH = 720.0
LEFT, RIGHT = 236.0, 640.0
ROW = 84.0
TOP = 46.0


def bars(values: RadarValues, *, name: str) -> Picture:
    """Return one horizontal bar per dimension as an SVG element."""
    height = TOP + ROW * len(values.axes) + 70
    canvas = Canvas(WIDTH, height)
    for stage in values.stages:
        x = _across(values, stage.number)
        ends = [(x, TOP - 8), (x, TOP + ROW * len(values.axes) - 20)]
        look = {"stroke": palette.LINES[stage.tone - 1], "stroke_width": "1.1"}
        canvas.line(ends, "radar-ring", data_stage=str(stage.tone), **look)
        stage_mark(canvas, (x, TOP - 16), stage)
    for row, axis in enumerate(values.axes):
        _bar(canvas, values, axis, TOP + ROW * row + 10)
    stage_key(canvas, values, y=height - 40)
    legend(canvas, values, y=height - 12)
    return canvas.svg(title=values.title, description=values.description, name=name)


def _bar(canvas: Canvas, values: RadarValues, axis: RadarAxis, y: float) -> None:
    look = {"font_size": "13.5", "font_weight": "600", "fill": palette.INK}
    for offset, line in enumerate(lines_of(axis.name)):
        at = LEFT - 28, y + 12 + 16 * offset
        canvas.words(at, line, "radar-label", text_anchor="end", **look)
    start = _across(values, values.stages[0].number) - 14
    if axis.lowest is not None and axis.highest is not None and axis.highest > axis.lowest:
        ends = [(_across(values, axis.lowest), y + 12), (_across(values, axis.highest), y + 12)]
        look = {"stroke": palette.now_of(values), "stroke_opacity": "0.18", "stroke_width": "22"}
        canvas.line(ends, "radar-reach", **look)
    if axis.now is not None:
        end = _across(values, axis.now)
        box = [(start, y + 5), (end, y + 5), (end, y + 19), (start, y + 19)]
        canvas.polygon(box, "radar-bar", fill=palette.now_of(values))
    for value, css, colour, dashes in (
        (axis.target, "radar-target", palette.TARGET, "6 4"),
        (axis.before, "radar-before", palette.BEFORE, "1.5 3"),
    ):
        if value is not None:
            x = _across(values, value)
            # So that it is seen on the line of a stage as well.
            gap = {"stroke": "#FFFFFF", "stroke_width": "5"}
            canvas.line([(x, y - 4), (x, y + 28)], "radar-gap", **gap)
            look = {"stroke": colour, "stroke_width": "2", "stroke_dasharray": dashes}
            canvas.line([(x, y - 4), (x, y + 28)], css, **look)
    look = {"font_size": "12.5", "fill": palette.MUTED}
    canvas.words((RIGHT + 18, y + 16), axis.figure, "radar-figure", **look)


def _across(values: RadarValues, value: float) -> float:
    first, top = values.stages[0].number, values.stages[-1].number
    share = 1.0 if top == first else (value - first) / (top - first)
    return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)
