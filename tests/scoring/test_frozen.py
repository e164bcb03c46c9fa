"""A frozen sheet and placement: exact, without names, and the same when read again."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring.confidential import suppressed
from assessments.scoring.consensus import values_of
from assessments.scoring.frozen import (
    frozen_placement,
    frozen_sheet,
    frozen_values,
    ids_in,
    placement_from,
    sheet_from,
)
from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from tests.scoring.models import WORKED, WORKED_RATINGS, one
from tests.scoring.strategies import models, quick, sheets


def stored(data):
    """Return the values as a database column gives them back, keys in another order."""
    return json.loads(json.dumps(data, sort_keys=True))


@quick
@given(st.data(), models())
def test_sheet_and_placement_come_back_equal(data, matrix):
    sheet = data.draw(sheets(matrix))
    ids = list(range(10, 10 + len(sheet.respondents)))
    names = {pk: each.name for pk, each in zip(ids, sheet.respondents, strict=True)}

    again = sheet_from(stored(frozen_sheet(sheet, ids=ids)), names=names)

    assert again == sheet
    placement = score(matrix, sheet).placement
    assert placement_from(stored(frozen_placement(placement))) == placement
    assert score(matrix, again).placement == placement


@quick
@given(st.data(), models())
def test_values_come_back_equal(data, matrix):
    sheet = data.draw(sheets(matrix))

    found = stored(frozen_values(score(matrix, sheet).settled))

    assert {
        key: value if value == "not_applicable" else Fraction(value) for key, value in found.items()
    } == {
        key: value
        for key, value in values_of(score(matrix, sheet).settled).items()
        if value is not None
    }


@quick
@given(st.data(), models(), st.permutations(range(4)))
def test_anonymous_sheet_is_the_same_whoever_came_first(data, matrix, order):
    sheet = data.draw(sheets(matrix))
    people = [sheet.respondents[n] for n in order if n < len(sheet.respondents)]
    other = replace(sheet, respondents=tuple(people))

    assert frozen_sheet(sheet, ids=None) == frozen_sheet(other, ids=None)
    assert frozen_sheet(suppressed(sheet, 3), ids=None) == frozen_sheet(
        suppressed(other, 3), ids=None
    )


def test_names_are_not_kept_and_are_joined_when_read():
    sheet = AnswerSheet(
        respondents=(
            RespondentAnswers(name="Ana Secret", ratings={"a.1.1": 3}, notes={"a.1.1": "Yes"}),
            RespondentAnswers(name="Bo Secret", picks={"a": 2}),
        )
    )

    data = stored(frozen_sheet(sheet, ids=[7, 9]))

    assert "Secret" not in json.dumps(data)
    assert ids_in(data) == [7, 9]
    # Ana's name was deleted meanwhile.
    assert [each.name for each in sheet_from(data, names={9: "Bo"}).respondents] == ["", "Bo"]


def test_anonymous_sheet_holds_no_id():
    sheet = AnswerSheet(respondents=(RespondentAnswers(name="Ana Secret", ratings={"a.1.1": 3}),))

    data = stored(frozen_sheet(sheet, ids=None))

    assert ids_in(data) == []
    assert "Secret" not in json.dumps(data)
    assert "id" not in data["respondents"][0]


def test_every_respondent_needs_an_id():
    with pytest.raises(ValueError, match="zip"):
        frozen_sheet(one(WORKED_RATINGS), ids=[])


def test_figures_are_exact():
    data = frozen_placement(score(WORKED, one(WORKED_RATINGS)).placement)

    assert data["dimensions"][0]["score"] == "7/3"
    assert data["overall"]["score"] == "7/3"
