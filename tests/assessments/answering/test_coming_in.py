"""Coming in by a link: again after beginning, as a member, where it is all archived."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.core.services.links import renew_link, token_of
from assessments.models import Assessment, Respondent, SecretLink
from assessments.respondents.services.open_links import make_open_link, open_token_of
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import Membership, Organisation
from tests.assessments.asking import (
    Place,
    ask,
    ask_member,
    make_assessment,
    make_place,
    opened,
    signed_in,
    url,
)
from tests.assessments.conftest import NOW
from tests.assessments.reading import text_of


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


def at(link: SecretLink) -> str:
    return f"/link/{token_of(link)}/"


def open_at(place: Place, assessment: Assessment) -> str:
    link = make_open_link(assessment, most_respondents=9, now=NOW, by=place.by)
    return f"/open/{open_token_of(link)}/"


# --- the link that ended by beginning ------------------------------------------------------------


def test_mail_opens_what_its_browser_began(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    link = ask(assessment)
    client = opened(link)

    again = client.get(at(link), follow=True)

    assert again.redirect_chain[0][0] == url(assessment)
    assert again.redirect_chain[-1][0] == url(assessment, "quick/strategy/")


def test_mail_tells_another_browser_where_to_go_on(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    link = ask(assessment)
    client = opened(link)
    client.post(url(assessment, "begin/"))  # told once more

    elsewhere = Client().get(at(link))

    page = text_of(elsewhere)
    assert elsewhere.status_code == 404
    assert "You have begun already in another browser: go on there." in page
    assert "“Your link” there shows your new link" in page
    assert "Fernhill" not in page


def test_link_that_was_given_up_says_no_more(place: Place, version: MaturityModel) -> None:
    anonymous = make_assessment(place, version, voices="anonymous")
    opened(ask(anonymous))
    mine = SecretLink.objects.select_related("respondent__assessment__workspace").latest("pk")
    renew_link(mine.respondent, now=timezone.now())
    named = ask(make_assessment(place, version))
    opened(named)
    renew_link(named.respondent, now=timezone.now())

    for link in (mine, named):
        page = Client().get(at(link))
        assert page.status_code == 404
        assert "This link does not open anything" in text_of(page)
        assert "begun already" not in text_of(page)


def test_grant_for_another_assessment_opens_nothing(place: Place, version: MaturityModel) -> None:
    link = ask(make_assessment(place, version, voices="anonymous"))
    opened(link)
    other = opened(ask(make_assessment(place, version)))

    assert other.get(at(link)).status_code == 404


def test_new_link_shows_once_after_beginning(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    client = opened(ask(assessment), has_begun=False)

    first = client.post(url(assessment, "begin/"), follow=True)

    mine = token_of(SecretLink.objects.latest("pk")) or "?"
    assert first.redirect_chain[-1][0] == url(assessment, "quick/strategy/?begun")
    assert f'value="http://testserver/link/{mine}/"' in text_of(first)
    assert "The link you came with has stopped working." in text_of(first)
    assert "data-copy-button" in text_of(first)
    assert mine not in text_of(client.get(url(assessment, "quick/strategy/")))


def test_member_who_begins_has_no_link_to_see(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    client = signed_in(place.contributor)

    page = client.post(url(assessment, "begin/"), follow=True)
    assert page.redirect_chain[-1][0] == url(assessment, "quick/strategy/")
    assert "own link" not in text_of(client.get(url(assessment, "quick/strategy/?begun")))


# --- members -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["contributor", "lead", "consultant"])
def test_member_answers_as_one_whatever_link_they_open(
    place: Place, version: MaturityModel, who: str
) -> None:
    assessment = make_assessment(place, version)
    user, link = getattr(place, who), ask(assessment)
    client = signed_in(user)
    by_open_link = open_at(place, assessment)

    assert client.get(by_open_link).url == url(assessment, "begin/")
    assert client.post(by_open_link, {"name": "Somebody"}).url == url(assessment, "begin/")
    assert client.get(at(link)).url == url(assessment, "begin/")
    client.post(url(assessment, "begin/"))

    people = Respondent.objects.exclude(pk=link.respondent.pk)
    assert [each.user for each in people] == [user]


def test_viewer_still_joins_by_the_open_link(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    client = signed_in(place.viewer)

    client.post(open_at(place, assessment), {"name": "Vera"})

    assert Respondent.objects.get().came_by_open_link
    assert client.get(url(assessment, "quick/strategy/")).status_code == 200


def test_guest_who_signs_in_stays_the_guest_they_are(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    client = Client()
    client.post(open_at(place, assessment), {"name": "Ann"})
    client.force_login(place.contributor)

    assert client.get(url(assessment)).url == url(assessment, "quick/strategy/")
    client.post(url(assessment, "begin/"))
    client.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})

    (respondent,) = Respondent.objects.all()
    assert (respondent.user, respondent.picks.count()) == (None, 1)
    assert f'href="{url(assessment, "link/")}"' in text_of(client.get(url(assessment, "begin/")))


def test_who_is_both_answers_as_the_member(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    member = ask_member(assessment, place.contributor, has_begun=True)
    client = opened(ask(assessment))
    client.force_login(place.contributor)

    client.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})

    assert member.picks.count() == 1


def test_removed_member_is_a_guest_by_the_open_link_whom_the_lead_can_remove(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version)
    ask_member(assessment, place.contributor, has_begun=True)
    by_open_link = open_at(place, assessment)
    Membership.objects.filter(user=place.contributor).delete()
    client, lead = signed_in(place.contributor), signed_in(place.lead)

    client.post(by_open_link, {"name": "Con again"})
    guest = Respondent.objects.get(came_by_open_link=True)
    page = text_of(lead.get(url(assessment, "respondents/")))

    assert client.get(url(assessment, "quick/strategy/")).status_code == 200
    assert "Con again" in page
    lead.post(url(assessment, f"respondents/{guest.pk}/remove/"))
    assert client.get(url(assessment, "quick/strategy/")).status_code == 404


# --- an archived organisation --------------------------------------------------------------------


def archive(place: Place) -> None:
    Organisation.objects.filter(pk=place.organisation.pk).update(archived_at=NOW)


@pytest.mark.parametrize("rest", ["", "quick/strategy/", "begin/", "link/", "finish/"])
def test_guest_of_an_archived_organisation_is_told(
    place: Place, version: MaturityModel, rest: str
) -> None:
    assessment = make_assessment(place, version)
    link = ask(assessment)
    client = opened(link)
    archive(place)

    for page in (
        client.get(url(assessment, rest), follow=True),
        client.get(at(link), follow=True),
        Client().get(at(link), follow=True),
    ):
        assert page.status_code == 410
        assert "No more answers are taken" in text_of(page)
        assert "What was answered is kept." in text_of(page)


def test_script_that_saves_there_is_told_to_stop(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    client = opened(ask(assessment))
    archive(place)

    saved: Any = client.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})

    assert (saved.status_code, saved["Content-Type"][:10]) == (410, "text/plain")


def test_stranger_learns_nothing_of_an_archived_one(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    link = ask(assessment)
    client = opened(link)
    SecretLink.objects.update(revoked_at=NOW)
    archive(place)

    for browser in (client, Client(), signed_in(place.contributor)):
        assert browser.get(url(assessment, "begin/")).status_code == 404
    assert client.get(at(link)).status_code == 404
