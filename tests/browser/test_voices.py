"""Many voices in a browser: a lead, a contributor on a phone, guests with and without a script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.core.services.links import token_of
from assessments.lifecycle.services.closing import end_answers
from assessments.models import Assessment, Pick, Rating, Respondent, SecretLink
from assessments.respondents.services.open_links import make_open_link, open_token_of
from assessments.scoring.asked import asked_of
from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import matrix_of_version
from tests.assessments.asking import GROUPS, Place, ask, ask_member, make_assessment, make_place
from tests.browser.answering import choose, picks, ratings, saved
from tests.looks import scrolls_sideways
from tests.people import sign_in

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 800}
Look = Callable[[Page, str], None]


@pytest.fixture
def place(version: MaturityModel) -> Place:
    return make_place()


@pytest.fixture
def look(axe: Callable[[Page], list[str]]) -> Look:
    """Hold every page to the same: nothing for axe to find, nothing wider than the window."""

    def look_at(page: Page, name: str) -> None:
        assert axe(page) == [], name
        assert not scrolls_sideways(page), name

    return look_at


def at(assessment: Assessment, rest: str = "") -> str:
    return f"/assessments/{assessment.public_id}/{rest}"


def test_lead_sets_up_and_asks(
    place: Place, page: Page, live_server: Any, look: Look, new_page: Callable[..., Page]
) -> None:
    sign_in(page, place.lead, live_server.url)

    page.goto(f"/organisations/{place.organisation.public_id}/assessments/new/")
    expect(page.get_by_label("Groups")).to_be_hidden()
    look(page, "new")
    page.get_by_label("Several people: everybody is asked the same").check()
    page.get_by_label("The statements up to a stage").check()
    page.get_by_label("Up to which stage?").select_option("3")
    page.get_by_label("Anonymous:").check()
    page.get_by_label("Fewest answers").fill("4")
    page.get_by_label("Groups").fill("Function: Service, IT")
    look(page, "new for several")
    page.get_by_role("button", name="Start the assessment").click()
    expect(page.get_by_role("heading", name="Nobody is asked yet")).to_be_visible()
    look(page, "nobody asked")
    page.get_by_label("Contributor Person").check()
    page.get_by_role("button", name="Ask them").click()
    page.get_by_role("textbox", name="Guests").fill("Ann Lee, ann@example.org\nBob Low")
    page.get_by_role("button", name="Make their links").click()
    page.get_by_role("button", name="Make the open link").click()

    expect(page.get_by_text("0 of 3 finished")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the link")).to_have_count(3)
    look(page, "respondents")
    phone = new_page(viewport=PHONE, color_scheme="dark")
    sign_in(phone, place.lead, live_server.url)
    phone.goto(at(Assessment.objects.get(), "respondents/"))
    look(phone, "respondents on a phone")
    page.get_by_role("link", name=re.compile("^Remove ?: Bob Low")).click()
    look(page, "remove")
    page.get_by_role("button", name="Remove with all answers").click()
    expect(page.get_by_text("0 of 2 finished")).to_be_visible()
    page.get_by_role("link", name="Set-up").click()
    expect(page.get_by_label("Up to which stage?")).to_have_value("3")
    look(page, "set-up")


def test_contributor_answers_on_a_phone(
    place: Place,
    version: MaturityModel,
    new_page: Callable[..., Page],
    live_server: Any,
    look: Look,
) -> None:
    assessment = make_assessment(place, version, asked="picks", groups=GROUPS)
    ask_member(assessment, place.contributor)
    page = new_page(viewport=PHONE, has_touch=True)
    sign_in(page, place.contributor, live_server.url)

    page.goto(at(assessment))
    expect(page.get_by_role("heading", name="What will be seen")).to_be_visible()
    look(page, "begin")
    page.get_by_label("Function").select_option("Service")
    page.get_by_role("button", name="Begin").click()
    rows = matrix_of_version(version.pk).dimensions
    for number, row in enumerate(rows):
        expect(page.get_by_role("heading", level=1)).to_have_text(row.name)
        choose(page, row.key, "3")
        saved(page)
        if number == 0:
            look(page, "quick")
        page.get_by_role("button", name=re.compile("^(Next|To the end)")).click()

    expect(page.get_by_role("heading", name="Thank you, you are finished")).to_be_visible()
    look(page, "finished")
    assert picks() == {row.key: 3 for row in rows}
    respondent = Respondent.objects.get()
    assert respondent.finished_at is not None
    assert respondent.groups == {"Function": "Service"}


def test_guest_answers_anonymously_by_a_personal_link(
    place: Place, version: MaturityModel, page: Page, new_page: Callable[..., Page], look: Look
) -> None:
    assessment = make_assessment(place, version, asked="gates", asked_up_to=2, voices="anonymous")
    link = ask(assessment)

    page.goto(f"/link/{token_of(link)}/")
    expect(page.get_by_text("Nobody is shown who said what")).to_be_visible()
    look(page, "begin")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Strategy")
    choose(page, "strategy.1.01", "2")
    saved(page)
    wanted = asked_of(matrix_of_version(version.pk), "gates", 2)
    expect(page.locator("#jump-list")).to_contain_text(f"1 of {wanted.size} statements answered")
    look(page, "statements")
    page.get_by_role("link", name="I’m finished").click()
    expect(page.get_by_text(f"{wanted.size - 1} statements are still open")).to_be_visible()
    look(page, "still open")
    page.get_by_role("link", name="Your link").click()
    mine = page.get_by_label("Secret link").input_value()
    look(page, "link")

    assert token_of(link) not in mine
    elsewhere = new_page()
    elsewhere.goto(mine)
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Strategy")
    assert ratings() == {"strategy.1.01": 2}


def test_guest_by_the_open_link_comes_back_as_the_same(
    place: Place, version: MaturityModel, new_page: Callable[..., Page], look: Look
) -> None:
    assessment = make_assessment(place, version, groups=GROUPS)
    link = make_open_link(assessment, most_respondents=9, now=timezone.now(), by=place.by)
    page = new_page(viewport=PHONE)

    page.goto(f"/open/{open_token_of(link)}/")
    look(page, "open")
    page.get_by_label("Your name").fill("Ann")
    page.get_by_role("button", name="Begin").click()
    choose(page, "strategy", "2")
    saved(page)
    page.goto(f"/open/{open_token_of(link)}/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Customer Engagement")
    assert Respondent.objects.get().name == "Ann"
    assert picks() == {"strategy": 2}


def test_guest_answers_without_a_script(
    place: Place, version: MaturityModel, new_page: Callable[..., Page]
) -> None:
    assessment = make_assessment(place, version)
    link = make_open_link(assessment, most_respondents=9, now=timezone.now(), by=place.by)
    page = new_page(java_script_enabled=False, viewport=PHONE)

    page.goto(f"/open/{open_token_of(link)}/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("radio", name=re.compile("^2 Experimental")).check()
    page.get_by_role("button", name="Next: Customer Engagement").click()
    page.get_by_role("link", name="I’m finished").click()
    expect(page.get_by_text("7 dimensions are still open")).to_be_visible()
    page.get_by_role("button", name="I’m finished").click()

    expect(page.get_by_role("heading", name="Thank you, you are finished")).to_be_visible()
    assert picks() == {"strategy": 2}
    assert Respondent.objects.get().finished_at is not None


def test_answer_after_the_end_is_told_once_and_not_tried_again(
    place: Place, version: MaturityModel, page: Page, faults: Any, look: Look
) -> None:
    assessment = make_assessment(place, version)
    page.clock.install()
    page.goto(f"/link/{token_of(ask(assessment))}/")
    page.get_by_role("button", name="Begin").click()
    choose(page, "strategy", "2")
    saved(page)
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    faults.allow("410")
    end_answers(assessment, now=timezone.now(), by=place.by)

    choose(page, "strategy", "4")
    line = page.locator("#save-state")
    expect(line).to_contain_text("This assessment takes no more answers.")
    look(page, "ended while answering")
    page.clock.fast_forward("05:00")
    assert len(sent) == 1
    line.get_by_role("button", name="Reload").click()

    expect(page.get_by_role("heading", name="No more answers are taken")).to_be_visible()
    expect(page.get_by_text("What you answered is kept and counts.")).to_be_visible()
    look(page, "ended")
    assert picks() == {"strategy": 2}


@pytest.fixture
def carried(place: Place, version: MaturityModel) -> Assessment:
    """Return an assessment with three ratings from before."""
    assessment = make_assessment(place, version, asked="free")
    respondent = ask_member(assessment, place.lead, has_begun=True)
    for number, step in (("01", 2), ("02", 1), ("03", 3)):
        Rating.objects.create(
            respondent=respondent,
            is_from_before=True,
            updated_at=timezone.now(),
            descriptor_id=f"strategy.1.{number}",
            step=step,
        )
    Pick.objects.create(
        respondent=respondent,
        is_from_before=True,
        updated_at=timezone.now(),
        dimension="strategy",
        stage=3,
    )
    return assessment


def test_still_so_confirms_one_and_all(
    place: Place, carried: Assessment, page: Page, live_server: Any, look: Look
) -> None:
    sign_in(page, place.lead, live_server.url)
    page.goto(at(carried, "everything/strategy/"))
    expect(page.locator(".still")).to_have_count(3)
    look(page, "from before")

    page.locator(".still button").first.click()
    saved(page)
    expect(page.locator(".still")).to_have_count(2)
    assert Rating.objects.get(descriptor_id="strategy.1.01").is_from_before is False
    page.get_by_role("button", name="All still so").click()
    saved(page)
    expect(page.locator("#jump-list")).to_contain_text("3 of 224 statements answered")

    assert ratings() == {"strategy.1.01": 2, "strategy.1.02": 1, "strategy.1.03": 3}
    assert not Rating.objects.filter(is_from_before=True).exists()
    page.goto(at(carried, "quick/strategy/"))
    look(page, "cells from before")
    page.get_by_role("button", name=re.compile("^Still so")).click()
    saved(page)
    assert Pick.objects.get().is_from_before is False


def test_still_so_works_without_a_script(
    place: Place, carried: Assessment, new_page: Callable[..., Page], live_server: Any
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, place.lead, live_server.url)
    page.goto(at(carried, "everything/strategy/"))

    page.locator(".still button").nth(1).click()

    expect(page.locator(".still")).to_have_count(2)
    assert Rating.objects.get(descriptor_id="strategy.1.02").is_from_before is False
    page.get_by_role("button", name="All still so").click()
    expect(page.locator(".still")).to_have_count(0)
    assert not Rating.objects.filter(is_from_before=True).exists()


def test_holder_keeps_it_in_an_account(
    place: Place, version: MaturityModel, page: Page, live_server: Any, look: Look
) -> None:
    page.goto("/start/")
    page.get_by_role("button", name="Start quick").click()
    choose(page, "strategy", "2")
    saved(page)
    page.get_by_role("link", name="Result").click()
    page.get_by_role("link", name="Keep this in an account").click()
    expect(page.get_by_role("link", name="Make an account")).to_be_visible()
    look(page, "claim signed out")
    # The session of the sign-in page keeps what the browser was let into; a new one would not.
    link = SecretLink.objects.select_related("respondent__assessment").get()
    sign_in(page, place.contributor, live_server.url)
    page.goto(f"/link/{token_of(link)}/")
    page.goto(at(link.respondent.assessment, "claim/"))
    look(page, "claim")
    page.get_by_role("button", name="Keep it here").click()
    expect(page.get_by_text("The assessment is in your account now.")).to_be_visible()
    assert Assessment.objects.get().workspace.kind == "team"
