"""PURE. What a report can be had as: on paper or as a file to work on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One way to take something away.

    `of` says what it is about: a result, a workshop that led to it, or two results side by side;
    the last two are asked for where those are seen. `word` goes into file names. A kind `on_paper`
    is a PDF, which the worker prints; the others are written at once. One that `has_look` carries
    the workspace's logo, colours and footer. One that `names_people` tells who answered what, or
    who does which step, to those who may know; for everybody else it is made without.
    """

    key: str
    name: str
    about: str
    word: str
    ending: str
    media_type: str
    on_paper: bool = False
    names_people: bool = False
    has_look: bool = False
    of: Literal["result", "workshop", "two results"] = "result"


_PDF: Final = "application/pdf"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"

_ALL: Final = (
    ReportKind(
        "report",
        "Full report",
        "PDF: everything, from one page for executives to all answers",
        "report",
        "pdf",
        _PDF,
        on_paper=True,
        has_look=True,
    ),
    ReportKind(
        "summary",
        "One page",
        "PDF: where you stand, and the three steps that matter most",
        "summary",
        "pdf",
        _PDF,
        on_paper=True,
        has_look=True,
    ),
    ReportKind(
        "roadmap",
        "Roadmap",
        "PDF: the decided and the suggested steps, as pictures and as lists",
        "roadmap",
        "pdf",
        _PDF,
        on_paper=True,
        has_look=True,
        names_people=True,
    ),
    ReportKind(
        "protocol",
        "Workshop protocol",
        "PDF: what a workshop was asked, what it said, and what it decided",
        "protocol",
        "pdf",
        _PDF,
        on_paper=True,
        has_look=True,
        of="workshop",
    ),
    ReportKind(
        "comparison",
        "Comparison",
        "PDF: two results side by side, and which statements moved",
        "comparison",
        "pdf",
        _PDF,
        on_paper=True,
        has_look=True,
        of="two results",
    ),
    ReportKind(
        "pptx",
        "Slides",
        "PowerPoint: eight to twelve slides with notes, charts and tables to edit",
        "slides",
        "pptx",
        f"{_OFFICE}.presentationml.presentation",
        has_look=True,
    ),
    ReportKind(
        "xlsx",
        "Workbook",
        "Excel: every figure and every answer, with filters and a chart",
        "workbook",
        "xlsx",
        f"{_OFFICE}.spreadsheetml.sheet",
        names_people=True,
        has_look=True,
    ),
    ReportKind(
        "csv",
        "Tables",
        "CSV files in a zip: the sheets of the workbook, for other programs",
        "tables",
        "zip",
        "application/zip",
        names_people=True,
    ),
    ReportKind(
        "json",
        "Data",
        "JSON: everything the report says, exact, for other programs",
        "data",
        "json",
        "application/json",
        names_people=True,
    ),
)
KINDS: Final[Mapping[str, ReportKind]] = {kind.key: kind for kind in _ALL}
OF_A_RESULT: Final = tuple(kind for kind in _ALL if kind.of == "result")
