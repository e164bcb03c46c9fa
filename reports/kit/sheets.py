"""PURE. The paper kit laid out: which rows share a poster sheet, and how large letters may be.

All lengths are millimetres of the A3 poster or of the card; the A1 poster has twice of each. They
are those of templates/pdf/kit.css and kit-poster.css, where the drawing happens. A text's
height is estimated a little high, so that what is planned for a sheet stays on it.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from maturity.catalogue.matrix import Matrix, Stage
from maturity.catalogue.reading import DimensionRow, StageColumn, sheet_of

# Widths of the shipped face's letters in shares of their size, rounded up (the font's own table).
_WIDTHS = {
    letter: width
    for width, letters in (
        (0.26, " 'ij"),
        (0.30, ",.l!:;"),
        (0.35, "|[]f(){}t"),
        (0.40, "r/\\-I"),
        (0.47, '"*z'),
        (0.51, "?svLcyJx"),
        (0.54, "agk"),
        (0.57, "eF_oThnu"),
        (0.62, "ESZbdpqY$+0123456789<=>^`~PVXC"),
        (0.66, "KARB"),
        (0.72, "DU&G#HNOQ"),
        (0.78, "w"),
        (0.94, "mMW@%"),
    )
    for letter in letters
}
_OTHER_WIDTH, _WIDE_WIDTH, _BOLDER = 0.64, 1.0, 1.04
_LEADING = 1.24

LETTERS = (5.2, 4.8, 4.4, 4.1, 3.8, 3.6, 3.4, 3.2, 3.1, 3.0, 2.9, 2.8)
"""Sizes of the poster's running text; the smallest is 7.9 pt on A3 and 15.9 pt on A1."""
SMALL_LETTERS = (2.6, 2.4, 2.2)
"""Only for texts so long that otherwise fewer than FEW_ROWS rows would share a sheet."""
FEW_ROWS = 4
LEAST_LANE, _WIDER = 8, 22
"""Height of the white lane for dots: common ones are 8 mm wide on A3, and 12 to 16 mm suit A1."""
_POSTER_WIDTH, _POSTER_HEIGHT = 402.0, 280.0
_NAME_COLUMN, _GAP = 38.0, 1.2
_CELL_SIDES, _CELL_ENDS, _LANE_GAP = 3.4, 2.6, 1.0
_NAME_TO_TEXT = 1.3
SHORT_TITLE = 46
_TITLE_HEIGHT, _LONG_TITLE_HEIGHT = 11.0, 17.0
_STEP_HEIGHT, _STEP_ENDS, _STAIR = 14.0, 2.4, 6.0
# Of stages' names in their steps, largest first; more than five steps are narrow.
_NAME_SIZES, _NARROW_NAME_SIZES = (5.6, 4.2, 3.4), (4.2, 3.4)
_MOST_WIDE_STEPS = 5
# What stands above this height is said on the first sheet only.
_MOST_REPEATED = 45.0
_SAFETY = 1.5

ONE_LINE = 120
"""The most characters of a stage's summary on a card."""
_CARD_SHAPES = ((4, (2, 2)), (6, (2, 3)), (8, (2, 4)), (12, (3, 4)))
# On Letter, whose cards are the lower ones.
_CARD_AREA = (195.0, 219.0)
_CARD_FRAME, _CARD_NUMBER = {2: 18.0, 3: 18.0, 4: 16.0}, {2: 42.0, 3: 29.0, 4: 20.0}
CARD_LETTERS = ((8.4, 4.2), (7.0, 3.7), (5.6, 3.3), (4.4, 2.9), (3.4, 2.5), (2.8, 2.2))
"""Sizes of a card's name and of its line, largest first; the last goes with a small number."""


@dataclass(frozen=True, slots=True)
class PosterSheet:
    """One sheet: rows `first` to `last` of all, counted from 1; `lane` is in half millimetres.

    `has_summaries`: it begins with what each stage is about.
    """

    number: int
    first: int
    last: int
    rows: tuple[DimensionRow, ...]
    lane: int
    has_summaries: bool


