"""The radar: where every dimension stands now, where it wants to be and where it was."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

from reports.charts import palette
from reports.charts.canvas import Canvas, Picture, Point
from reports.charts.words import lines_of, width_of
from reports.document.documents import MOST_NAMES, RadarValues, StageFacts

WIDTH, HEIGHT = 680.0, 600.0
CENTRE: Point = (340.0, 264.0)
REACH = 184.0
# Numbers need less room around it than names do.
NUMBERED_REACH = 222.0
# The lowest ring keeps a distance from the middle, so that stage 1 is a place and not a point.
INNER = 0.22
SIDE_LENGTH = 16
# Above and below there is room across, until the neighbours come near.
_UPRIGHT_LENGTH, _CLOSE_LENGTH, _CLOSE = 32, 24, 9
_KEY_COLUMNS, _KEY_ROW = 3, 18.0


class Geometry(NamedTuple):
    """Where values lie: axis 0 points up, the others follow clockwise."""

    axes: int
    first: int
    top: int
    reach: float = REACH

    def point(self, axis: float, value: float) -> Point:
        return self.at(axis, self.reach * self.share(value))

    def at(self, axis: float, distance: float) -> Point:
        angle = 2 * pi * axis / self.axes
        return CENTRE[0] + distance * sin(angle), CENTRE[1] - distance * cos(angle)

    def share(self, value: float) -> float:
        if self.top == self.first:
            return 1.0
        inside = (value - self.first) / (self.top - self.first)
        return INNER + (1 - INNER) * min(max(inside, 0.0), 1.0)


def radar(values: RadarValues, *, name: str, has_key: bool = False) -> Picture:
    """Return the radar of three or more dimensions as an SVG element.

    With `has_key` it says below which number is which dimension, for where no table stands beside.
    """
    count, is_numbered = len(values.axes), values.is_numbered
    reach = NUMBERED_REACH if is_numbered else REACH
    geometry = Geometry(count, values.stages[0].number, values.stages[-1].number, reach)
    rows = -(-count // _KEY_COLUMNS) if has_key and is_numbered else 0
    canvas = Canvas(WIDTH, HEIGHT + (rows * _KEY_ROW + 24 if rows else 0))
    _rings(canvas, values, geometry)
    _spokes(canvas, geometry)
    _ring_marks(canvas, values, geometry)
    _band(canvas, values, geometry)
    before = [axis.before for axis in values.axes]
    target = [axis.target for axis in values.axes]
    now = [axis.now for axis in values.axes]
    width, dashes = _look_of_before(values)
    _outline(canvas, geometry, before, "radar-before", palette.BEFORE, width, dashes)
    _outline(canvas, geometry, target, "radar-target", palette.TARGET, "1.6", "6 4")
    _outline(canvas, geometry, now, "radar-now", palette.now_of(values), "2.4", "", "0.1")
    if values.is_comparison:
        _rings_around(canvas, geometry, before)
    for axis, value in enumerate(now):
        if value is not None:
            look = {"fill": palette.now_of(values), "stroke": "#FFFFFF", "stroke_width": "1.2"}
            radius = 4.2 if count <= 2 * MOST_NAMES else 3.2
            canvas.dot(geometry.point(axis, value), radius, "radar-dot", **look)
    _axis_names(canvas, values, geometry)
    stage_key(canvas, values, y=HEIGHT - 40)
    legend(canvas, values, y=HEIGHT - 12)
    if rows:
        _key(canvas, values, rows)
    return canvas.svg(title=values.title, description=values.description, name=name)


def _look_of_before(values: RadarValues) -> tuple[str, str]:
    """Return width and dashes of the earlier scores' line: stronger where two are compared."""
    return ("2.2", "2 4") if values.is_comparison else ("1.5", "1.5 3")


def _rings_around(canvas: Canvas, geometry: Geometry, values: Sequence[float | None]) -> None:
    """Mark the earlier scores with hollow points: told from today's by more than colour."""
    for axis, value in enumerate(values):
        if value is not None:
            look = {"fill": "#FFFFFF", "stroke": palette.BEFORE, "stroke_width": "1.8"}
            canvas.dot(geometry.point(axis, value), 5.2, "radar-hollow", **look)


