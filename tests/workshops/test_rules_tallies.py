"""What the votes of a round come to."""

from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring.scored import score
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, AnswerSheet, RespondentAnswers
from assessments.workshops.rules.kinds import RoundKind, WrongVote, question_of
from assessments.workshops.rules.tallies import gate_by_votes, median_of, tally_of
from tests.scoring.strategies import models, quick, ratings
from tests.workshops.rounds import TREES, VOTES, ask, ballot, ballots, counted

STAGE = ask(RoundKind.STAGE)
GATE = ask(RoundKind.GATE, to=3)


# --- counting -------------------------------------------------------------------------------------


def test_votes_are_counted_by_option():
    tally = counted([0, 1, 5, 1], unsure=2)

    assert (tally.n, tally.phones, tally.hands, tally.is_hidden) == (9, 9, 0, False)
    assert tally.line.counts == {1: 0, 2: 1, 3: 5, 4: 1, 5: 0}
    assert tally.line.spread.unsure == 2
    assert tally.line.spread.agreement == Fraction(5, 6)
    assert tally.line.median == 3


def test_a_round_without_votes_is_empty_and_hides_nothing():
    tally = counted([], fewest=3)

    assert (tally.n, tally.is_hidden, tally.line.median) == (0, False, None)
    assert tally.line.spread.counts == (0, 0, 0, 0, 0)


def test_hands_and_phones_are_added():
    tally = tally_of(STAGE, ballots(STAGE, [0, 0, 3]), {"a": {"2": 14, "unknown": 1}}, fewest=3)

    assert (tally.n, tally.phones, tally.hands, tally.is_at_least) == (18, 3, 15, False)
    assert tally.line.counts == {1: 0, 2: 14, 3: 3, 4: 0, 5: 0}
    assert tally.line.spread.unsure == 1


def test_each_statement_of_a_gate_has_its_own_line():
    votes = [
        ballot({"a.2.3": 0, "a.3.1": 3}),
        ballot({"a.2.3": NOT_APPLICABLE, "a.3.1": UNKNOWN}),
        ballot({"a.3.1": 1}),
    ]

    tally = tally_of(GATE, votes, {"a.3.2": {"2": 4}}, fewest=0)

    assert [(line.key, line.spread.counts) for line in tally.lines] == [
        ("a.2.3", (1, 0, 0, 0)),
        ("a.3.1", (0, 1, 0, 1)),
        ("a.3.2", (0, 0, 4, 0)),
    ]
    assert [(line.spread.excused, line.spread.unsure) for line in tally.lines] == [
        (1, 0),
        (0, 1),
        (0, 0),
    ]
    assert (tally.hands, tally.is_at_least) == (4, True)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0, 0, 0), None),
        ((0, 1, 0, 0, 0), Fraction(2)),
        ((1, 1, 0, 0, 0), Fraction(3, 2)),
        ((2, 0, 0, 0, 2), Fraction(3)),
        ((2, 0, 0, 0, 3), Fraction(5)),
        ((1, 0, 1, 0, 2), Fraction(4)),
    ],
)
def test_the_median_is_exact(counts, expected):
    assert median_of((1, 2, 3, 4, 5), counts) == expected


@quick
@given(st.lists(st.integers(1, 5), min_size=1, max_size=12))
def test_the_median_is_that_of_the_votes_written_out(chosen):
    counts = [chosen.count(value) for value in range(1, 6)]

    assert median_of((1, 2, 3, 4, 5), counts) == Fraction(median(chosen))


@pytest.mark.parametrize("answers", [{"b": 1}, {"a": 6}, {"a": NOT_APPLICABLE}])
def test_a_vote_on_something_else_is_refused(answers):
    with pytest.raises(WrongVote):
        tally_of(STAGE, [ballot(answers)], {}, fewest=0)


def test_hands_on_something_else_are_refused():
    with pytest.raises(WrongVote):
        tally_of(STAGE, [], {"a": {"9": 1}}, fewest=0)


@quick
@given(VOTES, st.integers(0, 5), st.randoms())
def test_the_order_of_votes_plays_no_part(votes, fewest, random):
    shuffled = list(votes)
    random.shuffle(shuffled)

    assert tally_of(STAGE, votes, {}, fewest=fewest) == tally_of(STAGE, shuffled, {}, fewest=fewest)


