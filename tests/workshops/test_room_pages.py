"""The phone: what it shows in each state, the votes it sends, and who it belongs to."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.workshops.access import cookie_name
from assessments.workshops.models import Participant, Round, Vote, Workshop
from assessments.workshops.queries.rounds import question_of_round
from assessments.workshops.services.doors import end_workshop
from assessments.workshops.services.joining import remove
from assessments.workshops.services.rounds import close_round, open_round, reveal_round
from assessments.workshops.views.room import MOVED, TOO_LATE
from maturity.workspaces.actors import Actor
from tests.workshops.room import add_participant, add_round, make_live, vote

pytestmark = pytest.mark.django_db
BY = Actor("user:1")
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}


class Phone:
    """A browser that is in a room."""

    def __init__(self, room: Workshop, name: str = "Ada", **fields: Any) -> None:
        self.person, token = add_participant(room, name, **fields)
        self.client = Client()
        self.client.cookies[cookie_name(room.public_id)] = token
        self.base = f"/room/{room.public_id}/"

    def get(self, rest: str = "", **options: Any) -> Any:
        return self.client.get(self.base + rest, **options)

    def post(self, rest: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        return self.client.post(self.base + rest, data or {}, **options)

    def text(self) -> str:
        found: str = self.get().content.decode()
        return found


@pytest.fixture
def phone(room: Workshop) -> Phone:
    return Phone(room)


def at(room: Workshop, kind: str = "stage", state: str = "open", **fields: Any) -> Round:
    """Bring the room to a round."""
    round_ = add_round(room, kind, "" if kind == "steps" else "strategy", **fields)
    if state != "planned":
        open_round(room, round_id=round_.pk, now=timezone.now(), by=BY)
    if state == "closed":
        close_round(room, round_id=round_.pk, now=timezone.now(), by=BY)
    if state == "revealed":
        reveal_round(room, round_id=round_.pk, now=timezone.now(), by=BY)
    round_.refresh_from_db()
    return round_


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


# --- the rest ------------------------------------------------------------------------------------


def test_a_name_is_changed(room: Workshop, phone: Phone) -> None:
    assert phone.post("name/", {"name": "Ada B"})["Location"] == phone.base
    assert phone.post("name/", {"name": "x" * 41}).status_code == 422

    assert Participant.objects.get().name == "Ada B"


def test_an_address_is_left_and_taken_back(assessment: Any) -> None:
    room = make_live(assessment, now=timezone.now(), takes_addresses=True)
    phone = Phone(room)
    end_workshop(room, now=timezone.now(), by=BY)

    assert phone.post("address/", {"email": "nobody"}).status_code == 422
    phone.post("address/", {"email": "ada@example.org"})
    assert "The result goes to" in phone.text()
    phone.post("address/", {"email": ""})

    assert Participant.objects.get().email == ""


def test_an_address_is_not_taken_where_none_was_asked_for(room: Workshop, phone: Phone) -> None:
    assert phone.post("address/", {"email": "ada@example.org"}).status_code == 409
    assert Participant.objects.get().email == ""


def test_leaving_lets_the_phone_forget(room: Workshop, phone: Phone) -> None:
    response = phone.post("leave/")

    assert response["Location"] == "/join/"
    assert phone.get()["Location"] == "/join/"


def test_a_phone_says_that_it_is_there(room: Workshop, phone: Phone) -> None:
    assert phone.post("here/").status_code == 204
    assert Participant.objects.get().seen_at is not None


# --- whose phone it is ---------------------------------------------------------------------------

GETS = ("", "poll/?seen=0")
POSTS = ("vote/", "here/", "name/", "address/", "leave/")


def test_nobody_else_gets_in(room: Workshop, phone: Phone, assessment: Any, lead: Client) -> None:
    other = Phone(make_live(assessment, now=timezone.now(), code="CDF347"))
    forged = Client()
    forged.cookies[cookie_name(room.public_id)] = "x" * 43
    crossed = Client()
    crossed.cookies[cookie_name(room.public_id)] = other.client.cookies.popitem()[1].value

    for browser in (Client(), forged, crossed, lead):
        for rest in GETS:
            response = browser.get(phone.base + rest)
            assert (response.status_code, response.get("Location")) in {
                (302, "/join/"),
                (404, None),
            }
        for rest in POSTS:
            assert browser.post(phone.base + rest).get("Location") == "/join/"


def test_an_unknown_id_is_as_a_strange_one(phone: Phone) -> None:
    strange = phone.client.get("/room/23456789abcd/")

    assert (strange.status_code, strange["Location"]) == (302, "/join/")


@pytest.mark.parametrize("gone", ["archived", "going"])
def test_the_room_of_what_is_gone_is_shut(gone: str, room: Workshop, phone: Phone) -> None:
    if gone == "archived":
        room.assessment.organisation.archived_at = timezone.now()
        room.assessment.organisation.save()
    else:
        room.assessment.workspace.deletion_asked_at = timezone.now()
        room.assessment.workspace.save()

    assert phone.get()["Location"] == "/join/"


def test_each_address_takes_its_methods_only(phone: Phone) -> None:
    for rest in GETS:
        assert phone.client.post(phone.base + rest).status_code == 405
    for rest in POSTS:
        assert phone.get(rest).status_code == 405


def test_every_form_needs_the_page_s_token(room: Workshop, phone: Phone) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.client.cookies

    for rest in POSTS:
        assert strict.post(phone.base + rest).status_code == 403
