"""Several people at one computer: nobody sees, or sends, what somebody else has entered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Rating, Respondent, SecretLink
from assessments.workshops.access import cookie_name
from assessments.workshops.models import Vote, Workshop
from maturity.catalogue.models import MaturityModel
from tests.assessments.asking import ask, ask_member, make_assessment, make_place
from tests.assessments.conftest import NOW
from tests.browser.answering import block, choose, enter, saved
from tests.looks import scrolls_sideways
from tests.people import sign_in
from tests.workshops.phone import at
from tests.workshops.room import add_participant, make_live

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
    # One page only: it sends at once, and the next could be drawn between two saves.
    enter(page, ann)
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
    page: Page, assessment: Assessment, axe: Callable[[Page], list[str]]
) -> None:
    ann, bob = asked(assessment, "Ann"), asked(assessment, "Bob")
    enter(page, ann, PAGE)
    end, other = page.context.new_page(), page.context.new_page()
    enter(end, ann, "finish/")
    enter(other, ann, "link/")
    other.get_by_role("button", name="Forget on this device").click()
    enter(other, bob, PAGE)

    choose(page, KEY, "3")

    expect(page.locator("#save-state")).to_contain_text(
        "Someone else is answering in this browser now, so 1 answer is not saved."
    )
    assert stored() == []
    end.get_by_role("button", name="I’m finished").click()
    expect(end.get_by_role("heading", level=1)).to_have_text(
        "Someone else is answering in this browser now"
    )
    assert axe(end) == []
    assert not scrolls_sideways(end)
    enter(other, ann)
    saved(other)
    assert stored() == [("Ann", 3, "")]


def test_without_a_script_what_was_refused_can_be_sent_again(
    new_page: Callable[..., Page], version: MaturityModel
) -> None:
    assessment = make_assessment(make_place(), version, asked="gates", voices="anonymous")
    ann, bob = asked(assessment, "Ann"), asked(assessment, "Bob")
    page = new_page(java_script_enabled=False)
    enter(page, ann, PAGE)
    other = page.context.new_page()
    enter(other, ann, "link/")
    other.get_by_role("button", name="Forget on this device").click()
    enter(other, bob)
    choose(page, KEY, "3")
    page.locator(".answering__foot").get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Someone else is answering in this browser now"
    )
    assert stored() == []
    enter(other, ann)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#save-state")).to_have_text("Saved")
    assert stored() == [("Ann", 3, "")]


def take_part(page: Page, room: Workshop, name: str, base: str) -> None:
    _, token = add_participant(room, name)
    page.context.add_cookies([{"name": cookie_name(room.public_id), "value": token, "url": base}])
    page.goto(f"/room/{room.public_id}/")


def choose_stage(page: Page, stage: str) -> None:
    page.locator(f'.vote__option input[value="{stage}"]').check()
    page.get_by_role("button", name="Send my vote").click()


def test_vote_of_somebody_who_left_is_not_cast_as_the_next_ones(
    page: Page, assessment: Assessment, live_server: Any
) -> None:
    room = make_live(assessment, now=timezone.now(), voices=assessment.voices)
    at(room)
    take_part(page, room, "Ann", live_server.url)
    other = page.context.new_page()
    take_part(other, room, "Bob", live_server.url)

    choose_stage(page, "4")

    expect(page.locator("#vote-state")).to_have_text(
        "Someone else is taking part on this device now, so your vote was not counted."
    )
    assert not Vote.objects.exists()
    page.reload()
    expect(page.get_by_text("You: Bob")).to_be_visible()
    choose_stage(other, "2")
    expect(other.get_by_text("Your vote is counted.")).to_be_visible()
    assert [vote.participant.name for vote in Vote.objects.all()] == ["Bob"]


def test_vote_that_waits_is_not_sent_by_the_next_participant(
    page: Page, assessment: Assessment, live_server: Any
) -> None:
    room = make_live(assessment, now=timezone.now(), voices=assessment.voices)
    at(room)
    take_part(page, room, "Ann", live_server.url)
    page.route("**/vote/", lambda route: route.abort("internetdisconnected"))
    choose_stage(page, "4")
    expect(page.locator("#vote-state")).to_contain_text("Not sent.")
    page.unroute("**/vote/")

    page.goto("about:blank")
    take_part(page, room, "Bob", live_server.url)

    choose_stage(page, "2")
    expect(page.get_by_text("Your vote is counted.")).to_be_visible()
    votes = Vote.objects.values_list("participant__name", "answers")
    assert list(votes) == [("Bob", {"strategy": 2})]
