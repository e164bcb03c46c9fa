"""Excel workbooks that people fill in: written with drop-downs, read back with suspicion.

The home of openpyxl, and with reports/exports of XlsxWriter. What is read comes from anybody: it is
refused before it is unpacked when it is too large, packed too tightly, or holds what a filled-in
form has no use for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple
from xlsxwriter import Workbook

MOST_BYTES: Final = 5_000_000
_MOST_UNPACKED: Final = 20_000_000
_MOST_RATIO: Final = 100
_MOST_MEMBERS: Final = 200
_MOST_CELL: Final = 32_767
_FIRST_ROW: Final = 3
# Of a form nothing computes, links, embeds or runs.
_FOREIGN: Final = ("externallinks/", "vbaproject", "embeddings/", "activex/", "macrosheets/")
_ROW_TAG: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"


class WrongWorkbook(ValueError):
    """A file that is not taken at all; the message says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet to fill in; one that `is_open` can be typed in, every other is locked."""

    heading: str
    width: int
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to fill in: rows of texts; `lists` names what each offers in column `choice_at`."""

    title: str
    lead: str
    fields: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    choice_at: int
    lists: tuple[str, ...]


def workbook_to_fill_in(
    sheets: Sequence[Sheet], choices: Mapping[str, Sequence[str]], *, about: Sequence[str]
) -> bytes:
    """Return a workbook of protected sheets with drop-downs in the open cells.

    `choices` holds the lists by name; `about` is written where nobody changes it, and read back by
    `about_of`. Rows begin at line 4.
    """
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    font = {"font_name": "IBM Plex Sans", "font_size": 10, "valign": "top", "text_wrap": True}
    title = book.add_format({**font, "font_size": 15, "bold": True, "text_wrap": False})
    plain = book.add_format({**font, "text_wrap": False, "font_color": "#55606B"})
    head = book.add_format({**font, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1E4166"})
    locked = book.add_format({**font, "bottom": 1, "bottom_color": "#D5D9DC"})
    opened = book.add_format(
        {**font, "bottom": 1, "bottom_color": "#D5D9DC", "bg_color": "#F3F7F4", "locked": False}
    )
    places = {name: _place_of(at, len(texts)) for at, (name, texts) in enumerate(choices.items())}
    for each in sheets:
        sheet = book.add_worksheet(each.title)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, each.title, title)
        sheet.write_string(1, 0, each.lead, plain)
        for at, field in enumerate(each.fields):
            sheet.set_column(at, at, field.width)
            sheet.write_string(_FIRST_ROW - 1, at, field.heading, head)
        for down, row in enumerate(each.rows, start=_FIRST_ROW):
            for at, (text, field) in enumerate(zip(row, each.fields, strict=True)):
                sheet.write_string(down, at, text, opened if field.is_open else locked)
            sheet.data_validation(
                down,
                each.choice_at,
                down,
                each.choice_at,
                {
                    "validate": "list",
                    "source": places[each.lists[down - _FIRST_ROW]],
                    "error_title": "Not on offer",
                    "error_message": "Please choose one of the answers in the list.",
                },
            )
        sheet.freeze_panes(_FIRST_ROW, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        # Without a password: it keeps from slips, and hides nothing.
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    hidden = book.add_worksheet(_CHOICES)
    for at, texts in enumerate(choices.values()):
        for down, text in enumerate(texts):
            hidden.write_string(down, at, text)
    for down, text in enumerate(about):
        hidden.write_string(down, len(choices), text)
    hidden.write_string(0, len(choices) + 1, _MARK)
    hidden.protect()
    hidden.hide()
    book.close()
    return out.getvalue()


_CHOICES: Final = "Choices"
_MARK: Final = "about"


def _place_of(column: int, count: int) -> str:
    letter = chr(ord("A") + column)
    return f"={_CHOICES}!${letter}$1:${letter}${count}"


@dataclass(frozen=True, slots=True)
class WorkbookCell:
    """A cell that holds something; `place` reads like "Answers!F12"."""

    place: str
    row: int
    column: int
    text: str
    is_formula: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """What a workbook holds: its cells by sheet, and what was written about it."""

    sheets: dict[str, tuple[WorkbookCell, ...]]
    about: tuple[str, ...]


def read_filled(data: bytes, *, titles: Sequence[str], most_rows: int, most_columns: int) -> Filled:
    """Return the cells of some sheets, from line 4 on; of a number the shortest text.

    A sheet that is not there is left out. Raises: WrongWorkbook.
    """
    _check_zip(data, most_rows=most_rows, most_columns=most_columns)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheets = {
            title: tuple(_cells(book[title], title, most_rows, most_columns))
            for title in titles
            if title in book.sheetnames
        }
        about = _about(book[_CHOICES]) if _CHOICES in book.sheetnames else ()
    except _BROKEN as error:
        raise WrongWorkbook(_UNREADABLE) from error
    return Filled(sheets, about)


# Whatever openpyxl raises at a file that is none: it promises nothing.
_BROKEN: Final = (
    AttributeError,
    BadZipFile,
    DefusedXmlException,
    IndexError,
    KeyError,
    OSError,
    ParseError,
    TypeError,
    ValueError,
)
_UNREADABLE: Final = (
    "This file cannot be read as an Excel workbook. Please send the workbook you downloaded,"
    " saved as .xlsx."
)


def _check_zip(data: bytes, *, most_rows: int, most_columns: int) -> None:
    if len(data) > MOST_BYTES:
        raise WrongWorkbook(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise WrongWorkbook(
            "The workbook is protected by a password, or in the format of Excel 2003. Please save"
            " it as .xlsx, without a password."
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_members(archive)
            for name in archive.namelist():
                if name.lower().startswith("xl/worksheets/") and name.endswith(".xml"):
                    _check_size(archive, name, most_rows=most_rows, most_columns=most_columns)
    except (*_BROKEN, RuntimeError, NotImplementedError) as error:
        if isinstance(error, WrongWorkbook):
            raise
        raise WrongWorkbook(_UNREADABLE) from error


def _check_members(archive: ZipFile) -> None:
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise WrongWorkbook("The workbook holds far more parts than the one you downloaded.")
    if sum(member.file_size for member in members) > _MOST_UNPACKED or any(
        member.file_size > _MOST_RATIO * max(member.compress_size, 1_000) for member in members
    ):
        raise WrongWorkbook("The workbook unpacks to far more than the one you downloaded.")
    for member in members:
        if member.flag_bits & 0x1 or any(part in member.filename.lower() for part in _FOREIGN):
            raise WrongWorkbook(
                "The workbook holds macros, links to other files, or embedded objects. Please send"
                " it without them."
            )


def _check_size(archive: ZipFile, name: str, *, most_rows: int, most_columns: int) -> None:
    """Refuse a sheet with a cell beyond the form, before anything counts its way to it."""
    with archive.open(name) as part:
        for _, element in iterparse(part, events=("end",), forbid_dtd=True):
            if element.tag == _ROW_TAG:
                row, column = coordinate_to_tuple(element.get("r", "A1"))
                if row > most_rows or column > most_columns:
                    raise WrongWorkbook(
                        f"There is something in cell {element.get('r')}, far outside the form."
                        " Please send the workbook you downloaded, with answers in its green cells."
                    )
            element.clear()


def _cells(sheet: Any, title: str, most_rows: int, most_columns: int) -> list[WorkbookCell]:
    found = []
    rows = sheet.iter_rows(min_row=_FIRST_ROW + 1, max_row=most_rows, max_col=most_columns)
    for row in rows:
        for cell in row:
            if cell.value is None:
                continue
            place = f"{title}!{cell.coordinate}"
            text = _text_of(cell.value)
            is_formula = cell.data_type == "f"
            found.append(WorkbookCell(place, cell.row, cell.column, text, is_formula))
    return found


def _text_of(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:_MOST_CELL]


def _about(sheet: Any) -> tuple[str, ...]:
    """Return the column before the one whose first cell is the mark."""
    rows = [list(row) for row in sheet.iter_rows(max_row=20, max_col=26, values_only=True)]
    if not rows or _MARK not in rows[0]:
        return ()
    at = rows[0].index(_MARK) - 1
    return tuple(str(row[at]) for row in rows if len(row) > at and row[at] is not None)
