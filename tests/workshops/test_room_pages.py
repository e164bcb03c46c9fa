"""The phone: what it shows in each state, the votes it sends, and who it belongs to."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.workshops.models import Participant, Vote, Workshop
from assessments.workshops.queries.rounds import question_of_round
from assessments.workshops.services.doors import end_workshop
from assessments.workshops.services.joining import remove
from assessments.workshops.services.rounds import reveal_round
from assessments.workshops.views.room import MOVED, TOO_LATE
from tests.workshops.phone import BY, Phone, at
from tests.workshops.room import add_participant, make_live, vote

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture
def phone(room: Workshop) -> Phone:
    return Phone(room)


# --- what it shows -------------------------------------------------------------------------------


def test_before_the_first_question_it_waits(phone: Phone) -> None:
    assert "The first question comes here by itself" in phone.text()


def test_in_the_lobby_it_says_that_one_is_let_in(room: Workshop) -> None:
    assert "You are at the door" in Phone(room, admitted_at=None).text()


@pytest.mark.parametrize("kind", ["stage", "target", "importance"])
def test_an_open_question_offers_every_answer(kind: str, room: Workshop, phone: Phone) -> None:
    at(room, kind)

    text = phone.text()

    assert text.count('type="radio"') == {"stage": 6, "target": 5, "importance": 4}[kind]
    assert ("Not sure" in text) == (kind == "stage")


def test_an_open_gate_asks_each_statement_as_the_questionnaire_does(
    room: Workshop, phone: Phone, matrix: Any
) -> None:
    round_ = at(room, "gate", gate_to=2)
    keys = question_of_round(matrix, round_).keys
    conditions = [key for key in keys if matrix.descriptors[key].kind == "condition"]

    text = phone.text()

    assert len(keys) > len(conditions) > 0
    assert text.count('class="vote__statement"') == len(keys)
    assert text.count("Still&nbsp;true?") == len(conditions)
    assert text.count("No longer") == len(conditions)
    assert text.count("Does not apply") == len(keys)


def test_open_steps_are_boxes_to_tick(room: Workshop, phone: Phone, matrix: Any) -> None:
    at(room, "steps", candidates=["strategy.2.01", "metrics.2.01"])

    text = phone.text()

    assert text.count('type="checkbox"') == 2
    assert matrix.descriptors["metrics.2.01"].action in text


def test_after_voting_it_shows_one_s_own_vote(room: Workshop, phone: Phone) -> None:
    round_ = at(room)
    phone.post("vote/", {"round": round_.pk, "a-strategy": "3", "note": "As I see it."})

    text = phone.text()

    assert "Your vote is counted." in text
    assert "3 Operational" in text
    assert "As I see it." in text
    assert "Change my vote" in text


def test_a_closed_question_waits_for_the_reveal(room: Workshop, phone: Phone) -> None:
    at(room, state="closed")

    assert "Voting is closed." in phone.text()


def test_a_revealed_question_shows_everybody_s_votes_and_marks_one_s_own(
    room: Workshop, phone: Phone
) -> None:
    round_ = at(room)
    phone.post("vote/", {"round": round_.pk, "a-strategy": "3"})
    vote(add_participant(room, "Bo")[0], round_, {"strategy": 1})
    reveal_round(room, round_id=round_.pk, now=timezone.now(), by=BY)

    text = phone.text()

    assert "One sees Traditional, one Operational" in text
    assert text.count("your vote") == 1


def test_after_the_end_it_thanks_and_takes_an_address_where_that_is_wanted(
    assessment: Any,
) -> None:
    for takes, code in ((True, "BCD346"), (False, "CDF347")):
        room = make_live(assessment, now=timezone.now(), takes_addresses=takes, code=code)
        phone = Phone(room)
        end_workshop(room, now=timezone.now(), by=BY)

        text = phone.text()

        assert "The workshop has ended" in text
        assert ('name="email"' in text) is takes


def test_who_was_taken_out_is_told(room: Workshop, phone: Phone) -> None:
    remove(room, participant_id=phone.person.pk, now=timezone.now(), by=BY)

    assert "You are not in the room any more" in phone.text()


# --- the poll ------------------------------------------------------------------------------------


def test_an_unchanged_poll_is_one_query_and_no_session(
    room: Workshop, phone: Phone, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):  # the participant's row joined to the workshop's
        response = phone.get(f"poll/?seen={room.revision}")

    assert (response.status_code, response.content) == (204, b"")
    assert "Set-Cookie" not in response
    assert response.headers.get("Vary", "") != "Cookie, Cookie"


def test_a_changed_poll_brings_the_new_screen(room: Workshop, phone: Phone) -> None:
    before = room.revision
    round_ = at(room)

    response = phone.get(f"poll/?seen={before}")

    text = response.content.decode()
    room.refresh_from_db()
    assert response.status_code == 200
    assert text.lstrip().startswith('<div id="room"')
    assert f'data-revision="{room.revision}"' in text
    assert f'data-round="{round_.pk}"' in text


def test_votes_of_others_change_no_phone(room: Workshop, phone: Phone) -> None:
    round_ = at(room)
    room.refresh_from_db()
    other = Phone(room, "Bo")

    other.post("vote/", {"round": round_.pk, "a-strategy": "3"})

    assert phone.get(f"poll/?seen={room.revision}").status_code == 204


def test_a_workshop_past_its_time_is_told_though_nothing_was_changed(assessment: Any) -> None:
    room = make_live(assessment, now=timezone.now() - timedelta(hours=13))
    phone = Phone(room)

    response = phone.get(f"poll/?seen={room.revision}")

    assert response.status_code == 200
    assert "data-is-over" in response.content.decode()
    assert phone.get(f"poll/?seen={room.revision}&over").status_code == 204


def test_the_room_costs_the_same_however_many_are_in_it(
    room: Workshop, phone: Phone, matrix: Any, django_assert_num_queries: Any
) -> None:
    round_ = at(room)
    for number in range(30):
        vote(add_participant(room, f"P{number}")[0], round_, {"strategy": 1 + number % 5})
    Participant.objects.update(seen_at=timezone.now())
    with django_assert_num_queries(2):  # the participant with all above them; their own vote
        phone.get()

    reveal_round(room, round_id=round_.pk, now=timezone.now(), by=BY)
    with django_assert_num_queries(3):  # and everybody's
        phone.get()


# --- voting --------------------------------------------------------------------------------------


def test_a_vote_without_a_script_leads_back_to_the_room(room: Workshop, phone: Phone) -> None:
    round_ = at(room)

    response = phone.post("vote/", {"round": round_.pk, "a-strategy": "2"})

    assert response["Location"] == phone.base
    assert Vote.objects.get().answers == {"strategy": 2}


def test_a_vote_by_script_brings_the_screen_back(room: Workshop, phone: Phone) -> None:
    round_ = at(room)

    response = phone.post("vote/", {"round": round_.pk, "a-strategy": "2"}, **FETCH)

    assert response.status_code == 200
    assert "Your vote is counted." in response.content.decode()


def test_steps_are_sent_as_the_boxes_that_are_ticked(room: Workshop, phone: Phone) -> None:
    keys = ["strategy.2.01", "strategy.2.02", "metrics.2.01", "metrics.2.02"]
    round_ = at(room, "steps", candidates=keys)

    assert phone.post("vote/", {"round": round_.pk, "step": keys}).status_code == 422
    phone.post("vote/", {"round": round_.pk, "step": keys[1:3]})

    assert Vote.objects.get().answers == dict.fromkeys(keys[1:3], 1)


@pytest.mark.parametrize("sent", [{}, {"a-strategy": "9"}, {"a-metrics": "2"}])
def test_what_is_no_vote_is_told_and_what_was_typed_stays(
    sent: dict[str, str], room: Workshop, phone: Phone
) -> None:
    round_ = at(room)

    response = phone.post("vote/", {"round": round_.pk, "note": "My words", **sent})

    assert response.status_code == 422
    assert "My words" in response.content.decode()
    assert not Vote.objects.exists()


def test_a_note_that_is_too_long_is_told_and_kept(room: Workshop, phone: Phone) -> None:
    round_ = at(room)

    response = phone.post("vote/", {"round": round_.pk, "a-strategy": "2", "note": "y" * 501})

    text = response.content.decode()
    assert response.status_code == 422
    assert "Please shorten this to 500 characters" in text
    assert "y" * 501 in text
    assert 'value="2" checked' in text
    assert not Vote.objects.exists()


def test_a_vote_that_comes_too_late_is_told_and_not_counted(room: Workshop, phone: Phone) -> None:
    round_ = at(room, state="closed")

    response = phone.post("vote/", {"round": round_.pk, "a-strategy": "2"})

    assert response.status_code == 409
    assert TOO_LATE in response.content.decode()
    assert not Vote.objects.exists()


@pytest.mark.parametrize("round_", ["", "x", "0", "999999"])
def test_a_vote_on_what_the_room_has_left_is_told(
    round_: str, room: Workshop, phone: Phone
) -> None:
    at(room)

    response = phone.post("vote/", {"round": round_, "a-strategy": "2"})

    assert response.status_code == 409
    assert MOVED in response.content.decode()


def test_a_vote_is_taken_back(room: Workshop, phone: Phone) -> None:
    round_ = at(room)
    phone.post("vote/", {"round": round_.pk, "a-strategy": "2"})

    phone.post("vote/", {"round": round_.pk, "take_back": "on"})

    assert not Vote.objects.exists()


def test_who_waits_at_the_door_does_not_vote(room: Workshop) -> None:
    round_ = at(room)
    phone = Phone(room, admitted_at=None)

    assert phone.post("vote/", {"round": round_.pk, "a-strategy": "2"}).status_code == 409
    assert not Vote.objects.exists()


# --- whose page it is ----------------------------------------------------------------------------


@pytest.mark.parametrize("is_voted", [False, True])
def test_every_form_names_its_participant(room: Workshop, phone: Phone, is_voted: bool) -> None:
    round_ = at(room)
    if is_voted:
        phone.post("vote/", {"round": round_.pk, "a-strategy": "2"})

    forms = re.findall(r"<form.*?</form>", phone.get("?change").content.decode(), re.S)

    assert len(forms) == 3
    field = f'name="person" value="{phone.person.key}"'
    assert [form for form in forms if field not in form] == []


def test_own_page_is_taken(room: Workshop, phone: Phone) -> None:
    round_ = at(room)

    phone.post("vote/", {"round": round_.pk, "a-strategy": "2", "person": phone.person.key})

    assert Vote.objects.get().participant == phone.person


@pytest.mark.parametrize(
    ("rest", "fields"),
    [
        ("vote/", {"a-strategy": "4", "note": "Not mine"}),
        ("name/", {"name": "Ben"}),
        ("address/", {"email": "ben@example.org"}),
        ("leave/", {}),
    ],
)
def test_page_of_another_participant_is_refused(
    room: Workshop, phone: Phone, rest: str, fields: dict[str, str]
) -> None:
    round_ = at(room)
    other, _ = add_participant(room, "Ben")
    before = Participant.objects.filter(pk=phone.person.pk).values().get()

    response = phone.post(rest, {"round": round_.pk, "person": other.key, **fields})

    assert response.status_code == 412
    assert "nothing was saved" in response.content.decode()
    assert not Vote.objects.exists()
    assert Participant.objects.filter(pk=phone.person.pk).values().get() == before