@dataclass(frozen=True, slots=True)
class PosterStage:
    """A stage's head on the poster; `rise` is how far it stands above the first, in half mm.

    A long name takes more than one line beside the number.
    """

    column: StageColumn
    rise: int
    is_long: bool


@dataclass(frozen=True, slots=True)
class Poster:
    """The matrix on one sheet, or on as many as its texts need.

    `letters` and `names` are the sizes of text and of stages' names, in tenths of a millimetre.
    """

    steps: tuple[PosterStage, ...]
    sheets: tuple[PosterSheet, ...]
    letters: int
    names: int
    row_count: int

    @property
    def most_rows(self) -> int:
        """How many rows the fullest sheet has."""
        return max(len(sheet.rows) for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class Card:
    """A stage to hold up; `line` may be empty."""

    column: StageColumn
    line: str


@dataclass(frozen=True, slots=True)
class CardSheet:
    """All cards of one voter. `size` is a place in CARD_LETTERS, from 1; the same for each card."""

    cards: tuple[Card, ...]
    across: int
    down: int
    size: int


def poster_of(matrix: Matrix) -> Poster:
    """Return the matrix on the fewest sheets that hold it, in the largest letters that fit there.

    Rows keep their order and are spread evenly. A row whose text is higher than a sheet, which only
    letters without a break can be, has a sheet to itself and runs on to another.
    """
    sheet = sheet_of(matrix)
    rows, names = sheet.rows, _name_size(matrix.stages)
    for least in (LETTERS[-1], *SMALL_LETTERS):
        plan = _Plan.of(matrix, rows, least)
        ends = plan.fewest()
        if len(ends) == 2 or ends[-1] // (len(ends) - 1) >= FEW_ROWS:
            break
    larger = (_Plan.of(matrix, rows, size) for size in LETTERS if size > least)
    plan = next((each for each in larger if each.fits(ends)), plan)
    return Poster(
        steps=tuple(
            PosterStage(each, round(2 * _STAIR * n / (len(sheet.columns) - 1)), lines > 1)
            for n, each in enumerate(sheet.columns)
            for lines in [_name_lines(each.stage, len(sheet.columns), names)]
        ),
        sheets=tuple(
            PosterSheet(
                number=number,
                first=a + 1,
                last=b,
                rows=rows[a:b],
                lane=2 * LEAST_LANE + min(2 * _WIDER, int(2 * max(0.0, plan.room(a, b)) / (b - a))),
                has_summaries=plan.has_whole(a),
            )
            for number, (a, b) in enumerate(pairwise(ends), start=1)
        ),
        letters=round(plan.size * 10),
        names=round(names * 10),
        row_count=len(rows),
    )


def card_sheet_of(matrix: Matrix, columns: Sequence[StageColumn]) -> CardSheet:
    """Return a card for each stage; one place more is left for the card of those not sure."""
    cards = tuple(Card(each, one_line(each.stage.summary)) for each in columns)
    across, down = next(shape for most, shape in _CARD_SHAPES if len(cards) + 1 <= most)
    frame = _CARD_FRAME[down]
    width, height = _CARD_AREA[0] / across - frame, _CARD_AREA[1] / down - frame
    last = len(CARD_LETTERS)
    size = next(
        (
            size
            for size in range(1, last)
            if all(_card_height(c, width, size) <= height - _CARD_NUMBER[down] for c in cards)
        ),
        last,
    )
    return CardSheet(cards, across, down, size)


def one_line(text: str) -> str:
    """Return a text's first sentence; one that is longer than ONE_LINE ends in an ellipsis."""
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])", text, maxsplit=1)[0]
    if len(sentence) <= ONE_LINE:
        return sentence
    return sentence[:ONE_LINE].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def lines_of(text: str, *, width: float, size: float, is_bold: bool = False) -> int:
    """Return how many lines a text takes at most; words break only where they must."""
    if not text:
        return 0
    scale = size * (_BOLDER if is_bold else 1.0)
    lines, used, blank = 1, 0.0, _WIDTHS[" "] * scale
    for word in text.split():
        needed = sum(_width_of(each) for each in word) * scale
        if used and used + blank + needed <= width:
            used += blank + needed
            continue
        lines += 1 if used else 0
        if needed > width:
            lines += math.ceil(needed / width * 1.08) - 1
        used = min(needed, width)
    return lines


