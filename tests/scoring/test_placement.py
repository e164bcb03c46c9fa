"""Placement, worked by hand."""

from dataclasses import replace
from fractions import Fraction as F

import pytest

from assessments.scoring.consensus import AnswerOffScale, values_of
from assessments.scoring.placement import Declared, Derived, Gate
from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from maturity.catalogue.checks import problems_in
from tests.scoring.models import (
    WORKED,
    WORKED_RATINGS,
    document,
    model,
    one,
    picking,
    placed,
    several,
)


def test_models_of_these_tests_are_sound():
    assert problems_in(document({"a": ("cc", "ppc", "pp"), "b": ("", "p", "")})) == []


def test_place_gives_the_worked_example_of_the_design():
    found = placed(WORKED, one(WORKED_RATINGS))

    assert (found.stage, found.score, found.basis) == (2, F(7, 3), "derived")
    assert (found.lowest, found.highest, found.coverage) == (F(7, 3), F(17, 6), F(6, 7))
    assert found.gates == (
        Gate(to=2, progress=F(3, 4), is_open=True, items=4, applicable=4, answered=4),
        Gate(to=3, progress=F(2, 9), is_open=False, items=3, applicable=3, answered=2),
    )
    assert found.next_steps == ("a.2.3", "a.3.2")


def test_place_of_an_empty_sheet_is_not_assessed():
    found = score(WORKED, AnswerSheet()).placement

    (dimension,) = found.dimensions
    assert (dimension.basis, dimension.stage, dimension.score) == ("none", None, None)
    assert (dimension.lowest, dimension.highest, dimension.coverage) == (None, None, 0)
    assert (dimension.derived, dimension.declared, dimension.next_steps) == (None, None, ())
    assert found.overall.score is found.overall.stage is found.overall.percent_to_target is None


def test_place_takes_only_dont_know_for_no_answer():
    found = placed(WORKED, one(dict.fromkeys(WORKED_RATINGS, "unknown")))

    assert (found.basis, found.derived, found.lowest) == ("none", None, None)


FIRST_GATE_EXCUSED = dict.fromkeys(("a.1.1", "a.1.2", "a.2.1", "a.2.2"), "not_applicable")


@pytest.mark.parametrize(
    ("ratings", "stage", "score"),
    [
        ({"a.1.1": 0}, 1, F(1)),
        # At the threshold to the last digit: 3 + 2 + 2 + 1 of 12.
        ({"a.1.1": 3, "a.1.2": 2, "a.2.1": 2, "a.2.2": 1}, 2, F(2)),
        # One step below it.
        ({"a.1.1": 3, "a.1.2": 2, "a.2.1": 2, "a.2.2": 0}, 1, 1 + F(7, 12) / F(2, 3)),
        # Everything in place above a closed gate earns no stage.
        ({"a.2.3": 3, "a.3.1": 3, "a.3.2": 3}, 1, F(1)),
        # A gate of which nothing applies lifts nobody by itself: 4 of 6 are needed above it.
        ({**FIRST_GATE_EXCUSED, "a.2.3": 1, "a.3.1": 2}, 1, 1 + F(3, 9) / F(2, 3)),
        # It counts with the next one that is open.
        ({**FIRST_GATE_EXCUSED, "a.2.3": 3, "a.3.1": 3}, 3, F(3)),
        # Nothing above the stage applies: the stage alone.
        (
            dict.fromkeys(("a.1.1", "a.1.2", "a.2.1", "a.2.2"), 3)
            | dict.fromkeys(("a.2.3", "a.3.1", "a.3.2"), "not_applicable"),
            2,
            F(2),
        ),
        (dict.fromkeys(WORKED_RATINGS, 3), 3, F(3)),
        (dict.fromkeys(WORKED_RATINGS, 2), 3, F(3)),
    ],
)
def test_gates_rule_by_hand(ratings, stage, score):
    found = placed(WORKED, one(ratings))

    assert (found.derived, found.stage, found.score) == (Derived(stage, score), stage, score)


@pytest.mark.parametrize(
    ("cells", "to"), [(("p", "p"), ["a.1.1", "a.2.1"]), (("c", "p"), ["a.1.1", "a.2.1"])]
)
def test_first_gate_holds_everything_of_the_first_stage(cells, to):
    found = placed(model({"a": cells}), one({"a.1.1": 3}))

    assert found.gates == (Gate(2, F(1, 2), False, len(to), 2, 1),)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ((3, 2), F(5, 6)),
        ((3, "unknown"), F(1)),
        ((3, None), F(1)),
        (("unknown", None), None),
        ((), None),
        (("not_applicable",), "not_applicable"),
        # More must say so than gave a step.
        ((3, "not_applicable"), F(1)),
        ((3, "not_applicable", "not_applicable"), "not_applicable"),
        ((3, 0, "not_applicable", "not_applicable", "not_applicable"), "not_applicable"),
        # Nobody gave a step: everybody who answered must say so.
        (("not_applicable", "not_applicable"), "not_applicable"),
        (("not_applicable", None), "not_applicable"),
        (("not_applicable", "unknown"), None),
        ((0, "unknown", "unknown"), F(0)),
    ],
)
def test_consensus_of_several_respondents(said, value):
    sheet = several(*({} if answer is None else {"a.1.1": answer} for answer in said))

    assert values_of(score(WORKED, sheet).settled)["a.1.1"] == value


