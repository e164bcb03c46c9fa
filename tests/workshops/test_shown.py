"""A round as every screen shows it: nothing before the reveal, and then what the votes say."""

from typing import Any

import pytest
from django.utils import timezone

from assessments.workshops.models import Round, Workshop
from assessments.workshops.views.shown import MOST_INITIALS, shown_round
from tests.workshops.room import add_participant, add_round, make_live, vote

pytestmark = pytest.mark.django_db


def voted(room: Workshop, round_: Round, stages: list[Any], **fields: Any) -> None:
    for number, stage in enumerate(stages, 1):
        person, _ = add_participant(room, f"Person {number}", **fields)
        vote(person, round_, {round_.dimension: stage}, note=f"Note {number}")


@pytest.mark.parametrize("state", ["planned", "open", "closed", "skipped"])
def test_nothing_of_a_vote_is_read_before_the_reveal(
    state: str, room: Workshop, matrix: Any, django_assert_num_queries: Any
) -> None:
    round_ = add_round(room, "stage", "strategy", state=state)
    voted(room, round_, [1, 2, 2])

    with django_assert_num_queries(0):
        shown = shown_round(room, round_, matrix=matrix)

    assert (shown.title, shown.prompt) == ("Strategy", "Which stage describes us best today?")
    assert (shown.votes, shown.words, shown.lines, shown.notes) == ("", "", (), ())
    assert [each.label for each in shown.choices] == [
        "1 Traditional",
        "2 Experimental",
        "3 Operational",
        "4 Value Expansion",
        "5 Fully Integrated",
    ]
    assert [each.tone for each in shown.choices] == [1, 2, 3, 4, 5]


def test_a_revealed_stage_has_piles_figures_words_and_names(
    room: Workshop, matrix: Any, django_assert_num_queries: Any
) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    voted(room, round_, [2, 2, 2, 4, "unknown"])

    with django_assert_num_queries(1):  # the ballots
        shown = shown_round(room, round_, matrix=matrix)

    (line,) = shown.lines
    assert [each.count for each in line.piles] == [0, 3, 0, 1, 0]
    assert [each.is_middle for each in line.piles] == [False, True, False, False, False]
    assert line.piles[1].names == ("Person 1", "Person 2", "Person 3")
    assert line.piles[3].initials == ("P4",)
    assert [(each.choice.label, each.count) for each in line.asides] == [("Not sure", 1)]
    assert (line.n, line.median, line.agreement) == (4, "Experimental", "0.50")
    assert shown.words == (
        "Most who chose see Experimental (3 of 4); one sees Value Expansion. One is not sure."
    )
    assert [each.name for each in shown.notes] == [f"Person {n}" for n in range(1, 6)]


def test_an_anonymous_one_names_nobody(assessment: Any, matrix: Any) -> None:
    room = make_live(assessment, now=timezone.now(), voices="anonymous", fewest_votes=3)
    round_ = add_round(room, "stage", "strategy", state="revealed")
    voted(room, round_, [2, 2, 3])

    shown = shown_round(room, round_, matrix=matrix)

    assert {each.names for each in shown.lines[0].piles} == {()}
    assert {each.name for each in shown.notes} == {""}
    assert "Person" not in repr(shown)


def test_too_few_anonymous_votes_say_why_they_are_not_shown(assessment: Any, matrix: Any) -> None:
    room = make_live(assessment, now=timezone.now(), voices="anonymous", fewest_votes=4)
    round_ = add_round(room, "stage", "strategy", state="revealed")
    voted(room, round_, [2, 2, 3])

    shown = shown_round(room, round_, matrix=matrix)

    assert shown.is_hidden
    assert (shown.lines, shown.notes) == ((), ())
    assert "answers are shown from four votes on" in shown.words


def test_initials_stand_on_every_dot_or_on_none(room: Workshop, matrix: Any) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    voted(room, round_, [2] * (MOST_INITIALS + 1))

    (line,) = shown_round(room, round_, matrix=matrix).lines

    assert line.piles[1].initials == ()
    assert len(line.piles[1].names) == MOST_INITIALS + 1


def test_a_gate_shows_each_statement_and_where_the_gate_would_stand(
    room: Workshop, matrix: Any
) -> None:
    round_ = add_round(room, "gate", "strategy", gate_to=2, state="revealed")
    keys = shown_round(room, round_, matrix=matrix).statements
    first, second = keys[0][0], keys[1][0]
    for step in (0, 3, 3):
        vote(add_participant(room)[0], round_, {first: step, second: 2})

    shown = shown_round(room, round_, matrix=matrix)

    by_key = {each.key: each for each in shown.lines}
    assert [each.count for each in by_key[first].piles] == [1, 0, 0, 2]
    assert [each.choice.label for each in by_key[first].piles] == [
        "Still true: fully",
        "Still true: mostly",
        "Still true: partly",
        "No longer true",
    ]
    assert shown.apart_first[0].key == first
    assert shown.gate.startswith("By these votes the gate to stage 2, Experimental, stays closed")


def test_steps_are_ranked_by_their_dots(room: Workshop, matrix: Any) -> None:
    keys = ["strategy.2.01", "strategy.2.02", "metrics.2.01"]
    round_ = add_round(room, "steps", candidates=keys, state="revealed")
    for chosen in (keys[2:], keys[1:], keys[2:]):
        vote(add_participant(room)[0], round_, dict.fromkeys(chosen, 1))

    shown = shown_round(room, round_, matrix=matrix)

    assert [(each.key, each.count) for each in shown.steps] == [
        (keys[2], 3),
        (keys[1], 1),
        (keys[0], 0),
    ]
    assert shown.steps[0].text == matrix.descriptors[keys[2]].action
    assert shown.steps[0].dimension == "Metrics"


def test_groups_that_differ_are_told(assessment: Any, matrix: Any) -> None:
    lists = [{"name": "Function", "options": ["Service", "IT"]}]
    room = make_live(assessment, now=timezone.now(), groups=lists)
    round_ = add_round(room, "stage", "strategy", state="revealed")
    for option, stage in (("Service", 3), ("Service", 3), ("IT", 1), ("IT", 1)):
        person, _ = add_participant(room, groups={"Function": option})
        vote(person, round_, {"strategy": stage})

    (line,) = shown_round(room, round_, matrix=matrix).lines

    assert line.groups == ("By Function: Service sees Operational (median), IT Traditional.",)


def test_a_decision_is_shown_with_reason_and_dissent(room: Workshop, matrix: Any) -> None:
    round_ = add_round(
        room,
        "stage",
        "strategy",
        state="agreed",
        decision={"strategy": 3},
        reason="We saw it.",
        dissent="Bo: no.",
    )

    shown = shown_round(room, round_, matrix=matrix)

    assert [(each.what, each.tone) for each in shown.decided] == [("3 Operational", 3)]
    assert (shown.reason, shown.dissent) == ("We saw it.", "Bo: no.")
