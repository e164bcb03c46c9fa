"""Preparing a workshop in the browser: the list, the set-up, the agenda, a rehearsal, deleting."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.workshops.models import Participant, Round, Workshop
from assessments.workshops.services.doors import end_workshop
from assessments.workshops.services.rehearsing import PRETEND
from maturity.workspaces.actors import Actor
from tests.assessments.voices import add_person
from tests.workshops.room import add_participant, add_round, make_live, make_workshop

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}
FORM: dict[str, Any] = {
    "title": "Autumn",
    "minutes": "60",
    "voices": "named",
    "fewest_votes": "3",
    "entry": "lobby",
    "most_participants": "40",
    "groups": "Function: Service, IT",
    "takes_addresses": "on",
    "in-strategy": "on",
    "how-strategy": "gate3",
    "in-metrics": "on",
    "how-metrics": "stage",
    "with_targets": "on",
    "with_steps": "on",
}


def url(assessment: Any, rest: str = "") -> str:
    return f"/assessments/{assessment.public_id}/workshops/{rest}"


def close(assessment: Any) -> None:
    assessment.answers_ended_at = assessment.closed_at = timezone.now()
    assessment.save()


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 200), ("contributor", 403), ("viewer", 403), ("stranger", 404), ("nobody", 404)],
)
def test_only_who_runs_the_assessment_prepares_workshops(who, status, visitors, assessment):
    for rest in ("", "new/"):
        assert visitors[who].get(url(assessment, rest)).status_code == status
    if status != 200:
        assert visitors[who].post(url(assessment, "new/"), FORM).status_code == status
    assert not Workshop.objects.exists()


def test_an_empty_list_says_what_a_workshop_is(lead, assessment) -> None:
    text = lead.get(url(assessment)).content.decode()

    assert "No workshop yet" in text
    assert "Prepare a workshop" in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_however_long(
    count, lead, assessment, matrix, django_assert_num_queries
) -> None:
    rooms = [make_live(assessment, now=timezone.now())]
    rooms += [make_workshop(assessment, title=f"W{number}") for number in range(count - 1)]
    for each in rooms:
        add_round(each, "stage", "strategy", state="agreed")
        add_participant(each)
    lead.get(url(assessment))

    with django_assert_num_queries(4):  # session, user, assessment with role; workshops
        text = lead.get(url(assessment)).content.decode()

    assert text.count("1 question") == count
    assert "On now" in text


def test_one_press_prepares_everything_with_its_defaults(lead, assessment, matrix) -> None:
    page = lead.get(url(assessment, "new/")).content.decode()
    assert "Eight dimensions of five minutes each, five minutes for the first steps" in page
    defaults = {f"in-{row.key}": "on" for row in matrix.dimensions}
    defaults |= {
        "minutes": "60",
        "voices": "anonymous",
        "entry": "open",
        "most_participants": "300",
        "with_steps": "on",
    }

    response = lead.post(url(assessment, "new/"), defaults)

    workshop = Workshop.objects.get()
    assert response["Location"] == f"/workshops/{workshop.public_id}/"
    kinds = list(workshop.rounds.order_by("position").values_list("kind", flat=True))
    assert kinds == ["stage"] * 8 + ["steps"]
    assert (workshop.is_anonymous, workshop.fewest_votes) == (True, 3)


def test_what_was_chosen_is_what_is_prepared(lead, assessment, matrix) -> None:
    lead.post(url(assessment, "new/"), FORM)

    workshop = Workshop.objects.get()
    assert (workshop.title, workshop.voices, workshop.entry) == ("Autumn", "named", "lobby")
    assert workshop.groups == [{"name": "Function", "options": ["Service", "IT"]}]
    rounds = workshop.rounds.order_by("position").values_list("kind", "dimension", "gate_to")
    assert set(rounds) == {
        ("gate", "strategy", 3),
        ("target", "strategy", None),
        ("stage", "metrics", None),
        ("target", "metrics", None),
        ("steps", "", None),
    }


def test_the_agenda_is_shown_before_anything_is_prepared(lead, assessment, matrix) -> None:
    sent = FORM | {"do": "preview", "minutes": "16"}

    page = lead.post(url(assessment, "new/"), sent).content.decode()
    part = lead.post(url(assessment, "new/"), sent, **FETCH).content.decode()

    for text in (page, part):
        assert "does not fit into 16 minutes" in text
    assert "<html" not in part
    assert not Workshop.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"minutes": "5"}, "Ten minutes are the least."),
        ({"minutes": "x"}, "Please give a whole number of minutes."),
        ({"most_participants": "5000"}, "1,000 people are the most."),
        ({"fewest_votes": "2"}, "At least 3: with fewer, it would be plain who said what."),
        ({"groups": "Function"}, "please write a name, a colon"),
        ({"how-strategy": "gate9"}, "gate9"),
        (
            {"in-strategy": "", "in-metrics": "", "with_steps": ""},
            "Please choose at least one dimension",
        ),
    ],
)
def test_what_cannot_be_is_told_and_everything_stays(change, said, lead, assessment, matrix):
    sent = {key: value for key, value in (FORM | change).items() if value}

    response = lead.post(url(assessment, "new/"), sent)

    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert 'value="Autumn"' in text
    assert not Workshop.objects.exists()


def test_what_is_urgent_comes_first_and_says_why(lead, assessment, matrix) -> None:
    for number, stage in enumerate((1, 5, 1, 5)):
        picks = dict.fromkeys(matrix.dimension_by_key, 3) | {"metrics": stage}
        add_person(assessment, f"P{number}", picks=picks)

    text = lead.get(url(assessment, "new/")).content.decode()
    lead.post(url(assessment, "new/"), FORM)

    assert text.count('<span class="planning__urgent">opinions differ</span>') == 1
    first = Round.objects.order_by("position").first()
    assert first is not None
    assert first.dimension == "metrics"


def test_nothing_of_hidden_answers_is_told(lead, assessment, matrix) -> None:
    assessment.voices = "anonymous"
    assessment.save()
    for number, stage in enumerate((1, 5, 1, 5)):
        add_person(assessment, f"P{number}", picks={"metrics": stage})

    text = lead.get(url(assessment, "new/")).content.decode()

    assert "planning__urgent" not in text


def test_on_a_closed_assessment_none_is_prepared(lead, assessment, matrix) -> None:
    close(assessment)

    assert "no workshop runs on it any more" in lead.get(url(assessment)).content.decode()
    assert lead.post(url(assessment, "new/"), FORM)["Location"] == url(assessment)
    assert not Workshop.objects.exists()


# --- set-up --------------------------------------------------------------------------------------


def test_the_set_up_is_changed(lead, assessment, matrix) -> None:
    workshop = make_workshop(assessment, title="Old")
    place = f"/workshops/{workshop.public_id}/setup/"
    assert 'value="Old"' in lead.get(place).content.decode()

    assert lead.post(place, FORM).status_code == 302

    workshop.refresh_from_db()
    assert (workshop.title, workshop.entry, workshop.takes_addresses) == ("Autumn", "lobby", True)


def test_what_people_were_told_cannot_be_changed(lead, room, matrix) -> None:
    add_participant(room)
    place = f"/workshops/{room.public_id}/setup/"
    assert "So this stays as it is" in lead.get(place).content.decode()

    lead.post(place, FORM | {"voices": "anonymous", "groups": "Function: A, B"})

    room.refresh_from_db()
    assert (room.title, room.voices, room.groups) == ("Autumn", "named", [])


def test_an_ended_workshop_stays_as_it_is(lead, room, matrix) -> None:
    end_workshop(room, now=timezone.now(), by=Actor("user:1"))

    response = lead.post(f"/workshops/{room.public_id}/setup/", FORM)

    assert response.status_code == 422
    assert "The workshop has ended" in response.content.decode()


# --- agenda --------------------------------------------------------------------------------------


def agenda(lead: Client, workshop: Workshop, **data: Any) -> Any:
    return lead.post(f"/workshops/{workshop.public_id}/agenda/", data)


def test_the_agenda_is_changed_without_a_script(lead, room, matrix) -> None:
    first = add_round(room, "stage", "strategy")
    second = add_round(room, "stage", "metrics")

    moved = agenda(lead, room, do="up", round=second.pk)
    assert moved["Location"].endswith(f"/agenda/#up-{second.pk}")
    agenda(lead, room, do="minutes", round=second.pk, minutes="12")
    agenda(lead, room, do="out", round=first.pk)
    agenda(lead, room, do="add", what="gate", dimension="strategy", gate="3", minutes="8")
    agenda(lead, room, do="add", what="steps", minutes="5")

    rounds = Round.objects.order_by("position").values_list("kind", "gate_to", "minutes")
    assert list(rounds) == [("stage", None, 12), ("gate", 3, 8), ("steps", None, 5)]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"do": "add", "what": "stage", "minutes": "5"}, 422),
        ({"do": "add", "what": "stage", "dimension": "nothing", "minutes": "5"}, 422),
        ({"do": "add", "what": "dance", "dimension": "strategy", "minutes": "5"}, 422),
        ({"do": "add", "what": "stage", "dimension": "strategy", "minutes": "0"}, 422),
        ({"do": "up", "round": "999"}, 409),
        ({"do": "out", "round": "x"}, 409),
        ({"do": "dance", "round": "1"}, 409),
    ],
)
def test_what_cannot_be_done_to_the_agenda_is_told(data, status, lead, room, matrix) -> None:
    add_round(room, "stage", "strategy")

    assert agenda(lead, room, **data).status_code == status
    assert Round.objects.count() == 1


def test_wrong_minutes_are_told(lead, room, matrix) -> None:
    round_ = add_round(room, "stage", "strategy", minutes=5)

    response = agenda(lead, room, do="minutes", round=round_.pk, minutes="0")

    assert response.status_code == 422
    assert "Minutes are a whole number from 1 to 60." in response.content.decode()


# --- rehearsing, deleting ------------------------------------------------------------------------


def test_a_rehearsal_runs_and_its_people_vote(lead, assessment, matrix) -> None:
    workshop = make_workshop(assessment)
    add_round(workshop, "stage", "strategy")

    response = lead.post(f"/workshops/{workshop.public_id}/rehearse/")

    copy = Workshop.objects.get(is_rehearsal=True)
    assert response["Location"] == f"/workshops/{copy.public_id}/"
    page = lead.get(response["Location"]).content.decode()
    assert "Rehearsal" in page
    assert PRETEND[0] in page
    round_ = copy.rounds.get()
    lead.post(f"/workshops/{copy.public_id}/act/", {"do": "open", "round": round_.pk})
    assert lead.post(f"/workshops/{copy.public_id}/rehearsal/tick/").status_code == 204
    assert 0 < round_.votes.count() <= 3
    assert "data-ticks" in lead.get(f"/workshops/{copy.public_id}/").content.decode()


def test_a_rehearsal_on_a_closed_assessment_is_refused(lead, assessment, matrix) -> None:
    workshop = make_workshop(assessment)
    close(assessment)

    response = lead.post(f"/workshops/{workshop.public_id}/rehearse/")

    assert response["Location"] == url(assessment)
    assert not Workshop.objects.filter(is_rehearsal=True).exists()


def test_deleting_asks_first(lead, assessment, matrix) -> None:
    workshop = make_workshop(assessment, title="Old")
    add_participant(workshop)
    place = f"/workshops/{workshop.public_id}/delete/"

    assert "deleted for good" in lead.get(place).content.decode()
    assert Workshop.objects.exists()
    assert lead.post(place)["Location"] == url(assessment)

    assert not Workshop.objects.exists()
    assert not Participant.objects.exists()


def test_a_live_workshop_is_not_deleted(lead, room, matrix) -> None:
    response = lead.post(f"/workshops/{room.public_id}/delete/")

    assert response.status_code == 409
    assert "The workshop is on at the moment." in response.content.decode()
    assert Workshop.objects.exists()
