"""What is shown of anonymous votes, and what somebody who subtracts cannot learn from it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring.sheets import UNKNOWN
from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.rules.tallies import VoteNote, tally_of
from tests.scoring.strategies import quick
from tests.workshops.rounds import VOTES, ask, ballot, ballots, counted

STAGE = ask(RoundKind.STAGE)
GATE = ask(RoundKind.GATE, to=3)
DEPARTMENT = ("Department", ["Service", "IT", "Sales"])
SITE = ("Site", ["North", "South"])


def _grouped(*pairs, fewest=3, lists=(DEPARTMENT,)):
    """Return the groups shown of votes "Service 3" by list: options, counts."""
    votes = [ballot(stage, {"Department": name} if name else {}) for stage, name in pairs]
    line = tally_of(STAGE, votes, {}, fewest=fewest, lists=lists).line
    return [
        (each.name, {group.options: group.spread.counts for group in each.groups})
        for each in line.groupings
    ]


# --- what is hidden -------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "is_hidden"), [(0, False), (1, True), (2, True), (3, False)])
def test_fewer_votes_than_the_limit_show_nothing_but_their_number(n, is_hidden):
    votes = [ballot(3, note="I know why", name="Ana") for _ in range(n)]

    tally = tally_of(STAGE, votes, {}, fewest=3)

    assert (tally.n, tally.is_hidden) == (n, is_hidden)
    if is_hidden:
        assert (tally.lines, tally.ranked, tally.notes) == ((), (), ())


def test_not_sure_does_not_help_over_the_limit():
    assert counted([0, 1, 1], unsure=9, fewest=3).is_hidden
    assert not counted([0, 1, 2], unsure=9, fewest=3).is_hidden


def test_that_nobody_is_sure_is_shown():
    tally = counted([], unsure=4, fewest=3)

    assert (tally.is_hidden, tally.line.spread.unsure) == (False, 4)


def test_hands_hide_nobody():
    """Whoever counted the hands would have the two phones left over."""
    tally = tally_of(STAGE, ballots(STAGE, [1, 1]), {"a": {"3": 14}}, fewest=3)

    assert (tally.n, tally.is_hidden, tally.lines) == (16, True, ())


def test_hands_alone_are_nobodys_secret():
    tally = tally_of(STAGE, [], {"a": {"3": 1}}, fewest=3)

    assert (tally.is_hidden, tally.line.counts[3]) == (False, 1)


def test_a_statement_that_too_few_rated_is_hidden_alone():
    votes = [ballot({"a.2.3": 1, "a.3.1": 2}), ballot({"a.2.3": 1, "a.3.1": 2})]
    votes += [ballot({"a.2.3": 3, "a.3.1": UNKNOWN}), ballot({"a.2.3": 3})]

    tally = tally_of(GATE, votes, {}, fewest=3)

    assert [line.is_hidden for line in tally.lines] == [False, True, False]
    assert tally.lines[1].spread.counts == (0, 0, 0, 0)
    assert tally.lines[1].spread.unsure == 0


def test_a_gate_of_hidden_statements_is_hidden():
    votes = [ballot({key: 1}) for key in GATE.keys]

    assert tally_of(GATE, votes, {}, fewest=3).is_hidden


@quick
@given(VOTES, st.integers(2, 5))
def test_nothing_shown_rests_on_too_few(votes, fewest):
    tally = tally_of(STAGE, votes, {}, fewest=fewest)

    for line in tally.lines:
        assert line.spread.given == 0 or line.spread.given >= fewest
        for grouping in line.groupings:
            assert len(grouping.groups) > 1
            assert all(group.spread.people >= fewest for group in grouping.groups)


# --- notes ----------------------------------------------------------------------------------------


def test_notes_stand_with_names_where_people_are_named():
    votes = [ballot(3, note="Late", name="Bo"), ballot(3, name="Al"), ballot(1, note="No", name="")]

    assert tally_of(STAGE, votes, {}, fewest=0).notes == (
        VoteNote("No", ""),
        VoteNote("Late", "Bo"),
    )


def test_notes_have_no_names_and_no_order_of_voting_where_nobody_is_named():
    votes = [ballot(3, note="Second", name="Bo"), ballot(3, note="First", name="Al"), ballot(3)]

    assert tally_of(STAGE, votes, {}, fewest=3).notes == (
        VoteNote("First", ""),
        VoteNote("Second", ""),
    )


# --- groups ---------------------------------------------------------------------------------------


def test_groups_are_shown_in_the_order_of_their_list():
    found = _grouped((1, "IT"), (2, "Service"), (3, ""), fewest=0)

    assert found == [
        (
            "Department",
            {("Service",): (0, 1, 0, 0, 0), ("IT",): (1, 0, 0, 0, 0), ("",): (0, 0, 1, 0, 0)},
        )
    ]


def test_one_group_is_no_comparison():
    assert _grouped((1, "IT"), (2, "IT"), fewest=0) == []


def test_small_groups_become_the_others():
    pairs = [(3, "Service")] * 3 + [(1, "IT")] * 2 + [(5, "Sales")]

    assert _grouped(*pairs) == [
        ("Department", {("Service",): (0, 0, 3, 0, 0), ("IT", "Sales"): (2, 0, 0, 0, 1)})
    ]


def test_a_small_group_that_cannot_be_hidden_among_others_hides_the_list():
    assert _grouped(*[(3, "Service")] * 5, (1, "IT")) == []


def test_who_is_not_sure_does_not_make_a_group_large_enough():
    assert _grouped(*[(3, "Service")] * 4, (1, "IT"), (2, "IT"), ("unknown", "IT")) == []


def test_two_lists_that_differ_by_one_person_are_not_shown_together():
    """Service less North would be that one person."""
    sites = ["North"] * 3 + ["South"] * 5
    departments = ["Service"] * 4 + ["IT"] * 4
    votes = [
        ballot(3, {"Department": department, "Site": site})
        for department, site in zip(departments, sites, strict=True)
    ]

    def names(fewest):
        tally = tally_of(STAGE, votes, {}, fewest=fewest, lists=[DEPARTMENT, SITE])
        return [grouping.name for grouping in tally.line.groupings]

    assert names(fewest=0) == ["Department", "Site"]
    assert names(fewest=3) == ["Department"]


def test_of_anonymous_groups_a_gate_shows_the_first_list_and_others_the_first_two():
    lists = [(name, ["x", "y"]) for name in "DEF"]
    # Each combination three times, so that nothing can be taken from anything.
    chosen = [dict(zip("DEF", each, strict=True)) for each in product("xy", repeat=3)] * 3

    def names(question, fewest):
        votes = [ballot({question.keys[0]: 1}, groups) for groups in chosen]
        line = tally_of(question, votes, {}, fewest=fewest, lists=lists).lines[0]
        return [grouping.name for grouping in line.groupings]

    assert names(STAGE, 0) == names(GATE, 0) == ["D", "E", "F"]
    assert names(STAGE, 3) == ["D", "E"]
    assert names(GATE, 3) == ["D"]


def test_groups_of_a_statement_are_those_who_rated_it():
    service, it = {"Department": "Service"}, {"Department": "IT"}
    votes = [ballot({"a.2.3": 3, "a.3.1": 1}, service) for _ in range(3)]
    votes += [ballot({"a.2.3": 0, "a.3.1": 1}, it) for _ in range(2)]
    votes += [ballot({"a.2.3": 0}, it)]

    tally = tally_of(GATE, votes, {}, fewest=3, lists=[DEPARTMENT])

    assert [len(line.groupings) for line in tally.lines] == [1, 0, 0]


def test_groups_differ_from_a_whole_option_on():
    service, it = {"Department": "Service"}, {"Department": "IT"}

    def differs(*stages):
        votes = [ballot(stage, service) for stage in stages[:2]]
        votes += [ballot(stage, it) for stage in stages[2:]]
        (grouping,) = tally_of(STAGE, votes, {}, fewest=0).line.groupings
        return grouping.differs

    assert differs(3, 3, 2, 2)
    assert differs(3, 4, 2, 3)
    assert not differs(3, 3, 2, 3)
    assert not differs("unknown", 3, "unknown", 3)


def test_groups_of_a_wish_and_of_a_weight_are_told_too():
    question = ask(RoundKind.IMPORTANCE)
    votes = [ballot(0, {"D": "x"}), ballot(3, {"D": "y"})]

    (grouping,) = tally_of(question, votes, {}, fewest=0).line.groupings

    assert grouping.differs


@quick
@given(VOTES, st.integers(2, 4))
def test_somebody_who_adds_and_subtracts_groups_learns_of_nobody(votes, fewest):
    """Of all sums and differences of groups and the whole, none rests on 1 to fewest − 1 people."""
    tally = tally_of(STAGE, votes, {}, fewest=fewest)
    if tally.is_hidden:
        return
    people = [place for place, vote in enumerate(votes) if vote.answers["a"] != "unknown"]
    sets = [set(people)]
    for grouping in tally.line.groupings:
        named = [group.options for group in grouping.groups if not group.is_rest]
        for group in grouping.groups:
            inside = {p for p in people if (votes[p].groups.get(grouping.name, ""),) in named}
            if group.is_rest:
                members = set(people) - inside
            else:
                members = {
                    p for p in people if votes[p].groups.get(grouping.name, "") == group.options[0]
                }
            assert len(members) == group.spread.people
            sets.append(members)

    for factors in product((-1, 0, 1), repeat=len(sets)):
        rests_on = sum(
            sum(f for f, members in zip(factors, sets, strict=True) if person in members) != 0
            for person in people
        )
        assert rests_on == 0 or rests_on >= fewest
