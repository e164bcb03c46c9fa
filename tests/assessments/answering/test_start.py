"""The home page, and from there to the first question."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.lifecycle.services.starting import start_assessment
from assessments.models import Assessment, SecretLink
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import AuditEvent
from tests.assessments.conftest import DAY, NOW, Guest


@pytest.mark.usefixtures("version")
def test_home_leads_to_the_first_question_in_two_clicks() -> None:
    client = Client()

    home = client.get("/").content.decode()
    start = client.get("/start/").content.decode()
    response = client.post("/start/", {"organisation": "", "mode": "quick"})

    assert 'href="/start/"' in home
    assert re.search(r'<form method="post" action="/start/">', start)
    assert re.fullmatch(r"/assessments/\w{12}/quick/strategy/", response.url)
    assert client.get(response.url).status_code == 200


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("mode", ["quick", "guided", "everything"])
def test_start_begins_each_way(mode: str) -> None:
    client = Client()

    response = client.post("/start/", {"organisation": " Alder  Books ", "mode": mode})

    assessment = Assessment.objects.get()
    assert response.url == f"/assessments/{assessment.public_id}/{mode}/strategy/"
    assert assessment.organisation.name == "Alder  Books"
    assert client.cookies["waymark-mode"]["path"] == f"/assessments/{assessment.public_id}/"
    assert AuditEvent.objects.get().verb == "assessment.started"


@pytest.mark.usefixtures("version")
def test_start_without_a_name_or_a_way_is_quick_and_ours() -> None:
    response = Client().post("/start/", {})

    assert response.url.endswith("/quick/strategy/")
    assert Assessment.objects.get().organisation.name == "Our organisation"


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize(
    ("name", "mode"), [("x" * 201, "quick"), ("a\x00b", "quick"), ("two\nlines", ""), ("", "slow")]
)
def test_start_refuses_wrong_values(name: str, mode: str) -> None:
    response = Client().post("/start/", {"organisation": name, "mode": mode})

    assert response.status_code == 422
    assert Assessment.objects.count() == 0


@pytest.mark.usefixtures("version")
def test_start_takes_a_long_name() -> None:
    response = Client().post("/start/", {"organisation": "w" * 200})

    assert response.status_code == 302
    assert Assessment.objects.get().organisation.name == "w" * 200


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("method", ["get", "post"])
def test_start_without_a_model_says_what_to_do(method: str) -> None:
    response: Any = getattr(Client(), method)("/start/")

    assert "No model is published yet" in response.content.decode()
    assert Assessment.objects.count() == 0


@pytest.mark.usefixtures("db")
def test_home_without_a_model_says_what_to_do() -> None:
    assert b"No model is published yet" in Client().get("/").content


def test_home_lists_what_this_browser_can_open(
    link: SecretLink, guest: Guest, stranger: Guest
) -> None:
    record_changes(
        link.respondent,
        [
            AnswerChange("rating", "strategy.1.01", "value", 0),
            AnswerChange("rating", "strategy.1.02", "value", "unknown"),
            AnswerChange("rating", "strategy.1.03", "note", "only a note"),
            AnswerChange("pick", "strategy", "value", 2),
        ],
        now=NOW,
    )

    page = guest.client.get("/").content.decode()

    assert "Alder Books" in page
    assert "Birch Bank" not in page
    assert "1 of 8 dimensions chosen, 2 of 224 statements answered" in page
    assert f'href="{guest.url()}"' in page
    assert "Birch Bank" in stranger.client.get("/").content.decode()
    assert "Alder Books" not in Client().get("/").content.decode()


def test_home_costs_five_queries_however_many_there_are(
    version: MaturityModel, guest: Guest
) -> None:
    for number in range(3):
        other = start_assessment(
            organisation_name=f"No {number}", model_version_id=version.pk, date=DAY, now=NOW
        )
        session = guest.client.session
        session["grants"] |= {other.respondent.assessment.public_id: other.pk}
        session.save()
    guest.client.get("/")

    with CaptureQueriesContext(connection) as captured:
        page = guest.client.get("/").content.decode()

    # session, newest models, assessments, ratings counted, picks counted
    assert len(captured) == 5
    assert page.count("Continue") == 4