def _rings(canvas: Canvas, values: RadarValues, geometry: Geometry) -> None:
    for stage in values.stages:
        ring = [geometry.point(axis, stage.number) for axis in range(geometry.axes)]
        look = {"fill": "none", "stroke": palette.LINES[stage.tone - 1], "stroke_width": "1.1"}
        canvas.polygon(ring, "radar-ring", data_stage=str(stage.tone), **look)


def _spokes(canvas: Canvas, geometry: Geometry) -> None:
    for axis in range(geometry.axes):
        ends = [geometry.point(axis, geometry.first), geometry.point(axis, geometry.top)]
        canvas.line(ends, "radar-spoke", stroke=palette.RULE, stroke_width="0.8")


def _band(canvas: Canvas, values: RadarValues, geometry: Geometry) -> None:
    """Paint what missing answers leave open, as an area between the lowest and the highest."""
    bounds = [(axis.lowest, axis.highest) for axis in values.axes]
    if not values.has_range:
        return
    if all(low is not None and high is not None for low, high in bounds):
        outer = [geometry.point(i, high or 0) for i, (_, high) in enumerate(bounds)]
        inner = [geometry.point(i, low or 0) for i, (low, _) in enumerate(bounds)]
        # Out along the highest, back along the lowest: one area with a hole in it.
        ring = [*outer, outer[0], inner[0], *reversed(inner)]
        colour = palette.now_of(values)
        canvas.polygon(ring, "radar-band", fill=colour, fill_opacity="0.15", stroke="none")
        return
    for axis, (low, high) in enumerate(bounds):
        if low is not None and high is not None and high > low:
            ends = [geometry.point(axis, low), geometry.point(axis, high)]
            look = {"stroke": palette.now_of(values), "stroke_width": "9", "stroke_opacity": "0.18"}
            canvas.line(ends, "radar-reach", **look)


def _outline(
    canvas: Canvas,
    geometry: Geometry,
    values: Sequence[float | None],
    css: str,
    colour: str,
    width: str,
    dashes: str,
    area: str = "",
) -> None:
    """Join neighbouring values; a dimension without one interrupts the line."""
    look = {"stroke": colour, "stroke_width": width}
    if dashes:
        look["stroke_dasharray"] = dashes
    points = [None if v is None else geometry.point(i, v) for i, v in enumerate(values)]
    known = [point for point in points if point is not None]
    if len(known) == len(points):
        fill = {"fill": colour, "fill_opacity": area} if area else {"fill": "none"}
        canvas.polygon(known, css, **fill, **look)
        return
    for index, point in enumerate(points):
        following = points[(index + 1) % len(points)]
        if point is not None and following is not None:
            canvas.line([point, following], css, **look)
        elif point is not None and points[index - 1] is None:
            canvas.dot(point, 2.2, f"{css}-dot", fill=colour)


def _ring_marks(canvas: Canvas, values: RadarValues, geometry: Geometry) -> None:
    """Number each ring where it crosses the middle between the first two spokes."""
    for stage in values.stages:
        left, right = geometry.point(0, stage.number), geometry.point(1, stage.number)
        if geometry.axes > MOST_NAMES:
            right = left
        at = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
        stage_mark(canvas, at, stage)


def stage_mark(canvas: Canvas, at: Point, stage: StageFacts) -> None:
    """Paint a stage's number on a disc of its colour."""
    step, data = stage.tone - 1, {"data_stage": str(stage.tone)}
    canvas.dot(at, 8.2, "radar-mark", fill=palette.RAMP[step], stroke="#FFFFFF", **data)
    look = {"font_size": "11", "font_weight": "600", "fill": palette.ON_RAMP[step]}
    below = at[0], at[1] + 3.9
    number = str(stage.number)
    canvas.words(below, number, "radar-mark-text", text_anchor="middle", **look, **data)


