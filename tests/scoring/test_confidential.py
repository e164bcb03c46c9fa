"""What may be shown of an anonymous sheet, against whoever wants to know more."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring.confidential import (
    limited,
    people_who_answered,
    shown_in,
    suppressed,
)
from assessments.scoring.scored import score
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, AnswerSheet, RespondentAnswers
from tests.scoring.models import WORKED, one, picking, several
from tests.scoring.strategies import models, quick, sheets

FEWEST = 5


def _answers(sheet: AnswerSheet, key: str) -> Counter:
    return Counter(each.ratings[key] for each in sheet.respondents if key in each.ratings)


def _notes(sheet: AnswerSheet, key: str) -> list[str]:
    return [each.notes[key] for each in sheet.respondents if key in each.notes]


@pytest.mark.parametrize(
    ("answers", "is_shown"),
    [
        ((3, 3, 2, 2), False),
        ((3, 3, 2, 2, 0), True),
        ((3, 3, 2, 2, NOT_APPLICABLE), True),
        ((3, 3, 2, 2, UNKNOWN), False),
        ((3, 3, 2, 2, 1, UNKNOWN), True),
        ((UNKNOWN,) * 9, False),
    ],
)
def test_a_question_is_shown_once_enough_answered_it(answers, is_shown):
    sheet = several(*({"a.1.1": answer} for answer in answers))

    kept = _answers(suppressed(sheet, FEWEST), "a.1.1")

    assert kept == (Counter(answers) if is_shown else Counter())


@pytest.mark.parametrize(
    ("picks", "kept"), [((2, 2, 3, 4), []), ((4, 2, 2, 5, 3), [2, 2, 3, 4, 5])]
)
def test_picks_follow_the_same_rule(picks, kept):
    sheet = suppressed(picking(*picks), FEWEST)

    assert [each.picks["a"] for each in sheet.respondents] == kept


def test_notes_go_with_their_question_and_stand_in_an_order_of_their_own():
    people = tuple(
        RespondentAnswers(
            name=f"Person {n}",
            ratings={"a.1.1": n % 4, **({"a.1.2": 1} if n < 4 else {})},
            notes={"a.1.1": text, "a.1.2": f"On the second: {text}"},
        )
        for n, text in enumerate(("Pear", "Apple", "Quince", "Fig", "Medlar"))
    )

    sheet = suppressed(AnswerSheet(respondents=people), FEWEST)

    assert _notes(sheet, "a.1.1") == ["Apple", "Fig", "Medlar", "Pear", "Quince"]
    assert _notes(sheet, "a.1.2") == []
    assert {each.name for each in sheet.respondents} == {""}


def test_what_the_group_decided_and_the_frame_stay():
    sheet = replace(
        one({"a.1.1": 3}), agreed_ratings={"a.1.1": 2}, agreed_picks={"a": 2}, targets={"a": 3}
    )

    assert suppressed(sheet, FEWEST) == replace(sheet, respondents=())


def test_people_who_said_nothing_are_not_counted():
    sheet = AnswerSheet(
        respondents=(
            RespondentAnswers(ratings={"a.1.1": UNKNOWN}, notes={"a.1.1": "A note"}),
            RespondentAnswers(ratings={"a.1.1": NOT_APPLICABLE}),
            RespondentAnswers(picks={"a": 1}),
            RespondentAnswers(),
        )
    )

    assert people_who_answered(sheet) == 2


@st.composite
def _crowds(draw):
    matrix = draw(models())
    return matrix, draw(sheets(matrix, people=9)), draw(st.integers(1, 5))


@quick
@given(_crowds())
def test_nothing_left_rests_on_too_few(drawn):
    _, sheet, fewest = drawn

    left = suppressed(sheet, fewest)

    for key in {k for each in left.respondents for k in (*each.ratings, *each.notes)}:
        by_rating = sum(n for a, n in _answers(left, key).items() if a != UNKNOWN)
        by_pick = sum(key in each.picks for each in left.respondents)
        assert max(by_rating, by_pick) >= fewest
    for key in {k for each in left.respondents for k in each.picks}:
        assert sum(key in each.picks for each in left.respondents) >= fewest
    if people_who_answered(sheet) < fewest:
        assert left.respondents == ()


@quick
@given(_crowds())
def test_every_figure_is_that_of_the_answers_left(drawn):
    matrix, sheet, fewest = drawn
    together = limited(sheet, shown_in(sheet, fewest))

    def figures(placement):
        rows = placement.dimensions
        return placement.overall, [
            replace(row, agreement=replace(row.agreement, n=0)) for row in rows
        ]

    shown = score(matrix, suppressed(sheet, fewest)).placement

    # Agreement is empty below three people, and a heap may stand in fewer rows than people.
    if fewest >= 3:
        assert figures(shown) == figures(score(matrix, together).placement)
    for row, of_people in zip(
        shown.dimensions, score(matrix, together).placement.dimensions, strict=True
    ):
        assert row.agreement.n <= of_people.agreement.n


@quick
@given(_crowds(), st.randoms(use_true_random=False))
def test_who_gave_which_answers_makes_no_difference(drawn, shuffle):
    """Swapping everybody's answers to one question changes nothing: no link is left to find."""
    _, sheet, fewest = drawn
    keys = {key for each in sheet.respondents for key in (*each.ratings, *each.picks, *each.notes)}
    orders = {
        key: shuffle.sample(range(len(sheet.respondents)), len(sheet.respondents)) for key in keys
    }

    def swapped(part, place):
        columns = [getattr(each, part) for each in sheet.respondents]
        return {
            key: columns[order[place]][key]
            for key, order in orders.items()
            if key in columns[order[place]]
        }

    other = replace(
        sheet,
        respondents=tuple(
            RespondentAnswers(
                name=f"Another {place}",
                ratings=swapped("ratings", place),
                picks=swapped("picks", place),
                notes=swapped("notes", place),
            )
            for place in range(len(sheet.respondents))
        ),
    )

    assert suppressed(other, fewest) == suppressed(sheet, fewest)


def test_the_worked_example_is_placed_as_before_when_enough_agree():
    everybody = several(*({"a.1.1": 3, "a.1.2": 2, "a.2.1": 3, "a.2.2": 1} for _ in range(6)))

    assert (
        score(WORKED, suppressed(everybody, FEWEST)).placement.of("a").score
        == score(WORKED, everybody).placement.of("a").score
    )
