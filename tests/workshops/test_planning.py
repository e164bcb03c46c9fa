"""Preparing a workshop, changing it, its agenda, deleting it."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from assessments.core.services.locking import AssessmentClosed
from assessments.models import AgreedAnswer
from assessments.workshops.models import Round, Workshop
from assessments.workshops.rules.agenda import PlannedRound
from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.services.agenda import (
    MOST_ROUNDS,
    TooManyRounds,
    add_round,
    change_minutes,
    move_round,
    take_out_round,
)
from assessments.workshops.services.doors import end_workshop
from assessments.workshops.services.locking import MovedOn
from assessments.workshops.services.planning import (
    KeptByResult,
    SetupFixed,
    StillLive,
    WorkshopIsOver,
    WorkshopSetup,
    change_workshop,
    delete_workshop,
    prepare_workshop,
)
from maturity.workspaces.actors import Actor
from tests.workshops.room import add_participant, make_live, make_workshop
from tests.workshops.room import add_round as row

pytestmark = pytest.mark.django_db
BY = Actor("user:1")
SETUP = WorkshopSetup(
    title="Autumn",
    voices="named",
    fewest_votes=4,
    entry="lobby",
    most_participants=40,
    groups=[{"name": "Function", "options": ["Service", "IT"]}],
    takes_addresses=True,
    minutes=90,
)
ROUNDS = (
    PlannedRound(RoundKind.STAGE, "strategy", None, 5),
    PlannedRound(RoundKind.GATE, "metrics", 3, 8),
    PlannedRound(RoundKind.STEPS, "", None, 5),
)


def prepare(assessment: Any, lena: Any) -> Workshop:
    return prepare_workshop(
        assessment, setup=SETUP, rounds=ROUNDS, user=lena, now=timezone.now(), by=BY
    )


def test_a_prepared_workshop_is_as_it_was_set_up(assessment, lena) -> None:
    workshop = prepare(assessment, lena)

    workshop.refresh_from_db()
    found = {name: getattr(workshop, name) for name in WorkshopSetup.__dataclass_fields__}
    assert WorkshopSetup(**found) == SETUP
    assert (workshop.created_by, workshop.opened_at, workshop.code) == (lena, None, None)
    rounds = workshop.rounds.values_list("position", "kind", "dimension", "gate_to", "minutes")
    assert list(rounds) == [
        (1, "stage", "strategy", None, 5),
        (2, "gate", "metrics", 3, 8),
        (3, "steps", "", None, 5),
    ]


def test_nothing_is_prepared_on_a_closed_assessment(assessment, lena) -> None:
    assessment.answers_ended_at = assessment.closed_at = timezone.now()
    assessment.save()

    with pytest.raises(AssessmentClosed):
        prepare(assessment, lena)

    assert not Workshop.objects.exists()


def test_everything_changes_until_somebody_joins(assessment, lena) -> None:
    workshop = prepare(assessment, lena)
    wanted = replace(SETUP, title="Winter", voices="anonymous", groups=[], fewest_votes=5)

    change_workshop(workshop, setup=wanted, now=timezone.now(), by=BY)

    workshop.refresh_from_db()
    assert (workshop.title, workshop.voices, workshop.groups) == ("Winter", "anonymous", [])


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"voices": "anonymous"}, ("voices",)),
        ({"groups": [], "fewest_votes": 9}, ("fewest_votes", "groups")),
    ],
)
def test_what_people_were_told_stays(change, fields, assessment, lena) -> None:
    workshop = prepare(assessment, lena)
    add_participant(workshop)

    with pytest.raises(SetupFixed) as refused:
        change_workshop(
            workshop, setup=replace(SETUP, title="X", **change), now=timezone.now(), by=BY
        )

    assert refused.value.fields == fields
    workshop.refresh_from_db()
    assert workshop.title == "Autumn"
    change_workshop(workshop, setup=replace(SETUP, title="X"), now=timezone.now(), by=BY)
    workshop.refresh_from_db()
    assert workshop.title == "X"


def test_what_is_over_stays_as_it_is(room) -> None:
    end_workshop(room, now=timezone.now(), by=BY)

    with pytest.raises(WorkshopIsOver):
        change_workshop(room, setup=SETUP, now=timezone.now(), by=BY)
    with pytest.raises(WorkshopIsOver):
        add_round(
            room,
            kind=RoundKind.STAGE,
            dimension="strategy",
            gate_to=None,
            minutes=5,
            now=timezone.now(),
            by=BY,
        )


# --- the agenda ----------------------------------------------------------------------------------


def order(workshop: Workshop) -> list[str]:
    rows = Round.objects.filter(workshop=workshop).order_by("position", "attempt")
    return list(rows.values_list("dimension", flat=True))


def move(workshop: Workshop, round_: Round, *, is_up: bool) -> None:
    move_round(workshop, round_id=round_.pk, is_up=is_up, now=timezone.now(), by=BY)


def test_rounds_change_places(assessment) -> None:
    workshop = make_workshop(assessment)
    a, _, c = (row(workshop, "stage", key) for key in ("a", "b", "c"))

    move(workshop, c, is_up=True)
    assert order(workshop) == ["a", "c", "b"]
    move(workshop, a, is_up=False)
    assert order(workshop) == ["c", "a", "b"]
    move(workshop, c, is_up=True)
    assert order(workshop) == ["c", "a", "b"]


def test_a_round_does_not_pass_one_that_was_put_to_the_room(room) -> None:
    row(room, "stage", "a", state="agreed")
    b = row(room, "stage", "b")

    move(room, b, is_up=True)

    assert order(room) == ["a", "b"]


def test_a_round_is_added_at_the_end_taken_out_and_given_time(room) -> None:
    first = row(room, "stage", "a")

    added = add_round(
        room,
        kind=RoundKind.GATE,
        dimension="strategy",
        gate_to=3,
        minutes=9,
        now=timezone.now(),
        by=BY,
    )
    change_minutes(room, round_id=added.pk, minutes=12, now=timezone.now(), by=BY)
    take_out_round(room, round_id=first.pk, now=timezone.now(), by=BY)

    (left,) = Round.objects.all()
    assert (left.position, left.gate_to, left.minutes) == (2, 3, 12)


@pytest.mark.parametrize("state", ["open", "closed", "revealed", "agreed"])
def test_what_was_put_to_the_room_stays_on_the_agenda(state, room) -> None:
    round_ = row(room, "stage", "a", state=state)

    with pytest.raises(MovedOn):
        take_out_round(room, round_id=round_.pk, now=timezone.now(), by=BY)
    with pytest.raises(MovedOn):
        change_minutes(room, round_id=round_.pk, minutes=2, now=timezone.now(), by=BY)
    with pytest.raises(MovedOn):
        move(room, round_, is_up=True)


def test_an_agenda_has_an_end(room) -> None:
    Round.objects.bulk_create(
        Round(workshop=room, position=n, kind="stage", dimension="a") for n in range(MOST_ROUNDS)
    )

    with pytest.raises(TooManyRounds):
        add_round(
            room,
            kind=RoundKind.STAGE,
            dimension="strategy",
            gate_to=None,
            minutes=5,
            now=timezone.now(),
            by=BY,
        )


# --- deleting ------------------------------------------------------------------------------------


def test_deleting_leaves_what_was_agreed(room, assessment) -> None:
    AgreedAnswer.objects.create(
        assessment=assessment, what="pick", key="strategy", number=2, decided_at=timezone.now()
    )
    row(room, "stage", "strategy", state="agreed")
    end_workshop(room, now=timezone.now(), by=BY)

    delete_workshop(room, now=timezone.now(), by=BY)

    assert not Workshop.objects.exists()
    assert AgreedAnswer.objects.count() == 1


def test_a_live_one_is_ended_first_and_a_rehearsal_goes_at_once(room, assessment) -> None:
    with pytest.raises(StillLive):
        delete_workshop(room, now=timezone.now(), by=BY)

    rehearsal = make_live(assessment, now=timezone.now(), code="CDF347", is_rehearsal=True)
    delete_workshop(rehearsal, now=timezone.now(), by=BY)

    assert list(Workshop.objects.all()) == [room]


@pytest.mark.parametrize(("state", "is_kept"), [("agreed", True), ("planned", False)])
def test_what_a_frozen_result_tells_of_is_kept(state, is_kept, room, assessment) -> None:
    row(room, "stage", "strategy", state=state)
    end_workshop(room, now=timezone.now(), by=BY)
    assessment.answers_ended_at = assessment.closed_at = timezone.now()
    assessment.save()

    if is_kept:
        with pytest.raises(KeptByResult):
            delete_workshop(room, now=timezone.now(), by=BY)
    else:
        delete_workshop(room, now=timezone.now(), by=BY)

    assert Workshop.objects.exists() is is_kept
