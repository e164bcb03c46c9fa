"""What is said of a whole round, in short, of steps and of groups."""

import pytest

from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.rules.tallies import tally_of
from assessments.workshops.rules.tally_words import (
    group_name,
    groups_text,
    median_text,
    options_text,
    tally_text,
    votes_text,
)
from maturity.web.words import capital, joined, number_text, people_text
from tests.workshops.rounds import TREES, ask, ballot, counted

STAGE = ask(RoundKind.STAGE)


# --- short ones -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((0, 0, 3), "Cedar"),
        ((0, 1, 1), "between Birch and Cedar"),
        # The stage in the middle is one that nobody chose.
        ((2, 0, 0, 0, 2), "between Ash and Elm"),
        ((), ""),
    ],
)
def test_the_median_in_words(counts, says):
    assert median_text(TREES, STAGE, counted(counts).line) == says


def test_options_in_short():
    assert options_text(TREES, STAGE, counted((2, 0, 6), unsure=1).line) == (
        "2 Ash, 6 Cedar, 1 not sure"
    )
    assert options_text(TREES, STAGE, counted(()).line) == ""


@pytest.mark.parametrize(
    ("phones", "hands", "says"),
    [
        (0, 0, "Nobody"),
        (1, 0, "One person"),
        (7, 0, "Seven people"),
        (300, 0, "300 people"),
        (0, 14, "14 people by a show of hands"),
        (3, 14, "17 people: 14 hands and 3 phones"),
        (1, 1, "Two people: 1 hand and 1 phone"),
    ],
)
def test_how_many_voted(phones, hands, says):
    tally = tally_of(STAGE, [ballot(1)] * phones, {"a": {"1": hands}}, fewest=0)

    assert votes_text(tally) == says


def test_numbers_and_lists():
    assert [number_text(n) for n in (0, 1, 12, 13, 1000)] == [
        "none",
        "one",
        "twelve",
        "13",
        "1,000",
    ]
    assert [people_text(n) for n in (1, 2)] == ["one person", "two people"]
    assert [joined(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [capital(text) for text in ("", "two", "IT")] == ["", "Two", "IT"]


# --- steps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dots", "says"),
    [
        (
            (6, 5, 4, 1),
            "16 dots on four steps. The first three are clear, with six, five and four dots.",
        ),
        (
            (5, 4, 3, 3, 1),
            "16 dots on five steps. The first two are clear, with five and four dots."
            " Two tie for the third place, with three dots each: the room picks one.",
        ),
        (
            (5, 3, 3, 3),
            "14 dots on four steps. The first one is clear, with five dots."
            " Three tie for the second and third place, with three dots each:"
            " the room picks two.",
        ),
        (
            (1, 1, 1, 1),
            "Four dots on four steps."
            " Four tie for the first three places, with one dot each: the room picks three.",
        ),
        ((2, 2, 2), "Six dots on three steps. The first three are clear, with two dots each."),
        (
            (3, 2, 1),
            "Six dots on three steps. The first three are clear, with three dots, two and one.",
        ),
        ((3, 1), "Four dots on two steps; no other step has one."),
        ((1,), "One dot on one step; no other step has one."),
    ],
)
def test_steps_in_words(dots, says):
    ids = list(TREES.descriptors)[:6]
    question = ask(RoundKind.STEPS, candidates=ids)
    hands = {key: {"1": count} for key, count in zip(ids, dots, strict=False)}

    assert tally_text(TREES, question, tally_of(question, [], hands, fewest=0)) == says


def test_hands_on_steps_tell_only_how_many_people_there_must_have_been():
    question = ask(RoundKind.STEPS, candidates=["a.1.1"])
    tally = tally_of(question, [], {"a.1.1": {"1": 5}}, fewest=0)

    assert votes_text(tally) == "At least five people by a show of hands"


# --- groups ---------------------------------------------------------------------------------------


def _groups(*pairs, fewest=0):
    votes = [ballot(stage, {"department": name} if name else {}) for name, stage in pairs]
    line = tally_of(STAGE, votes, {}, fewest=fewest).line
    return groups_text(TREES, STAGE, line), [
        group_name(group) for grouping in line.groupings for group in grouping.groups
    ]


def test_groups_that_differ_are_told_by_their_medians():
    assert _groups(("Service", 3), ("IT", 1))[0] == (
        "By department: IT sees Ash (median), Service Cedar.",
    )


def test_a_group_between_two_stages_lies_there():
    assert _groups(("Service", 4), ("Service", 4), ("IT", 1), ("IT", 2))[0] == (
        "By department: IT lies between Ash and Birch (median), Service sees Dogwood.",
    )


def test_groups_that_do_not_differ_are_not_told():
    assert _groups(("Service", 3), ("IT", 3)) == ((), ["IT", "Service"])


def test_the_others_are_several():
    pairs = [("Service", 3)] * 3 + [("IT", 1)] * 2 + [("", 1)]

    assert _groups(*pairs, fewest=3) == (
        ("By department: Service sees Cedar (median), the others see Ash.",),
        ["Service", "The others"],
    )


def test_those_who_named_no_group_are_called_so():
    assert _groups(("IT", 3), ("", 1)) == (
        ("By department: IT sees Cedar (median), those who named no group see Ash.",),
        ["IT", "No group named"],
    )


def test_of_many_groups_the_ends_are_told():
    pairs = [("A", 1), ("B", 2), ("C", 2), ("D", 5), ("E", 5)]

    assert _groups(*pairs)[0] == (
        "By department: the lowest median is Ash (A), the highest Elm (D and E).",
    )
