"""Coming in: many at once, wrong codes, full and locked rooms, and who is taken out."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.workshops.models import Participant, Vote, Workshop
from assessments.workshops.services.doors import end_workshop
from assessments.workshops.services.joining import (
    WRONG_OF_ADDRESS,
    WRONG_OF_ALL,
    AddressesNotTaken,
    CodeNotValid,
    RoomFull,
    RoomLocked,
    admit,
    clear_name,
    join,
    leave,
    leave_address,
    note_seen,
    remove,
    rename,
    workshop_by_code,
)
from maturity.web.rate_limits import LimitReached
from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.actors import Actor
from tests.at_once import at_once
from tests.workshops.room import add_participant, add_round, make_live, vote

pytestmark = pytest.mark.django_db
BY = Actor("user:1")
HERE = "192.0.2.7"
WRONG = "BCD347"


def come_in(room: Workshop, name: str = "Ada", **groups: str) -> tuple[Participant, str]:
    return join(room, name=name, groups=groups, now=timezone.now())


def test_joining_keeps_the_hash_of_the_phone_s_token_only(room: Workshop) -> None:
    person, token = come_in(room, "Ada", Function="IT")

    person.refresh_from_db()
    assert person.token_hash == hash_of(token)
    assert (person.name, person.groups, person.is_in) == ("Ada", {"Function": "IT"}, True)


def test_joining_moves_the_tally_and_not_the_phones(room: Workshop) -> None:
    before = (room.revision, room.tally)

    come_in(room)

    room.refresh_from_db()
    assert (room.revision, room.tally) == (before[0], before[1] + 1)


def test_a_lobby_waits_to_be_let_in(assessment: Any) -> None:
    room = make_live(assessment, now=timezone.now(), entry="lobby")
    first, second = come_in(room, "Ada")[0], come_in(room, "Bo")[0]
    assert not first.is_in

    assert admit(room, participant_id=first.pk, now=timezone.now(), by=BY) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_in, second.is_in) == (True, False)

    assert admit(room, participant_id=None, now=timezone.now(), by=BY) == 1


def test_a_locked_room_lets_nobody_new_in(room: Workshop) -> None:
    Workshop.objects.update(is_locked=True)

    with pytest.raises(RoomLocked):
        come_in(room)


def test_a_full_room_says_so_and_has_room_again_when_somebody_goes(assessment: Any) -> None:
    room = make_live(assessment, now=timezone.now(), most_participants=2)
    first, _ = come_in(room)
    come_in(room)
    with pytest.raises(RoomFull):
        come_in(room)

    remove(room, participant_id=first.pk, now=timezone.now(), by=BY)

    come_in(room)


def test_what_ended_while_the_form_was_open_takes_nobody(room: Workshop) -> None:
    end_workshop(room, now=timezone.now(), by=BY)

    with pytest.raises(CodeNotValid):
        come_in(room)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one(version: Any, assessment: Any) -> None:
    room = make_live(assessment, now=timezone.now(), most_participants=3)

    found = at_once(*[lambda: come_in(room)] * 8)

    assert sum(isinstance(each, tuple) for each in found) == 3
    assert {type(each) for each in found} == {tuple, RoomFull}
    assert Participant.objects.count() == 3


def test_a_hundred_honest_people_join_from_one_office(room: Workshop) -> None:
    for number in range(100):
        workshop = workshop_by_code("bcd-346", address=HERE, now=timezone.now())
        come_in(workshop, f"Person {number}")

    assert Participant.objects.count() == 100


def test_twenty_wrong_codes_close_the_door_for_an_address(room: Workshop) -> None:
    now = timezone.now()
    for _ in range(WRONG_OF_ADDRESS.at_most):
        with pytest.raises(CodeNotValid):
            workshop_by_code(WRONG, address=HERE, now=now)

    # The right code neither, so that going on guessing tells nothing.
    for code in (WRONG, "BCD346"):
        with pytest.raises(LimitReached) as refused:
            workshop_by_code(code, address=HERE, now=now)
        assert 0 < refused.value.wait_s <= WRONG_OF_ADDRESS.seconds
    assert workshop_by_code("BCD346", address="192.0.2.8", now=now) == room
    later = now + timedelta(seconds=WRONG_OF_ADDRESS.seconds)
    assert workshop_by_code("BCD346", address=HERE, now=later) == room


def test_guessing_from_everywhere_at_once_is_slowed_down_as_well(room: Workshop) -> None:
    now = timezone.now()
    for number in range(WRONG_OF_ALL.at_most):
        with pytest.raises(CodeNotValid):
            workshop_by_code(WRONG, address=f"198.51.{number // 250}.{number % 250}", now=now)

    with pytest.raises(LimitReached):
        workshop_by_code("BCD346", address="203.0.113.9", now=now)


def test_what_cannot_be_a_code_is_not_counted(room: Workshop) -> None:
    for _ in range(WRONG_OF_ADDRESS.at_most + 5):
        with pytest.raises(CodeNotValid):
            workshop_by_code("hello world", address=HERE, now=timezone.now())

    assert workshop_by_code("BCD346", address=HERE, now=timezone.now()) == room


def test_who_is_taken_out_takes_unseen_votes_along(room: Workshop) -> None:
    person, _ = add_participant(room, "Ada", email="ada@example.org")
    shown = add_round(room, "stage", "strategy", state="revealed")
    unseen = add_round(room, "stage", "metrics", state="open")
    for each in (shown, unseen):
        vote(person, each, {each.dimension: 2})

    remove(room, participant_id=person.pk, now=timezone.now(), by=BY)

    person.refresh_from_db()
    assert (person.is_in, person.name, person.email) == (False, "", "")
    assert list(Vote.objects.values_list("round", flat=True)) == [shown.pk]


def test_a_name_is_changed_by_its_bearer_and_cleared_by_the_facilitator(room: Workshop) -> None:
    person, _ = add_participant(room, "Ada")

    rename(person, name="Ada B")
    person.refresh_from_db()
    assert person.name == "Ada B"

    clear_name(room, participant_id=person.pk, now=timezone.now(), by=BY)
    person.refresh_from_db()
    assert (person.name, person.is_in) == ("", True)


def test_another_room_s_people_are_out_of_reach(room: Workshop, assessment: Any) -> None:
    other = make_live(assessment, now=timezone.now(), code="CDF347")
    person, _ = add_participant(other, "Ada", admitted_at=None)

    admit(room, participant_id=person.pk, now=timezone.now(), by=BY)
    clear_name(room, participant_id=person.pk, now=timezone.now(), by=BY)
    remove(room, participant_id=person.pk, now=timezone.now(), by=BY)

    person.refresh_from_db()
    assert (person.name, person.admitted_at, person.removed_at) == ("Ada", None, None)


def test_a_phone_says_at_most_twice_a_minute_that_it_is_there(room: Workshop) -> None:
    now = timezone.now()
    person, _ = add_participant(room, seen_at=now)
    tally = room.tally

    assert not note_seen(person, now=now + timedelta(seconds=29))
    assert note_seen(person, now=now + timedelta(seconds=31))

    room.refresh_from_db()
    assert room.tally == tally


def test_who_leaves_is_known_by_no_phone_any_more(room: Workshop) -> None:
    person, token = add_participant(room, "Ada", email="ada@example.org")

    leave(person)

    person.refresh_from_db()
    assert person.token_hash != hash_of(token)
    assert person.email == ""


def test_an_address_is_taken_where_the_facilitator_sends_the_result(assessment: Any) -> None:
    with_mail = make_live(assessment, now=timezone.now(), takes_addresses=True)
    person, _ = add_participant(with_mail)
    leave_address(person, email="ada@example.org")
    person.refresh_from_db()
    assert person.email == "ada@example.org"
    leave_address(person, email="")
    person.refresh_from_db()
    assert person.email == ""

    other, _ = add_participant(make_live(assessment, now=timezone.now(), code="CDF347"))
    with pytest.raises(AddressesNotTaken):
        leave_address(other, email="ada@example.org")
