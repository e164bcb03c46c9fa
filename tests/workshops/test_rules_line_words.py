"""What is said of the answers to one question."""

import pytest

from assessments.scoring import answer_words
from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.rules.tallies import gate_by_votes, tally_of
from assessments.workshops.rules.tally_words import (
    answer_text,
    gate_text,
    line_text,
    options_text,
    tally_text,
)
from tests.workshops.rounds import TREES, ask, ballot, counted, trees

STAGE = ask(RoundKind.STAGE)
# The first is a condition, the others are practices.
GATE = ask(RoundKind.GATE, to=3)


def _says(counts, kind=RoundKind.STAGE, **options):
    return tally_text(TREES, ask(kind), counted(counts, kind, **options))


def _rated(key, counts, excused=0, unsure=0):
    """Return the line of a statement by counts of its steps."""
    hands = {str(step): count for step, count in enumerate(counts)}
    hands |= {"not_applicable": excused, "unknown": unsure}
    lines = tally_of(GATE, [], {key: hands}, fewest=0).lines
    return next(line for line in lines if line.key == key)


# --- one stage ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((0, 0, 7), "All seven see Cedar."),
        ((0, 0, 13), "All 13 see Cedar."),
        ((0, 1, 5, 1), "Most see Cedar (5 of 7); one sees Birch, one Dogwood."),
        ((2, 0, 6), "Opinions differ widely: two see Ash, six Cedar."),
        ((5, 0, 0, 0, 4), "Opinions differ widely: five see Ash, four Elm."),
        ((1, 0, 5, 0, 1), "Most see Cedar (5 of 7), but opinions differ: one sees Ash, one Elm."),
        # One far answer among seven takes r_wg to 0; six of seven agree all the same.
        ((6, 0, 0, 0, 1), "Most see Ash (6 of 7); one sees Elm."),
        ((1, 0, 3), "Most see Cedar (3 of 4); one sees Ash."),
        ((1, 0, 2), "Opinions differ: one sees Ash, two Cedar."),
        ((6, 4, 7), "Opinions agree in part: six see Ash, four Birch and seven Cedar."),
        ((0, 4, 3), "Most see Birch (4 of 7); three see Cedar."),
        ((3, 3), "Evenly split between Ash and Birch, one stage apart: three each."),
        ((2, 0, 2), "Evenly split between Ash and Cedar, two stages apart: two each."),
        ((0, 3, 3, 1), "Most see Birch (3 of 7) or Cedar (3 of 7); one sees Dogwood."),
        ((5, 5, 5), "Opinions agree in part: five see Ash, five Birch and five Cedar."),
        ((1, 0, 1, 1), "Opinions differ widely: one sees Ash, one Cedar and one Dogwood."),
        (
            (1, 1, 1, 1, 1),
            "Opinions differ widely: five different stages, from Ash to Elm, one person each.",
        ),
        (
            (1, 2, 3, 2, 1),
            "Opinions differ widely: they range from Ash to Elm, most often Cedar (3 of 9).",
        ),
        (
            (2, 2, 2, 1),
            "Opinions differ: they range from Ash to Dogwood,"
            " most often Ash, Birch and Cedar (2 of 7 each).",
        ),
        (
            (20, 5, 160, 5, 10),
            "Most see Cedar (160 of 200); the others range from Ash to Elm.",
        ),
        (
            (2, 90, 90, 1, 1),
            "Most see Birch (90 of 184) or Cedar (90 of 184);"
            " two see Ash, one Dogwood and one Elm.",
        ),
        ((1,), "One person sees Ash. Agreement is told from three answers on."),
        ((2,), "Both see Ash. Agreement is told from three answers on."),
        ((1, 0, 1), "One sees Ash, one Cedar. Agreement is told from three answers on."),
        ((), "Nobody has voted."),
    ],
)
def test_a_stage_round_in_words(counts, says):
    assert _says(counts) == says


