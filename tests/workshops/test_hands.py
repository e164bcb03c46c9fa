"""A show of hands: counted beside the phones, changed, and refused where it makes no sense."""

from typing import Any

import pytest
from django.utils import timezone

from assessments.workshops.models import Round, Workshop
from assessments.workshops.queries.rounds import question_of_round
from assessments.workshops.rules.kinds import WrongVote
from assessments.workshops.services.hands import count_hands
from assessments.workshops.services.locking import MovedOn, NotLive
from assessments.workshops.views.shown import shown_round
from maturity.workspaces.actors import Actor
from tests.workshops.room import add_participant, add_round, make_workshop, vote

pytestmark = pytest.mark.django_db


def raise_hands(room: Workshop, round_: Round, matrix: Any, hands: dict[str, Any]) -> None:
    count_hands(
        room,
        round_id=round_.pk,
        question=question_of_round(matrix, round_),
        hands=hands,
        now=timezone.now(),
        by=Actor("user:1"),
    )
    round_.refresh_from_db()


def test_hands_stand_beside_the_phones(room, matrix) -> None:
    round_ = add_round(room, "stage", "strategy", state="open")
    vote(add_participant(room)[0], round_, {"strategy": 2})
    hands = {"strategy": {"1": "", "2": "3", "3": "4", "unknown": "1"}}

    raise_hands(room, round_, matrix, hands)

    assert round_.hands == {"strategy": {"2": 3, "3": 4, "unknown": 1}}
    round_.state = "revealed"
    shown = shown_round(room, round_, matrix=matrix)
    assert shown.votes == "Nine people: 8 hands and 1 phone"
    assert [pile.count for pile in shown.lines[0].piles] == [0, 4, 4, 0, 0]


def test_a_second_count_takes_the_place_of_the_first(room, matrix) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    raise_hands(room, round_, matrix, {"strategy": {"2": "3"}})

    raise_hands(room, round_, matrix, {"strategy": {"3": "5"}})

    assert round_.hands == {"strategy": {"3": 5}}


@pytest.mark.parametrize("count", ["-1", "1001", "three", "1.5"])
def test_what_is_no_count_is_refused(count, room, matrix) -> None:
    round_ = add_round(room, "stage", "strategy", state="open")

    with pytest.raises(WrongVote):
        raise_hands(room, round_, matrix, {"strategy": {"2": count}})

    round_.refresh_from_db()
    assert round_.hands == {}


@pytest.mark.parametrize("state", ["planned", "skipped"])
def test_hands_are_counted_once_a_round_is_open(state, room, matrix) -> None:
    with pytest.raises(MovedOn):
        raise_hands(
            room,
            add_round(room, "stage", "strategy", state=state),
            matrix,
            {"strategy": {"2": "3"}},
        )


def test_hands_are_counted_in_a_live_room(assessment, matrix) -> None:
    workshop = make_workshop(assessment)

    with pytest.raises(NotLive):
        raise_hands(
            workshop,
            add_round(workshop, "stage", "strategy"),
            matrix,
            {"strategy": {"2": "3"}},
        )
