"""What can be asked of a room, and what counts as an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.workshops.rules.kinds import (
    NoSuchQuestion,
    RoundKind,
    RoundOption,
    WrongVote,
    checked_hands,
    checked_vote,
    question_of,
)
from maturity.catalogue.matrix import matrix_of
from tests.scoring.strategies import models, quick
from tests.workshops.rounds import TREES, ask, trees

STEPS = ("a.1.1", "a.1.2", "a.2.1", "a.2.2")


# --- questions ------------------------------------------------------------------------------------


def test_a_stage_round_asks_for_one_of_the_rows_stages():
    question = ask(RoundKind.STAGE)

    assert (question.kind, question.dimension, question.gate_to) == (RoundKind.STAGE, "a", None)
    assert question.keys == ("a",)
    assert question.options[0] == RoundOption(1, "Ash", "How Ash is")
    assert question.values == (1, 2, 3, 4, 5)
    assert question.words == ("unknown",)


def test_a_stage_is_told_by_the_cell_of_the_row_where_it_says_something(journey):
    from_journey = ask(RoundKind.STAGE, "strategy", matrix=matrix_of(journey))

    assert from_journey.options[1].label == "Experimental"
    assert from_journey.options[1].hint == journey["dimensions"][0]["cells"][1]["summary"]


def test_a_target_is_one_of_the_stages_and_nobody_is_unsure_of_a_wish():
    question = ask(RoundKind.TARGET)

    assert question.values == (1, 2, 3, 4, 5)
    assert question.words == ()


def test_importance_is_a_weight():
    assert [(each.value, each.label) for each in ask(RoundKind.IMPORTANCE).options] == [
        (0, "Does not matter to us"),
        (1, "As much as the others"),
        (2, "More"),
        (3, "Most of all"),
    ]


def test_a_gate_round_asks_for_every_statement_of_the_gate():
    question = ask(RoundKind.GATE, to=2)

    assert question.gate_to == 2
    assert question.keys == ("a.1.1", "a.1.2", "a.2.1", "a.2.2")
    assert [option.label for option in question.options] == ["Not yet", "Partly", "Mostly", "Fully"]
    assert question.words == ("not_applicable", "unknown")


def test_a_gate_of_an_additive_model_is_a_stage():
    matrix = trees({"a": ("pp", "p", "", "", "")}, rule="additive")

    assert ask(RoundKind.GATE, to=1, matrix=matrix).keys == ("a.1.1", "a.1.2")


def test_steps_are_chosen_from_candidates_of_any_dimension():
    question = ask(RoundKind.STEPS, "plays no part", to=9, candidates=["a.2.1", "a.1.1"])

    assert (question.dimension, question.gate_to) == ("", None)
    assert question.keys == ("a.2.1", "a.1.1")
    assert question.values == (1,)


def test_what_a_kind_does_not_need_plays_no_part():
    assert ask(RoundKind.STAGE, to=3, candidates=["nothing"]) == ask(RoundKind.STAGE)


@pytest.mark.parametrize(
    ("kind", "dimension", "to", "candidates", "says"),
    [
        (RoundKind.STAGE, "z", None, (), "no dimension 'z'"),
        (RoundKind.TARGET, "", None, (), "no dimension ''"),
        (RoundKind.GATE, "a", None, (), "no gate to a stage None"),
        (RoundKind.GATE, "a", 1, (), "no gate to a stage 1"),
        (RoundKind.GATE, "a", 6, (), "no gate to a stage 6"),
        (RoundKind.STEPS, "", None, ("a.9.9",), "no descriptor 'a.9.9'"),
        (RoundKind.STEPS, "", None, ("a.1.1", "a.1.1"), "twice"),
    ],
)
def test_what_the_model_does_not_have_cannot_be_asked(kind, dimension, to, candidates, says):
    with pytest.raises(NoSuchQuestion, match=says):
        question_of(TREES, kind, dimension, to, candidates)


def test_an_empty_gate_cannot_be_asked():
    matrix = trees({"a": ("p", "p", "", "p", "p")})

    with pytest.raises(NoSuchQuestion, match="no statements"):
        question_of(matrix, RoundKind.GATE, "a", 3, ())


@quick
@given(models(), st.sampled_from([RoundKind.STAGE, RoundKind.TARGET, RoundKind.IMPORTANCE]))
def test_every_row_of_every_model_can_be_asked(matrix, kind):
    for row in matrix.dimensions:
        assert question_of(matrix, kind, row.key, None, ()).keys == (row.key,)


# --- votes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "given", "kept"),
    [
        (ask(RoundKind.STAGE), {"a": 3}, {"a": 3}),
        (ask(RoundKind.STAGE), {"a": "3"}, {"a": 3}),
        (ask(RoundKind.STAGE), {"a": "unknown"}, {"a": "unknown"}),
        (ask(RoundKind.TARGET), {"a": 5}, {"a": 5}),
        (ask(RoundKind.IMPORTANCE), {"a": 0}, {"a": 0}),
        (ask(RoundKind.GATE, to=3), {"a.3.1": 0, "a.2.3": 3}, {"a.2.3": 3, "a.3.1": 0}),
        (
            ask(RoundKind.GATE, to=3),
            {"a.2.3": "not_applicable", "a.3.1": "unknown", "a.3.2": ""},
            {"a.2.3": "not_applicable", "a.3.1": "unknown"},
        ),
        (ask(RoundKind.GATE, to=3), {"a.2.3": None, "a.3.1": 1}, {"a.3.1": 1}),
        (
            ask(RoundKind.STEPS, candidates=STEPS),
            {"a.2.1": 1, "a.1.1": "1"},
            {"a.1.1": 1, "a.2.1": 1},
        ),
    ],
)
def test_a_vote_is_kept_clean_and_in_order(question, given, kept):
    cleaned = checked_vote(question, given)

    assert list(cleaned.items()) == list(kept.items())


@pytest.mark.parametrize(
    ("question", "given", "key", "why"),
    [
        (ask(RoundKind.STAGE), {}, "", "choose an answer"),
        (ask(RoundKind.STAGE), {"a": ""}, "", "choose an answer"),
        (ask(RoundKind.STAGE), {"b": 1}, "b", "not part of the question"),
        (ask(RoundKind.STAGE), {"a": 0}, "a", "not on offer"),
        (ask(RoundKind.STAGE), {"a": 6}, "a", "not on offer"),
        (ask(RoundKind.STAGE), {"a": 2.0}, "a", "not on offer"),
        (ask(RoundKind.STAGE), {"a": True}, "a", "not on offer"),
        (ask(RoundKind.STAGE), {"a": "٣"}, "a", "not on offer"),
        (ask(RoundKind.STAGE), {"a": "9" * 5_000}, "a", "not on offer"),
        (ask(RoundKind.STAGE), {"a": "-1"}, "a", "not on offer"),
        (ask(RoundKind.STAGE), {"a": ["3"]}, "a", "not on offer"),
        (ask(RoundKind.STAGE), {"a": "not_applicable"}, "a", "not on offer"),
        (ask(RoundKind.TARGET), {"a": "unknown"}, "a", "not on offer"),
        (ask(RoundKind.IMPORTANCE), {"a": 4}, "a", "not on offer"),
        (ask(RoundKind.GATE, to=3), {"a.3.1": 4}, "a.3.1", "not on offer"),
        (ask(RoundKind.GATE, to=3), {"a.1.1": 1}, "a.1.1", "not part of the question"),
        (ask(RoundKind.STEPS, candidates=STEPS), {"a.1.1": 0}, "a.1.1", "not on offer"),
        (ask(RoundKind.STEPS, candidates=STEPS), {"a.1.1": 2}, "a.1.1", "not on offer"),
        (
            ask(RoundKind.STEPS, candidates=STEPS),
            dict.fromkeys(STEPS, 1),
            "",
            "three steps at most",
        ),
        (ask(RoundKind.STEPS), {"a.1.1": 1}, "a.1.1", "not part of the question"),
    ],
)
def test_a_wrong_vote_says_where_and_why(question, given, key, why):
    with pytest.raises(WrongVote, match=why) as caught:
        checked_vote(question, given)

    assert caught.value.key == key


@quick
@given(
    st.dictionaries(
        st.sampled_from(["a.2.3", "a.3.1", "a.3.2", "x"]),
        st.one_of(st.none(), st.integers(-2, 6), st.text(max_size=3), st.just("unknown")),
    )
)
def test_a_vote_is_refused_or_stays_what_it_is_when_checked_again(given_answers):
    question = ask(RoundKind.GATE, to=3)

    try:
        cleaned = checked_vote(question, given_answers)
    except WrongVote:
        return

    assert cleaned == checked_vote(question, cleaned)
    assert set(cleaned) <= set(question.keys)


# --- hands ----------------------------------------------------------------------------------------


def test_hands_are_kept_by_option_without_zeros():
    hands = checked_hands(ask(RoundKind.STAGE), {"a": {"unknown": "2", "3": 14, "1": "", "2": 0}})

    assert hands == {"a": {"3": 14, "unknown": 2}}
    assert list(hands["a"]) == ["3", "unknown"]


@pytest.mark.parametrize(
    "hands",
    [
        {"b": {"1": 1}},
        {"a": {"6": 1}},
        {"a": {"not_applicable": 1}},
        {"a": {"1": -1}},
        {"a": {"1": 1001}},
        {"a": {"1": "many"}},
        {"a": {"1": 1.5}},
    ],
)
def test_wrong_hands_are_refused(hands):
    with pytest.raises(WrongVote):
        checked_hands(ask(RoundKind.STAGE), hands)
