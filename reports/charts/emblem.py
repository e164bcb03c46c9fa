"""The cover's quiet radar: rings and the area reached, without a word."""

from reports.charts import palette
from reports.charts.canvas import Canvas, Picture
from reports.charts.radar import CENTRE, REACH, Geometry
from reports.document.documents import RadarValues

SIZE = 400.0


def emblem(values: RadarValues, *, name: str) -> Picture:
    """Return the radar's shape alone, made to be seen large and pale."""
    axes = max(len(values.axes), 3)
    geometry = Geometry(axes, values.stages[0].number, values.stages[-1].number)
    canvas = Canvas(SIZE, SIZE)

    def centred(axis: int, value: float) -> tuple[float, float]:
        x, y = geometry.point(axis, value)
        scale = (SIZE / 2 - 4) / REACH
        return SIZE / 2 + (x - CENTRE[0]) * scale, SIZE / 2 + (y - CENTRE[1]) * scale

    for stage in values.stages:
        ring = [centred(axis, stage.number) for axis in range(axes)]
        look = {"fill": "none", "stroke": palette.LINES[stage.tone - 1], "stroke_width": "0.7"}
        canvas.polygon(ring, "radar-ring", data_stage=str(stage.tone), **look)
    colour = palette.now_of(values)
    # What is not assessed has no corner: it is nowhere, and not at the first stage.
    shape = [centred(i, each.now) for i, each in enumerate(values.axes) if each.now is not None]
    if len(shape) > 2:
        look = {"fill": colour, "fill_opacity": "0.09", "stroke": colour}
        canvas.polygon(shape, "radar-now", stroke_width="1.1", **look)
    return canvas.svg(
        title="Outline of the radar on the page In brief",
        description="The same values are drawn with their figures there.",
        name=name,
    )
