"""The facilitator's screen and its buttons: who may press them, and what becomes of it."""

import pytest
from django.utils import timezone

from assessments.models import AgreedAnswer
from assessments.workshops.models import Participant, Workshop
from maturity.workspaces.actors import Actor
from tests.assessments.voices import add_person
from tests.workshops.facilitating import press, state, url
from tests.workshops.room import add_participant, add_round, make_live, make_workshop, vote

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}
BY = Actor("user:1")


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 200), ("contributor", 403), ("viewer", 403), ("stranger", 404), ("nobody", 404)],
)
def test_only_who_runs_the_assessment_sees_it(who, status, visitors, room) -> None:
    for rest in ("", "screen/", "wall/", "wall/screen/", "agenda/", "setup/", "delete/"):
        assert visitors[who].get(url(room, rest)).status_code in {
            status,
            # A live workshop is not deleted, which is said to who may.
            409 if (status, rest) == (200, "delete/") else status,
        }
    round_ = add_round(room, "stage", "strategy")
    if status != 200:
        for rest in ("act/", "rehearse/", f"rounds/{round_.pk}/agree/", "rehearsal/tick/"):
            assert visitors[who].post(url(room, rest), {"do": "open"}).status_code == status
        assert state(round_) == "planned"


def test_an_unknown_id_and_a_wrong_method(lead, room) -> None:
    assert lead.get("/workshops/23456789abcd/").status_code == 404
    assert lead.get(url(room, "act/")).status_code == 405
    assert lead.post(url(room)).status_code == 405
    assert lead.post(url(room, "rounds/999/agree/")).status_code == 404
    assert lead.get(url(room, "rounds/999/hands/")).status_code == 404


# --- the screen ----------------------------------------------------------------------------------


def test_before_the_doors_open_it_offers_to_open_or_to_rehearse(lead, assessment) -> None:
    text = lead.get(url(make_workshop(assessment))).content.decode()

    assert "Open the doors" in text
    assert "Rehearse with pretend participants" in text


@pytest.mark.parametrize(
    ("host", "is_told"),
    [("127.0.0.1:8000", True), ("localhost", True), ("[::1]:80", True), ("testserver", False)],
)
def test_an_address_no_phone_can_reach_is_told(lead, room, host, is_told) -> None:
    text = lead.get(url(room), headers={"host": host}).content.decode()

    assert ("Phones cannot reach this address" in text) == is_told


def test_it_counts_votes_and_shows_none(lead, room, matrix, django_assert_num_queries) -> None:
    round_ = add_round(room, "stage", "strategy")
    press(lead, room, "open", round=round_.pk)
    for number in range(20):
        person, _ = add_participant(room, f"P{number}", seen_at=timezone.now())
        vote(person, round_, {"strategy": 4}, note="a secret note")
    add_participant(room, "Waiting", admitted_at=None)
    lead.get(url(room))

    # session, user, workshop, assessment with role; rounds; people's counts, votes; people
    with django_assert_num_queries(8):
        text = lead.get(url(room)).content.decode()

    assert "<b>20</b> of 20 have voted" in text
    assert "a secret note" not in text
    assert "Let everybody in" in text


def test_a_revealed_question_shows_votes_and_suggests_an_agreement(lead, room, matrix) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    Workshop.objects.update(current=round_)
    for stage in (2, 2, 3):
        vote(add_participant(room, "Ada")[0], round_, {"strategy": stage})

    text = lead.get(url(room)).content.decode()

    assert "Most see Experimental (2 of 3); one sees Operational." in text
    assert 'value="2" checked' in text
    assert "Nothing is recorded until you press" in text
    assert not AgreedAnswer.objects.exists()


def test_what_comes_next_is_what_was_not_put_to_the_room_yet(lead, room, matrix) -> None:
    first = add_round(room, "stage", "strategy", state="agreed", decision={"strategy": 2})
    second = add_round(room, "stage", "metrics")
    Workshop.objects.update(current=first)

    text = lead.get(url(room)).content.decode()
    assert f'id="show-{second.pk}"' in text
    press(lead, room, "show", round=second.pk)

    room.refresh_from_db()
    assert room.current == second


def test_after_the_last_question_it_offers_to_end(lead, room, matrix) -> None:
    round_ = add_round(room, "stage", "strategy", state="agreed", decision={"strategy": 2})
    Workshop.objects.update(current=round_)

    assert "End the workshop" in lead.get(url(room)).content.decode()
    press(lead, room, "end")

    assert "The workshop has ended" in lead.get(url(room)).content.decode()


# --- buttons -------------------------------------------------------------------------------------


