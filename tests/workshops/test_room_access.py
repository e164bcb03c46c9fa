"""The phone: its name, its address, leaving, and who it belongs to."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.workshops.access import cookie_name
from assessments.workshops.models import Participant, Workshop
from assessments.workshops.services.doors import end_workshop
from tests.workshops.phone import BY, Phone
from tests.workshops.room import make_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(room: Workshop) -> Phone:
    return Phone(room)


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
