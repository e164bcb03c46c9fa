"""Several people at one computer: nobody sees, or sends, what somebody else has entered."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Rating, Respondent, SecretLink
from maturity.catalogue.models import MaturityModel
from tests.assessments.asking import ask, ask_member, make_assessment, make_place
from tests.assessments.conftest import NOW
from tests.browser.answering import block, choose, enter, saved
from tests.people import sign_in

pytestmark = pytest.mark.browser
KEY = "strategy.1.01"
PAGE = "everything/strategy/"


@pytest.fixture(autouse=True)
def _failures_are_meant(faults: Any) -> None:
    faults.allow("ERR_INTERNET_DISCONNECTED")
    faults.allow("412")


@pytest.fixture(params=["named", "anonymous"])
def assessment(version: MaturityModel, request: pytest.FixtureRequest) -> Assessment:
    return make_assessment(make_place(), version, asked="gates", voices=request.param)


def asked(assessment: Assessment, name: str) -> SecretLink:
    """Return the link of a guest who has begun."""
    link = ask(assessment, name)
    Respondent.objects.filter(pk=link.respondent_id).update(begun_at=NOW)
    return link


def write_offline(page: Page, words: str) -> None:
    page.context.set_offline(True)
    block(page, KEY).get_by_text("Note", exact=True).click()
    block(page, KEY).get_by_role("textbox").fill(words)
    choose(page, KEY, "3")
    expect(page.locator("#save-state")).to_contain_text("Not saved: 2 answers")


def stored() -> list[tuple[str, int | None, str]]:
    return sorted(Rating.objects.values_list("respondent__name", "step", "note"))


def test_what_waits_is_not_shown_or_sent_to_the_next_person(
    page: Page, assessment: Assessment
) -> None:
    ann, bob = asked(assessment, "Ann"), asked(assessment, "Bob")
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, ann, PAGE)
    write_offline(page, "Ann’s own words")
    page.goto("about:blank")
    page.context.clear_cookies()
    page.context.set_offline(False)

    enter(page, bob, PAGE)

    expect(block(page, KEY).get_by_role("textbox", include_hidden=True)).to_have_value("")
    choose(page, KEY, "0")
    saved(page)
    assert stored() == [("Bob", 0, "")]
    page.context.clear_cookies()
    enter(page, ann, PAGE)
    saved(page)
    assert stored() == [("Ann", 3, "Ann’s own words"), ("Bob", 0, "")]


def test_signing_out_leaves_nothing_to_the_next_member(
    page: Page, version: MaturityModel, live_server: Any
) -> None:
    place = make_place()
    assessment = make_assessment(place, version, asked="gates")
    for user in (place.lead, place.contributor):
        ask_member(assessment, user, has_begun=True)
    here = f"/assessments/{assessment.public_id}/{PAGE}"
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, place.lead, live_server.url)
    page.goto(here)
    page.route("**/answer/", lambda route: route.abort("internetdisconnected"))
    choose(page, KEY, "3")
    expect(page.locator("#save-state")).to_contain_text("Not saved: 1 answer")
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").first.click()
    page.unroute("**/answer/")

    sign_in(page, place.contributor, live_server.url)
    page.goto(here)

    choose(page, "strategy.1.02", "0")
    saved(page)
    rows = Rating.objects.values_list("respondent__user", "descriptor_id")
    assert list(rows) == [(place.contributor.pk, "strategy.1.02")]


def test_two_links_in_two_tabs_answer_each_as_its_own(page: Page, assessment: Assessment) -> None:
    enter(page, asked(assessment, "Ann"))
    other = page.context.new_page()
    enter(other, asked(assessment, "Bob"))

    choose(page, KEY, "3")
    saved(page)
    choose(other, KEY, "0")
    saved(other)
    page.get_by_role("button", name="Next: Customer Engagement").click()
    choose(page, "customer-engagement.1.01", "2")
    saved(page)

    rows = Rating.objects.values_list("respondent__name", "descriptor_id", "step")
    assert sorted(rows) == [
        ("Ann", "customer-engagement.1.01", 2),
        ("Ann", KEY, 3),
        ("Bob", KEY, 0),
    ]


def test_tab_of_somebody_who_left_is_refused_and_keeps_its_answers(
    page: Page, assessment: Assessment
) -> None:
    ann, bob = asked(assessment, "Ann"), asked(assessment, "Bob")
    enter(page, ann, PAGE)
    other = page.context.new_page()
    enter(other, ann, "link/")
    other.get_by_role("button", name="Forget on this device").click()
    enter(other, bob, PAGE)

    choose(page, KEY, "3")

    expect(page.locator("#save-state")).to_contain_text(
        "Someone else is answering in this browser now, so 1 answer is not saved."
    )
    assert stored() == []
    enter(other, ann)
    saved(other)
    assert stored() == [("Ann", 3, "")]
