"""How much one network, assessment or account may ask for; each page says how long to wait."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assessments.answering.views.home import STARTS
from assessments.models import Assessment
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.lifecycle.views.welcome import WORKSPACES
from maturity.workspaces.models import Invitation, Workspace
from maturity.workspaces.people.services.mailing import MAILS
from reports.jobs.services.asking import REPORTS_OF_ACCOUNT, REPORTS_OF_ASSESSMENT
from reports.models import Report
from tests.assessments.asking import ask, make_assessment, make_place, signed_in, url
from tests.assessments.reading import text_of
from tests.people import make_user
from tests.roles_cast import client_of, make_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_most(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that makes a limit lower, so that a test need not try as often."""

    def lower(module: str, name: str, limits: tuple, most: int) -> None:
        lowered = tuple(limit._replace(at_most=most) for limit in limits)
        monkeypatch.setattr(f"{module}.{name}", lowered)

    return lower


def waits(response: object) -> bool:
    """Say whether an answer says when to come back, to people and machines."""
    return int(response.headers["Retry-After"]) > 0 and " in about " in text_of(response)


def test_starting_is_limited_by_network_and_keeps_what_was_typed(version: MaturityModel) -> None:
    client = Client()
    for _ in range(STARTS[0].at_most):
        assert client.post("/start/", {"mode": "quick"}).status_code == 302

    response = client.post("/start/", {"organisation": "Alder Books", "mode": "quick"})

    assert response.status_code == 429
    assert waits(response)
    assert 'value="Alder Books"' in text_of(response)
    assert Assessment.objects.count() == STARTS[0].at_most
    elsewhere = client.post("/start/", {"mode": "quick"}, REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 302


def test_starts_are_counted_by_day_as_well() -> None:
    assert [(limit.at_most, limit.seconds) for limit in STARTS] == [(20, 3600), (60, 86_400)]


def test_new_workspaces_are_limited_by_account() -> None:
    client = client_of(make_user())
    body = {"kind": "team", "name": "Fernhill"}
    for _ in range(WORKSPACES[0].at_most):
        assert client.post("/welcome/", body).status_code == 302

    response = client.post("/welcome/", body)

    assert response.status_code == 429
    assert waits(response)
    assert 'value="Fernhill"' in text_of(response)
    assert Workspace.objects.count() == WORKSPACES[0].at_most == 10
    assert client_of(make_user("b@example.org")).post("/welcome/", body).status_code == 302


@pytest.mark.parametrize("name", ["REPORTS_OF_ASSESSMENT", "REPORTS_OF_ACCOUNT"])
def test_new_reports_are_limited_and_kept_ones_are_not(
    name: str, version: MaturityModel, at_most: Callable[..., None]
) -> None:
    limits = {
        "REPORTS_OF_ASSESSMENT": REPORTS_OF_ASSESSMENT,
        "REPORTS_OF_ACCOUNT": REPORTS_OF_ACCOUNT,
    }[name]
    assert limits[0].at_most == 30
    at_most("reports.jobs.services.asking", name, limits, 1)
    place = make_place()
    result = make_result(place.organisation, version, day=date(2026, 3, 14))
    where, client = url(result.assessment, "report/"), signed_in(place.lead)
    assert client.post(where, {"paper": "a4"}).status_code == 302

    response = client.post(where, {"paper": "letter"})
    again = client.post(where, {"paper": "a4"})

    assert response.status_code == 429
    assert waits(response)
    assert again.status_code == 302
    assert Report.objects.count() == 1
    other = client.post if name == "REPORTS_OF_ASSESSMENT" else signed_in(place.contributor).post
    status = other(where, {"paper": "letter"}).status_code
    assert status == (429 if name == "REPORTS_OF_ASSESSMENT" else 302)


def test_mails_are_limited_by_account_over_all_its_places(
    version: MaturityModel, settings: object, at_most: Callable[..., None]
) -> None:
    settings.CAN_SEND_EMAIL = True
    assert MAILS[0].at_most == 200
    at_most("maturity.workspaces.people.services.mailing", "MAILS", MAILS, 3)
    place = make_place()
    client = signed_in(place.lead)
    people = f"/organisations/{place.organisation.public_id}/people/"
    both = {"emails": "a@example.org\nb@example.org", "role": "viewer"}
    assert client.post(people, both).status_code == 302

    refused = client.post(people, {"emails": "c@example.org\nd@example.org", "role": "viewer"})
    assert refused.status_code == 429
    assert waits(refused)
    assert "d@example.org" in text_of(refused)
    assert Invitation.objects.count() == 2

    # What was refused counts as nothing: one more is left, for a respondent.
    assessment = make_assessment(place, version)
    links = [ask(assessment, name, f"{name}@example.org") for name in ("eve", "fay")]
    sending = [url(assessment, f"respondents/{link.respondent.pk}/send/") for link in links]
    assert "1 mail is on the way" in text_of(client.post(sending[0], follow=True))
    assert "send mails again in about" in text_of(client.post(sending[1], follow=True))
    reminding = client.post(url(assessment, "respondents/remind/"))
    assert int(reminding.headers["Retry-After"]) > 0
    assessment.refresh_from_db()
    assert not assessment.respondents.exclude(reminded_at=None).exists()

    again = Invitation.objects.get(email="a@example.org")
    resent = client.post(
        reverse("workspaces:resend-to-organisation", args=[place.organisation.public_id, again.pk]),
        follow=True,
    )
    assert "as many e-mails today as one account may" in text_of(resent)
    other = signed_in(place.consultant).post(people, {"emails": "g@example.org", "role": "viewer"})
    assert other.status_code == 302