def _width_of(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    return _WIDE_WIDTH if unicodedata.east_asian_width(letter) in "WF" else _OTHER_WIDTH


@dataclass(frozen=True, slots=True)
class _Plan:
    """What height everything takes in letters of one size; sheets are given by where rows end."""

    size: float
    free: float
    whole: float
    rows: tuple[float, ...]

    @classmethod
    def of(cls, matrix: Matrix, rows: Sequence[DimensionRow], size: float) -> "_Plan":
        column = _column_width(len(matrix.stages)) - _CELL_SIDES
        title = _TITLE_HEIGHT if len(matrix.title) <= SHORT_TITLE else _LONG_TITLE_HEIGHT
        whole = max(_text_height(stage.summary, column, size) for stage in matrix.stages)
        return cls(
            size=size,
            free=_POSTER_HEIGHT - title - _head_height(matrix.stages) - 2 * _GAP - _SAFETY,
            whole=whole + _CELL_ENDS + _GAP if whole else 0.0,
            rows=tuple(_row_height(row, column, size) + _GAP for row in rows),
        )

    def has_whole(self, first: int) -> bool:
        """Say whether the sheet that begins at this row begins with the stages' summaries."""
        return self.whole > 0 and (first == 0 or self.whole <= _MOST_REPEATED)

    def room(self, a: int, b: int) -> float:
        """Return what height is left on a sheet of these rows; below 0 when they do not fit."""
        return self.free - self.whole * self.has_whole(a) - sum(self.rows[a:b])

    def fits(self, ends: Sequence[int]) -> bool:
        """Say whether every sheet holds its rows."""
        return all(self.room(a, b) >= 0 for a, b in pairwise(ends))

    def fewest(self) -> list[int]:
        """Return the ends of the fewest sheets that fit; their lengths differ by one at most."""
        count = len(self.rows)
        for sheets in range(1, count + 1):
            least, longer = divmod(count, sheets)
            # The first sheet may have more to hold, so the shorter ones come first.
            ends = [least * n + max(0, n - (sheets - longer)) for n in range(sheets + 1)]
            if self.fits(ends):
                break
        return ends


def _row_height(row: DimensionRow, column: float, size: float) -> float:
    text = max(_text_height(box.cell.summary, column, size) for box in row.boxes)
    name = _text_height(row.dimension.name, _NAME_COLUMN - 3, size * _NAME_TO_TEXT, is_bold=True)
    return max(LEAST_LANE + _LANE_GAP + text, name) + _CELL_ENDS


def _head_height(stages: Sequence[Stage]) -> float:
    """Return the height of the coloured steps: the names beside their numbers, and the stair."""
    size = _name_size(stages)
    lines = max(_name_lines(stage, len(stages), size) for stage in stages)
    return max(_STEP_HEIGHT, lines * size * _LEADING + _STEP_ENDS) + _STAIR


def _name_size(stages: Sequence[Stage]) -> float:
    """Return the largest size in which stages' names take two lines at most, else the least."""
    sizes = _NAME_SIZES if len(stages) <= _MOST_WIDE_STEPS else _NARROW_NAME_SIZES
    for size in sizes:
        if all(_name_lines(stage, len(stages), size) <= 2 for stage in stages):
            break
    return size


def _name_lines(stage: Stage, stages: int, size: float) -> int:
    number = 12.0 if stages <= _MOST_WIDE_STEPS else 8.5
    width = _column_width(stages) - _CELL_SIDES - number
    return lines_of(stage.name, width=width, size=size, is_bold=True)


def _column_width(stages: int) -> float:
    return (_POSTER_WIDTH - _NAME_COLUMN - _GAP * (stages + 2)) / stages


def _text_height(text: str, width: float, size: float, *, is_bold: bool = False) -> float:
    return lines_of(text, width=width, size=size, is_bold=is_bold) * size * _LEADING


def _card_height(card: Card, width: float, size: int) -> float:
    name, line = CARD_LETTERS[size - 1]
    return _text_height(card.column.stage.name, width, name, is_bold=True) + _text_height(
        card.line, width, line
    )
