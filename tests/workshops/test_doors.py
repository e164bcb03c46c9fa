"""The doors: open for twelve hours at most, locked, ended for good."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.workshops.models import Participant, Round, Vote, Workshop
from assessments.workshops.rules.codes import cleaned_code
from assessments.workshops.services.doors import (
    AlreadyOver,
    end_workshop,
    lock_doors,
    open_doors,
    scan_token_of,
)
from assessments.workshops.services.joining import CodeNotValid, workshop_by_code, workshop_by_token
from assessments.workshops.services.locking import NotLive
from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.actors import Actor
from tests.workshops.room import add_participant, add_round, make_live, make_workshop, vote

pytestmark = pytest.mark.django_db
BY = Actor("user:1")


def opened(assessment: Any, **fields: Any) -> Workshop:
    return open_doors(make_workshop(assessment, **fields), now=timezone.now(), by=BY)


def test_opening_makes_a_code_and_a_token_for_twelve_hours(assessment: Any) -> None:
    now = timezone.now()

    workshop = open_doors(make_workshop(assessment), now=now, by=BY)

    assert workshop.code is not None
    assert cleaned_code(workshop.code) == workshop.code
    assert workshop.expires_at == now + timedelta(hours=12)
    token = scan_token_of(workshop)
    assert token is not None
    assert workshop.token_hash == hash_of(token)
    assert workshop_by_code(workshop.code, address="192.0.2.1", now=now) == workshop
    assert workshop_by_token(token, now=now) == workshop


def test_opening_twice_changes_nothing(assessment: Any) -> None:
    workshop = opened(assessment)

    again = open_doors(workshop, now=timezone.now(), by=BY)

    assert (again.code, again.token_hash) == (workshop.code, workshop.token_hash)


def test_two_rooms_have_two_codes(assessment: Any) -> None:
    assert len({opened(assessment).code for _ in range(5)}) == 5


def test_the_code_dies_with_its_twelve_hours_and_with_the_end(assessment: Any) -> None:
    workshop = opened(assessment)
    token = scan_token_of(workshop) or ""
    later = timezone.now() + timedelta(hours=12, seconds=1)
    for find, what in ((workshop_by_code, workshop.code), (workshop_by_token, token)):
        address = {"address": "192.0.2.1"} if find is workshop_by_code else {}
        with pytest.raises(CodeNotValid):
            find(what, now=later, **address)

    end_workshop(workshop, now=timezone.now(), by=BY)

    workshop.refresh_from_db()
    assert (workshop.code, workshop.token_hash) == (None, None)
    assert scan_token_of(workshop) is None


@pytest.mark.parametrize("hours", [0, 13])
def test_what_is_over_is_not_opened_again(assessment: Any, hours: int) -> None:
    workshop = make_live(assessment, now=timezone.now() - timedelta(hours=hours))
    if not hours:
        end_workshop(workshop, now=timezone.now(), by=BY)

    with pytest.raises(AlreadyOver):
        open_doors(workshop, now=timezone.now(), by=BY)


def test_locking_and_unlocking(room: Workshop) -> None:
    for is_locked in (True, False):
        lock_doors(room, is_locked=is_locked, now=timezone.now(), by=BY)
        room.refresh_from_db()
        assert room.is_locked is is_locked


def test_what_never_began_cannot_be_locked_or_ended(assessment: Any) -> None:
    workshop = make_workshop(assessment)

    with pytest.raises(NotLive):
        lock_doors(workshop, is_locked=True, now=timezone.now(), by=BY)
    with pytest.raises(NotLive):
        end_workshop(workshop, now=timezone.now(), by=BY)


def test_the_end_deletes_what_nobody_has_seen(room: Workshop) -> None:
    shown = add_round(room, "stage", "strategy", state="revealed")
    unseen = add_round(room, "stage", "metrics", state="open")
    planned = add_round(room, "stage", "crisis-management")
    person, _ = add_participant(room, "Ada")
    for each in (shown, unseen):
        vote(person, each, {each.dimension: 2})

    end_workshop(room, now=timezone.now(), by=BY)

    assert list(Vote.objects.values_list("round", "participant")) == [(shown.pk, person.pk)]
    states = dict(Round.objects.values_list("pk", "state"))
    assert states == {shown.pk: "revealed", unseen.pk: "skipped", planned.pk: "skipped"}


def test_the_end_of_an_anonymous_one_takes_voters_and_names_away_for_good(assessment: Any) -> None:
    room = make_live(assessment, now=timezone.now(), voices="anonymous")
    shown = add_round(room, "stage", "strategy", state="revealed")
    person, _ = add_participant(room, "Ada", groups={"Function": "IT"})
    vote(person, shown, {"strategy": 2})

    end_workshop(room, now=timezone.now(), by=BY)

    assert list(Vote.objects.values_list("participant", "groups")) == [(None, {"Function": "IT"})]
    assert list(Participant.objects.values_list("name", "groups")) == [("", {})]


def test_ending_twice_changes_nothing(room: Workshop) -> None:
    end_workshop(room, now=timezone.now(), by=BY)
    room.refresh_from_db()
    first = room.ended_at

    end_workshop(room, now=timezone.now() + timedelta(hours=1), by=BY)

    room.refresh_from_db()
    assert room.ended_at == first
