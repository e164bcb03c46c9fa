"""Who may delete an assessment, and what is asked before."""

from datetime import date

import pytest

from assessments.answering.services.answers import AnswerChange, record_change
from assessments.lifecycle.services.closing import reopen_assessment
from assessments.lifecycle.services.deletion import HasResults, delete_assessment
from assessments.models import Assessment, Respondent, Result
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import AuditEvent, Workspace
from tests.assessments.closed import BY, NOW, House, answered_by, begin, closed, make_house
from tests.assessments.reading import text_of

pytestmark = pytest.mark.django_db
NAME = "Fernhill Outdoor"


@pytest.fixture
def house(version: MaturityModel) -> House:
    return make_house(version, NAME)


def where(assessment: Assessment) -> str:
    return f"/assessments/{assessment.public_id}/delete/"


@pytest.mark.parametrize("is_reopened", [False, True])
def test_lead_is_told_why_a_closed_one_stays(house: House, is_reopened: bool) -> None:
    assessment = closed(house, date(2026, 3, 14)).assessment
    if is_reopened:
        reopen_assessment(assessment, now=NOW, by=BY)
    client = house.client("lead")

    page = client.get(where(assessment))
    answer = client.post(where(assessment), {"name": NAME})

    assert (page.status_code, answer.status_code) == (409, 409)
    text = text_of(page)
    assert "This assessment stays" in text
    assert "Ask an owner or consultant of <bdi>Northbank" in text
    assert "Delete for good" not in text
    assert Result.objects.count() == 1


@pytest.mark.parametrize("who", ["owner", "consultant"])
def test_workspace_people_type_the_name_to_delete_results(house: House, who: str) -> None:
    assessment = closed(house, date(2026, 3, 14)).assessment
    client = house.client(who)

    page = client.get(where(assessment))
    assert "frozen results" in text_of(page)
    assert f'href="/assessments/{assessment.public_id}/result/">Keep it' in page.content.decode()
    for wrong in ({}, {"name": "Fernhill"}):
        assert client.post(where(assessment), wrong).status_code == 422
    assert Result.objects.count() == 1

    response = client.post(where(assessment), {"name": f" {NAME} "})

    assert response.url == house.url("")
    assert not Assessment.objects.exists()
    event = AuditEvent.objects.get(verb="assessment.deleted")
    assert (event.actor, event.detail) == (f"user:{house.people[who].pk}", {"results": 1})


def test_lead_types_the_name_when_somebody_else_answered(house: House) -> None:
    assessment = begin(house)
    answered_by(assessment, "Ana")
    client = house.client("lead")

    page = client.get(where(assessment)).content.decode()
    assert "for everybody who answered" in page
    assert "who has the link" not in page
    assert f'href="{house.url("")}">Keep it' in page
    assert client.post(where(assessment)).status_code == 422

    assert client.post(where(assessment), {"name": NAME}).status_code == 302
    assert not Assessment.objects.exists()


def test_ones_own_answers_need_no_name(house: House) -> None:
    assessment = begin(house)
    answered_by(assessment, "Lee", user=house.people["lead"])
    # Asked, but has not answered.
    Respondent.objects.create(assessment=assessment, name="Ana")

    assert house.client("lead").post(where(assessment)).status_code == 302
    assert not Assessment.objects.exists()


def test_set_up_page_leads_there(house: House) -> None:
    assessment = begin(house)

    page = house.client("lead").get(f"/assessments/{assessment.public_id}/setup/")

    assert f'href="{where(assessment)}"' in page.content.decode()


def test_team_asks_its_owner(version: MaturityModel) -> None:
    house = make_house(version, NAME)
    assessment = closed(house, date(2026, 3, 14)).assessment
    Workspace.objects.update(kind="team")

    assert "Ask an owner of <bdi>Northbank" in text_of(house.client("lead").get(where(assessment)))


def test_holder_keeps_the_simple_way(guest: object) -> None:
    record_change(guest.respondent, AnswerChange("rating", "strategy.1.01", "value", 3), now=NOW)

    page = guest.get("delete/").content.decode()
    assert "for everyone who has the link" in page
    assert 'name="name"' not in page
    assert 'link/">Keep it' in page

    assert guest.post("delete/", {}).url == "/"
    assert not Assessment.objects.exists()


def test_closed_meanwhile_is_not_deleted(house: House) -> None:
    stale = Assessment.objects.get(pk=begin(house).pk)
    result = closed(house, date(2026, 3, 14))

    with pytest.raises(HasResults):
        delete_assessment(result.assessment, now=NOW, by=BY)
    delete_assessment(stale, now=NOW, by=BY)

    assert [each.pk for each in Assessment.objects.all()] == [result.assessment.pk]
