"""Dots: as many as votes, on one floor, and cheap for three hundred."""

import re

import pytest

from assessments.workshops.views.dots import dots_of


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)h0", path)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 12, 30, 77, 160, 300])
def test_there_is_a_dot_for_each_vote_and_none_twice(count: int) -> None:
    dots = dots_of(count, 300)

    found = places(dots.path)
    assert len(found) == count
    assert len(set(found)) == count
    assert all(0 < x < dots.across and 0 < y < dots.down for x, y in found)


def test_piles_stand_on_the_floor_and_their_top_row_in_the_middle() -> None:
    dots = dots_of(4, 12)

    assert (dots.across, dots.down) == (3, 2)
    assert places(dots.path) == [(0.5, 1.5), (1.5, 1.5), (2.5, 1.5), (1.5, 0.5)]


def test_piles_of_one_round_are_as_wide_as_each_other() -> None:
    assert {dots_of(count, 40).across for count in (1, 7, 40)} == {dots_of(40, 40).across}


def test_a_full_room_has_small_dots() -> None:
    assert [dots_of(1, most).size for most in (6, 12, 30, 70, 160, 300)] == [
        "l",
        "l",
        "m",
        "s",
        "xs",
        "xs",
    ]
