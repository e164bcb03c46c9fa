"""Targets to start from: each is a stage of the model, never behind where one stands."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from assessments.scoring.targets import (
    as_far_as_sensible,
    next_stage_everywhere,
    one_stage_everywhere,
)
from assessments.scoring.workload import DAYS_OF_EFFORT
from tests.reports.sheets import journey_matrix, sheet, spread
from tests.scoring.models import model, one

MATRIX = journey_matrix()
KEYS = [row.key for row in MATRIX.dimensions]


def picking(**picks: int) -> AnswerSheet:
    return AnswerSheet(respondents=(RespondentAnswers(picks=picks),))


def test_next_stage_and_no_further_than_the_top():
    answers = picking(strategy=1, metrics=5)

    assert next_stage_everywhere(MATRIX, score(MATRIX, answers).placement) == {
        "strategy": 2,
        "metrics": 5,
    }


@pytest.mark.parametrize(("stage", "wanted"), [(3, 3), (9, 5), (-2, 1)])
def test_one_stage_everywhere_takes_nothing_back(stage, wanted):
    answers = picking(strategy=4)

    targets = one_stage_everywhere(MATRIX, score(MATRIX, answers).placement, stage)

    assert set(targets) == set(KEYS)
    assert targets.pop("strategy") == max(4, wanted)
    assert set(targets.values()) == {wanted}


def test_without_any_day_everything_stays_and_with_endless_days_all_is_reached():
    answers = sheet(spread((3, 3, 1, 0, 0)))
    placement = score(MATRIX, answers).placement

    today = {placed.key: placed.stage for placed in placement.dimensions}
    assert as_far_as_sensible(score(MATRIX, answers), days=0) == today
    assert set(as_far_as_sensible(score(MATRIX, answers), days=10**6).values()) == {5}


def test_targets_go_only_where_something_that_applies_leads():
    matrix = model(dict.fromkeys("abd", ("c", "p", "p", "p")))
    excused = ("a.1.1", "a.2.1", "b.3.1", "b.4.1")
    answers = one(
        dict.fromkeys(matrix.descriptors, 0)
        | {"b.1.1": 3, "b.2.1": 3}
        | dict.fromkeys(excused, "not_applicable")
        | {name: "not_applicable" for name in matrix.descriptors if name.startswith("d.")}
    )
    scored = score(matrix, answers)
    placement = scored.placement

    # Over the first gate of a dimension to the stage above; nothing above the second of b applies.
    assert next_stage_everywhere(matrix, placement) == {"a": 3, "b": 2}
    assert one_stage_everywhere(matrix, placement, 2) == {"a": 2, "b": 2}
    assert as_far_as_sensible(scored, days=10**6) == {"a": 4, "b": 2}


def test_the_lowest_goes_first_and_what_matters_goes_before_its_like():
    answers = replace(picking(strategy=1, metrics=1), weights={"metrics": Fraction(2)})
    way = score(MATRIX, answers).shortest_way("metrics", 2)
    cost = sum(DAYS_OF_EFFORT[MATRIX.descriptors[each].effort] for each in way)

    assert as_far_as_sensible(score(MATRIX, answers), days=cost) == {
        "strategy": 1,
        "metrics": 2,
    }


def test_weight_0_gets_only_what_is_left():
    answers = replace(picking(strategy=1, metrics=4), weights={"strategy": Fraction(0)})

    targets = as_far_as_sensible(score(MATRIX, answers), days=200)

    assert targets["metrics"] == 5


@settings(max_examples=25)
@given(st.lists(st.integers(0, 3), min_size=5, max_size=5), st.integers(0, 900))
def test_what_is_proposed_fits_into_the_days(steps, days):
    answers = sheet(spread(tuple(steps)))
    placement = score(MATRIX, answers).placement

    targets = as_far_as_sensible(score(MATRIX, answers), days=days)

    today = {placed.key: placed.stage for placed in placement.dimensions}
    assert all(today[key] <= stage <= 5 for key, stage in targets.items())
    ways = (score(MATRIX, answers).shortest_way(key, stage) for key, stage in targets.items())
    work = {each for way in ways for each in way}
    assert sum(DAYS_OF_EFFORT[MATRIX.descriptors[each].effort] for each in work) <= days
