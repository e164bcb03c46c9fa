"""What a workshop came to, as values and words; no database."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from assessments.workshops.rules.kinds import RoundKind, State
from assessments.workshops.rules.protocol import Protocol
from assessments.workshops.rules.records import MOST_DOTS, RoundFacts, RoundRecord, round_record
from assessments.workshops.rules.tallies import tally_of
from tests.workshops.rounds import TREES, ask, ballot, ballots

FACTS = RoundFacts(
    number=1, attempt=1, attempts=1, state=State.AGREED, decision={}, reason="", dissent=""
)
BLANK = Protocol(
    public_id="w",
    title="",
    began=datetime(2026, 11, 20, 9, tzinfo=UTC),
    ended=datetime(2026, 11, 20, 11, tzinfo=UTC),
    is_over=True,
    is_cut=False,
    is_rehearsal=False,
    is_anonymous=False,
    fewest=3,
    facilitators=(),
    joined=0,
    removed=0,
    names=(),
    unnamed=0,
    rounds=(),
)


def recorded(kind: RoundKind, counts: tuple[int, ...], **facts: Any) -> RoundRecord:
    """Return a round on dimension "a" with so many votes for each option."""
    question = ask(kind)
    tally = tally_of(question, ballots(question, counts), {}, fewest=0)
    return round_record(TREES, question, tally, replace(FACTS, **facts))


def rounds(*states: str) -> tuple[RoundRecord, ...]:
    """Return a round in each of these states, of a question of its own."""
    question = ask(RoundKind.STAGE)
    return tuple(
        round_record(TREES, question, None, replace(FACTS, number=number, state=State(state)))
        for number, state in enumerate(states, start=1)
    )


@pytest.mark.parametrize(
    ("joined", "removed", "is_rehearsal", "words"),
    [
        (0, 0, False, "Nobody joined by phone."),
        (1, 0, False, "One person joined by phone."),
        (12, 0, False, "Twelve people joined by phone."),
        (300, 1, False, "300 people joined by phone; one more was taken out again."),
        (2, 3, False, "Two people joined by phone; three more were taken out again."),
        (0, 1, False, "Nobody joined by phone; one was taken out again."),
        (8, 0, True, "Eight pretend participants took part."),
    ],
)
def test_attendance_is_told(joined: int, removed: int, is_rehearsal: bool, words: str) -> None:
    protocol = replace(BLANK, joined=joined, removed=removed, is_rehearsal=is_rehearsal)

    assert protocol.attendance == words


@pytest.mark.parametrize(
    ("states", "is_over", "words"),
    [
        ((), True, "It had no rounds."),
        (("agreed",), True, "The question was decided."),
        (("agreed", "agreed"), True, "Both questions were decided."),
        (("agreed",) * 3, True, "All three questions were decided."),
        (("revealed", "skipped"), True, "Nothing was decided."),
        (("agreed", "revealed", "skipped"), True, "One of three questions was decided."),
        (("agreed", "agreed", "revealed"), True, "Two of three questions were decided."),
        (("agreed", "open", "planned"), False, "So far one of three questions is decided."),
        (("open",), False, "So far nothing is decided."),
    ],
)
def test_how_far_it_came_is_told(states: tuple[str, ...], is_over: bool, words: str) -> None:
    assert replace(BLANK, rounds=rounds(*states), is_over=is_over).summary == words


def test_second_attempts_count_as_one_question() -> None:
    first, second = rounds("revealed", "agreed")

    assert replace(BLANK, rounds=(first, replace(second, number=1))).summary == (
        "The question was decided."
    )


def test_name_is_the_title_or_the_day() -> None:
    assert BLANK.name == "Workshop of 20 November 2026"
    assert replace(BLANK, is_rehearsal=True).name == "Rehearsal of 20 November 2026"
    assert replace(BLANK, title="Kick-off").name == "Kick-off"
    assert replace(BLANK, began=None).name == "Workshop"


def test_who_ran_it_is_told_when_known() -> None:
    assert BLANK.ran == "20 November 2026, 09:00 to 11:00 UTC"
    assert replace(BLANK, facilitators=("Ada", "Bo")).ran == (
        "20 November 2026, 09:00 to 11:00 UTC, run by Ada and Bo"
    )


@pytest.mark.parametrize(
    ("kind", "decision", "decided", "tone", "about"),
    [
        (RoundKind.STAGE, {"a": 3}, "Stage 3, Cedar", 3, "Name of a"),
        (RoundKind.TARGET, {"a": 5}, "Stage 5, Elm", 5, "Name of a, target"),
        (RoundKind.IMPORTANCE, {"a": 2}, "More", 0, "Name of a, importance"),
        (RoundKind.IMPORTANCE, {"a": 7}, "Weight 7", 0, "Name of a, importance"),
    ],
)
def test_decision_is_told_in_a_few_words(
    kind: RoundKind, decision: dict[str, int], decided: str, tone: int, about: str
) -> None:
    record = recorded(kind, (1, 2, 3), decision=decision)
    name = TREES.dimension_by_key["a"].name

    assert (record.decided, record.tone) == (decided, tone)
    assert record.about == about.replace("Name of a", name)


def test_decided_answer_is_marked_and_only_that() -> None:
    record = recorded(RoundKind.STAGE, (1, 2), decision={"a": 2})

    assert record.line is not None
    assert [(each.number, each.count, each.is_decided) for each in record.line.choices] == [
        (1, 1, False),
        (2, 2, True),
        (3, 0, False),
        (4, 0, False),
        (5, 0, False),
    ]


def test_round_that_was_not_agreed_tells_no_decision() -> None:
    record = recorded(
        RoundKind.STAGE,
        (1, 2),
        state=State.REVEALED,
        decision={"a": 2},
        reason="Why",
        dissent="Who",
    )

    assert (record.decided, record.reason, record.dissent) == ("", "", "")
    assert record.line is not None
    assert not any(each.is_decided for each in record.line.choices)


def test_round_whose_votes_may_not_be_seen_has_no_figures() -> None:
    (record,) = rounds("closed")

    assert (record.n, record.voted, record.texts, record.asked, record.notes) == (0, "", (), (), ())


def test_gate_tells_each_statement_and_how_many_were_agreed() -> None:
    question = ask(RoundKind.GATE, to=2)
    first, second = question.keys[:2]
    votes = [ballot({first: 3}), ballot({first: 3}), ballot({first: 0, second: 1})]
    record = round_record(
        TREES,
        question,
        tally_of(question, votes, {}, fewest=0),
        replace(FACTS, decision={first: 3, second: "not_applicable"}),
    )

    assert record.decided == f"Two of {_in_words(len(question.keys))} statements agreed"
    assert record.line is None
    assert [each.name for each in record.asked] == [
        TREES.descriptors[key].statement for key in question.keys
    ]
    assert record.asked[1].decision == "Does not apply"
    assert [each.label for each in record.asked[1].choices if each.is_decided] == ["Does not apply"]


def _in_words(number: int) -> str:
    return ("none", "one", "two", "three", "four", "five")[number]


def test_steps_tell_their_dots_and_which_were_chosen() -> None:
    question = ask(RoundKind.STEPS, candidates=["a.2.1", "a.3.1", "a.4.1"])
    votes = [ballot({"a.3.1": 1, "a.4.1": 1}), ballot({"a.3.1": 1})]
    record = round_record(
        TREES,
        question,
        tally_of(question, votes, {}, fewest=0),
        replace(FACTS, decision={"a.4.1": 1, "a.2.1": 0}),
    )

    assert [(each.key, each.votes, each.is_decided) for each in record.steps] == [
        ("a.3.1", 2, False),
        ("a.4.1", 1, True),
        ("a.2.1", 0, False),
    ]
    assert record.decided == "One step to take first"
    assert replace(BLANK, rounds=(record,)).first_steps == record.chosen


def test_hidden_steps_keep_the_decision_and_show_no_dots() -> None:
    question = ask(RoundKind.STEPS, candidates=["a.2.1", "a.3.1"])
    tally = tally_of(question, [ballot({"a.3.1": 1})], {}, fewest=3)

    record = round_record(TREES, question, tally, replace(FACTS, decision={"a.3.1": 1}))

    assert [(each.key, each.votes, each.dots) for each in record.steps] == [
        ("a.2.1", None, 0),
        ("a.3.1", None, 0),
    ]
    assert [each.key for each in record.chosen] == ["a.3.1"]


@pytest.mark.parametrize(
    ("count", "per_dot", "dots"),
    [(0, 1, 0), (1, 1, 1), (30, 1, 30), (31, 2, 16), (60, 2, 30), (61, 5, 12), (300, 10, 30)],
)
def test_row_of_dots_is_never_too_long(count: int, per_dot: int, dots: int) -> None:
    record = recorded(RoundKind.STAGE, (count,))

    assert record.line is not None
    assert (record.per_dot, record.line.choices[0].dots) == (per_dot, dots)
    assert len(record.line.choices[0].drawn) == dots <= MOST_DOTS


def test_few_beside_many_still_have_a_dot() -> None:
    record = recorded(RoundKind.STAGE, (300, 1))

    assert record.line is not None
    assert [each.dots for each in record.line.choices] == [30, 1, 0, 0, 0]


def test_attempts_are_told_in_words() -> None:
    first = recorded(RoundKind.STAGE, (1,), attempt=1, attempts=2, state=State.REVEALED)
    second = recorded(RoundKind.STAGE, (1,), attempt=2, attempts=2)

    assert (first.which, first.is_superseded) == ("first vote of two", True)
    assert (second.which, second.is_superseded) == ("second vote of two", False)
    assert recorded(RoundKind.STAGE, (1,)).which == ""
