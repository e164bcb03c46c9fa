"""Answering offline: the workbook, its answers taken in, and every problem named by its cell."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.models import Pick, Rating
from maturity.web.files import workbooks
from tests.assessments.closed import NOW
from tests.assessments.conftest import Guest

FIRST = 4


def downloaded(guest: Guest) -> Any:
    response = guest.get("workbook/answers.xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert 'filename="waymark-answers.xlsx"' in response["Content-Disposition"]
    return load_workbook(io.BytesIO(response.content))


def bytes_of(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(guest: Guest, content: bytes, name: str = "answers.xlsx") -> Any:
    return guest.client.post(
        guest.url("workbook/"), {"file": SimpleUploadedFile(name, content)}, follow=True
    )


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().replace("&#x27;", "'").split())


def answers() -> dict[str, Any]:
    rows = Rating.objects.values_list("descriptor_id", "step", "word", "note")
    return {key: (word or step, note) for key, step, word, note in rows}


def row_of(sheet: Any, key: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == key)


def fill(book: Any, key: str, answer: Any = None, note: str | None = None) -> str:
    """Fill in a statement's row; return its number."""
    sheet = book["Answers"]
    row = row_of(sheet, key)
    if answer is not None:
        sheet[f"F{row}"] = answer
    if note is not None:
        sheet[f"G{row}"] = note
    return str(row)


# --- there and back ------------------------------------------------------------------------------


