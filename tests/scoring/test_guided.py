"""Which gates are asked, and why."""

import pytest

from assessments.scoring.guided import guide
from tests.scoring.models import WORKED, WORKED_RATINGS, model

FOUR = model({"a": ("cc", "pp", "pp", "pp")})
FIRST_GATE = {"a.1.1": 3, "a.1.2": 3, "a.2.1": 3, "a.2.2": 3}


def seen(ratings, matrix=FOUR, **options):
    """Return (to, state, reason, because of) of each gate."""
    return [
        (gate.to, gate.state, gate.reason, gate.because_of)
        for gate in guide(matrix, "a", ratings, **options).gates
    ]


@pytest.mark.parametrize(
    ("ratings", "gates"),
    [
        (
            {},
            [
                (2, "undecided", "answers_to_come", None),
                (3, "waiting", "waits_for_gate_below", 2),
                (4, "waiting", "waits_for_gate_below", 2),
            ],
        ),
        (
            FIRST_GATE,
            [
                (2, "open", "reached", None),
                (3, "undecided", "answers_to_come", None),
                (4, "waiting", "waits_for_gate_below", 3),
            ],
        ),
        # 2 of 12 are there; the two unanswered could bring 6 more, and 8 open it.
        (
            {"a.1.1": 2, "a.1.2": 0},
            [
                (2, "undecided", "answers_to_come", None),
                (3, "waiting", "waits_for_gate_below", 2),
                (4, "waiting", "waits_for_gate_below", 2),
            ],
        ),
        (
            {"a.1.1": 1, "a.1.2": 0},
            [
                (2, "closed", "out_of_reach", None),
                (3, "not_needed", "gate_below_stays_closed", 2),
                (4, "not_needed", "gate_below_stays_closed", 2),
            ],
        ),
        # Only "don't know" stands between it and open: the next gate could count, so it is asked.
        (
            {**FIRST_GATE, "a.3.1": 3, "a.3.2": "unknown"},
            [
                (2, "open", "reached", None),
                (3, "undecided", "unknown_left", None),
                (4, "undecided", "answers_to_come", None),
            ],
        ),
        # Open already, though one of it is unanswered.
        (
            {"a.1.1": 3, "a.1.2": 3, "a.2.1": 3},
            [
                (2, "open", "reached", None),
                (3, "undecided", "answers_to_come", None),
                (4, "waiting", "waits_for_gate_below", 3),
            ],
        ),
        (
            dict.fromkeys(FIRST_GATE, "not_applicable") | {"a.3.1": 0, "a.3.2": 0},
            [
                (2, "open", "nothing_applies", None),
                (3, "closed", "out_of_reach", None),
                (4, "not_needed", "gate_below_stays_closed", 3),
            ],
        ),
    ],
)
def test_guide_asks_gate_by_gate(ratings, gates):
    assert seen(ratings) == gates


def test_guide_still_asks_the_rest_of_a_gate_that_stays_closed():
    found = guide(FOUR, "a", {"a.1.1": 1, "a.1.2": 0})

    assert (found.to_ask, found.next_open, found.is_done) == (("a.2.1", "a.2.2"), "a.2.1", False)


def test_guide_does_not_ask_again_what_somebody_does_not_know():
    found = guide(WORKED, "a", WORKED_RATINGS)

    assert (found.to_ask, found.next_open, found.is_done) == ((), None, True)


def test_guide_asks_everyone_the_same_when_the_lead_says_so():
    assert seen({"a.1.1": 0, "a.1.2": 0}, everyone_to=3) == [
        (2, "closed", "out_of_reach", None),
        (3, "undecided", "answers_to_come", None),
        (4, "not_needed", "not_chosen", None),
    ]


def test_guide_asks_everything_where_every_stage_counts():
    matrix = model({"a": ("", "p", "p", "p")}, rule="additive", first=0)

    assert guide(matrix, "a", {"a.1.1": 0}).to_ask == ("a.2.1", "a.3.1")


def test_guide_under_the_every_rule_stops_at_the_first_that_fails():
    matrix = model({"a": ("cc", "pp", "pp")}, rule="every")

    assert [gate.state for gate in guide(matrix, "a", {"a.1.1": 1}).gates] == [
        "closed",
        "not_needed",
    ]


def test_guide_knows_no_other_dimension():
    with pytest.raises(KeyError):
        guide(FOUR, "b", {})
