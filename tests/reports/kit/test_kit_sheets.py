"""A model planned for paper: what shares a sheet, and how large letters get."""

import pytest

from maturity.catalogue.reading import columns_of
from reports.kit.sheets import (
    FEW_ROWS,
    LEAST_LANE,
    LETTERS,
    ONE_LINE,
    card_sheet_of,
    lines_of,
    one_line,
    poster_of,
)
from tests.reports.kits import LONG_NAME, printed
from tests.reports.sheets import journey_matrix


def test_journey_fits_on_one_poster_sheet():
    poster = poster_of(journey_matrix())

    (sheet,) = poster.sheets
    assert (sheet.first, sheet.last, poster.row_count) == (1, 8, 8)
    assert poster.letters >= LETTERS[-1] * 10
    assert sheet.has_summaries


@pytest.mark.parametrize("stages", [2, 3, 5, 6, 10])
@pytest.mark.parametrize("dimensions", [1, 2, 8, 13, 20, 60])
def test_poster_has_every_row_once_in_order(stages, dimensions):
    matrix = printed(stages, dimensions)

    sheets = poster_of(matrix).sheets

    assert [row.dimension for sheet in sheets for row in sheet.rows] == list(matrix.dimensions)
    assert [sheet.number for sheet in sheets] == list(range(1, len(sheets) + 1))
    assert [sheet.last - sheet.first + 1 for sheet in sheets] == [len(s.rows) for s in sheets]
    assert max(len(s.rows) for s in sheets) - min(len(s.rows) for s in sheets) <= 1
    assert all(sheet.lane >= 2 * LEAST_LANE for sheet in sheets)


def test_letters_are_small_only_where_few_rows_would_share_a_sheet():
    usual, wordy = poster_of(printed(5, 20)), poster_of(printed(10, 20, summary=600))

    assert usual.letters >= LETTERS[-1] * 10
    assert min(len(sheet.rows) for sheet in usual.sheets) >= FEW_ROWS
    assert wordy.letters < LETTERS[-1] * 10


def test_fewer_rows_get_larger_letters():
    letters = [poster_of(printed(5, rows)).letters for rows in (1, 4, 8)]

    assert letters == sorted(letters, reverse=True)
    assert len(set(letters)) == 3


def test_long_stage_summaries_stand_on_the_first_sheet_only():
    sheets = poster_of(printed(10, 20, summary=600)).sheets

    assert len(sheets) > 1
    assert [sheet.has_summaries for sheet in sheets] == [True] + [False] * (len(sheets) - 1)


def test_steps_rise_evenly_to_the_top_stage():
    steps = poster_of(printed(5, 3, first_stage=0)).steps

    assert [step.rise for step in steps] == [0, 3, 6, 9, 12]
    assert [step.column.stage.number for step in steps] == [0, 1, 2, 3, 4]
    assert not any(step.is_long for step in steps)
    assert all(step.is_long for step in poster_of(printed(5, 3, name=LONG_NAME)).steps)


@pytest.mark.parametrize(
    ("stages", "shape"),
    [(2, (2, 2)), (3, (2, 2)), (4, (2, 3)), (5, (2, 3)), (6, (2, 4)), (8, (3, 4)), (10, (3, 4))],
)
def test_cards_leave_a_place_for_not_sure(stages, shape):
    matrix = printed(stages, 2)

    sheet = card_sheet_of(matrix, columns_of(matrix))

    assert (sheet.across, sheet.down) == shape
    assert [card.column.stage for card in sheet.cards] == list(matrix.stages)
    assert len(sheet.cards) < sheet.across * sheet.down


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("One thing. Another.", "One thing."),
        ("Is it so? We ask.", "Is it so?"),
        ("We use tools, e.g. a wiki, each day. More.", "We use tools, e.g. a wiki, each day."),
        ("No stop at all", "No stop at all"),
    ],
)
def test_one_line_is_the_first_sentence(text, line):
    assert one_line(text) == line


def test_one_line_that_is_too_long_ends_between_words():
    line = one_line("word, " * 60)

    assert len(line) <= ONE_LINE + 1
    assert line.endswith("word…")


def test_lines_break_at_blanks_and_inside_what_is_too_wide():
    assert lines_of("", width=10, size=1) == 0
    assert lines_of("short", width=10, size=1) == 1
    assert lines_of("aaaa aaaa aaaa", width=5, size=1) == 2
    assert lines_of("m" * 40, width=10, size=1) >= 4
    assert lines_of("界" * 40, width=10, size=1) >= 4
