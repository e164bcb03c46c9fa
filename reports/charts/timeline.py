"""The timeline: a row for each decided step, months from left to right, and where today is."""

from collections.abc import Callable
from datetime import date, timedelta

from reports.charts import palette
from reports.charts.canvas import Canvas, Picture
from reports.charts.words import lines_of, width_of
from reports.document.timeline import Bar, TimelineValues

WIDTH = 960.0
LEFT = 330.0
TOP = 40.0
ROW = 27.0
_BAR = 13.0
_MONTH_WIDTH = 46.0


def timeline(values: TimelineValues, *, name: str) -> Picture:
    """Return the timeline as an SVG element."""
    canvas = Canvas(WIDTH, TOP + ROW * len(values.bars) + 8)
    days = (values.last - values.first).days + 1

    def place_of(day: date) -> float:
        inside = min(max((day - values.first).days, 0), days)
        return LEFT + (WIDTH - LEFT - 12) * inside / days

    bottom = canvas.height - 6
    _months(canvas, values, place_of, bottom)
    # Under the bars, so that it crosses out no name.
    x = place_of(values.today)
    look = {"stroke": palette.TARGET, "stroke_width": "1.6", "stroke_dasharray": "4 3"}
    canvas.line([(x, TOP - 6), (x, bottom)], "radar-target", **look)
    look = {"font_size": "11", "fill": palette.TARGET, "text_anchor": "middle"}
    canvas.words((x, TOP - 10), "Today", "timeline-today", **look)
    for number, bar in enumerate(values.bars):
        y = TOP + ROW * number
        canvas.line([(0, y), (WIDTH, y)], "lane-rule", stroke=palette.RULE, stroke_width="0.6")
        words = lines_of(bar.words, length=50, lines=1)[0]
        canvas.words((0, y + 17), words, "lane-name", font_size="12", fill=palette.INK)
        _bar(canvas, values, bar, y, place_of)
    return canvas.svg(title="Timeline of the steps", description=values.description, name=name)


def _months(
    canvas: Canvas, values: TimelineValues, place_of: Callable[[date], float], bottom: float
) -> None:
    months = values.months
    width = (WIDTH - LEFT - 12) / len(months)
    every = max(1, round(_MONTH_WIDTH / width + 0.49))
    for number, month in enumerate(months):
        x = place_of(month)
        look = {"stroke": palette.RULE, "stroke_width": "0.6"}
        canvas.line([(x, TOP - 4), (x, bottom)], "lane-rule", **look)
        if number % every == 0:
            text = f"{month:%b}" if month.month != 1 and number else f"{month:%b %Y}"
            look = {"font_size": "11", "fill": palette.MUTED}
            canvas.words((x + 3, 14), text, "radar-legend", **look)


def _bar(
    canvas: Canvas,
    values: TimelineValues,
    bar: Bar,
    y: float,
    place_of: Callable[[date], float],
) -> None:
    colour = palette.TARGET if bar.is_overdue else palette.now_of(values)
    css = "timeline-late" if bar.is_overdue else "radar-now"
    middle = y + ROW / 2
    right = place_of(bar.due + timedelta(days=1))
    if bar.start is not None and bar.due >= values.first:
        left = place_of(bar.start)
        top, low = middle - _BAR / 2, middle + _BAR / 2
        box = [(left, top), (right, top), (right, low), (left, low)]
        opacity = {"planned": "0.35", "doing": "0.75"}.get(bar.status, "0.2")
        look = {"fill": colour, "fill_opacity": opacity, "stroke": colour, "stroke_width": "1"}
        canvas.polygon(box, f"{css} timeline-bar", **look)
    else:
        look = {"fill": colour, "stroke": "#FFFFFF", "stroke_width": "1.2"}
        canvas.dot((right, middle), 5.5, "timeline-late" if bar.is_overdue else "radar-dot", **look)
    beside = [lines_of(bar.owner, length=18, lines=1)[0]] if bar.owner else []
    if bar.due < values.first:
        beside.append(f"due {bar.due:%b %Y}")
    if beside:
        words, left = ", ".join(beside), place_of(bar.start or bar.due)
        width = width_of(words, size=11) + 12
        today = place_of(values.today)
        # To the right of the bar, unless the picture ends there or today's line crosses the words.
        is_left = right + width > WIDTH or (
            right < today < right + width and not left - width < today < left
        )
        at = (left - 9 if is_left else right + 9, middle + 4)
        look = {"font_size": "11", "fill": palette.MUTED}
        canvas.words(at, words, "radar-legend", text_anchor="end" if is_left else "start", **look)
