"""Each export against writing the same slides, cells and rows bare with its library."""

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

from assessments.scoring.scored import score
from tests.bench.timing import Figure, medians

ROUNDS = 15


def measure() -> list[Figure]:
    from reports.document.composing import build_document
    from reports.jobs.services.files import report_bytes
    from tests.reports.sheets import journey_matrix, sheet

    matrix = journey_matrix()
    document = build_document(score(matrix, sheet(targets={"strategy": 4, "metrics": 5})))
    contents = {kind: report_bytes(document, matrix, kind=kind) for kind in ("pptx", "xlsx", "csv")}
    bare_slides, bare_cells = _slides_of(contents["pptx"]), _cells_of(contents["xlsx"])
    rows = _rows_of(contents["csv"])

    def ratio(kind: str, write: Callable[[], object]) -> float:
        ours, theirs = medians(
            lambda: report_bytes(document, matrix, kind=kind), write, rounds=ROUNDS
        )
        return ours / theirs

    slides = ratio("pptx", lambda: _slides(bare_slides))
    book = ratio("xlsx", lambda: _book(bare_cells))
    tables = ratio("csv", lambda: _tables(rows))
    return [
        Figure("slides ÷ the same shapes bare with python-pptx", slides, 2),
        Figure("workbook ÷ the same cells bare with XlsxWriter", book, 2),
        Figure("tables ÷ the same rows bare with csv and zipfile", tables, 2),
    ]


def _cells_of(content: bytes) -> list[tuple[str, list[list[Any]]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    return [(s.title, [[c.value for c in row] for row in s.iter_rows()]) for s in book]


def _book(sheets: list[tuple[str, list[list[Any]]]]) -> bytes:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    look = book.add_format({"text_wrap": True})
    for title, rows in sheets:
        sheet = book.add_worksheet(title)
        for down, row in enumerate(rows):
            for at, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(down, at, value, look)
                elif value is not None:
                    sheet.write_number(down, at, value, look)
    book.close()
    return out.getvalue()


def _rows_of(content: bytes) -> dict[str, list[list[str]]]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {
        name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
        for name in archive.namelist()
    }


def _tables(tables: dict[str, list[list[str]]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            archive.writestr(name, text.getvalue())
    return out.getvalue()


def _slides_of(content: bytes) -> list[dict[str, Any]]:
    """Return of each slide its texts, tables, charts and notes."""
    from pptx import Presentation

    found: list[dict[str, Any]] = []
    for slide in Presentation(io.BytesIO(content)).slides:
        tables = [
            [[cell.text for cell in row.cells] for row in shape.table.rows]
            for shape in slide.shapes
            if shape.has_table
        ]
        charts = [
            (
                shape.chart.chart_type,
                list(shape.chart.plots[0].categories),
                [(each.name, list(each.values)) for each in shape.chart.plots[0].series],
            )
            for shape in slide.shapes
            if shape.has_chart
        ]
        texts = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
        notes = slide.notes_slide.notes_text_frame.text
        found.append({"texts": texts, "tables": tables, "charts": charts, "notes": notes})
    return found


def _slides(slides: list[dict[str, Any]]) -> bytes:
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.util import Inches

    deck = Presentation()
    box = Inches(1), Inches(1), Inches(8), Inches(4)
    for each in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        for text in each["texts"]:
            slide.shapes.add_textbox(*box).text_frame.text = text
        for rows in each["tables"]:
            table = slide.shapes.add_table(len(rows), len(rows[0]), *box).table
            for down, row in enumerate(rows):
                for at, text in enumerate(row):
                    table.cell(down, at).text = text
        for kind, names, series in each["charts"]:
            data = CategoryChartData()
            data.categories = names
            for name, values in series:
                data.add_series(name, values)
            slide.shapes.add_chart(kind, *box, data)
        slide.notes_slide.notes_text_frame.text = each["notes"]
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()
