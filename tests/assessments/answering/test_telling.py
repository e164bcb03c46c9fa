"""What respondents are told before the first question and after the last one, and that it is so."""

import pytest

from assessments.lifecycle.services.closing import close_assessment
from assessments.models import Respondent
from maturity.catalogue.models import MaturityModel
from tests.assessments.asking import (
    GROUPS,
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

NOTE = "Only we in Kirkwall do it so."


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


def test_named_respondents_are_told_where_their_names_stand(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version)
    ask(assessment, "Another")
    guest = opened(ask(assessment), has_begun=False)

    page = text_of(guest.get(url(assessment, "begin/")))

    assert "those who lead this assessment see them as soon as you give them" in page
    assert "Your notes stand with your name in the result and in its report" in page
    assert "are asked" not in page

    # And so it is.
    guest.post(url(assessment, "begin/"))
    guest.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})
    guest.post(url(assessment, "answer/"), {"dimension": "strategy", "note": NOTE})
    close_assessment(assessment, user=None, now=NOW, by=place.by)
    result = text_of(signed_in(place.viewer).get(url(assessment, "result/")))
    assert f"Gina Guest: {NOTE}" in result


def test_anonymous_respondents_are_told_what_cannot_be_prevented(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    ask_member(assessment, place.contributor)
    guest = opened(ask(assessment), has_begun=False)

    page = text_of(guest.get(url(assessment, "begin/")))

    assert "So far 2 people are asked, 1 of them by a link, without an account." in page
    assert "whoever answered by several could work out more" in page
    setup = text_of(signed_in(place.lead).get(url(assessment, "setup/")))
    assert "only if every link goes to another person" in setup


def test_link_is_said_to_stop_only_where_it_does(place: Place, version: MaturityModel) -> None:
    guest = opened(ask(assessment := make_assessment(place, version, voices="anonymous")))

    assert "stops working" not in text_of(guest.get(url(assessment, "begin/")))


def test_groups_of_anonymous_people_are_shown_to_them_alone(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version, voices="anonymous", groups=GROUPS)
    link = ask(assessment)
    Respondent.objects.update(groups={"Function": "Marketing"})
    guest, lead = opened(link, has_begun=False), signed_in(place.lead)
    told = text_of(guest.get(url(assessment, "begin/")))
    before = lead.get(url(assessment, "respondents/"))

    guest.post(url(assessment, "begin/"), {"group-0": "IT"})
    after = lead.get(url(assessment, "respondents/"))

    assert "You were entered as <strong><bdi>Marketing</bdi></strong>" in told
    assert "what you choose here is shown to nobody" in told
    assert Respondent.objects.get().groups == {"Function": "IT"}
    assert [row.groups for page in (before, after) for row in page.context["rows"]] == ["", ""]


# --- the end -------------------------------------------------------------------------------------


def test_nobody_is_finished_with_nothing(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    guest = opened(ask(assessment))
    guest.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})
    guest.post(url(assessment, "answer/"), {"dimension": "strategy", "value": ""})

    response = guest.post(url(assessment, "finish/"))

    assert response.status_code == 422
    assert "You have not answered anything yet" in text_of(response)
    assert Respondent.objects.get().finished_at is None
    guest.post(url(assessment, "answer/"), {"dimension": "strategy", "note": NOTE})
    assert guest.post(url(assessment, "finish/")).status_code == 302


@pytest.mark.parametrize(("asked", "word"), [("picks", "Not sure"), ("gates", "Don’t know")])
def test_finish_says_what_not_knowing_means(
    place: Place, version: MaturityModel, asked: str, word: str
) -> None:
    assessment = make_assessment(place, version, asked=asked)
    guest = opened(ask(assessment))

    page = text_of(guest.get(url(assessment, "finish/")))

    assert f"“{word}” counts as not answered too, but tells that you looked at it." in page