def test_workbook_holds_every_statement_and_what_was_answered(guest: Guest, matrix: Any) -> None:
    changes = [AnswerChange("rating", "strategy.3.01", "value", 2)]
    changes += [AnswerChange("rating", "strategy.1.01", "value", 3)]
    changes += [AnswerChange("rating", "strategy.3.01", "note", "Since May")]
    changes += [AnswerChange("pick", "metrics", "value", 2)]
    record_changes(guest.respondent, changes, now=NOW)

    book = downloaded(guest)

    sheet, stages = book["Answers"], book["Stages"]
    keys = [cell.value for cell in sheet["A"][FIRST - 1 :]]
    assert keys == list(matrix.descriptors)
    row = row_of(sheet, "strategy.3.01")
    assert (sheet[f"F{row}"].value, sheet[f"G{row}"].value) == ("Mostly", "Since May")
    assert sheet[f"F{row_of(sheet, 'strategy.1.01')}"].value == "No longer true"
    assert stages[f"D{row_of(stages, 'metrics')}"].value == "2 Experimental"
    assert sheet.protection.sheet
    assert [sheet[f"{letter}{row}"].protection.locked for letter in "ADFG"] == [
        True,
        True,
        False,
        False,
    ]
    assert book["Choices"].sheet_state == "hidden"
    lists = {each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists == {"Choices!$A$1:$A$6", "Choices!$B$1:$B$6"}


def test_what_was_downloaded_changes_nothing_when_it_comes_back(guest: Guest) -> None:
    record_changes(guest.respondent, [AnswerChange("rating", "strategy.3.01", "value", 2)], now=NOW)
    before = answers()

    response = send(guest, guest.get("workbook/answers.xlsx").content)

    assert "says nothing new, so nothing was changed" in text_of(response)
    assert answers() == before


def test_answers_and_notes_are_taken(guest: Guest) -> None:
    record_changes(guest.respondent, [AnswerChange("rating", "metrics.3.01", "value", 1)], now=NOW)
    book = downloaded(guest)
    fill(book, "strategy.1.01", " still TRUE: partly ")
    fill(book, "strategy.3.01", "Fully", "One\nTwo")
    fill(book, "strategy.3.02", "Don't know")
    fill(book, "strategy.3.03", "Does not apply")
    fill(book, "metrics.3.01", "")
    book["Stages"][f"D{row_of(book['Stages'], 'metrics')}"] = "3 Operational"

    response = send(guest, bytes_of(book))

    assert "Taken from the workbook: 5 answers and 1 note." in text_of(response)
    found = answers()
    assert found["strategy.1.01"] == (2, "")
    assert found["strategy.3.01"] == (3, "One\nTwo")
    assert found["strategy.3.02"] == ("unknown", "")
    assert found["strategy.3.03"] == ("not_applicable", "")
    # What is empty in the workbook says nothing.
    assert found["metrics.3.01"] == (1, "")
    assert Pick.objects.get().stage == 3


# --- every problem, and nothing half-done --------------------------------------------------------


def test_every_problem_is_named_by_sheet_and_cell_and_nothing_is_taken(guest: Guest) -> None:
    book = downloaded(guest)
    good = fill(book, "strategy.3.01", "Fully")
    wrong = fill(book, "strategy.3.02", "Sort of")
    formula = fill(book, "strategy.3.03", "=1+1")
    number = fill(book, "metrics.3.01", 7)
    note = fill(book, "metrics.3.02", None, "x" * 6000)
    book["Answers"]["A300"], book["Answers"]["F300"] = "nonsense.1", "Fully"
    book["Answers"]["F301"] = "Fully"
    book["Answers"]["A302"], book["Answers"]["F302"] = "strategy.3.01", "Partly"
    book["Stages"]["D4"] = "9 Heaven"

    response = send(guest, bytes_of(book))

    page = text_of(response)
    assert response.status_code == 422
    assert "Nothing was taken from the workbook." in page
    assert f"Answers!F{wrong}: “Sort of” is not on offer. Choose “" in page
    assert f"Answers!F{formula}: holds a formula." in page
    assert f"Answers!F{number}: “7” is not on offer." in page
    assert f"Answers!G{note}: " in page
    assert "Answers!A300: “nonsense.1” is nothing this assessment asks." in page
    assert "Answers!A301: “” is nothing this assessment asks." in page
    assert f"Answers!A302: is answered in Answers!A{good} already." in page
    assert "Stages!D4: “9 Heaven” is not on offer. Choose “1 Traditional”" in page
    assert answers() == {}


def test_workbook_of_another_model_or_of_nobody_is_refused(guest: Guest) -> None:
    book = downloaded(guest)
    book["Choices"]["D3"] = "9.9.9"
    other = send(guest, bytes_of(book))
    plain = Workbook()
    plain.active.title = "Answers"
    stranger = send(guest, bytes_of(plain))

    assert "was made for another model, social-engagement-journey 9.9.9." in text_of(other)
    assert "is not one that was downloaded here." in text_of(stranger)
    assert (other.status_code, stranger.status_code) == (422, 422)


def test_no_file_and_an_empty_one_are_said(guest: Guest) -> None:
    nothing = guest.client.post(guest.url("workbook/"), {})

    assert "Please choose the workbook you filled in." in nothing.content.decode()
    assert "This file is empty." in send(guest, b"").content.decode()


def test_stranger_gets_none(guest: Guest, stranger: Guest) -> None:
    for rest in ("workbook/", "workbook/answers.xlsx"):
        assert stranger.client.get(guest.url(rest)).status_code == 404


# --- hostile files -------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(content: bytes, **parts: bytes) -> bytes:
    """Return a workbook with some of its parts exchanged; names are those of PARTS."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    return zipped(found | {PARTS[name]: part for name, part in parts.items()})


PARTS = {
    "sheet": "xl/worksheets/sheet1.xml",
    "macro": "xl/vbaProject.bin",
    "link": "xl/externalLinks/externalLink1.xml",
    "strings": "xl/sharedStrings.xml",
}
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FAR = (
    b"<worksheet " + MAIN + b'><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    b"</sheetData></worksheet>"
)
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "'
    + b"x" * 999
    + b'">]><worksheet '
    + MAIN
    + b"><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>"
)


@pytest.fixture
def hostile(guest: Guest) -> dict[str, bytes]:
    """Return files nobody means well with, by what they are."""
    good = guest.get("workbook/answers.xlsx").content
    return {
        "a cell at the last column of the last row": changed(good, sheet=FAR),
        "entities": changed(good, sheet=ENTITIES),
        "a string of 300 MB": changed(good, strings=b"<sst>" + b"a" * 300_000_000),
        "many parts": zipped({f"xl/worksheets/sheet{n}.xml": b"<a/>" for n in range(5_000)}),
        "macros": changed(good, macro=b"1"),
        "links to other files": changed(good, link=b"<a/>"),
        "half a file": good[: len(good) // 2],
        "another zip": zipped({"readme.txt": b"hello"}),
        "the old format, or a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096,
        "no workbook": b"<html>=cmd|' /C calc'!A0</html>",
        "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        "too large": b"P" * 5_000_001,
        "broken xml": changed(good, sheet=b"<worksheet"),
    }


def test_hostile_files_are_refused_before_they_cost_anything(
    guest: Guest, hostile: dict[str, bytes]
) -> None:
    for what, content in hostile.items():
        response = send(guest, content)

        assert response.status_code == 422, what
        assert 'class="invalid-feedback"' in response.content.decode(), what
    assert answers() == {}


def test_limits_are_those_of_a_form(guest: Guest) -> None:
    good = guest.get("workbook/answers.xlsx").content

    assert len(good) < workbooks.MOST_BYTES / 50