def test_the_whole_way_of_a_question(lead, assessment, matrix) -> None:
    room = make_workshop(assessment)
    round_ = add_round(room, "stage", "strategy")
    press(lead, room, "open-doors")
    press(lead, room, "show", round=round_.pk)
    press(lead, room, "open", round=round_.pk)
    assert state(round_) == "open"
    person, _ = add_participant(room, "Ada")
    vote(person, round_, {"strategy": 3})
    press(lead, room, "more-time", round=round_.pk, minutes=2)
    press(lead, room, "close", round=round_.pk)
    press(lead, room, "reveal", round=round_.pk)
    assert state(round_) == "revealed"
    lead.post(url(room, f"rounds/{round_.pk}/agree/"), {"v-strategy": "3", "reason": "Seen."})
    assert state(round_) == "agreed"
    press(lead, room, "again", round=round_.pk)

    assert [each.attempt for each in room.rounds.order_by("attempt")] == [1, 2]


def test_a_script_gets_the_screen_back(lead, room, matrix) -> None:
    round_ = add_round(room, "stage", "strategy")

    response = lead.post(url(room, "act/"), {"do": "open", "round": round_.pk}, **FETCH)

    text = response.content.decode().lstrip()
    assert response.status_code == 200
    assert text.startswith('<div id="screen"')
    assert 'data-phase="open"' in text


def test_who_comes_second_is_shown_where_the_room_is(lead, room, matrix) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    Workshop.objects.update(current=round_)

    for options in ({}, FETCH):
        response = lead.post(url(room, "act/"), {"do": "close", "round": round_.pk}, **options)
        assert response.status_code == 409
        assert "Somebody else moved the room on meanwhile." in response.content.decode()


@pytest.mark.parametrize("do", ["", "dance", "open-doors; drop"])
def test_an_unknown_button_does_nothing(do, lead, room) -> None:
    press(lead, room, do, expect=422)


def test_people_are_let_in_taken_out_and_unnamed(lead, room, matrix) -> None:
    first, _ = add_participant(room, "Ada", admitted_at=None)
    second, _ = add_participant(room, "Rude word", admitted_at=None)
    press(lead, room, "admit", person=first.pk)
    press(lead, room, "admit-all")
    press(lead, room, "clear-name", person=second.pk)
    press(lead, room, "remove", person=first.pk)
    press(lead, room, "lock")

    found = {each.pk: each for each in Participant.objects.all()}
    assert (found[second.pk].name, found[second.pk].is_in) == ("", True)
    assert found[first.pk].removed_at is not None
    room.refresh_from_db()
    assert room.is_locked
    press(lead, room, "unlock")


def test_too_few_anonymous_votes_are_not_revealed(lead, assessment, matrix) -> None:
    room = make_live(assessment, now=timezone.now(), voices="anonymous", fewest_votes=3)
    round_ = add_round(room, "stage", "strategy", state="closed")
    Workshop.objects.update(current=round_)
    vote(add_participant(room)[0], round_, {"strategy": 3})

    text = press(lead, room, "reveal", round=round_.pk, expect=409)

    assert "1 voted. The workshop is anonymous, so votes are shown from 3 on." in text


def test_nothing_moves_before_the_doors_are_open(lead, assessment, matrix) -> None:
    room = make_workshop(assessment)
    round_ = add_round(room, "stage", "strategy")

    text = press(lead, room, "open", round=round_.pk, expect=409)

    assert "The workshop is not on at the moment" in text


# --- steps ---------------------------------------------------------------------------------------


def test_steps_are_suggested_from_where_the_assessment_stands(lead, room, assessment, matrix):
    add_person(assessment, "Ada", {"strategy.1.01": 1, "strategy.1.02": 0})
    round_ = add_round(room, "steps")

    press(lead, room, "show", round=round_.pk)

    round_.refresh_from_db()
    assert 0 < len(round_.candidates) <= 8
    assert all(key.startswith("strategy.") for key in round_.candidates)
    text = lead.get(url(room)).content.decode()
    assert matrix.descriptors[round_.candidates[0]].action in text
    chosen = round_.candidates[1:3]
    press(lead, room, "choose-steps", round=round_.pk, candidate=chosen)
    round_.refresh_from_db()
    assert round_.candidates == chosen
    press(lead, room, "choose-steps", round=round_.pk, expect=409)


def test_without_any_stage_there_are_no_steps_to_choose(lead, room, matrix) -> None:
    round_ = add_round(room, "steps")
    press(lead, room, "show", round=round_.pk)

    text = press(lead, room, "open", round=round_.pk, expect=409)

    assert "No step can be put to choice yet" in text
