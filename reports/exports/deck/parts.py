"""What a slide of the deck is put together from: text that fits, tables, charts, notes."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final, cast
from xml.sax.saxutils import escape

from lxml.etree import _Element
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.placeholder import SlidePlaceholder
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from maturity.web.words import day_text
from reports.charts import palette
from reports.document.documents import Document, StageFacts
from reports.exports.deck.base import layout_of

# A letter is at most about this much of its size wide, a line this much high; where a computer does
# not have the deck's typeface, it takes a wider one.
_LETTER: Final = 0.6
_LINE: Final = 1.25
_SIDE: Final = int(Inches(0.07))
_ABOVE: Final = int(Inches(0.05))
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A table's cell: text, and where it stands for a stage, that stage's colour."""

    text: str
    stage: StageFacts | None = None
    is_bold: bool = False
    is_muted: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, their widths as shares of the whole, rows of cells, size in points."""

    head: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    size: float = 12
    description: str = ""
    centred: frozenset[int] = frozenset()


def who_of(document: Document) -> str:
    """Return the organisation's name, or words where it has none."""
    return document.organisation or "Our organisation"


def add_slide(
    deck: Deck, document: Document, layout: str, *, title: str, notes: Sequence[str]
) -> Slide:
    """Add a slide with title, footer, page number and speaker's notes, a paragraph each."""
    slide = deck.slides.add_slide(layout_of(deck, layout))
    tree = slide.shapes._spTree
    for place in slide.slide_layout.placeholders:
        if place.placeholder_format.idx > 10:
            # python-pptx leaves footer and page number out; PowerPoint has them on each slide.
            tree.append(deepcopy(place._element))
    for shape in slide.placeholders:
        if shape.placeholder_format.idx == 11:
            about = (shortened(who_of(document), 80), day_text(document.date))
            shape.text_frame.text = " · ".join(filter(None, about))
            if document.branding and document.branding.footer:
                _add_foot(shape, document.branding.footer)
    fit_title(slide, title)
    slide.notes_slide.notes_text_frame.text = "\n\n".join(filter(None, notes))
    made: Slide = slide
    return made


def _add_foot(shape: SlidePlaceholder, foot: str) -> None:
    """Write the workspace's line under the footer's own, both small enough to fit."""
    shape.text_frame.add_paragraph().text = foot
    for paragraph in shape.text_frame.paragraphs:
        paragraph.runs[0].font.size = Pt(8)


def fit_title(slide: Slide, text: str, *, size: float = 26, width: float = 12.1) -> None:
    """Write the title, smaller where it would take more than two lines."""
    text = shortened(text, 260)
    # Each of our layouts has one.
    shape = cast(Shape, slide.shapes.title)
    shape.text_frame.text = text
    fitting = size
    while fitting > 14 and lines_in(text, width=width, size=fitting) > 2:
        fitting -= 1
    if fitting < size:
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(fitting)


def write_lines(slide: Slide, index: int, lines: Sequence[str], *, size: float) -> None:
    """Write paragraphs into a text placeholder, smaller where they would not fit into it.

    Before an en space stands a name, in bold.
    """
    place = slide.placeholders[index]
    size = _size_of_lines(lines, place.width / Inches(1), place.height / Inches(1), size=size)
    frame = place.text_frame
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        head, colon, rest = line.partition(":\u2002")
        runs = [(f"{head}: ", True), (rest, False)] if colon else [(line, False)]
        for text, is_bold in runs:
            run = paragraph.add_run()
            run.text = text
            if is_bold:
                run.font.bold = True
            run.font.size = Pt(size)


def add_grid(
    slide: Slide,
    index: int,
    grid: Grid,
    *,
    height: float,
    has_head: bool = True,
    row_height: float = 0,
) -> GraphicFrame:
    """Put a table into a table placeholder, small enough to be no higher than so many inches."""
    place = slide.placeholders[index]
    width = place.width
    rows = grid.rows
    if has_head:
        rows = (tuple(TableCell(text, is_bold=True, is_muted=True) for text in grid.head), *rows)
    frame = place.insert_table(len(rows), len(grid.head))
    describe(frame, grid.description)
    table = frame.table
    properties = table._tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = _NO_STYLE
    properties.set("bandRow", "0")
    properties.set("firstRow", "1" if has_head else "0")
    total = sum(grid.shares)
    for column, share in zip(table.columns, grid.shares, strict=True):
        column._gridCol.w = Emu(int(width * share / total))
    size = size_that_fits(grid, width=width / Inches(1), height=height)
    least = Pt(size) * _LINE + Inches(0.1)
    # By its elements: told of each change, the table would add itself up anew a dozen times.
    for number, line in enumerate(table._tbl.tr_lst):
        is_head = has_head and number == 0
        line.h = Emu(int(least if is_head else max(least, Inches(row_height))))
    frame.height = Emu(sum(line.h for line in table._tbl.tr_lst))
    for down, (line, entries) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):
        is_head = has_head and down == 0
        for at, (cell, entry) in enumerate(zip(line.tc_lst, entries, strict=True)):
            points = min(size, 11) if is_head else size
            line.replace(cell, _cell(entry, size=points, is_centred=at in grid.centred))
    made: GraphicFrame = frame
    return made