@pytest.mark.parametrize(
    ("counts", "unsure", "says"),
    [
        ((0, 0, 4), 2, "All four who chose see Cedar. Two are not sure."),
        (
            (0, 0, 3, 1),
            5,
            "Five are not sure. Most who chose see Cedar (3 of 4); one sees Dogwood.",
        ),
        (
            (0, 2, 2),
            1,
            "Those who chose are evenly split between Birch and Cedar, one stage apart: two each."
            " One is not sure.",
        ),
        (
            (0, 0, 1),
            6,
            "Six are not sure. One person sees Cedar. Agreement is told from three answers on.",
        ),
        ((), 3, "All three say “Not sure”."),
        ((), 2, "Both say “Not sure”."),
        ((), 1, "One person says “Not sure”."),
    ],
)
def test_those_who_are_not_sure_are_told(counts, unsure, says):
    assert _says(counts, unsure=unsure) == says


@pytest.mark.parametrize(
    ("kind", "counts", "says"),
    [
        (RoundKind.TARGET, (0, 0, 0, 0, 7), "All seven want Elm."),
        (
            RoundKind.TARGET,
            (0, 0, 5, 1, 1),
            "Most want Cedar (5 of 7); one wants Dogwood, one Elm.",
        ),
        (RoundKind.IMPORTANCE, (0, 0, 6), "All six say “More”."),
        (
            RoundKind.IMPORTANCE,
            (3, 0, 0, 4),
            "Opinions differ widely: three say “Does not matter to us”, four “Most of all”.",
        ),
    ],
)
def test_wishes_and_weights_have_their_own_verbs(kind, counts, says):
    assert _says(counts, kind) == says


def test_a_hidden_round_says_why():
    rule = "This workshop is anonymous, so answers are shown from three votes on."

    assert _says((1, 1), fewest=3) == f"Two people voted. {rule}"
    assert _says((1,), fewest=3) == f"One person voted. {rule}"
    assert (
        _says((1, 1), unsure=9, fewest=3)
        == f"Eleven people voted, but too few gave an answer to show. {rule}"
    )


def test_a_hidden_round_with_hands_tells_which_votes_are_too_few():
    tally = tally_of(STAGE, [ballot(1)], {"a": {"3": 14}}, fewest=3)

    assert tally_text(TREES, STAGE, tally).startswith("One person voted by phone. This workshop")


# --- statements -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "excused", "unsure", "says"),
    [
        ((1, 0, 6, 0), 0, 0, "Most say “Mostly” (6 of 7); one says “Not yet”."),
        (
            (3, 0, 0, 3),
            0,
            0,
            "Evenly split between “Not yet” and “Fully”, three steps apart: three each.",
        ),
        (
            (1, 0, 1, 4),
            1,
            2,
            "Most who rated it say “Fully” (4 of 6), but answers lie far apart:"
            " one says “Not yet”, one “Mostly”. One says this does not apply. Two don’t know.",
        ),
        (
            (1, 1, 0, 0),
            4,
            0,
            "Most say this does not apply (4 of 6). One says “Not yet”, one “Partly”.",
        ),
        (
            (0, 0, 3, 0),
            3,
            0,
            "Half say this does not apply (3 of 6). All three who rated it say “Mostly”.",
        ),
        ((0, 0, 0, 0), 3, 0, "All three say this does not apply."),
        ((0, 0, 0, 0), 1, 0, "One person says this does not apply."),
        ((0, 0, 0, 0), 3, 1, "Three say this does not apply. One doesn’t know."),
        ((0, 0, 0, 0), 0, 4, "All four say “Don’t know”."),
        ((0, 0, 1, 0), 0, 0, "One person says “Mostly”."),
    ],
)
def test_a_practice_in_words(counts, excused, unsure, says):
    assert line_text(TREES, GATE, _rated("a.3.1", counts, excused, unsure)) == says


def test_a_condition_is_worded_as_it_was_asked():
    line = _rated("a.2.3", (1, 0, 0, 6))

    assert (
        line_text(TREES, GATE, line)
        == "Most say “No longer true” (6 of 7); one says “Still true: fully”."
    )
    assert options_text(TREES, GATE, line) == "1 “Still true: fully”, 6 “No longer true”"


def test_two_options_are_neighbours_and_not_far_apart():
    """Of two options r_wg is 0 as soon as somebody disagrees in a small room."""
    matrix = trees(scale=("0", "1"))
    question = ask(RoundKind.GATE, to=5, matrix=matrix)
    (line,) = tally_of(question, [], {"a.5.1": {"0": 3, "1": 4}}, fewest=0).lines

    assert line_text(matrix, question, line) == "Most say “Step 1” (4 of 7); three say “Step 0”."


