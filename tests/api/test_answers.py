"""Answers: given like on the pages, read as far as the pages show them."""

import datetime as dt

import pytest
from django.utils import timezone

from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.models import Assessment, Pick, Rating, Respondent
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User
from tests.api.calling import Program, code_of, problems_of, secret_of
from tests.assessments.voices import KEY, add_person, people_say
from tests.at_once import at_once
from tests.roles_cast import make_assessment, make_respondent

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BY = Actor("test")
OTHER = "strategy.1.02"


def mine(assessment):
    return f"/assessments/{assessment}/answers/mine"


# --- given ---------------------------------------------------------------------------------------


def test_answers_are_given_and_read_again(program, assessment):
    body = {
        "ratings": {KEY: 3, OTHER: "unknown", "strategy.2.01": "not_applicable"},
        "picks": {"metrics": 2, "strategy": "unknown"},
        "notes": {KEY: "  Chat since March\r\n", "metrics": "Two tools"},
    }

    response = program.patch(mine(assessment), body)

    answer = response.json()
    assert response.status_code == 200
    assert answer["ratings"] == body["ratings"]
    assert answer["picks"] == body["picks"]
    assert answer["notes"] == {KEY: "Chat since March", "metrics": "Two tools"}
    assert (answer["revision"], answer["from_before"]) == (1, {})
    saved = dt.datetime.fromisoformat(answer.pop("saved_at"))
    assert Rating.objects.get(descriptor_id=KEY).updated_at - saved < dt.timedelta(seconds=1)
    again = program.get(mine(assessment)).json()
    assert again.pop("saved_at") is None
    assert again == answer


def test_only_what_is_named_changes_and_null_takes_back(program, assessment):
    program.patch(mine(assessment), {"ratings": {KEY: 3, OTHER: 2}, "notes": {KEY: "Because"}})

    answer = program.patch(mine(assessment), {"ratings": {KEY: None}}).json()
    assert (answer["ratings"], answer["notes"]) == ({OTHER: 2}, {KEY: "Because"})

    answer = program.patch(mine(assessment), {"notes": {KEY: ""}}).json()
    assert (answer["ratings"], answer["notes"]) == ({OTHER: 2}, {})
    assert Rating.objects.filter(descriptor_id=KEY).count() == 1


def test_wrong_answers_are_all_named_and_none_is_saved(program, assessment):
    response = program.patch(
        mine(assessment),
        {
            "ratings": {KEY: 4, OTHER: 2, "nothing.1": 1, "metrics": 1},
            "picks": {"metrics": 6, "strategy.1.01": 2},
            "notes": {KEY: "a\u0000b"},
            "was": {"ratings": {"strategy.2.01": 1}},
        },
    )

    assert set(problems_of(response)) == {
        f"ratings.{KEY}",
        "ratings.nothing.1",
        "ratings.metrics",
        "picks.metrics",
        f"picks.{KEY}",
        f"notes.{KEY}",
        "was.ratings.strategy.2.01",
    }
    assert not Rating.objects.exists()


@pytest.mark.parametrize("value", ["3", 1.0, True, [], {}, "no", -1, 10**6])
def test_what_is_no_answer_at_all_is_named(program, assessment, value):
    response = program.patch(mine(assessment), {"ratings": {KEY: value}})

    assert response.status_code == 422
    assert problems_of(response) == {
        f"ratings.{KEY}": "Enter a whole number, “not_applicable”, “unknown” or null."
    }


def test_what_was_changed_elsewhere_is_not_overwritten(program, assessment):
    program.patch(mine(assessment), {"ratings": {KEY: 1}, "notes": {OTHER: "Theirs"}})

    response = program.patch(
        mine(assessment),
        {
            "ratings": {KEY: 3, "strategy.2.01": 2},
            "notes": {OTHER: "Mine"},
            "was": {"ratings": {KEY: 2}, "notes": {OTHER: ""}},
        },
    )

    assert (response.status_code, code_of(response)) == (409, "edit_conflict")
    assert problems_of(response) == {
        f"ratings.{KEY}": "Current value: 1",
        f"notes.{OTHER}": "Current value: Theirs",
    }
    answer = program.get(mine(assessment)).json()
    assert (answer["ratings"], answer["notes"]) == ({KEY: 1}, {OTHER: "Theirs"})
    right = {"ratings": {KEY: 3}, "was": {"ratings": {KEY: 1}}}
    assert program.patch(mine(assessment), right).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_programs_at_once_one_is_told(program, assessment):
    def give(step):
        body = {"ratings": {KEY: step}, "was": {"ratings": {KEY: None}}}
        return lambda: program_of(step).patch(mine(assessment), body).status_code

    secret = program.client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")

    def program_of(_):
        return Program(secret)

    assert sorted(at_once(give(1), give(2))) == [200, 409]
    assert Rating.objects.count() == 1


def test_who_was_not_told_yet_begins_in_a_browser(program, organisation, version, owner):
    opened = make_assessment(organisation, version)
    respondent = make_respondent(opened, owner)
    Respondent.objects.filter(pk=respondent.pk).update(begun_at=None)

    for path in (mine(opened.public_id),):
        response = program.get(path)
        assert (response.status_code, code_of(response)) == (409, "not_started")
        assert f"/assessments/{opened.public_id}/begin/" in response.json()["error"]["message"]

    Respondent.objects.filter(pk=respondent.pk).update(begun_at=NOW)
    assert program.get(mine(opened.public_id)).status_code == 200


