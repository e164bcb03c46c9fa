"""The open link: who comes in, how many, and how a browser is known again."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from assessments.lifecycle.services.closing import end_answers
from assessments.models import OpenLink, Respondent
from assessments.respondents.services import open_links
from assessments.respondents.services.open_links import (
    OpenLinkFull,
    change_open_link,
    join,
    make_open_link,
    open_token_of,
)
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.lifecycle.services import ask_deletion
from maturity.workspaces.models import AuditEvent, Organisation
from maturity.workspaces.scopes import every_workspace
from tests.assessments.answering.test_answers_service import in_threads
from tests.assessments.asking import (
    GROUPS,
    Place,
    make_assessment,
    make_place,
    signed_in,
    url,
)
from tests.assessments.conftest import NOW
from tests.assessments.reading import text_of


@pytest.fixture
def place(db: None) -> Place:
    cache.clear()
    return make_place()


def make(place: Place, assessment: Any, most: int = 50) -> str:
    link = make_open_link(assessment, most_respondents=most, now=NOW, by=place.by)
    return f"/open/{open_token_of(link)}/"


def test_open_link_tells_first_and_then_lets_in(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, groups=GROUPS)
    at, client = make(place, assessment), Client()

    page = text_of(client.get(at))
    assert Respondent.objects.count() == 0
    response = client.post(at, {"name": "Ann", "group-0": "IT"}, follow=True)

    assert "Fernhill Outdoor" in page
    assert "Your name stands beside your answers" in page
    assert response.redirect_chain[-1][0] == url(assessment, "quick/strategy/?begun")
    respondent = Respondent.objects.get()
    assert (respondent.name, respondent.groups) == ("Ann", {"Function": "IT"})
    assert (respondent.came_by_open_link, respondent.begun_at is not None) == (True, True)


def test_same_browser_is_the_same_respondent(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    at, client = make(place, assessment), Client()
    client.post(at)

    again, posted = client.get(at), client.post(at)

    assert (again.url, posted.url) == (url(assessment), url(assessment))
    assert Respondent.objects.count() == 1
    Client().post(at)
    assert Respondent.objects.count() == 2


def test_anonymous_one_asks_no_name_and_keeps_none(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous", groups=GROUPS)
    at, client = make(place, assessment), Client(REMOTE_ADDR="203.0.113.9")

    page = text_of(client.get(at))
    client.post(at, {"name": "Ann", "group-0": "IT"})
    lead = text_of(signed_in(place.lead).get(url(assessment, "respondents/")))

    assert 'name="name"' not in page
    assert Respondent.objects.get().name == ""
    assert "1 of them came by the open link" in lead
    assert 'class="person"' not in lead
    event = AuditEvent.objects.get(verb="open_link.joined")
    assert (event.actor, event.address) == ("link", None)


def test_anonymous_one_who_came_by_it_cannot_be_told_apart(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    Client().post(make(place, assessment))
    respondent = Respondent.objects.get()
    client = signed_in(place.lead)

    for rest in ("link/", "remove/"):
        at = url(assessment, f"respondents/{respondent.pk}/{rest}")
        assert client.post(at).status_code == 404
    assert Respondent.objects.count() == 1


def test_limit_is_kept(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    at, first = make(place, assessment, most=1), Client()
    first.post(at)

    late = Client().post(at)

    assert late.status_code == 410
    assert "Everybody this link lets in is here" in text_of(late)
    assert first.get(at).status_code == 302
    change_open_link(assessment, is_on=True, most_respondents=2, now=NOW, by=place.by)
    assert Client().post(at).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_limit_holds_when_many_come_at_once(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    make(place, assessment, most=3)
    link = OpenLink.objects.select_related(
        "assessment__workspace", "assessment__organisation"
    ).get()

    def come(number: int) -> None:
        with every_workspace():
            join(link, name=f"Guest {number}", groups={}, address=f"10.0.0.{number}", now=NOW)

    errors = in_threads(8, come)

    assert [type(error) for error in errors] == [OpenLinkFull] * 5
    assert Respondent.objects.count() == 3


def test_switched_off_lets_nobody_new_in(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    at, first, lead = make(place, assessment), Client(), signed_in(place.lead)
    first.post(at)

    lead.post(url(assessment, "respondents/open-link/"), {"do": "off"})

    late = Client().get(at)
    assert late.status_code == 410
    assert "switched off" in text_of(late)
    assert first.get(url(assessment, "quick/strategy/")).status_code == 200
    lead.post(url(assessment, "respondents/open-link/"), {"do": "on"})
    assert Client().get(at).status_code == 200


def test_new_address_ends_the_old_one(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    at = make(place, assessment, most=7)

    signed_in(place.lead).post(url(assessment, "respondents/open-link/"), {"do": "renew"})

    link = OpenLink.objects.get()
    assert Client().get(at).status_code == 404
    assert Client().get(f"/open/{open_token_of(link)}/").status_code == 200
    assert link.most_respondents == 7


def test_after_the_end_it_says_so(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    at, first = make(place, assessment), Client()
    first.post(at)
    end_answers(assessment, now=NOW, by=place.by)

    late = Client().post(at)

    assert late.status_code == 410
    assert "No more answers are taken" in text_of(late)
    assert "No more answers are taken" in text_of(first.get(at, follow=True))
    assert Respondent.objects.count() == 1


def test_archived_and_leaving_places_let_nobody_in(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    at = make(place, assessment)
    Organisation.objects.update(archived_at=NOW)
    assert Client().post(at).status_code == 410

    Organisation.objects.update(archived_at=None)
    ask_deletion(place.workspace, now=NOW, by=place.by)
    assert Client().post(at).status_code == 404
    assert Respondent.objects.count() == 0


@pytest.mark.parametrize("token", ["A" * 43, "x", "%01"])
def test_unknown_tokens_open_nothing(place: Place, version: MaturityModel, token: str) -> None:
    response = Client().get(f"/open/{token}/")

    assert response.status_code == 404
    assert "This link does not open anything" in text_of(response)


def test_guessing_is_braked_and_honest_ones_still_come_in(
    place: Place, version: MaturityModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_links, "FAILURES_AN_HOUR", 3)
    assessment = make_assessment(place, version)
    at, office = make(place, assessment), {"REMOTE_ADDR": "203.0.113.9"}

    codes = [Client(**office).get("/open/guess/").status_code for _ in range(5)]

    assert codes == [404, 404, 404, 429, 429]
    assert Client(REMOTE_ADDR="203.0.113.10").get("/open/guess/").status_code == 404
    assert Client(**office).post(at).status_code == 302


def test_flood_of_joins_from_one_address_is_braked(
    place: Place, version: MaturityModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_links, "JOINS_AN_HOUR", 2)
    assessment = make_assessment(place, version)
    at, office = make(place, assessment), {"REMOTE_ADDR": "203.0.113.9"}

    codes = [Client(**office).post(at).status_code for _ in range(3)]

    assert codes == [302, 302, 429]
    assert Client(REMOTE_ADDR="203.0.113.10").post(at).status_code == 302


def test_limit_must_be_a_number(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)

    for sent in ("", "0", "901", "many"):
        response = signed_in(place.lead).post(
            url(assessment, "respondents/open-link/"), {"do": "make", "most_respondents": sent}
        )
        assert response.status_code == 422, sent
    assert OpenLink.objects.count() == 0
