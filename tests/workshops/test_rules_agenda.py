"""How the time of a workshop is shared out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.workshops.rules.agenda import FLOORS, LONGEST_ROUND, PlannedRound, suggest_agenda
from assessments.workshops.rules.kinds import RoundKind
from tests.scoring.strategies import quick

EIGHT = [(key, f"Row {key}") for key in "abcdefgh"]


def _suggest(minutes, dimensions=EIGHT, **wishes):
    wishes = {
        "with_targets": False,
        "with_importance": False,
        "with_steps": False,
        "detail": {},
        "round_minutes": None,
        **wishes,
    }
    return suggest_agenda(minutes, dimensions, **wishes)


def _rounds(agenda):
    return [(each.kind.value, each.dimension, each.minutes) for each in agenda.rounds]


def test_an_hour_holds_eight_dimensions():
    agenda = _suggest(60)

    assert _rounds(agenda) == [("stage", key, 6) for key, _ in EIGHT]
    assert (agenda.welcome, agenda.closing, agenda.total, agenda.spare) == (5, 5, 58, 2)
    assert (agenda.left_out, agenda.left_out_words) == ((), "")
    assert agenda.words == (
        "Eight dimensions of six minutes each, five to join and five to close: 58 of 60 minutes."
    )


def test_half_an_hour_holds_them_as_well_in_a_hurry():
    agenda = _suggest(30)

    assert _rounds(agenda) == [("stage", key, 3) for key, _ in EIGHT]
    assert (agenda.needed, agenda.welcome, agenda.closing, agenda.spare) == (29, 4, 2, 0)


def test_a_gate_takes_longer_and_says_where_it_leads():
    agenda = _suggest(60, EIGHT[:3], detail={"b": 3})

    assert agenda.rounds[1] == PlannedRound(RoundKind.GATE, "b", 3, 17)
    assert [each.minutes for each in agenda.rounds] == [15, 17, 15]
    assert agenda.words == (
        "Two dimensions of 15 minutes each, one gate of 17 minutes, five to join and five to close:"
        " 57 of 60 minutes."
    )


def test_targets_follow_their_dimension_and_importance_comes_when_all_is_said():
    agenda = _suggest(
        40, EIGHT[:2], with_targets=True, with_importance=True, with_steps=True, round_minutes=4
    )

    assert _rounds(agenda) == [
        ("stage", "a", 4),
        ("target", "a", 1),
        ("stage", "b", 4),
        ("target", "b", 1),
        ("importance", "a", 1),
        ("importance", "b", 1),
        ("steps", "", 5),
    ]
    assert agenda.words == (
        "Two dimensions of four minutes each, two targets of one minute each, two questions of"
        " importance of one minute each, five minutes for the first steps, five to join and five"
        " to close: 27 of 40 minutes."
    )


def test_what_does_not_fit_is_left_out_from_the_end():
    agenda = _suggest(20, round_minutes=5)

    assert [each.dimension for each in agenda.rounds] == ["a", "b", "c"]
    assert agenda.left_out == ("d", "e", "f", "g", "h")
    assert agenda.left_out_words == (
        "Five dimensions do not fit into 20 minutes: Row d, Row e, Row f, Row g, Row h."
        " For everything it takes at least 45 minutes."
    )


def test_what_is_urgent_comes_first():
    agenda = _suggest(14, urgent=["g", "unknown", "b", "g"])

    assert [each.dimension for each in agenda.rounds] == ["g", "b", "a"]
    assert agenda.left_out == ("c", "d", "e", "f", "h")


def test_the_time_for_steps_is_kept_free():
    agenda = _suggest(15, with_steps=True)

    assert _rounds(agenda) == [("stage", "a", 3), ("steps", "", 5)]
    assert not agenda.has_left_steps_out


def test_steps_give_way_when_there_were_time_for_nothing_else():
    agenda = _suggest(8, EIGHT[:1], with_steps=True)

    assert _rounds(agenda) == [("stage", "a", 3)]
    assert agenda.has_left_steps_out
    assert agenda.left_out_words == (
        "The round on the first steps does not fit into eight minutes."
        " For everything it takes at least 13 minutes."
    )


def test_a_workshop_on_steps_alone_is_one():
    agenda = _suggest(15, [], with_steps=True)

    assert _rounds(agenda) == [("steps", "", 5)]
    assert (agenda.total, agenda.spare, agenda.left_out_words) == (15, 0, "")


def test_no_time_is_no_agenda():
    agenda = _suggest(4, EIGHT[:1])

    assert (agenda.rounds, agenda.left_out, agenda.words) == ((), ("a",), "")
    assert agenda.left_out_words == (
        "One dimension does not fit into four minutes: Row a."
        " For everything it takes at least eight minutes."
    )


@pytest.mark.parametrize("minutes", [1, 2])
def test_a_round_is_never_shorter_than_it_takes_to_read_the_question(minutes):
    agenda = _suggest(60, EIGHT[:2], detail={"b": 2}, round_minutes=minutes)

    assert [each.minutes for each in agenda.rounds] == [3, 5]


def test_of_very_many_dimensions_the_first_are_named():
    agenda = _suggest(14, [(f"d{n}", f"Row {n}") for n in range(60)])

    assert agenda.left_out_words == (
        "57 dimensions do not fit into 14 minutes: Row 3, Row 4, Row 5, Row 6, Row 7, Row 8,"
        " Row 9 and 50 more. For everything it takes at least 185 minutes."
    )


_WISHES = st.fixed_dictionaries(
    {
        "with_targets": st.booleans(),
        "with_importance": st.booleans(),
        "with_steps": st.booleans(),
        "detail": st.dictionaries(st.sampled_from("abcdefghz"), st.integers(2, 5)),
        "round_minutes": st.one_of(st.none(), st.integers(1, 20)),
        "urgent": st.lists(st.sampled_from("abcdefghz")),
    }
)
_DIMENSIONS = st.integers(0, 8).map(lambda n: EIGHT[:n])


@quick
@given(st.integers(5, 240), _DIMENSIONS, _WISHES)
def test_an_agenda_keeps_to_the_time_and_forgets_nothing(minutes, dimensions, wishes):
    agenda = _suggest(minutes, dimensions, **wishes)

    assert agenda.total + agenda.spare == minutes
    assert agenda.total == (
        agenda.welcome + agenda.closing + sum(each.minutes for each in agenda.rounds)
    )
    talked = [e.dimension for e in agenda.rounds if e.kind in (RoundKind.STAGE, RoundKind.GATE)]
    assert sorted([*talked, *agenda.left_out]) == [key for key, _ in dimensions]
    assert all(FLOORS[each.kind] <= each.minutes <= LONGEST_ROUND + 5 for each in agenda.rounds)
    for kind, wish in (
        (RoundKind.TARGET, "with_targets"),
        (RoundKind.IMPORTANCE, "with_importance"),
    ):
        asked = [each.dimension for each in agenda.rounds if each.kind is kind]
        assert asked == (talked if wishes[wish] else [])
    assert agenda.has_left_steps_out == (
        wishes["with_steps"] and RoundKind.STEPS not in [each.kind for each in agenda.rounds]
    )
    assert bool(agenda.left_out_words) == bool(agenda.left_out or agenda.has_left_steps_out)
    for kind in RoundKind:
        assert len({each.minutes for each in agenda.rounds if each.kind is kind}) <= 1


@quick
@given(_DIMENSIONS, _WISHES)
def test_what_everything_takes_is_enough_and_one_minute_less_is_not(dimensions, wishes):
    needed = _suggest(60, dimensions, **wishes).needed

    assert _suggest(needed, dimensions, **wishes).left_out_words == ""
    if dimensions or wishes["with_steps"]:
        assert _suggest(needed - 1, dimensions, **wishes).left_out_words != ""


@quick
@given(st.integers(5, 200), _DIMENSIONS, _WISHES)
def test_more_time_never_leaves_more_out(minutes, dimensions, wishes):
    wishes |= {"with_steps": False}

    fewer, more = (_suggest(m, dimensions, **wishes) for m in (minutes, minutes + 1))

    assert len(more.left_out) <= len(fewer.left_out)