# --- steps ----------------------------------------------------------------------------------------


def _standings(*dots):
    ids = list(TREES.descriptors)[: len(dots)]
    question = ask(RoundKind.STEPS, candidates=ids)
    hands = {key: {"1": count} for key, count in zip(ids, dots, strict=True)}
    ranked = tally_of(question, [], hands, fewest=0).ranked
    return [(ids.index(each.key), each.dots, each.place, each.standing) for each in ranked]


def test_steps_are_ranked_by_dots():
    assert _standings(1, 4, 0, 5, 2) == [
        (3, 5, 1, "first"),
        (1, 4, 2, "first"),
        (4, 2, 3, "first"),
        (0, 1, 4, "rest"),
        (2, 0, 5, "rest"),
    ]


def test_a_tie_for_the_last_of_three_places_is_told():
    assert [each[3] for each in _standings(5, 3, 4, 3, 1)] == [
        "first",
        "first",
        "tied",
        "tied",
        "rest",
    ]


def test_a_tie_within_the_first_three_is_none():
    assert [each[2:] for each in _standings(2, 2, 2)] == [(1, "first")] * 3


def test_a_step_without_dots_is_never_among_the_first():
    assert [each[3] for each in _standings(1, 0, 0)] == ["first", "rest", "rest"]


def test_dots_of_phones_and_hands_are_added():
    question = ask(RoundKind.STEPS, candidates=["a.1.1", "a.2.1"])
    votes = [ballot({"a.1.1": 1, "a.2.1": 1}), ballot({"a.2.1": 1})]

    tally = tally_of(question, votes, {"a.1.1": {"1": 5}}, fewest=0)

    assert [(each.key, each.dots) for each in tally.ranked] == [("a.1.1", 6), ("a.2.1", 2)]
    assert (tally.phones, tally.hands, tally.is_at_least) == (2, 5, True)


def test_dots_are_hidden_below_the_limit():
    question = ask(RoundKind.STEPS, candidates=["a.1.1"])
    votes = [ballot({"a.1.1": 1}), ballot({"a.1.1": 1})]

    assert tally_of(question, votes, {}, fewest=3).ranked == ()
    assert tally_of(question, [*votes, votes[0]], {}, fewest=3).ranked[0].dots == 3


def test_steps_before_there_are_candidates_are_no_result():
    assert tally_of(ask(RoundKind.STEPS), [], {}, fewest=3).ranked == ()


# --- the gate by these votes ----------------------------------------------------------------------


@st.composite
def _rated(draw):
    matrix = draw(models())
    gates = [
        (row.key, gate.to)
        for row in score(matrix, AnswerSheet()).placement.dimensions
        for gate in row.gates
        if gate.items
    ]
    dimension, to = draw(st.sampled_from(gates))
    question = question_of(matrix, RoundKind.GATE, dimension, to, ())
    votes = draw(st.lists(ratings(matrix), max_size=6))
    kept = [{k: v for k, v in vote.items() if k in question.keys} for vote in votes]
    return matrix, question, [vote for vote in kept if vote]


@quick
@given(_rated())
def test_a_gate_stands_as_if_only_these_votes_were_placed(drawn):
    matrix, question, votes = drawn

    tally = tally_of(question, [ballot(vote) for vote in votes], {}, fewest=0)

    sheet = AnswerSheet(tuple(RespondentAnswers(ratings=vote) for vote in votes))
    row = score(matrix, sheet).placement.of(question.dimension)
    (expected,) = [gate for gate in row.gates if gate.to == question.gate_to]
    assert gate_by_votes(matrix, question, tally) == expected


def test_hidden_statements_tell_nothing_through_the_gate():
    def gate(hidden_answer):
        votes = [ballot({"a.2.3": 3, "a.3.1": hidden_answer})]
        votes += [ballot({"a.2.3": 2})] * 3
        return gate_by_votes(TREES, GATE, tally_of(GATE, votes, {}, fewest=3))

    assert gate(0) == gate(3)


def test_only_a_gate_that_may_be_shown_stands_anywhere():
    assert gate_by_votes(TREES, STAGE, counted([1])) is None
    few = tally_of(GATE, [ballot({"a.2.3": 1})], {}, fewest=3)
    assert gate_by_votes(TREES, GATE, few) is None
