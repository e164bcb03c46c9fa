"""Every format says the same: what one says is read back and compared with the others."""

import csv
import io
import json
import re
import zipfile
from fractions import Fraction
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from assessments.scoring.answers_file import answers_of, read_answers
from assessments.scoring.placement_file import number, placement_document
from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from maturity.catalogue.matrix import Matrix
from reports.core.services.layout import report_html
from reports.document.composing import build_document
from reports.document.documents import Document
from reports.document.tables.report import score_cell
from reports.exports.deck.parts import lines_in
from reports.jobs.kinds import KINDS
from reports.jobs.services.files import report_bytes
from reports.rendering.pdf import render_pdf
from reports.wording.basics import placed_text, score_text, share_text
from tests.reports.kits import LONG_NAME, printed
from tests.reports.sheets import journey_matrix, sheet, spread

NBSP = "\u00a0"
HOSTILE = '=HYPERLINK("http://example.org")'


def typical() -> tuple[Document, Matrix]:
    """Several people with names, targets, weights, an earlier time, notes."""
    matrix = journey_matrix()
    people = (
        RespondentAnswers(name="Ada Byron", ratings=spread((3, 3, 2, 1, 0))),
        RespondentAnswers(name="Bob", ratings=spread((3, 2, 2, 0, 0)), picks={"strategy": 4}),
        RespondentAnswers(ratings={"metrics.2.01": "unknown"}, notes={"metrics": "A note."}),
    )
    answers = AnswerSheet(
        respondents=people,
        agreed_picks={"crisis-management": 2} if "crisis-management" in keys(matrix) else {},
        targets={"strategy": 4, "metrics": 5},
        weights={"strategy": Fraction(2)},
        baseline={key: Fraction(3, 2) for key in keys(matrix)},
        organisation="Alder Books",
        date="2026-11-22",
    )
    return build_document(score(matrix, answers)), matrix


def keys(matrix: Matrix) -> list[str]:
    return [row.key for row in matrix.dimensions]


def empty() -> tuple[Document, Matrix]:
    return build_document(score(journey_matrix(), AnswerSheet())), journey_matrix()


def extreme(dimensions: int = 60) -> tuple[Document, Matrix]:
    """Many dimensions with long names, a long note, and text that wants to be a formula."""
    matrix = printed(5, dimensions, name=LONG_NAME)
    ratings = {each: n % 4 for n, each in enumerate(matrix.descriptors)}
    person = RespondentAnswers(
        name=HOSTILE, ratings=ratings, notes={"row-1": f"{HOSTILE} " + "word " * 900}
    )
    other = RespondentAnswers(name="@SUM(A1)", ratings=dict(list(ratings.items())[:9]))
    answers = AnswerSheet(
        respondents=(person, other),
        organisation=f"+{LONG_NAME} & <Sons>",
        date="2026-11-22",
        targets={row.key: 5 for row in matrix.dimensions},
    )
    return build_document(score(matrix, answers)), matrix


CASES = {"typical": typical, "empty": empty, "extreme": extreme}


def book_of(document: Document, matrix: Matrix, **options: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Return the workbook's sheets as rows, from the head on."""
    content = report_bytes(document, matrix, kind="xlsx", **options)
    book = load_workbook(io.BytesIO(content))
    return {
        sheet.title: [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=3)]
        for sheet in book
    }


def slides_of(document: Document, matrix: Matrix) -> list[Any]:
    content = report_bytes(document, matrix, kind="pptx")
    return list(Presentation(io.BytesIO(content)).slides)


def words_on(slide: Any) -> str:
    words = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            words.append(shape.text_frame.text)
        if shape.has_table:
            words += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(words)


def text_of_pdf(document: Document) -> str:
    pdf = pypdfium2.PdfDocument(render_pdf(report_html(document, paper="a4")).content)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return " ".join(text.split())


# --- the same figures ----------------------------------------------------------------------------


