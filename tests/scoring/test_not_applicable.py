"""What does not apply: gates and dimensions of which nothing does, and the way past them."""

from dataclasses import replace
from fractions import Fraction as F

import pytest

from assessments.scoring.placement import Gate
from assessments.scoring.scored import score
from assessments.scoring.whatif import what_if
from tests.scoring.models import WORKED, WORKED_RATINGS, model, one, placed

FIRST_GATE_OF_WORKED = dict.fromkeys(("a.1.1", "a.1.2", "a.2.1", "a.2.2"), "not_applicable")
FIRST_GATE_EXCUSED = dict.fromkeys(("a.1.1", "a.2.1"), "not_applicable")


def test_a_gate_of_which_nothing_applies_has_no_progress():
    first, second = placed(WORKED, one({**FIRST_GATE_OF_WORKED, "a.2.3": 0})).gates

    assert first == Gate(2, None, is_open=False, items=4, applicable=0, answered=4)
    assert (first.is_closed, second.is_closed) == (False, True)


def test_a_gate_the_model_leaves_empty_is_open():
    matrix = model({"a": ("", "", "p", "p")})

    found = placed(matrix, one({"a.3.1": 0}))

    assert (found.stage, found.score) == (2, F(2))
    assert found.gates[0] == Gate(2, F(1), is_open=True, items=0, applicable=0, answered=0)


def test_an_empty_gate_lifts_nobody_over_one_of_which_nothing_applies():
    matrix = model({"a": ("c", "p", "", "p")})
    excused = {"a.1.1": "not_applicable", "a.2.1": "not_applicable"}

    assert placed(matrix, one({**excused, "a.4.1": 1})).score == 1 + F(1, 3) / F(2, 3)
    assert placed(matrix, one({**excused, "a.4.1": 3})).stage == 4


@pytest.mark.parametrize("rule", ["gates", "every", "additive"])
def test_a_dimension_of_which_nothing_applies_is_in_no_mean(rule):
    matrix = model(
        {"a": ("cc", "pp", "p"), "b": ("cc", "pp", "p"), "d": ("c", "p", "p")}, rule=rule
    )
    answers = {
        name: "not_applicable" if name.startswith("a.") else 0 for name in matrix.descriptors
    }
    sheet = one(answers, picks={"a": 3}, targets={"a": 3, "b": 2})

    found = score(matrix, sheet).placement

    assert (found.overall.score, found.overall.stage) == (1, 1)
    assert found.overall.percent_to_target == 0
    excused = found.of("a")
    assert (excused.basis, excused.stage, excused.score) == ("none", None, None)
    assert (excused.derived, excused.lowest, excused.highest) == (None, None, None)
    assert excused.next_steps == ()
    assert [each.does_not_apply for each in found.dimensions] == [True, False, False]


def test_an_agreed_pick_counts_also_where_nothing_applies():
    sheet = one(dict.fromkeys(WORKED_RATINGS, "not_applicable"), agreed_picks={"a": 2})

    found = placed(WORKED, sheet)

    assert (found.basis, found.score, found.does_not_apply) == ("agreed", F(2), False)


def test_without_a_step_the_pick_counts():
    found = placed(WORKED, one({"a.1.1": "not_applicable", "a.2.1": "unknown"}, picks={"a": 2}))

    assert (found.basis, found.score, found.derived) == ("declared", F(2), None)


def test_additive_rule_gives_nothing_for_a_stage_that_does_not_apply():
    matrix = model({"a": ("p", "p", "p")}, rule="additive")

    assert placed(matrix, one({"a.1.1": "not_applicable", "a.2.1": 0})).score == 1
    found = placed(matrix, one({"a.1.1": 0, "a.2.1": "not_applicable", "a.3.1": 2}))
    assert (found.stage, found.score, found.highest) == (1, F(5, 3), F(5, 3))
    assert [gate.progress for gate in found.gates] == [0, None, F(2, 3)]


# --- what comes next ------------------------------------------------------------------------------


def test_the_way_over_a_gate_of_which_nothing_applies_goes_to_the_next_one():
    matrix = model({"a": ("c", "p", "pp", "p")})
    sheet = one({**FIRST_GATE_EXCUSED, "a.3.1": 0, "a.3.2": 2})

    for targets in ({}, {"a": 2}, {"a": 3}):
        with_target = replace(sheet, targets=targets)
        assert placed(matrix, with_target).next_steps == ("a.3.1",)
        assert [step.descriptor for step in score(matrix, with_target).roadmap.steps] == ["a.3.1"]
    assert score(matrix, sheet).shortest_way("a", 2) == ("a.3.1",)
    assert score(matrix, sheet).explanations["a"].next_gate.to == 3
    assert what_if(score(matrix, sheet), ("a.3.1",)).placement.of("a").score == 3


def test_what_cannot_rise_any_further_has_no_steps_and_presses_nobody():
    matrix = model({"a": ("c", "p", "p"), "b": ("c", "p", "p")})
    sheet = one({"a.1.1": 3, "a.2.1": 3, "a.3.1": "not_applicable", "b.1.1": 0})

    assert placed(matrix, sheet).next_steps == ()
    assert score(matrix, sheet).roadmap.pressing == ("b",)
    assert score(matrix, sheet).explanations["a"].next_gate is None


def test_additive_goes_on_above_a_stage_of_which_nothing_applies():
    matrix = model({"a": ("", "p", "p", "p")}, rule="additive", first=0)
    sheet = one({"a.1.1": "not_applicable", "a.2.1": 3, "a.3.1": 0})

    assert placed(matrix, sheet).stage == 1
    assert placed(matrix, sheet).next_steps == ("a.3.1",)
    assert score(matrix, sheet).shortest_way("a", 2) == ("a.3.1",)


def test_a_pick_over_a_gate_of_which_nothing_applies_rests_on_the_next_one():
    matrix = model({"a": ("c", "p", "p", "p")})
    sheet = one({**FIRST_GATE_EXCUSED, "a.3.1": 0}, picks={"a": 2})

    contradiction = score(matrix, sheet).explanations["a"].contradiction

    assert (contradiction.derived_stage, contradiction.rests_on) == (1, ("a.3.1",))
