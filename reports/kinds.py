"""PURE. What a report can be had as: on paper or as a file to work on, all of one document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to take a result away.

    `word` goes into file names. A kind `on_paper` is a PDF, which the worker prints; the others
    are written at once. `holds_answers` says that it lists who answered what.
    """

    key: str
    name: str
    about: str
    word: str
    ending: str
    media_type: str
    on_paper: bool = False
    holds_answers: bool = False


_PDF: Final = "application/pdf"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"

_ALL: Final = (
    Kind(
        "report",
        "Full report",
        "PDF: everything, from one page for executives to all answers",
        "report",
        "pdf",
        _PDF,
        on_paper=True,
    ),
    Kind(
        "summary",
        "One page",
        "PDF: where you stand, and the three steps that matter most",
        "summary",
        "pdf",
        _PDF,
        on_paper=True,
    ),
    Kind(
        "roadmap",
        "Roadmap",
        "PDF: the suggested steps, as a picture and as a list",
        "roadmap",
        "pdf",
        _PDF,
        on_paper=True,
    ),
    Kind(
        "pptx",
        "Slides",
        "PowerPoint: eight to twelve slides with notes, charts and tables to edit",
        "slides",
        "pptx",
        f"{_OFFICE}.presentationml.presentation",
    ),
    Kind(
        "xlsx",
        "Workbook",
        "Excel: every figure and every answer, with filters and a chart",
        "workbook",
        "xlsx",
        f"{_OFFICE}.spreadsheetml.sheet",
        holds_answers=True,
    ),
    Kind(
        "csv",
        "Tables",
        "CSV files in a zip: the sheets of the workbook, for other programs",
        "tables",
        "zip",
        "application/zip",
        holds_answers=True,
    ),
    Kind(
        "json",
        "Data",
        "JSON: everything the report says, exact, for other programs",
        "data",
        "json",
        "application/json",
        holds_answers=True,
    ),
)
KINDS: Final[Mapping[str, Kind]] = {kind.key: kind for kind in _ALL}