def _size_of_lines(lines: Sequence[str], width: float, height: float, *, size: float) -> float:
    def high(points: float) -> float:
        count = sum(lines_in(line, width=width - 0.3, size=points) for line in lines)
        return (count * points * _LINE + 6 * len(lines)) / 72

    while size > 9 and high(size) > height:
        size -= 0.5
    return size


def size_that_fits(grid: Grid, *, width: float, height: float) -> float:
    """Return the largest size in points, down to 7, at which the rows are no higher than this."""
    size = grid.size
    while size > 7 and height_of(grid, width=width, size=size) > height:
        size -= 0.5
    return size


def height_of(grid: Grid, *, width: float, size: float) -> float:
    """Return about how many inches the table is high at a size."""
    total = sum(grid.shares)
    high = size * _LINE / 72 + 0.1
    for row in grid.rows:
        lines = max(
            lines_in(entry.text, width=width * share / total - 0.14, size=size)
            for entry, share in zip(row, grid.shares, strict=True)
        )
        high += lines * size * _LINE / 72 + 0.1
    return high


def lines_in(text: str, *, width: float, size: float) -> int:
    """Return about how many lines a text takes in so many inches at so many points."""
    letters = max(1, int(width * 72 / (size * _LETTER)))
    lines = 0
    for paragraph in text.split("\n") or [""]:
        used, count = 0, 1
        for word in paragraph.split(" "):
            length = len(word)
            if used and used + 1 + length > letters:
                count, used = count + 1, 0
            # A word longer than a line is broken across several, and the last of them may be full.
            more = max(0, length - 1) // letters
            count += more
            used += (1 if used else 0) + length - more * letters
        lines += count
    return lines


def stage_label(stage: StageFacts) -> str:
    """Return number and name of a stage, short enough for a column."""
    return f"{stage.number} {shortened(stage.name, 24)}"


def shortened(text: str, most: int) -> str:
    """Return the text, cut at a word with a sign when it is longer than so many characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    head, blank, _ = cut.rpartition(" ")
    return f"{head if blank and len(head) > most // 2 else cut}…"


def describe(frame: GraphicFrame, text: str) -> None:
    frame._element.nvGraphicFramePr.cNvPr.set("descr", text)


def _cell(entry: TableCell, *, size: float, is_centred: bool) -> _Element:
    """Return a table's cell, put together at once: by its parts it would take ten times as long."""
    ink = palette.MUTED if entry.is_muted else palette.INK
    fill = "<a:noFill/>"
    if entry.stage:
        tone = entry.stage.tone - 1
        ink = palette.ON_RAMP[tone]
        fill = f'<a:solidFill><a:srgbClr val="{palette.RAMP[tone][1:]}"/></a:solidFill>'
    points = round(size * 100)
    look = (
        f'<a:rPr sz="{points}" b="{int(entry.is_bold)}"><a:solidFill>'
        f'<a:srgbClr val="{ink[1:]}"/></a:solidFill></a:rPr>'
    )
    runs = "<a:br/>".join(
        f"<a:r>{look}<a:t>{escape(line)}</a:t></a:r>" for line in entry.text.split("\n") if line
    )
    # An empty cell to write into has the size of its neighbours.
    return parse_xml(
        f"<a:tc {nsdecls('a')}><a:txBody><a:bodyPr/><a:lstStyle/><a:p>"
        f'<a:pPr algn="{"ctr" if is_centred else "l"}"/>{runs}<a:endParaRPr sz="{points}"/></a:p>'
        f'</a:txBody><a:tcPr marL="{_SIDE}" marR="{_SIDE}" marT="{_ABOVE}" marB="{_ABOVE}"'
        f' anchor="{"ctr" if entry.stage else "t"}">'
        f'<a:lnB w="9525"><a:solidFill><a:srgbClr val="{palette.RULE[1:]}"/></a:solidFill></a:lnB>'
        f"{fill}</a:tcPr></a:tc>"
    )


def rgb(colour: str) -> RGBColor:
    value: RGBColor = RGBColor.from_string(colour[1:])
    return value
