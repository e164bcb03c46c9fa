"""The states of a round: what may follow what, and two who press at the same moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.workshops.models import Round, Vote, Workshop
from assessments.workshops.services.doors import end_workshop
from assessments.workshops.services.locking import MovedOn, NotLive
from assessments.workshops.services.rounds import (
    NothingToChoose,
    TooFewVotes,
    choose_candidates,
    close_round,
    give_time,
    open_round,
    reveal_round,
    show_round,
    skip_round,
    vote_again,
)
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import AuditEvent
from tests.at_once import at_once
from tests.workshops.room import add_participant, add_round, make_live, make_workshop, vote

pytestmark = pytest.mark.django_db
BY = Actor("user:1")
STATES = ("planned", "open", "closed", "revealed", "agreed", "skipped")


def do(act: Any, workshop: Workshop, round_: Round, **more: Any) -> Any:
    return act(workshop, round_id=round_.pk, now=timezone.now(), by=BY, **more)


# What becomes of a round in each state; "-" refuses, "=" stays as it is. In the order of STATES.
TABLE = {
    "open": (open_round, ("open", "=", "open", "-", "-", "open")),
    "close": (close_round, ("-", "closed", "=", "-", "-", "-")),
    "reveal": (reveal_round, ("-", "revealed", "revealed", "=", "=", "-")),
    "skip": (skip_round, ("skipped", "skipped", "skipped", "-", "-", "=")),
}


@pytest.mark.parametrize("act", TABLE)
@pytest.mark.parametrize("at", range(len(STATES)), ids=STATES)
def test_each_act_in_each_state(act: str, at: int, room: Workshop) -> None:
    run, outcomes = TABLE[act]
    round_ = add_round(room, "stage", "strategy", state=STATES[at])
    outcome = outcomes[at]
    before = room.revision

    if outcome == "-":
        with pytest.raises(MovedOn):
            do(run, room, round_)
    else:
        do(run, room, round_)

    round_.refresh_from_db()
    room.refresh_from_db()
    assert round_.state == (STATES[at] if outcome in "-=" else outcome)
    # A refusal is undone as a whole; whatever else was done raises the revision for every screen.
    assert room.revision == before + (outcome != "-")


def test_opening_starts_the_clock_and_brings_every_screen_there(room: Workshop) -> None:
    round_ = add_round(room, "stage", "strategy", minutes=4)
    now = timezone.now()

    open_round(room, round_id=round_.pk, now=now, by=BY)

    round_.refresh_from_db()
    room.refresh_from_db()
    assert (round_.opened_at, round_.ends_at) == (now, now + timedelta(minutes=4))
    assert room.current == round_


def test_only_one_round_is_open(room: Workshop) -> None:
    first, second = add_round(room, "stage", "strategy"), add_round(room, "stage", "metrics")
    do(open_round, room, first)

    with pytest.raises(MovedOn):
        do(open_round, room, second)
    with pytest.raises(MovedOn):
        do(show_round, room, second)

    room.refresh_from_db()
    assert room.current == first


def test_opening_again_keeps_the_votes(room: Workshop) -> None:
    round_ = add_round(room, "stage", "strategy")
    person, _ = add_participant(room)
    do(open_round, room, round_)
    vote(person, round_, {"strategy": 2})
    do(close_round, room, round_)

    do(open_round, room, round_)

    assert Vote.objects.filter(round=round_).count() == 1


def test_more_time_counts_from_now_once_time_is_up(room: Workshop) -> None:
    round_ = add_round(room, "stage", "strategy", minutes=1)
    start = timezone.now()
    open_round(room, round_id=round_.pk, now=start, by=BY)

    give_time(room, round_id=round_.pk, minutes=2, now=start + timedelta(seconds=30), by=BY)
    round_.refresh_from_db()
    assert round_.ends_at == start + timedelta(minutes=3)

    late = start + timedelta(minutes=10)
    give_time(room, round_id=round_.pk, minutes=1, now=late, by=BY)
    round_.refresh_from_db()
    assert round_.ends_at == late + timedelta(minutes=1)


def test_more_time_is_for_an_open_round_only(room: Workshop) -> None:
    round_ = add_round(room, "stage", "strategy", state="closed")

    with pytest.raises(MovedOn):
        do(give_time, room, round_, minutes=1)


def test_skipping_deletes_votes_nobody_has_seen(room: Workshop) -> None:
    round_ = add_round(room, "stage", "strategy")
    person, _ = add_participant(room)
    do(open_round, room, round_)
    vote(person, round_, {"strategy": 2})

    do(skip_round, room, round_)

    assert not Vote.objects.exists()


@pytest.mark.parametrize(("votes", "is_shown"), [(0, True), (2, False), (3, True)])
def test_anonymous_votes_are_revealed_from_three_on(
    assessment: Any, votes: int, is_shown: bool
) -> None:
    room = make_live(assessment, now=timezone.now(), voices="anonymous", fewest_votes=3)
    round_ = add_round(room, "stage", "strategy")
    do(open_round, room, round_)
    for number in range(votes):
        vote(add_participant(room)[0], round_, {"strategy": 1 + number})

    if is_shown:
        do(reveal_round, room, round_)
    else:
        with pytest.raises(TooFewVotes) as refused:
            do(reveal_round, room, round_)
        assert (refused.value.votes, refused.value.fewest) == (2, 3)

    round_.refresh_from_db()
    assert round_.state == ("revealed" if is_shown else "open")


def test_voting_again_is_a_round_of_its_own(room: Workshop) -> None:
    round_ = add_round(room, "gate", "strategy", gate_to=2, minutes=7, state="revealed")
    person, _ = add_participant(room)
    vote(person, round_, {"strategy.1.01": 2})

    again = do(vote_again, room, round_)

    round_.refresh_from_db()
    room.refresh_from_db()
    assert (round_.state, round_.attempt) == ("revealed", 1)
    assert (again.state, again.attempt, again.position) == ("open", 2, round_.position)
    assert (again.kind, again.dimension, again.gate_to, again.minutes) == ("gate", "strategy", 2, 7)
    assert room.current == again
    assert Vote.objects.filter(round=round_).count() == 1


@pytest.mark.parametrize("state", ["planned", "open", "closed", "skipped"])
def test_voting_again_takes_a_round_that_was_shown(state: str, room: Workshop) -> None:
    with pytest.raises(MovedOn):
        do(vote_again, room, add_round(room, "stage", "strategy", state=state))


def test_only_the_last_attempt_is_voted_on_again(room: Workshop) -> None:
    first = add_round(room, "stage", "strategy", state="revealed")
    second = do(vote_again, room, first)
    do(reveal_round, room, second)

    with pytest.raises(MovedOn):
        do(vote_again, room, first)

    assert do(vote_again, room, second).attempt == 3


def test_steps_need_something_to_choose_from(room: Workshop) -> None:
    round_ = add_round(room, "steps")

    with pytest.raises(NothingToChoose):
        do(open_round, room, round_)
    do(choose_candidates, room, round_, candidates=["strategy.2.01"])

    assert do(open_round, room, round_).candidates == ["strategy.2.01"]
    with pytest.raises(MovedOn):
        do(choose_candidates, room, round_, candidates=["strategy.2.02"])


@pytest.mark.parametrize("act", [show_round, open_round, close_round, reveal_round, skip_round])
def test_nothing_moves_before_the_doors_open_or_after_the_end(act: Any, assessment: Any) -> None:
    prepared = make_workshop(assessment)
    ended = make_live(assessment, now=timezone.now())
    end_workshop(ended, now=timezone.now(), by=BY)
    late = make_live(assessment, now=timezone.now() - timedelta(hours=13), code="CDF347")

    for workshop in (prepared, ended, late):
        with pytest.raises(NotLive):
            do(act, workshop, add_round(workshop, "stage", "strategy"))


def test_another_workshop_s_round_is_not_there(room: Workshop, assessment: Any) -> None:
    other = make_live(assessment, now=timezone.now(), code="CDF347")
    round_ = add_round(other, "stage", "strategy")

    with pytest.raises(MovedOn):
        do(open_round, room, round_)


def test_the_trail_says_what_was_done_and_no_vote(room: Workshop) -> None:
    round_ = add_round(room, "stage", "strategy")
    person, _ = add_participant(room, "Ada")
    do(open_round, room, round_)
    vote(person, round_, {"strategy": 4}, note="a secret note")
    do(close_round, room, round_)
    do(reveal_round, room, round_)

    events = AuditEvent.objects.order_by("pk")
    assert [each.verb for each in events] == ["round.opened", "round.closed", "round.revealed"]
    assert {each.subject for each in events} == {room.assessment.public_id}
    details = [each.detail for each in events]
    assert details == [{"workshop": room.public_id, "round": round_.pk}] * 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [open_round, reveal_round, vote_again])
def test_two_facilitators_press_at_the_same_moment(act: Any, version: Any, assessment: Any) -> None:
    room = make_live(assessment, now=timezone.now())
    state = {"open_round": "planned", "reveal_round": "closed"}.get(act.__name__, "revealed")
    round_ = add_round(room, "stage", "strategy", state=state)

    found = at_once(*[lambda: do(act, room, round_)] * 4)

    faults = [each for each in found if isinstance(each, Exception)]
    # Whoever comes second gets the same room, or is told that it has moved on.
    assert {type(each) for each in faults} <= {MovedOn}
    assert Round.objects.filter(workshop=room).count() == (2 if act is vote_again else 1)
    assert len(faults) == (3 if act is vote_again else 0)
