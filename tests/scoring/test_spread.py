"""How far people lie apart."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring.consensus import AnswerOffScale, pick_agreement
from assessments.scoring.scored import score
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, AnswerSheet
from assessments.scoring.spread import (
    Own,
    Spread,
    level_of,
    own_placements,
    pick_spread,
    placement_spread,
    rating_spreads,
)
from tests.scoring.models import WORKED, WORKED_RATINGS, one, picking, several
from tests.scoring.strategies import models, quick, sheets


@st.composite
def _crowds(draw):
    matrix = draw(models())
    return matrix, draw(sheets(matrix, people=5))


@quick
@given(_crowds())
def test_each_ones_own_placement_is_what_place_says_of_them_alone(drawn):
    matrix, sheet = drawn

    found = own_placements(matrix, sheet)

    for number, respondent in enumerate(sheet.respondents):
        alone = score(matrix, AnswerSheet(respondents=(respondent,))).placement
        for placed in alone.dimensions:
            own = found[placed.key][number]
            assert (own and (own.stage, own.score, own.basis)) == (
                None if placed.basis == "none" else (placed.stage, placed.score, placed.basis)
            )


def test_the_worked_example_stands_where_the_design_says():
    (own,) = own_placements(WORKED, one(WORKED_RATINGS))["a"]

    assert own == Own(2, Fraction(7, 3), "derived")


def test_an_answer_off_the_scale_is_refused():
    with pytest.raises(AnswerOffScale):
        own_placements(WORKED, one({"a.1.1": 4}))


@quick
@given(st.lists(st.integers(0, 4), min_size=3, max_size=9))
def test_agreement_of_one_question_is_that_of_the_placement(chosen):
    spread = Spread("a", tuple(chosen.count(option) for option in range(5)))

    assert spread.agreement == pick_agreement(chosen, first_stage=0, options=5)
    assert spread.differs == (spread.agreement <= Fraction(1, 2))


@pytest.mark.parametrize(
    ("counts", "excused", "differs"),
    [
        ((0, 0, 0, 0), 0, False),
        ((0, 0, 0, 1), 0, False),
        ((0, 0, 1, 1), 0, False),
        ((0, 1, 0, 1), 0, True),
        ((0, 0, 1, 2), 0, False),
        ((2, 0, 0, 2), 0, True),
        ((0, 0, 0, 3), 1, False),
        ((0, 0, 0, 2), 1, True),
        ((0, 0, 0, 0), 4, False),
        ((0, 0, 0, 1), 4, False),
        ((1, 1), 0, True),
    ],
)
def test_people_differ_when_there_is_something_to_talk_about(counts, excused, differs):
    assert Spread("a.1.1", counts, excused).differs is differs


@pytest.mark.parametrize(
    ("counts", "excused", "most"),
    [
        ((0, 1, 3, 1), 0, 2),
        ((3, 0, 0, 0), 0, 0),
        ((2, 0, 2, 0), 0, None),
        ((1, 0, 0, 0), 2, NOT_APPLICABLE),
        ((0, 0, 0, 0), 0, None),
    ],
)
def test_what_most_said_is_one_answer_or_none(counts, excused, most):
    assert Spread("a.1.1", counts, excused).most == most


def test_what_people_differ_on_most_comes_first():
    calm = Spread("calm", (0, 0, 1, 5))
    apart = Spread("apart", (3, 0, 0, 3))
    near = Spread("near", (2, 1, 1, 2))
    applies = Spread("applies", (0, 0, 0, 3), excused=3)

    ordered = sorted((calm, applies, near, apart), key=lambda spread: spread.rank)

    assert [each.key for each in ordered] == ["apart", "near", "applies", "calm"]


def test_answers_are_counted_along_the_scale():
    sheet = several({"a.1.1": 3}, {"a.1.1": 0}, {"a.1.1": NOT_APPLICABLE}, {"a.1.1": UNKNOWN}, {})

    first, second, *_ = rating_spreads(WORKED, sheet, "a")

    assert first == Spread("a.1.1", (1, 0, 0, 1), excused=1, unsure=1)
    assert second == Spread("a.1.2", (0, 0, 0, 0))
    assert (first.given, first.people) == (2, 3)


def test_nobody_gives_a_spread_of_nothing():
    assert {each.people for each in rating_spreads(WORKED, AnswerSheet())} == {0}
    assert len(rating_spreads(WORKED, AnswerSheet())) == len(WORKED.descriptors)


def test_picks_and_placements_are_counted_by_stage():
    sheet = picking(1, 3, 3)

    assert pick_spread(WORKED, sheet, "a").counts == (1, 0, 2)
    owns = (*own_placements(WORKED, sheet)["a"], None)
    assert placement_spread(WORKED, "a", owns).counts == (1, 0, 2)


@pytest.mark.parametrize(
    ("agreement", "level"),
    [
        ("0", "none"),
        ("0.3", "none"),
        ("0.31", "weak"),
        ("0.5", "weak"),
        ("0.7", "moderate"),
        ("0.9", "strong"),
        ("0.91", "very strong"),
        ("1", "very strong"),
    ],
)
def test_agreement_is_called_what_the_source_calls_it(agreement, level):
    assert level_of(Fraction(agreement)) == level