@pytest.mark.parametrize(
    ("agreed", "value"),
    [(0, F(0)), (3, F(1)), ("not_applicable", "not_applicable"), ("unknown", None)],
)
def test_agreed_rating_wins(agreed, value):
    sheet = several({"a.1.1": 2}, {"a.1.1": 1}, agreed_ratings={"a.1.1": agreed})

    assert values_of(score(WORKED, sheet).settled)["a.1.1"] == value


@pytest.mark.parametrize(
    ("picks", "declared"),
    [
        ((3,), Declared(3, F(3), 1)),
        ((2, 3), Declared(2, F(5, 2), 2)),
        ((2, 3, 3), Declared(2, F(8, 3), 3)),
        ((1, 1, 3, 3), Declared(2, F(2), 4)),
        ((1, 2, 3), Declared(2, F(2), 3)),
    ],
)
def test_declared_is_the_mean_of_the_picks_and_its_whole_part(picks, declared):
    found = placed(WORKED, picking(*picks))

    assert (found.declared, found.basis) == (declared, "declared")
    assert (found.stage, found.score) == (declared.stage, declared.score)
    assert (found.derived, found.lowest, found.highest) == (None, None, None)


@pytest.mark.parametrize(
    ("agreed", "stage", "score"), [(1, 1, F(1)), (2, 2, F(7, 3)), (3, 3, F(3))]
)
def test_agreed_pick_wins_and_keeps_the_derived_score_of_its_stage(agreed, stage, score):
    sheet = one(WORKED_RATINGS, picks={"a": 3}, agreed_picks={"a": agreed})

    found = placed(WORKED, sheet)

    assert (found.basis, found.stage, found.score) == ("agreed", stage, score)
    assert (found.derived, found.declared) == (Derived(2, F(7, 3)), Declared(3, F(3), 1))


def test_derived_counts_before_declared():
    found = placed(WORKED, one({"a.1.1": 0}, picks={"a": 3}))

    assert (found.basis, found.stage, found.declared) == ("derived", 1, Declared(3, F(3), 1))


EVERY = {"a": ("cc", "pp", "pp")}


@pytest.mark.parametrize(
    ("ratings", "stage", "score", "highest"),
    [
        # Three of four reach the threshold; one is unanswered.
        ({"a.1.1": 2, "a.1.2": 3, "a.2.1": 2}, 1, F(7, 4), F(3)),
        ({"a.1.1": 2, "a.1.2": 3, "a.2.1": 2, "a.2.2": 1}, 1, F(7, 4), F(7, 4)),
        ({"a.1.1": 2, "a.1.2": 3, "a.2.1": 2, "a.2.2": "not_applicable"}, 2, F(2), F(3)),
        (
            dict.fromkeys(("a.1.1", "a.1.2", "a.2.1", "a.2.2", "a.3.1"), 2),
            2,
            F(5, 2),
            F(3),
        ),
    ],
)
def test_every_rule_by_hand(ratings, stage, score, highest):
    found = placed(model(EVERY, rule="every"), one(ratings))

    assert (found.stage, found.score, found.highest) == (stage, score, highest)


def test_additive_rule_by_hand():
    matrix = model({"a": ("", "pp", "p", "pp")}, rule="additive", first=0)
    # Means 1/2, 2/3 and 1/6; one of the last stage is unanswered.
    found = placed(matrix, one({"a.1.1": 3, "a.1.2": 0, "a.2.1": 2, "a.3.1": 1}))

    assert (found.stage, found.score, found.highest) == (1, F(4, 3), F(11, 6))
    assert [(gate.to, gate.progress, gate.is_open) for gate in found.gates] == [
        (1, F(1, 2), False),
        (2, F(2, 3), False),
        (3, F(1, 6), False),
    ]
    assert found.coverage == F(4, 5)
    assert found.next_steps == ("a.1.2",)


def test_additive_rule_never_passes_the_top():
    matrix = model({"a": ("p", "p")}, rule="additive")

    assert placed(matrix, one({"a.1.1": 3})).score == 2
    assert placed(matrix, one({"a.1.1": 3, "a.2.1": 3})).score == 2