def test_every_format_says_the_same():
    document, matrix = typical()
    book = book_of(document, matrix)
    data = json.loads(report_bytes(document, matrix, kind="json"))
    paper = text_of_pdf(document)
    slides = slides_of(document, matrix)
    deck = "\n".join(map(words_on, slides))

    head, *rows = book["Placement"]
    assert len(rows) == len(data["dimensions"]) == 8
    placed = document.placement.dimensions
    for row, told, exactly in zip(rows, data["dimensions"], placed, strict=True):
        line = dict(zip(head, row, strict=True))
        assert line["Dimension"] == told["name"]
        assert f"{line['Score']:.1f}" == placed_text(exactly)
        assert line["Exact score"] == told["score"] == number(exactly.score)
        assert line["Stage"] == told["stage"]
        assert line["Target"] == told["target"]
        assert line["Last time"] == told["before"] == 1.5
        assert line["Why"] == told["remarks"][0]["text"]
        assert " ".join(line["Why"].split()) in paper
        assert f"{line['Dimension']}\n{placed_text(exactly)}\n" in deck
    exact = {each["key"]: each["score"] for each in data["placement"]["dimensions"]}
    assert [row[head.index("Exact score")] for row in rows] == list(exact.values())
    summary = dict(book["Summary"][1:])
    assert f"{summary['Overall score']:.1f}" == score_text(document.overall.score)
    assert data["overall"]["score"] == number(document.overall.score)
    for text in (data["overall"]["headline"], summary["In one sentence"]):
        assert text in paper
        assert text in deck
    percent = f"{round(summary['Way to the targets'] * 100)}{NBSP}%"
    assert percent == share_text(document.overall.percent_to_target)
    assert data["overall"]["percent_to_target"] == number(document.overall.percent_to_target)
    assert percent in deck
    assert [row[3] for row in book["Roadmap"][1:]] == [step["action"] for step in data["roadmap"]]
    for step in document.three_steps:
        assert deck.count(step.action) >= 2
        assert " ".join(step.action.split()) in paper


def test_charts_hold_the_figures_of_the_tables():
    document, matrix = typical()
    slides = slides_of(document, matrix)

    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]

    radar, bars, change = charts
    assert list(radar.plots[0].categories) == [row.name for row in document.dimensions]
    series = {each.name: list(each.values) for each in radar.plots[0].series}
    assert series["Now"] == [score_cell(row.placed.score) for row in document.dimensions]
    assert series["Target"] == [row.target and row.target.number for row in document.dimensions]
    assert series["Last time"] == [1.5] * 8
    lowest = sorted(score_cell(row.placed.score) for row in document.dimensions)
    assert list(bars.plots[0].series[0].values) == lowest
    assert [each.name for each in change.plots[0].series] == ["Last time", "Now"]
    behind = load_workbook(io.BytesIO(radar.part.chart_workbook.xlsx_part.blob)).active
    assert [cell.value for cell in behind["B"]] == ["Now", *series["Now"]]


def test_csv_holds_the_sheets_of_the_workbook():
    document, matrix = typical()
    book = book_of(document, matrix)

    archive = zipfile.ZipFile(io.BytesIO(report_bytes(document, matrix, kind="csv")))

    assert [name.removesuffix(".csv") for name in archive.namelist()] == [
        title.lower() for title in book
    ]
    for name, rows in zip(archive.namelist(), book.values(), strict=True):
        read = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
        assert len(read) == len(rows)
        for line, row in zip(read, rows, strict=True):
            for text, value in zip(line, row, strict=True):
                is_number = isinstance(value, int | float)
                assert (float(text) == value) if is_number else (text == (value or ""))


def test_data_brings_its_answers_back():
    document, matrix = typical()

    data = json.loads(report_bytes(document, matrix, kind="json"))

    again = read_answers(json.dumps(data["answers"]), matrix)
    assert again == document.sheet
    second = build_document(score(matrix, again))
    assert report_bytes(second, matrix, kind="json") == report_bytes(document, matrix, kind="json")
    assert data["placement"] == placement_document(second.placement)
    assert answers_of(again, matrix.key) == data["answers"]


# --- any case ------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", [key for key, kind in KINDS.items() if not kind.on_paper])
def test_same_document_is_the_same_bytes(case, kind):
    document, matrix = CASES[case]()

    first = report_bytes(document, matrix, kind=kind)

    assert first == report_bytes(document, matrix, kind=kind)


@pytest.mark.parametrize("case", CASES)
def test_nothing_in_the_workbook_computes_or_links(case):
    document, matrix = CASES[case]()
    content = report_bytes(document, matrix, kind="xlsx")

    book = load_workbook(io.BytesIO(content))
    archive = zipfile.ZipFile(io.BytesIO(content))

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert [name for name in sheets if b"<f>" in archive.read(name)] == []
    assert [name for name in archive.namelist() if "externalLink" in name or "vba" in name] == []
    for name in archive.namelist():
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in archive.read(name)


