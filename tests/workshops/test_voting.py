"""One person's vote: kept once, changed while the round is open, and never after."""

from typing import Any

import pytest
from django.utils import timezone

from assessments.workshops.models import Round, Vote, Workshop
from assessments.workshops.queries.rounds import question_of_round
from assessments.workshops.queries.votes import (
    NotRevealed,
    ballots_of,
    how_many_voted,
    own_vote,
    who_has_not_voted,
)
from assessments.workshops.rules.kinds import WrongVote
from assessments.workshops.services.rounds import close_round
from assessments.workshops.services.voting import NotIn, NotOpen, cast_vote, withdraw_vote
from maturity.workspaces.actors import Actor
from tests.at_once import at_once
from tests.workshops.room import add_participant, add_round, make_live

pytestmark = pytest.mark.django_db
BY = Actor("user:1")


def cast(person: Any, round_: Round, matrix: Any, answers: dict[str, Any], note: str = "") -> None:
    question = question_of_round(matrix, round_)
    cast_vote(person, round_id=round_.pk, question=question, answers=answers, note=note)


@pytest.fixture
def open_(room: Workshop) -> Round:
    return add_round(room, "stage", "strategy", state="open")


def test_a_vote_is_kept_with_its_note_and_its_voter_s_groups(room, open_, matrix) -> None:
    person, _ = add_participant(room, "Ada", groups={"Function": "IT"})
    before = (room.revision, room.tally)

    cast(person, open_, matrix, {"strategy": "3"}, note="We do this.")

    (vote,) = Vote.objects.all()
    assert (vote.answers, vote.note, vote.groups) == (
        {"strategy": 3},
        "We do this.",
        {"Function": "IT"},
    )
    room.refresh_from_db()
    # Phones show nothing of it: only the screens that count look again.
    assert (room.revision, room.tally) == (before[0], before[1] + 1)


def test_a_second_vote_takes_the_place_of_the_first(room, open_, matrix) -> None:
    person, _ = add_participant(room)
    cast(person, open_, matrix, {"strategy": 3}, note="first")

    cast(person, open_, matrix, {"strategy": 4})

    assert list(Vote.objects.values_list("answers", "note")) == [({"strategy": 4}, "")]


@pytest.mark.django_db(transaction=True)
def test_the_same_vote_sent_ten_times_at_once_is_there_once(room, open_, matrix) -> None:
    person, _ = add_participant(room)

    found = at_once(*[lambda: cast(person, open_, matrix, {"strategy": 3})] * 10)

    assert found == [None] * 10
    assert Vote.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_lose_nothing(room, open_, matrix) -> None:
    people = [add_participant(room)[0] for _ in range(8)]

    found = at_once(
        *(
            lambda person=person, at=at: cast(person, open_, matrix, {"strategy": 1 + at % 5})
            for at, person in enumerate(people)
        )
    )

    assert found == [None] * 8
    assert how_many_voted(open_) == 8


@pytest.mark.parametrize("state", ["planned", "closed", "revealed", "agreed", "skipped"])
def test_only_an_open_round_takes_votes(state: str, room, matrix) -> None:
    person, _ = add_participant(room)
    round_ = add_round(room, "stage", "strategy", state=state)

    with pytest.raises(NotOpen):
        cast(person, round_, matrix, {"strategy": 3})
    with pytest.raises(NotOpen):
        withdraw_vote(person, round_id=round_.pk)


def test_another_room_s_round_takes_no_vote(room, assessment, matrix) -> None:
    other = make_live(assessment, now=timezone.now(), code="CDF347")
    person, _ = add_participant(room)

    with pytest.raises(NotOpen):
        cast(person, add_round(other, "stage", "strategy", state="open"), matrix, {"strategy": 3})


@pytest.mark.parametrize("fields", [{"admitted_at": None}, {"removed_at": timezone.now()}])
def test_who_waits_or_was_taken_out_does_not_vote(fields, room, open_, matrix) -> None:
    person, _ = add_participant(room, **fields)

    with pytest.raises(NotIn):
        cast(person, open_, matrix, {"strategy": 3})


@pytest.mark.parametrize("answers", [{}, {"strategy": 9}, {"metrics": 2}, {"strategy": "x"}])
def test_a_wrong_vote_is_not_kept(answers, room, open_, matrix) -> None:
    person, _ = add_participant(room)

    with pytest.raises(WrongVote):
        cast(person, open_, matrix, answers)

    assert not Vote.objects.exists()


def test_a_vote_is_taken_back(room, open_, matrix) -> None:
    person, _ = add_participant(room)
    cast(person, open_, matrix, {"strategy": 3})

    withdraw_vote(person, round_id=open_.pk)

    assert not Vote.objects.exists()


def test_votes_are_read_after_the_reveal_only(room, open_, matrix) -> None:
    person, _ = add_participant(room, "Ada")
    cast(person, open_, matrix, {"strategy": 3})
    for state in ("open", "closed"):
        open_.state = state
        with pytest.raises(NotRevealed):
            ballots_of(open_, with_names=True)

    open_.state = "revealed"
    assert [each.name for each in ballots_of(open_, with_names=True)] == ["Ada"]
    assert [each.name for each in ballots_of(open_, with_names=False)] == [""]


def test_one_s_own_vote_and_who_is_silent(room, open_, matrix) -> None:
    ada, bo = add_participant(room, "Ada")[0], add_participant(room, "Bo")[0]
    add_participant(room, "Cy", admitted_at=None)
    cast(ada, open_, matrix, {"strategy": 3}, note="mine")

    assert own_vote(open_, bo) is None
    own = own_vote(open_, ada)
    assert own is not None
    assert (own.answers, own.note) == ({"strategy": 3}, "mine")
    assert who_has_not_voted(open_) == [bo]


def test_the_last_vote_and_the_closing_do_not_cross(room, open_, matrix) -> None:
    person, _ = add_participant(room)
    close_round(room, round_id=open_.pk, now=timezone.now(), by=BY)

    with pytest.raises(NotOpen):
        cast(person, open_, matrix, {"strategy": 3})
