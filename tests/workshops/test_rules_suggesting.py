"""What a room might agree on, by its votes."""

import pytest

from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.rules.suggesting import suggested_decision
from assessments.workshops.rules.tallies import tally_of
from tests.workshops.rounds import ask, ballot, ballots


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 5, 0, 0), 3),
        ((1, 4, 0, 0, 0), 2),
        ((2, 0, 0, 0, 6), 5),
        # Of two middle ones, the lower: nobody is promoted by a draw.
        ((0, 3, 3, 0, 0), 2),
        ((3, 0, 0, 0, 3), 1),
    ],
)
def test_the_middle_vote_is_suggested(counts, expected) -> None:
    question = ask(RoundKind.STAGE)
    tally = tally_of(question, ballots(question, counts), {}, fewest=0)

    assert suggested_decision(question, tally) == {"a": expected}


@pytest.mark.parametrize("votes", [[], [ballot("unknown")] * 4])
def test_nothing_is_suggested_where_nobody_chose(votes) -> None:
    question = ask(RoundKind.STAGE)

    assert suggested_decision(question, tally_of(question, votes, {}, fewest=0)) == {}


def test_nothing_is_suggested_of_what_is_hidden() -> None:
    question = ask(RoundKind.STAGE)
    tally = tally_of(question, ballots(question, (0, 2)), {}, fewest=3)

    assert tally.is_hidden
    assert suggested_decision(question, tally) == {}


def test_a_statement_most_say_does_not_apply_is_suggested_as_that() -> None:
    question = ask(RoundKind.GATE, to=2)
    first, second, *_ = question.keys
    votes = [ballot({first: "not_applicable", second: 2})] * 2 + [ballot({first: 3, second: 1})]

    found = suggested_decision(question, tally_of(question, votes, {}, fewest=0))

    assert found == {first: "not_applicable", second: 2}


def test_steps_that_are_clearly_first_are_suggested() -> None:
    keys = ["a.2.1", "a.2.2", "a.3.1", "a.3.2"]
    question = ask(RoundKind.STEPS, candidates=keys)
    votes = [ballot({keys[3]: 1, keys[0]: 1})] * 2 + [ballot({keys[3]: 1})]

    found = suggested_decision(question, tally_of(question, votes, {}, fewest=0))

    assert found == {keys[3]: 1, keys[0]: 1}