def test_workbook_is_made_to_work_with():
    document, matrix = typical()
    book = load_workbook(io.BytesIO(report_bytes(document, matrix, kind="xlsx")))

    assert book.sheetnames == [
        "Summary",
        "Placement",
        "Gates",
        "Answers",
        "Notes",
        "Roadmap",
        "Comparison",
        "Method",
    ]
    (chart,) = book["Summary"]._charts
    assert type(chart).__name__ == "RadarChart"
    assert [each.val.numRef.f for each in chart.ser][0] == "Placement!$D$4:$D$11"
    assert book["Answers"].freeze_panes == "B4"
    assert book["Answers"].auto_filter.ref.startswith("A3:")
    assert book["Placement"]["D4"].number_format == "0.0"
    assert book["Gates"]["D4"].number_format == "0%"
    assert book.properties.creator in (None, "")


def test_text_that_looks_like_a_formula_stays_text():
    document, matrix = extreme()

    book = book_of(document, matrix)
    archive = zipfile.ZipFile(io.BytesIO(report_bytes(document, matrix, kind="csv")))

    assert HOSTILE in book["Answers"][0]
    assert book["Notes"][1][2] == HOSTILE
    notes = archive.read("notes.csv").decode("utf-8-sig")
    assert f"'{HOSTILE[:10]}" in notes
    starts = {
        cell[:1]
        for name in archive.namelist()
        for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))
        for cell in row
    }
    assert starts.isdisjoint("=+-@\t\r")


@pytest.mark.parametrize(("case", "count"), [("typical", 12), ("empty", 4), ("extreme", 11)])
def test_deck_is_made_to_be_shown(case, count):
    document, matrix = CASES[case]()

    slides = slides_of(document, matrix)

    assert len(slides) == count
    for slide in slides:
        assert slide.shapes.title.text_frame.text
        assert slide.notes_slide.notes_text_frame.text
        # Nothing is left that says "Click to add text", and everything stands in its place.
        for shape in slide.placeholders:
            filled = shape.has_table or shape.has_chart or shape.text_frame.text
            is_number = shape.placeholder_format.idx == 12
            assert filled or is_number, (words_on(slide), shape.name)
        for shape in slide.shapes:
            assert shape.is_placeholder
            if shape.has_table or shape.has_chart:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
    sizes = [
        run.font.size.pt
        for slide in slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
        for paragraph in cell.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert min(sizes) >= 7


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("x" * 9 + " y", 2), ("x" * 10 + " y", 2), ("x" * 20 + " y", 3), ("xx yy\nz", 2)],
)
def test_lines_of_a_slide_are_counted_as_they_break(text, lines):
    """Ten letters stand in a line; a word that fills one to its end leaves no room in it."""
    assert lines_in(text, width=1, size=12) == lines


def test_deck_names_no_person_and_no_template():
    document, matrix = typical()
    content = report_bytes(document, matrix, kind="pptx")

    archive = zipfile.ZipFile(io.BytesIO(content))
    whole = b"".join(archive.read(name) for name in archive.namelist())
    about = Presentation(io.BytesIO(content)).core_properties

    assert b"Ada Byron" not in whole
    assert b"Calibri" not in archive.read("ppt/theme/theme1.xml").split(b"</a:fontScheme>")[0][:900]
    assert (about.author, about.title) == ("", "Alder Books: Social Media Engagement Journey")
    assert not [name for name in archive.namelist() if re.search("thumbnail|printer", name)]
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# --- who said what -------------------------------------------------------------------------------


def test_answers_by_person_only_where_it_is_allowed():
    document, matrix = typical()

    named, counted = book_of(document, matrix), book_of(document, matrix, names_people=False)

    head = named["Answers"][0]
    assert head[7:10] == ("Ada Byron", "Bob", "Person 3")
    chosen = next(row for row in named["Answers"] if row[5] == "The stage, chosen directly")
    assert (chosen[0], chosen[6], chosen[8]) == (
        "Strategy",
        "1\u00a0×\u00a04 Value Expansion",
        chosen[6][4:],
    )
    assert counted["Answers"][0][7:13] == (
        "0 Not yet",
        "1 Partly",
        "2 Mostly",
        "3 Fully",
        "Does not apply",
        "Don’t know",
    )
    first = counted["Answers"][2]
    assert first[7:13].count(2) == 1
    assert "Ada Byron" not in json.dumps(counted["Answers"])
    data = json.loads(report_bytes(document, matrix, kind="json", names_people=False))
    assert {each["name"] for each in data["answers"]["respondents"]} == {""}
    assert "Ada Byron" not in json.dumps(data["answers"])


def test_one_person_alone_has_one_column_of_answers():
    matrix = journey_matrix()
    document = build_document(score(matrix, sheet()))

    head = book_of(document, matrix)["Answers"][0]

    assert head == (
        "Dimension",
        "Stage",
        "Stage name",
        "Aspect",
        "Kind",
        "Statement",
        "Answer",
        "Id",
    )
