"""What has moved since the earlier time: the same in workbook, tables, deck and data."""

import csv
import io
import json
import zipfile
from fractions import Fraction

import pytest

from assessments.scoring.scored import score
from reports.document.composing import build_document
from reports.document.tables.report import score_cell
from reports.jobs.services.files import report_bytes
from tests.reports.exports.test_exports import book_of, slides_of, typical
from tests.reports.sheets import journey_matrix, sheet


def test_every_format_says_the_same_of_what_has_moved():
    document, matrix = typical()
    sheet_of, *rows = book_of(document, matrix)["Comparison"]
    data = json.loads(report_bytes(document, matrix, kind="json"))
    change = slides_of(document, matrix)[6]
    (grid,) = [shape.table for shape in change.shapes if shape.has_table]
    archive = zipfile.ZipFile(io.BytesIO(report_bytes(document, matrix, kind="csv")))
    _, *lines = csv.reader(io.StringIO(archive.read("comparison.csv").decode("utf-8-sig")))

    assert sheet_of[:4] == ("Dimension", "Last time", "Now", "Change")
    assert len(rows) == len(data["dimensions"]) == len(lines) == 8
    shown = [[cell.text for cell in line.cells] for line in list(grid.rows)[1:]]
    exact = {each["key"]: each["score"] for each in data["placement"]["dimensions"]}
    shown_now = {row.key: score_cell(row.placed.score) for row in document.dimensions}
    for row, told, line, on_slide in zip(rows, data["dimensions"], lines, shown, strict=True):
        name, before, now, difference = row[:4]
        assert (name, before, now) == (told["name"], told["before"], shown_now[told["key"]])
        # What is read adds up.
        assert round(now - before, 1) == difference
        assert told["change"] == row[-1]
        assert [line[0], *map(float, line[1:4])] == [name, before, now, difference]
        signed = f"{difference:+.1f}".replace("-", "−")
        assert on_slide == [name, f"{before:.1f}", f"{now:.1f}", signed]
        assert round(before + row[-1], 4) == exact[told["key"]]


def test_comparison_has_every_dimension_or_none():
    matrix = journey_matrix()
    some = build_document(score(matrix, sheet(baseline={"strategy": Fraction(5)})))
    ratings = {key: 3 for key in matrix.descriptors if not key.startswith("metrics.")}
    none_now = build_document(score(matrix, sheet(ratings, baseline={"metrics": Fraction(2)})))

    first, second, *_ = book_of(some, matrix)["Comparison"][1:]
    metrics = next(r for r in book_of(none_now, matrix)["Comparison"] if r[0] == "Metrics")

    assert first[1:4] == (5, pytest.approx(first[2]), pytest.approx(first[2] - 5))
    assert first[3] < 0
    assert (second[1], second[3]) == ("not assessed", None)
    assert metrics[1:5] == (2, "not assessed", None, None)
    assert "Comparison" not in book_of(build_document(score(matrix, sheet())), matrix)