def test_overall_weighs_assessed_dimensions_only():
    matrix = model({"a": ("c", "p", "p"), "b": ("c", "p", "p"), "d": ("c", "p", "p")})
    sheet = AnswerSheet(
        respondents=(RespondentAnswers(picks={"a": 3, "b": 1}),),
        targets={"a": 2, "b": 3, "d": 3},
        weights={"a": F(1, 2), "b": F(2), "d": F(9)},
        baseline={"a": F(3, 2), "b": F(3, 2)},
    )

    overall = score(matrix, sheet).placement.overall

    # (½·3 + 2·1) ÷ 2½; (½·1 + 2·0) ÷ (½·1 + 2·2); (½·1½ − 2·½) ÷ (½·½ + 2·1½)
    assert (overall.score, overall.stage) == (F(7, 5), 1)
    assert overall.percent_to_target == F(1, 9)
    assert overall.progress_to_date == F(-1, 13)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"targets": {"a": 1}, "baseline": {"a": F(1)}},
        {"targets": {"a": 2}, "weights": {"a": F(0)}},
    ],
)
def test_shares_are_empty_without_a_denominator(settings):
    overall = score(WORKED, picking(2, **settings)).placement.overall

    assert overall.percent_to_target is overall.progress_to_date is None


def test_weights_of_nothing_give_no_overall_score():
    overall = score(WORKED, picking(2, weights={"a": F(0)})).placement.overall

    assert (overall.score, overall.stage) == (None, None)


def test_agreement_by_hand():
    # a.1.1: 3, 3, 2 has s² = 1/3 and expects (16 - 1) ÷ 12; a.1.2: 0, 3, 0 has s² = 3: none.
    sheet = several(
        {"a.1.1": 3, "a.1.2": 0, "a.2.1": 1}, {"a.1.1": 3, "a.1.2": 3}, {"a.1.1": 2, "a.1.2": 0}
    )

    agreement = placed(WORKED, sheet).agreement

    assert (agreement.ratings, agreement.picks, agreement.n) == (F(11, 30), None, 3)


def test_agreement_of_picks():
    assert placed(WORKED, picking(2, 2, 2)).agreement.picks == 1
    assert placed(WORKED, picking(2, 2, 3)).agreement.picks == F(1, 2)
    assert placed(WORKED, picking(1, 3)).agreement.picks is None


def test_agreement_counts_who_answered_the_dimension():
    sheet = several({"a.1.1": 2}, {"a.1.1": "unknown"}, {"a.1.1": "not_applicable"}, {})
    sheet = replace(sheet, respondents=(*sheet.respondents, RespondentAnswers(picks={"a": 1})))

    assert placed(WORKED, sheet).agreement.n == 3


@pytest.mark.parametrize(
    ("settings", "steps"),
    [
        ({}, ("a.2.3", "a.3.2")),
        ({"targets": {"a": 3}}, ("a.2.3", "a.3.2")),
        ({"targets": {"a": 2}}, ()),
        ({"agreed_picks": {"a": 3}}, ()),
        ({"agreed_picks": {"a": 1}}, ("a.2.3", "a.3.2")),
    ],
)
def test_next_steps_lead_to_the_target_only(settings, steps):
    # With an agreed pick of 1 the gate to 2 is open by the ratings and asks for nothing.
    assert placed(WORKED, one(WORKED_RATINGS, **settings)).next_steps == steps


def test_next_steps_put_first_what_is_required_then_the_largest_gain_then_the_smaller_effort():
    matrix = model(
        {"a": ("cccc", "p")},
        requires={"a.1.1": ["a.1.4"]},
        efforts={"a.1.2": "L", "a.1.3": "S"},
    )
    sheet = one({"a.1.1": 0, "a.1.2": 0, "a.1.3": 0, "a.1.4": 1})

    assert placed(matrix, sheet).next_steps == ("a.1.3", "a.1.4", "a.1.1", "a.1.2", "a.2.1")


def test_answers_off_the_scale_are_refused():
    with pytest.raises(AnswerOffScale):
        score(WORKED, one({"a.1.1": 4}))
    with pytest.raises(AnswerOffScale):
        score(WORKED, several({"a.1.1": 4}, {"a.1.1": 1}))
    with pytest.raises(AnswerOffScale):
        score(WORKED, one({}, agreed_ratings={"a.1.1": -1}))


def test_answers_to_other_descriptors_are_left_aside():
    with_more = one({**WORKED_RATINGS, "gone.1.1": 3}, agreed_ratings={"gone.1.2": 3})

    assert score(WORKED, with_more).placement == score(WORKED, one(WORKED_RATINGS)).placement
