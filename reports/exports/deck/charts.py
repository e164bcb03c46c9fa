"""Charts of PowerPoint's own: editable, with their figures in a workbook behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter import Workbook

from reports.charts import palette
from reports.document.documents import StageFacts
from reports.exports.clock import NO_DAY
from reports.exports.deck.base import FONT, MAIN
from reports.exports.deck.parts import describe, rgb


@dataclass(frozen=True, slots=True)
class Series:
    """One line or row of bars; a value that does not exist is None and leaves a gap."""

    name: str
    colour: str
    values: tuple[float | None, ...]
    dash: MSO_LINE = MSO_LINE.SOLID


def add_radar(
    slide: Slide,
    names: Sequence[str],
    series: Sequence[Series],
    *,
    stages: Sequence[StageFacts],
    description: str,
) -> None:
    """Put a radar chart of PowerPoint's own into the chart placeholder; bars below three axes."""
    if len(names) < 3:
        add_bars(slide, names, series, stages=stages, description=description)
        return
    chart = _insert(slide, XL_CHART_TYPE.RADAR_MARKERS, names, series, description)
    for plotted, wanted in zip(chart.plots[0].series, series, strict=True):
        line = plotted.format.line
        line.color.rgb = rgb(wanted.colour)
        line.width = Pt(2.5 if wanted.dash == MSO_LINE.SOLID else 1.75)
        line.dash_style = wanted.dash
        plotted.smooth = False
        # Of many dimensions the marks would cover the line.
        plotted.marker.size = 3 if len(names) > 20 else 7 if wanted.dash == MSO_LINE.SOLID else 5
        plotted.marker.format.fill.solid()
        plotted.marker.format.fill.fore_color.rgb = rgb(wanted.colour)
    _axis(chart, stages)


def add_bars(
    slide: Slide,
    names: Sequence[str],
    series: Sequence[Series],
    *,
    stages: Sequence[StageFacts],
    description: str,
) -> None:
    """Put horizontal bars into the chart placeholder, the first name on top."""
    chart = _insert(slide, XL_CHART_TYPE.BAR_CLUSTERED, names, series, description)
    for plotted, wanted in zip(chart.plots[0].series, series, strict=True):
        plotted.format.fill.solid()
        plotted.format.fill.fore_color.rgb = rgb(wanted.colour)
        plotted.invert_if_negative = False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, -5
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = "0.0", False
    labels.font.size, labels.font.name = Pt(11), FONT
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_labels.font.size = Pt(12)
    chart.category_axis.format.line.color.rgb = rgb(palette.RULE)
    _axis(chart, stages)


def _axis(chart: Chart, stages: Sequence[StageFacts]) -> None:
    axis = chart.value_axis
    # One below the first stage, so that standing there is a place and not the middle.
    axis.minimum_scale, axis.maximum_scale = stages[0].number - 1, stages[-1].number
    axis.major_unit = 1
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(palette.RULE)
    axis.format.line.color.rgb = rgb(palette.RULE)
    axis.tick_labels.font.size = Pt(10)
    axis.tick_labels.font.color.rgb = rgb(palette.MUTED)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False


def _insert(
    slide: Slide,
    kind: XL_CHART_TYPE,
    names: Sequence[str],
    series: Sequence[Series],
    description: str,
) -> Chart:
    data = CategoryChartData(number_format="0.0")
    data.categories = list(names)
    for each in series:
        data.add_series(each.name, each.values)
    frame = slide.placeholders[MAIN].insert_chart(kind, data)
    describe(frame, description)
    chart = frame.chart
    # Ours carries no clock: the same figures are the same bytes.
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(names, series))
    chart.font.name, chart.font.size = FONT, Pt(12)
    chart.font.color.rgb = rgb(palette.INK)
    chart.has_title = False
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(12)
    made: Chart = chart
    return made


def _workbook(names: Sequence[str], series: Sequence[Series]) -> bytes:
    """Return the figures behind a chart, where the chart looks for them."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": NO_DAY, "author": ""})
    sheet = book.add_worksheet("Sheet1")
    look = book.add_format({"num_format": "0.0"})
    for down, name in enumerate(names, start=1):
        sheet.write_string(down, 0, name)
    for at, each in enumerate(series, start=1):
        sheet.write_string(0, at, each.name)
        for down, value in enumerate(each.values, start=1):
            if value is not None:
                sheet.write_number(down, at, value, look)
    book.close()
    return out.getvalue()
