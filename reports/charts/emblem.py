"""The cover's quiet radar: rings and the area reached, without a word."""

from reports.charts import palette
from reports.charts.canvas import Canvas
from reports.charts.radar import CENTRE, REACH, Geometry
from reports.documents import RadarValues

SIZE = 400.0


def emblem(values: RadarValues, *, name: str) -> str:
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
    first = values.stages[0].number
    colour = palette.now_of(values)
    values_now = [axis.now for axis in values.axes]
    if len(values_now) == axes and any(value is not None for value in values_now):
        shape = [centred(i, first if v is None else v) for i, v in enumerate(values_now)]
        look = {"fill": colour, "fill_opacity": "0.09", "stroke": colour}
        canvas.polygon(shape, "radar-now", stroke_width="1.1", **look)
    return canvas.svg(
        title="Outline of the radar on the page In brief",
        description="The same values are drawn with their figures there.",
        name=name,
    )