def test_what_is_not_asked_and_what_is_over_is_said(program, organisation, version, owner):
    opened = make_assessment(organisation, version)
    make_respondent(opened, owner)
    path = mine(opened.public_id)

    response = program.patch(path, {"ratings": {KEY: 2}})
    assert (response.status_code, code_of(response)) == (409, "not_asked")

    assert program.patch(path, {"picks": {"metrics": 2}}).status_code == 200
    end_answers(opened, now=NOW, by=BY)
    response = program.patch(path, {"picks": {"metrics": 3}})
    assert (response.status_code, code_of(response)) == (409, "not_collecting")
    assert Pick.objects.get().stage == 2


def test_who_only_reads_does_not_answer(workspace, organisation, version):
    opened = make_assessment(organisation, version)
    viewer = Program(secret_of(workspace, User.objects.get(email="vic@example.org")))

    assert viewer.get(mine(opened.public_id)).status_code == 403
    assert viewer.patch(mine(opened.public_id), {}).status_code == 403


# --- read ----------------------------------------------------------------------------------------


@pytest.fixture
def people(workspace, organisation):
    """Return programs of the people of the organisation."""
    return {
        name: Program(secret_of(workspace, User.objects.get(email=f"{name}@example.org")))
        for name in ("lea", "cora", "vic")
    }


def closed(assessment):
    close_assessment(assessment, user=None, now=NOW, by=BY)
    return f"/assessments/{assessment.public_id}/answers"


def test_who_answered_what_is_told_to_who_runs_it_alone(program, people, organisation, version):
    named = make_assessment(organisation, version, asked="gates")
    add_person(named, "Ann", {KEY: 3, OTHER: 1}, notes={KEY: "Ann's note"})
    add_person(named, "Bob", {KEY: 0})
    path = closed(named)

    for who in (program, people["lea"]):
        found = who.get(path).json()["respondents"]
        assert [(each["name"], each["ratings"]) for each in found] == [
            ("Ann", {KEY: 3, OTHER: 1}),
            ("Bob", {KEY: 0}),
        ]
    for name in ("cora", "vic"):
        answer = people[name].get(path)
        found = answer.json()["respondents"]
        assert [each["name"] for each in found] == ["", ""]
        # A heap a question: what Ann said to one and to the other is not in one row.
        assert [each["ratings"] for each in found] == [{KEY: 0, OTHER: 1}, {KEY: 3}]
        assert b"Bob" not in answer.content


def test_anonymous_answers_are_told_to_nobody_below_the_limit(
    program, people, organisation, version
):
    hidden = make_assessment(organisation, version, asked="gates", voices="anonymous")
    people_say(hidden, [0, 1, 2, 3])
    everybody = [program, *people.values()]
    paths = [f"/assessments/{hidden.public_id}/{rest}" for rest in ("answers", "placement")]

    for path in paths:
        for who in (program, people["lea"]):
            response = who.get(path)
            assert (response.status_code, code_of(response)) == (409, "hidden")
            assert "still being collected" in response.json()["error"]["message"]
    closed(hidden)
    for path in paths:
        for who in everybody:
            response = who.get(path)
            assert (response.status_code, code_of(response)) == (409, "hidden")
            assert "4 of at least 5" in response.json()["error"]["message"]
    response = program.post(f"/assessments/{hidden.public_id}/reports", {"kind": "json"})
    assert (response.status_code, code_of(response)) == (409, "hidden")


def test_anonymous_answers_of_enough_people_are_a_heap_for_everybody(
    program, people, organisation, version
):
    shown = make_assessment(organisation, version, asked="gates", voices="anonymous")
    for name, person in enumerate(people_say(shown, [3, 1, 2, 0, 2]), 1):
        Rating(
            respondent=person, descriptor_id="metrics.1.01", step=name % 4, updated_at=NOW
        ).save()
    add_person(shown, "Rare Bird", {OTHER: 3}, notes={OTHER: "I alone said this"})
    path = closed(shown)

    for who in [program, *people.values()]:
        response = who.get(path)
        found = response.json()["respondents"]
        assert [each["ratings"][KEY] for each in found] == [0, 1, 2, 2, 3]
        assert [each["ratings"]["metrics.1.01"] for each in found] == [0, 1, 1, 2, 3]
        assert {each["name"] for each in found} == {""}
        for secret in (b"Rare Bird", b"Person", b"I alone", OTHER.encode()):
            assert secret not in response.content


def test_a_frozen_result_is_read_by_its_number(program, assessment):
    program.patch(mine(assessment), {"picks": {"metrics": 2}})
    assert program.post(f"/assessments/{assessment}/close").json()["result"] == 1
    assert program.post(f"/assessments/{assessment}/close").json()["result"] == 1

    for rest in ("answers", "placement"):
        path = f"/assessments/{assessment}/{rest}"
        assert program.get(f"{path}?result=1").json() == program.get(path).json()
        assert program.get(f"{path}?result=2").status_code == 404
        assert program.get(f"{path}?result=0").status_code == 422
    state = program.get(f"/assessments/{assessment}").json()
    assert (state["state"], state["closed_at"] is None) == ("closed", False)
    assert Assessment.objects.get().is_closed