def _axis_names(canvas: Canvas, values: RadarValues, geometry: Geometry) -> None:
    by_number = geometry.axes > MOST_NAMES
    for index, axis in enumerate(values.axes):
        x, y = geometry.at(index, geometry.reach + (15 if by_number else 18))
        side = sin(2 * pi * index / geometry.axes)
        anchor = "middle" if abs(side) < 0.02 or by_number else "start" if side > 0 else "end"
        if by_number:
            look = {"font_size": "13", "fill": palette.INK, "text_anchor": anchor}
            canvas.words((x, y + 4.5), str(index + 1), "radar-label", **look)
            continue
        if anchor == "middle":
            length = _UPRIGHT_LENGTH if geometry.axes < _CLOSE else _CLOSE_LENGTH
            lines = lines_of(axis.name, length=length, lines=2)
        else:
            lines = lines_of(axis.name, length=SIDE_LENGTH)
        height = 18.0 * len(lines) + 17.0
        # Centre the block on its spoke's end: below it at the bottom, above it at the top.
        rise = (1 + cos(2 * pi * index / geometry.axes)) / 2
        line_y = y - height * rise + 14
        for line in lines:
            look = {"font_size": "15.5", "font_weight": "600", "fill": palette.INK}
            canvas.words((x, line_y), line, "radar-label", text_anchor=anchor, **look)
            line_y += 18
        css = "radar-figure" if axis.now is not None else "radar-figure is-missing"
        look = {"font_size": "14.5", "fill": palette.MUTED, "text_anchor": anchor}
        canvas.words((x, line_y), axis.figure, css, **look)


def _key(canvas: Canvas, values: RadarValues, rows: int) -> None:
    """Say which number is which dimension, and its score, in columns below the picture."""
    width = (WIDTH - 40) / _KEY_COLUMNS
    for index, axis in enumerate(values.axes):
        x, y = 20 + width * (index // rows), HEIGHT + 22 + _KEY_ROW * (index % rows)
        look = {"font_size": "11.5", "fill": palette.INK}
        canvas.words((x + 18, y), str(index + 1), "radar-label", text_anchor="end", **look)
        words = lines_of(axis.name, length=26, lines=1)[0]
        canvas.words((x + 26, y), words, "radar-label", **look)
        look = {"font_size": "11.5", "fill": palette.MUTED, "text_anchor": "end"}
        figure = axis.figure if axis.now is not None else "–"
        canvas.words((x + width - 8, y), figure, "radar-figure", **look)


def stage_key(canvas: Canvas, values: RadarValues, *, y: float) -> None:
    """Name the stages in one centred row, as far as there is room for names."""
    names = [lines_of(stage.name, length=18, lines=1)[0] for stage in values.stages]
    widths = [38 + width_of(name, size=13) for name in names]
    if sum(widths) > canvas.width:
        names, widths = [""] * len(names), [32.0] * len(names)
    x = (canvas.width - sum(widths)) / 2 + 16
    for stage, text, space in zip(values.stages, names, widths, strict=True):
        stage_mark(canvas, (x, y - 4), stage)
        if text:
            look = {"font_size": "13", "fill": palette.MUTED}
            canvas.words((x + 13, y), text, "radar-legend", **look)
        x += space


def legend(canvas: Canvas, values: RadarValues, *, y: float) -> None:
    """Name the series that are there, in one centred row."""
    colour = palette.now_of(values)
    entries = [(values.now_name, "radar-now", colour, "2.4", "", "1")]
    if values.has_target:
        entries.append(("Target", "radar-target", palette.TARGET, "1.6", "6 4", "1"))
    if values.has_before:
        width, dashes = _look_of_before(values)
        entries.append((values.before_name, "radar-before", palette.BEFORE, width, dashes, "1"))
    if values.has_range:
        entries.append(("Open until answered", "radar-reach", colour, "9", "", "0.18"))
    widths = [31 + width_of(entry[0], size=13.5) + 26 for entry in entries]
    x = (canvas.width - sum(widths) + 26) / 2
    for (text, css, ink, width, dashes, opacity), space in zip(entries, widths, strict=True):
        look = {"stroke": ink, "stroke_width": width}
        if dashes:
            look["stroke_dasharray"] = dashes
        if opacity != "1":
            look["stroke_opacity"] = opacity
        canvas.line([(x, y - 4), (x + 24, y - 4)], css, **look)
        look = {"font_size": "13.5", "fill": palette.MUTED}
        canvas.words((x + 31, y), text, "radar-legend", **look)
        x += space