def test_a_statement_nobody_answered_or_that_is_hidden_says_so():
    votes = [ballot({"a.3.1": 1, **({"a.3.2": 1} if n else {})}) for n in range(3)]
    lines = tally_of(GATE, votes, {}, fewest=3).lines

    assert [line_text(TREES, GATE, line) for line in lines] == [
        "Nobody has answered this.",
        "All three say “Partly”.",
        "Not shown, because too few answered this.",
    ]


def test_answers_are_called_as_on_the_consensus_page():
    descriptors = TREES.descriptors
    from_consensus = [
        (key, answer, answer_words.answer_text(TREES, descriptors[key], answer))
        for key in GATE.keys
        for answer in (0, 1, 2, 3, "not_applicable", "unknown")
    ]

    assert [answer_text(TREES, GATE, key, answer) for key, answer, _ in from_consensus] == [
        label for _, _, label in from_consensus
    ]


@pytest.mark.parametrize(
    ("votes", "says"),
    [
        ([(3, 3, 3)] * 3, "Answers do not lie apart on any of the three statements."),
        ([(0, 0, 0), (3, 3, 3), (3, 3, 3)], "Answers lie apart on all three statements."),
        ([(0, 2, 2), (3, 2, 2), (3, 2, 2)], "Answers lie apart on one of three statements."),
        (
            [(0, None, None), (3, None, None), (3, None, None)],
            "Answers lie apart on the one statement rated. Two statements have no rating.",
        ),
        (
            [(0, 1, 1)] * 2,
            "Answers do not lie apart on any of the three statements."
            " Agreement is told from three answers on.",
        ),
    ],
)
def test_a_gate_round_in_words(votes, says):
    given_votes = [
        ballot({k: a for k, a in zip(GATE.keys, vote, strict=True) if a is not None})
        for vote in votes
    ]

    assert tally_text(TREES, GATE, tally_of(GATE, given_votes, {}, fewest=0)) == says


def test_a_gate_round_tells_what_is_not_shown():
    votes = [ballot({"a.2.3": 1, **({"a.3.1": 1} if n else {})}) for n in range(3)]

    assert tally_text(TREES, GATE, tally_of(GATE, votes, {}, fewest=3)) == (
        "Answers do not lie apart on the one statement rated. One statement has no rating."
        " One statement is not shown: fewer than three people rated it."
    )


@pytest.mark.parametrize(
    ("vote", "says"),
    [
        ((3, 3, 0), "is open: 67 % in place, 67 % needed."),
        ((3, 2, 0), "stays closed: 56 % in place, 67 % needed."),
        (
            (3, 1, None),
            "stays closed: 44 % in place, 67 % needed."
            " One statement with no rating to go by counts as not in place yet.",
        ),
    ],
)
def test_where_the_gate_would_stand(vote, says):
    answers = {k: a for k, a in zip(GATE.keys, vote, strict=True) if a is not None}
    gate = gate_by_votes(TREES, GATE, tally_of(GATE, [ballot(answers)], {}, fewest=0))

    assert gate_text(TREES, gate) == f"By these votes the gate to stage 3, Cedar, {says}"


def test_a_gate_that_just_misses_does_not_read_as_if_it_were_reached():
    hands = {key: {"3": 666, "0": 334} for key in GATE.keys}
    gate = gate_by_votes(TREES, GATE, tally_of(GATE, [], hands, fewest=0))

    assert "stays closed: 66.6 % in place, 66.7 % needed." in gate_text(TREES, gate)


def test_a_gate_where_nothing_applies_says_so():
    hands = {key: {"not_applicable": 3} for key in GATE.keys}
    gate = gate_by_votes(TREES, GATE, tally_of(GATE, [], hands, fewest=0))

    assert gate_text(TREES, gate) == "By these votes nothing that leads to stage 3, Cedar, applies."


def test_an_additive_model_has_no_gates_to_speak_of():
    matrix = trees({"a": ("pp", "p", "", "", "")}, rule="additive")
    question = ask(RoundKind.GATE, to=1, matrix=matrix)
    tally = tally_of(question, [ballot({"a.1.1": 3, "a.1.2": 0})], {}, fewest=0)

    assert (
        gate_text(matrix, gate_by_votes(matrix, question, tally))
        == "By these votes stage 1, Ash, is 50 % in place."
    )
