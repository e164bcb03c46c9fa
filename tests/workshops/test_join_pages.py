"""Coming in by code and by scanning, as a phone sees it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.workshops.access import cookie_name
from assessments.workshops.models import Participant, Workshop
from assessments.workshops.services.doors import end_workshop, open_doors, scan_token_of
from assessments.workshops.services.joining import WRONG_OF_ADDRESS
from maturity.workspaces.actors import Actor
from tests.workshops.room import make_live, make_workshop

pytestmark = pytest.mark.django_db
BY = Actor("user:1")


@pytest.fixture
def doors(assessment: Any) -> Workshop:
    return open_doors(make_workshop(assessment), now=timezone.now(), by=BY)


def scan_url(workshop: Workshop) -> str:
    return f"/join/scan/{scan_token_of(workshop)}/"


def test_a_typed_code_leads_to_the_door_and_into_the_room(client: Client, doors: Any) -> None:
    typed = f" {str(doors.code).lower()[:3]}-{str(doors.code).lower()[3:]} "

    door = client.post("/join/", {"code": typed})
    assert door["Location"] == f"/join/{doors.code}/"
    page = client.get(door["Location"])
    assert "Answers are shown with names." in page.content.decode()
    response = client.post(door["Location"], {"name": " Ada "})

    assert response["Location"] == f"/room/{doors.public_id}/"
    assert client.get(response["Location"]).status_code == 200
    assert Participant.objects.get().name == "Ada"
    cookie = client.cookies[cookie_name(doors.public_id)]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_scan_is_two_taps_from_the_first_question(client: Client, doors: Any) -> None:
    page = client.get(scan_url(doors))
    assert page.status_code == 200

    response = client.post(scan_url(doors), {})

    assert response["Location"] == f"/room/{doors.public_id}/"


def test_a_phone_that_is_in_goes_straight_to_the_room(client: Client, doors: Any) -> None:
    client.post(scan_url(doors), {"name": "Ada"})

    for url in (scan_url(doors), f"/join/{doors.code}/"):
        for send in (client.get, client.post):
            assert send(url)["Location"] == f"/room/{doors.public_id}/"
    assert Participant.objects.count() == 1


def test_an_anonymous_room_says_what_is_seen(client: Client, assessment: Any) -> None:
    workshop = make_workshop(assessment, voices="anonymous", fewest_votes=4)
    doors = open_doors(workshop, now=timezone.now(), by=BY)

    text = client.get(scan_url(doors)).content.decode()

    assert "Your answers are anonymous." in text
    assert "only once at least 4 have voted" in text


def test_groups_are_one_tap_each_and_optional(client: Client, assessment: Any) -> None:
    groups = [{"name": "Function", "options": ["Service", "IT"]}]
    doors = open_doors(make_workshop(assessment, groups=groups), now=timezone.now(), by=BY)

    client.post(scan_url(doors), {"group-0": "IT"})
    Client().post(scan_url(doors), {"group-0": ""})
    wrong = Client().post(scan_url(doors), {"group-0": "Board"})

    assert [each.groups for each in Participant.objects.order_by("pk")] == [{"Function": "IT"}, {}]
    assert wrong.status_code == 422


@pytest.mark.parametrize("name", ["x" * 41, "tab\x07bell"])
def test_a_name_that_cannot_be_kept_is_told(client: Client, doors: Any, name: str) -> None:
    response = client.post(scan_url(doors), {"name": name})

    assert response.status_code == 422
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("BCD347", "No workshop that is on now has this code."),
        ("hello", "This cannot be the code."),
        ("", "Please type the six characters"),
        ("x" * 500, "A code has six characters."),
    ],
)
def test_a_wrong_code_is_told_where_it_was_typed(client, doors, code, said) -> None:
    response = client.post("/join/", {"code": code})

    assert response.status_code == 422
    assert said in response.content.decode()


def test_guessing_is_stopped_and_scanning_is_not(client: Client, doors: Any) -> None:
    for _ in range(WRONG_OF_ADDRESS.at_most):
        assert client.get("/join/BCD347/").status_code == 404

    for response in (
        client.get(f"/join/{doors.code}/"),
        client.post("/join/", {"code": doors.code}),
    ):
        assert response.status_code == 429
        assert int(response["Retry-After"]) > 0
        assert "Typing is paused" in response.content.decode()
    assert client.get(scan_url(doors)).status_code == 200


def test_a_hundred_phones_of_one_office_all_come_in(doors: Any) -> None:
    for number in range(100):
        phone = Client()
        door = phone.post("/join/", {"code": str(doors.code)})
        assert phone.post(door["Location"], {"name": f"P{number}"}).status_code == 302

    assert Participant.objects.count() == 100


def test_a_locked_and_a_full_room_say_what_to_do(client: Client, doors: Any) -> None:
    Workshop.objects.update(is_locked=True)
    assert "The room is closed at the moment." in client.get(scan_url(doors)).content.decode()
    refused = client.post(scan_url(doors), {"name": "Ada"})
    assert (refused.status_code, Participant.objects.count()) == (409, 0)

    Workshop.objects.update(is_locked=False, most_participants=1)
    client.post(scan_url(doors))
    full = Client().post(scan_url(doors), {"name": "Bo"})
    assert full.status_code == 409
    assert "The room is full:" in full.content.decode()
    assert 'value="Bo"' in full.content.decode()


def test_what_has_ended_lets_nobody_in(client: Client, doors: Any) -> None:
    urls = [scan_url(doors), f"/join/{doors.code}/"]
    end_workshop(doors, now=timezone.now(), by=BY)

    for url in urls:
        response = client.get(url)
        assert response.status_code == 404
        assert "No workshop is on here" in response.content.decode()


@pytest.mark.parametrize("gone", ["archived", "going"])
def test_a_room_of_what_is_gone_is_gone(client: Client, doors: Any, gone: str) -> None:
    url = scan_url(doors)
    if gone == "archived":
        doors.assessment.organisation.archived_at = timezone.now()
        doors.assessment.organisation.save()
    else:
        doors.assessment.workspace.deletion_asked_at = timezone.now()
        doors.assessment.workspace.save()

    assert client.get(url).status_code == 404
    assert client.get(f"/join/{doors.code}/").status_code == 404


def test_a_room_past_its_twelve_hours_is_gone(client: Client, assessment: Any) -> None:
    make_live(assessment, now=timezone.now() - timedelta(hours=13))

    assert client.get("/join/BCD346/").status_code == 404


def test_the_forms_need_a_token_of_the_page(doors: Any) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/join/", {"code": str(doors.code)}).status_code == 403
    assert strict.post(scan_url(doors), {}).status_code == 403
    assert not Participant.objects.exists()
