"""The wall and the pulse: what everybody sees, and what a screen asks every two seconds."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.workshops.access import screen_ticket
from assessments.workshops.models import Workshop
from assessments.workshops.services.doors import end_workshop, open_doors
from maturity.workspaces.actors import Actor
from tests.workshops.room import add_participant, add_round, make_live, make_workshop, vote

pytestmark = pytest.mark.django_db
BY = Actor("user:1")


def wall(lead: Client, room: Workshop) -> str:
    text: str = lead.get(f"/workshops/{room.public_id}/wall/").content.decode()
    return text


def test_it_shows_the_way_in(lead: Client, assessment: Any) -> None:
    room = open_doors(make_workshop(assessment), now=timezone.now(), by=BY)
    add_participant(room)
    code = str(room.code)

    text = wall(lead, room)

    assert f"{code[:3]} {code[3:]}" in text
    assert "testserver/join" in text
    assert "<b>1</b> person is here" in text
    assert 'aria-label="Picture to scan with a phone to join"' in text


def test_an_open_question_counts_and_tells_no_vote(lead: Client, room: Workshop, matrix) -> None:
    round_ = add_round(room, "stage", "strategy", state="open", ends_at=timezone.now())
    Workshop.objects.update(current=round_)
    vote(add_participant(room, "Ada")[0], round_, {"strategy": 3}, note="a secret note")

    text = wall(lead, room)

    assert "<b>1</b> of 1 have voted" in text
    assert "a secret note" not in text
    assert "Ada" not in text


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("stage", {"dimension": "strategy"}, "Which stage describes us best today?"),
        ("gate", {"dimension": "strategy", "gate_to": 2}, "Still true?"),
        ("target", {"dimension": "strategy"}, "Which stage do we want to reach?"),
        ("importance", {"dimension": "strategy"}, "Counts twice"),
        ("steps", {"candidates": ["strategy.2.01"]}, "Which steps should come first?"),
    ],
)
def test_every_kind_of_question_is_on_the_wall(kind, fields, said, lead, room, matrix) -> None:
    round_ = add_round(room, kind, **fields)
    Workshop.objects.update(current=round_)

    assert said in wall(lead, room)


def test_the_vote_before_stands_beside_the_new_one(lead: Client, room: Workshop, matrix) -> None:
    first = add_round(room, "stage", "strategy", state="revealed")
    again = add_round(room, "stage", "strategy", state="revealed", position=1, attempt=2)
    Workshop.objects.update(current=again)
    for round_, stage in ((first, 2), (again, 3)):
        vote(add_participant(room)[0], round_, {"strategy": stage})

    text = wall(lead, room)

    assert "One person sees Operational." in text
    assert "The vote before" in text


def test_after_the_end_it_thanks(lead: Client, room: Workshop) -> None:
    end_workshop(room, now=timezone.now(), by=BY)

    assert "Thank you" in wall(lead, room)


def test_three_hundred_votes_cost_as_many_queries_as_twelve(
    lead: Client, room: Workshop, matrix, django_assert_num_queries
) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    Workshop.objects.update(current=round_)
    for number in range(300):
        person, _ = add_participant(room, f"P{number}")
        if number < 12:
            vote(person, round_, {"strategy": 1 + number % 5})
    lead.get(f"/workshops/{room.public_id}/wall/screen/")

    # session, user, workshop, assessment with role; rounds; ballots; people's counts, votes
    with django_assert_num_queries(8):
        few = lead.get(f"/workshops/{room.public_id}/wall/screen/").content
    for number, person in enumerate(room.participants.order_by("pk")[12:]):
        vote(person, round_, {"strategy": 1 + number % 5})
    with django_assert_num_queries(8):
        many = lead.get(f"/workshops/{room.public_id}/wall/screen/").content

    assert len(many) < 3 * len(few)


# --- the pulse -----------------------------------------------------------------------------------


def pulse(room: Workshop, ticket: str, seen: str) -> Any:
    return Client().get(f"/workshops/{room.public_id}/pulse/{ticket}/?seen={seen}")


def test_an_unchanged_pulse_is_one_query_and_no_session(
    room: Workshop, django_assert_num_queries: Any
) -> None:
    ticket = screen_ticket(room)
    with django_assert_num_queries(1):  # the workshop's two counters
        response = pulse(room, ticket, f"{room.revision}.{room.tally}")

    assert (response.status_code, response.content) == (204, b"")
    assert "Set-Cookie" not in response


def test_a_changed_pulse_says_the_new_one(room: Workshop) -> None:
    ticket = screen_ticket(room)
    Workshop.objects.update(revision=7, tally=9)

    response = pulse(room, ticket, "0.0")

    assert (response.status_code, response.content) == (200, b"7.9")
    assert response["Content-Type"] == "text/plain"


def test_a_ticket_opens_one_workshop_s_pulse_and_nothing_else(room, assessment) -> None:
    other = make_live(assessment, now=timezone.now(), code="CDF347")

    for ticket in (screen_ticket(other), "none", screen_ticket(room)[:-1] + "x"):
        assert pulse(room, ticket, "0.0").status_code == 404


def test_the_pulse_goes_on_after_the_end_so_that_screens_see_it(room: Workshop) -> None:
    ticket = screen_ticket(room)
    end_workshop(room, now=timezone.now(), by=BY)

    assert pulse(room, ticket, "0.0").status_code == 200
