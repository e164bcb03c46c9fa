"""The report as an Excel workbook.

What people typed is written as text, whatever it looks like: no cell of the workbook computes
anything, links anywhere or runs anything.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final, cast

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from maturity.web.files.tables import Cell, Column, Kind, Table
from maturity.workspaces.branding.colours import Branding, Logo
from reports.charts import palette
from reports.document.documents import Document
from reports.exports.clock import day_of

FONT: Final = "IBM Plex Sans"
# More than Excel takes in one cell would make it repair the file.
MOST_CHARACTERS: Final = 32_767
_NUMBERS: Final[dict[Kind, str]] = {
    "whole": "0",
    "score": "0.0",
    "exact": "0.0000",
    "share": "0%",
    "change": '+0.0;"−"0.0;"±"0.0',
}
_WIDTHS: Final[dict[Kind, int]] = {
    "text": 18,
    "long": 64,
    "whole": 9,
    "score": 9,
    "exact": 11,
    "change": 9,
}
_LONGEST: Final = 34
_HEAD_ROW: Final = 2
# In pixels.
_LOGO_WIDTH: Final = 320
_LOGO_HEIGHT: Final = 44
_HIGHEST: Final = 409.0


def xlsx_report(document: Document, tables: tuple[Table, ...]) -> bytes:
    """Return the tables as a workbook, a sheet each, with a radar chart beside the summary.

    Every sheet has its title above, a filter on its frozen head, and prints on A4 across. The
    same document gives the same bytes.
    """
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    who = document.organisation or "Our organisation"
    book.set_properties(
        {
            "title": f"{who}: {document.model_title}",
            "author": "",
            "comments": "Made with Waymark",
            "created": day_of(document.date),
        }
    )
    branding = document.branding or Branding()
    looks = _Looks(book, branding)
    for table in tables:
        sheet = book.add_worksheet(table.title)
        _write(sheet, table, looks, who=who)
        _set_foot(sheet, branding.footer)
        if table.key == "summary":
            if branding.logo:
                _add_logo(sheet, branding.logo)
            _add_chart(book, sheet, document, tables)
    book.close()
    return out.getvalue()


class _Looks:
    """The formats of one workbook."""

    def __init__(self, book: Workbook, branding: Branding) -> None:
        base = {"font_name": FONT, "font_size": 10, "valign": "top", "font_color": palette.INK}
        accent = branding.accent
        title = {**base, "font_size": 15, "bold": True, "font_color": accent or palette.INK}
        self.title: Format = book.add_format(title)
        self.subtitle: Format = book.add_format({**base, "font_color": palette.MUTED})
        head = {
            **base,
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": accent or palette.RAMP[4],
        }
        head |= {"text_wrap": True, "valign": "vcenter"}
        if branding.second:
            head |= {"bottom": 5, "bottom_color": branding.second}
        self.head: Format = book.add_format(head)
        self.number_head: Format = book.add_format({**head, "align": "center"})
        line = {**base, "bottom": 1, "bottom_color": palette.RULE}
        self.cells: dict[Kind, Format] = {
            "text": book.add_format({**line, "text_wrap": True}),
            "long": book.add_format({**line, "text_wrap": True}),
        }
        for kind, code in _NUMBERS.items():
            self.cells[kind] = book.add_format({**line, "num_format": code, "align": "center"})
        # Beside sentences a figure begins where they do.
        self.beside: dict[Kind, Format] = {
            kind: book.add_format({**line, "num_format": code, "align": "left"})
            for kind, code in _NUMBERS.items()
        }


def _write(sheet: Worksheet, table: Table, looks: _Looks, *, who: str) -> None:
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, table.title, looks.title)
    sheet.write_string(1, 0, who, looks.subtitle)
    sheet.set_row(0, 22)
    sheet.set_row(_HEAD_ROW, 30)
    widths: list[float] = []
    for at, column in enumerate(table.columns):
        widths.append(_width(table, at, column))
        sheet.set_column(at, at, widths[-1])
        look = looks.number_head if column.kind in _NUMBERS else looks.head
        sheet.write_string(_HEAD_ROW, at, _fitting(column.heading), look)
    for number, row in enumerate(table.rows):
        down = _HEAD_ROW + 1 + number
        sheet.set_row(down, _row_height(row, widths))
        for at, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            look = looks.cells[column.kind]
            if table.last_kinds and at == len(row) - 1:
                look = looks.beside.get(table.last_kinds[number], look)
            if isinstance(value, str):
                # Never `write`, which would take a text for a formula or an address.
                sheet.write_string(down, at, _fitting(value), look)
            elif value is None:
                sheet.write_blank(down, at, None, look)
            else:
                sheet.write_number(down, at, value, look)
    last = _HEAD_ROW + len(table.rows), len(table.columns) - 1
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    if table.key not in ("summary", "method"):
        sheet.autofilter(_HEAD_ROW, 0, *last)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)


def _set_foot(sheet: Worksheet, foot: str) -> None:
    """Name the sheet and count its pages where it is printed, with the workspace's line between."""
    own = "&L&A&RPage &P of &N"
    sheet.set_footer(own)
    if foot:
        # An ampersand begins a code, two of them are one. Not through `set_footer`, which takes the
        # G of "R&&G" for a picture that is missing, and leaves the whole line out.
        sheet.footer = own.replace("&R", f"&C{foot.replace('&', '&&')}&R", 1)


def _add_logo(sheet: Worksheet, logo: Logo) -> None:
    """Put the logo above the chart, as high as the title's two rows."""
    scale = min(_LOGO_WIDTH / logo.width, _LOGO_HEIGHT / logo.height)
    sheet.insert_image(
        0,
        3,
        "logo.png",
        {
            "image_data": BytesIO(logo.png),
            "x_scale": scale,
            "y_scale": scale,
            "y_offset": 2,
            "description": logo.alt,
            "object_position": 3,
        },
    )


def _fitting(text: str) -> str:
    """Return the text, cut with a sign where it is longer than a cell may be."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[: MOST_CHARACTERS - 2] + " …"


def _row_height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Return a height in points for the longest text, as far as Excel lets a row grow."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(1 + int(len(part) / width) for part in value.split("\n")))
    return min(4 + 13.5 * lines, _HIGHEST)


def _width(table: Table, at: int, column: Column) -> float:
    """Return a width in characters: sentences wrap, names fit."""
    if column.kind != "text":
        return max(_WIDTHS.get(column.kind, 9), min(len(column.heading), 12))
    longest = max((len(str(row[at])) for row in table.rows if row[at] is not None), default=0)
    return max(10, min(max(longest, len(column.heading)) + 2, _LONGEST))


def _add_chart(
    book: Workbook, sheet: Worksheet, document: Document, tables: tuple[Table, ...]
) -> None:
    """Put the radar beside the summary: a chart of Excel's own, drawn from the placement sheet."""
    placement = next(table for table in tables if table.key == "placement")
    if document.is_empty:
        return
    is_radar = len(placement.rows) > 2
    kind = {"type": "radar", "subtype": "with_markers"} if is_radar else _BARS
    # It is None for an unknown type only.
    chart = cast(Chart, book.add_chart(kind))
    first, last = _HEAD_ROW + 1, _HEAD_ROW + len(placement.rows)
    headings = [column.heading for column in placement.columns]
    series = [("Score", "Now", palette.now_of(document.radar), "solid", 2.25)]
    if document.radar.has_target:
        series.append(("Target", "Target", palette.TARGET, "dash", 1.5))
    if document.radar.has_before:
        before = document.radar.before_name
        series.append((before, before, palette.BEFORE, "round_dot", 1.5))
    for heading, name, colour, dash, width in series:
        at = headings.index(heading)
        look: dict[str, Any] = {"line": {"color": colour, "width": width, "dash_type": dash}}
        if is_radar:
            look["marker"] = {"type": "circle", "size": 5, "fill": {"color": colour}}
        else:
            look["fill"] = {"color": colour}
        chart.add_series(
            {
                "name": name,
                "categories": [placement.title, first, 0, last, 0],
                "values": [placement.title, first, at, last, at],
                **look,
            }
        )
    words = {"name": FONT, "size": 10, "color": palette.INK}
    chart.set_title({"name": "Score per dimension", "name_font": {**words, "size": 13}})
    chart.set_legend({"position": "bottom", "font": words})
    chart.set_x_axis({"num_font": words})
    stages = document.stages
    chart.set_y_axis(
        {
            # One below the first stage, so that standing there is a place and not the middle.
            "min": stages[0].number - 1,
            "max": stages[-1].number,
            "major_unit": 1,
            "num_font": {**words, "color": palette.MUTED},
            "major_gridlines": {"visible": True, "line": {"color": palette.RULE}},
        }
    )
    chart.set_size({"width": 640, "height": 560})
    sheet.insert_chart(
        _HEAD_ROW, 3, chart, {"description": document.radar.description, "object_position": 3}
    )


_BARS: Final = {"type": "column"}
