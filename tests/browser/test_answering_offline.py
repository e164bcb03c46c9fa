"""A lost connection loses no answer, and an old change overwrites no newer one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from assessments.answering.services.answers import AnswerChange, record_change
from assessments.core.services.links import renew_link
from assessments.models import Rating, SecretLink
from tests.browser.answering import block, choose, enter, picks, ratings, saved, url

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _failures_are_meant(faults: Any) -> None:
    faults.allow("ERR_INTERNET_DISCONNECTED")
    faults.allow("ERR_FAILED")


def waiting(page: Page) -> int:
    return page.evaluate(
        "Object.keys(localStorage).filter(k => /^waymark:[0-9a-f]{32}$/.test(k))"
        ".flatMap(k => JSON.parse(localStorage[k])).length"
    )


def test_answers_given_offline_arrive_in_order(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    page.context.set_offline(True)

    choose(page, "strategy.1.02", "1")
    choose(page, "strategy.1.01", "3")
    choose(page, "strategy.1.03", "unknown")
    choose(page, "strategy.1.02", "2")

    expect(page.locator("#save-state")).to_contain_text(
        "Not saved: 3 answers are kept on this device and sent when the connection is back."
    )
    for key in ("strategy.1.01", "strategy.1.02", "strategy.1.03"):
        expect(block(page, key)).to_contain_text("Not saved yet; kept on this device.")
    assert ratings() == {}
    page.context.set_offline(False)
    saved(page)

    assert ratings() == {"strategy.1.01": 3, "strategy.1.02": 2, "strategy.1.03": "unknown"}
    assert list(Rating.objects.order_by("pk").values_list("descriptor_id", flat=True)) == [
        "strategy.1.01",
        "strategy.1.03",
        "strategy.1.02",
    ]
    assert waiting(page) == 0


def test_next_without_a_connection_keeps_the_page(page: Page, link: SecretLink) -> None:
    enter(page, link, "quick/strategy/")
    page.context.set_offline(True)
    choose(page, "strategy", "3")
    expect(block(page, "strategy")).to_contain_text("Not saved yet; kept on this device.")

    page.get_by_role("button", name="Next: Customer Engagement").click()

    expect(page.locator("#save-state")).to_have_text(
        "There is no connection, so the next page cannot be opened."
        " Your answers are kept and sent when it is back."
    )
    expect(page).to_have_url(re.compile("/quick/strategy/$"))
    page.context.set_offline(False)
    saved(page)
    page.get_by_role("button", name="Next: Customer Engagement").click()
    expect(page).to_have_url(re.compile("/quick/customer-engagement/$"))
    assert picks() == {"strategy": 3}


def test_several_conflicts_are_counted_and_can_be_reached(
    page: Page, link: SecretLink, faults: Any
) -> None:
    faults.allow("409")
    enter(page, link, "everything/strategy/")
    page.context.set_offline(True)
    for key in ("strategy.1.01", "strategy.1.02"):
        choose(page, key, "1")
    expect(page.locator("#save-state")).to_contain_text("Not saved: 2 answers")
    for key in ("strategy.1.01", "strategy.1.02"):
        change = AnswerChange("rating", key, "value", 3)
        record_change(link.respondent, change, now=timezone.now())

    page.context.set_offline(False)

    line = page.locator("#save-state")
    expect(line).to_have_text("2 answers need you to look at them. Show it")
    line.get_by_role("link", name="Show it").click()
    expect(page).to_have_url(re.compile("#q-strategy.1.01$"))


def test_answers_given_offline_outlast_the_page(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/answer/", lambda route: route.abort())
    choose(page, "strategy.1.01", "3")
    block(page, "strategy.1.01").get_by_text("Note", exact=True).click()
    block(page, "strategy.1.01").get_by_role("textbox").fill("kept")
    expect(page.locator("#save-state")).to_contain_text("Not saved")

    page.reload()

    place = block(page, "strategy.1.01")
    expect(place.locator('input[value="3"]')).to_be_checked()
    expect(place.get_by_role("textbox")).to_have_value("kept")
    expect(page.locator("#save-state")).to_contain_text("Not saved: 2 answers")
    page.unroute("**/answer/")
    saved(page)
    assert Rating.objects.get().note == "kept"
    assert ratings() == {"strategy.1.01": 3}


def test_waiting_answers_are_sent_from_another_page(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/answer/", lambda route: route.abort())
    choose(page, "strategy.1.01", "3")
    expect(page.locator("#save-state")).to_contain_text("Not saved: 1 answer is")

    page.unroute("**/answer/")
    page.goto(url(link, "quick/metrics/"))

    saved(page)
    assert ratings() == {"strategy.1.01": 3}


def test_leaving_warns_only_while_something_is_unsent(page: Page, link: SecretLink) -> None:
    dialogs: list[str] = []

    def note(dialog: Any) -> None:
        dialogs.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    enter(page, link, "everything/strategy/")
    choose(page, "strategy.1.01", "3")
    saved(page)
    page.reload()
    assert dialogs == []

    page.route("**/answer/", lambda route: route.abort())
    choose(page, "strategy.1.01", "1")
    expect(page.locator("#save-state")).to_contain_text("Not saved")
    page.reload()

    assert dialogs == ["beforeunload"]


def test_old_change_does_not_overwrite_a_newer_one(
    page: Page, link: SecretLink, faults: Any
) -> None:
    faults.allow("409")
    enter(page, link, "everything/strategy/")
    page.context.set_offline(True)
    choose(page, "strategy.1.01", "1")
    choose(page, "strategy.1.02", "1")
    expect(page.locator("#save-state")).to_contain_text("Not saved: 2 answers")
    newer = AnswerChange("rating", "strategy.1.01", "value", 3)
    record_change(link.respondent, newer, now=timezone.now())

    page.context.set_offline(False)

    place = block(page, "strategy.1.01")
    expect(place).to_contain_text("Meanwhile answered elsewhere: No longer. Here: Mostly.")
    expect(block(page, "strategy.1.02").locator(".save-state")).to_have_text(re.compile("^Saved"))
    assert ratings() == {"strategy.1.01": 3, "strategy.1.02": 1}
    place.get_by_role("button", name="Take the other").click()
    expect(place.locator('input[value="3"]')).to_be_checked()
    saved(page)
    assert ratings()["strategy.1.01"] == 3
    assert waiting(page) == 0


def test_change_made_behind_a_waiting_one_overwrites_no_newer_one(
    page: Page, link: SecretLink, faults: Any
) -> None:
    faults.allow("409")
    held: list[Route] = []
    is_let_through = False

    def lose_the_first_hold_the_second(route: Route) -> None:
        if is_let_through:
            route.continue_()
        elif waiting(page) == 1:
            route.abort()
        else:
            held.append(route)
            page.evaluate("document.body.dataset.held = ''")

    enter(page, link, "everything/strategy/")
    page.route("**/answer/", lose_the_first_hold_the_second)
    choose(page, "strategy.1.01", "1")
    expect(page.locator("#save-state")).to_contain_text("Not saved: 1 answer")
    choose(page, "strategy.1.02", "1")
    page.locator("body[data-held]").wait_for()
    newer = AnswerChange("rating", "strategy.1.02", "value", 3)
    record_change(link.respondent, newer, now=timezone.now())

    is_let_through = True
    held[0].continue_()

    place = block(page, "strategy.1.02")
    expect(place).to_contain_text("Meanwhile answered elsewhere: No longer. Here: Mostly.")
    assert ratings() == {"strategy.1.01": 1, "strategy.1.02": 3}


def test_person_can_insist_on_the_old_change(page: Page, link: SecretLink, faults: Any) -> None:
    faults.allow("409")
    enter(page, link, "everything/strategy/")
    page.context.set_offline(True)
    choose(page, "strategy.1.01", "1")
    expect(page.locator("#save-state")).to_contain_text("Not saved")
    newer = AnswerChange("rating", "strategy.1.01", "value", 3)
    record_change(link.respondent, newer, now=timezone.now())
    page.context.set_offline(False)

    block(page, "strategy.1.01").get_by_role("button", name="Keep mine").click()

    saved(page)
    assert ratings() == {"strategy.1.01": 1}


def test_lost_answer_to_a_save_is_no_conflict(page: Page, link: SecretLink) -> None:
    arrived: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if arrived:
            route.continue_()
            return
        arrived.append(route.fetch().status)
        route.abort()

    enter(page, link, "everything/strategy/")
    page.route("**/answer/", lose_the_first_answer)
    choose(page, "strategy.1.01", "1")
    expect(page.locator("#save-state")).to_contain_text("Not saved")
    choose(page, "strategy.1.01", "2")

    saved(page)
    assert arrived == [200]
    assert ratings() == {"strategy.1.01": 2}


def test_lost_access_keeps_the_answers(page: Page, link: SecretLink, faults: Any) -> None:
    faults.allow("404")
    enter(page, link, "everything/strategy/")
    fresh = renew_link(link.respondent, now=timezone.now())

    choose(page, "strategy.1.01", "3")

    expect(page.locator("#save-state")).to_contain_text(
        "This assessment is no longer open on this device, so 1 answer is not saved."
    )
    choose(page, "strategy.1.02", "1")
    expect(block(page, "strategy.1.02")).to_contain_text("Not saved yet; kept on this device.")
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, fresh)
    saved(page)
    assert ratings() == {"strategy.1.01": 3, "strategy.1.02": 1}


def test_page_that_is_too_old_keeps_the_answers(page: Page, link: SecretLink, faults: Any) -> None:
    faults.allow("403")
    enter(page, link, "everything/strategy/")
    page.context.clear_cookies(name="waymark-csrf")

    choose(page, "strategy.1.01", "3")

    expect(page.locator("#save-state")).to_contain_text("This page is too old to save. 1 answer is")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Reload").click()
    saved(page)
    assert ratings() == {"strategy.1.01": 3}


def test_wrong_text_is_said_at_the_field_and_stays(
    page: Page, link: SecretLink, faults: Any
) -> None:
    faults.allow("422")
    enter(page, link, "everything/strategy/")
    place = block(page, "strategy.1.01")
    place.get_by_text("Note", exact=True).click()

    place.get_by_role("textbox").fill("right \u202e left")
    page.keyboard.press("Tab")

    expect(place).to_contain_text("a hidden mark that changes the reading direction")
    expect(place.get_by_role("textbox")).to_have_value("right \u202e left")
    place.get_by_role("textbox").fill("right and left")
    page.keyboard.press("Tab")
    saved(page)
    assert Rating.objects.get().note == "right and left"


def test_server_trouble_is_tried_again(page: Page, link: SecretLink, faults: Any) -> None:
    faults.allow("503")
    enter(page, link, "everything/strategy/")
    answers = iter([503, 503])

    def fail_twice(route: Route) -> None:
        status = next(answers, None)
        route.fulfill(status=status) if status else route.continue_()

    page.route("**/answer/", fail_twice)
    choose(page, "strategy.1.01", "3")

    expect(page.locator("#save-state")).to_contain_text("Not saved")
    saved(page)
    assert ratings() == {"strategy.1.01": 3}


def test_without_storage_answers_are_kept_in_the_page(
    new_page: Callable[..., Page], link: SecretLink
) -> None:
    page = new_page()
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    enter(page, link, "everything/strategy/")

    page.context.set_offline(True)
    choose(page, "strategy.1.01", "3")

    expect(page.get_by_text("This browser lets nothing be kept for later.")).to_be_visible()
    expect(page.locator("#save-state")).to_contain_text("kept while this page stays open")
    page.context.set_offline(False)
    saved(page)
    assert ratings() == {"strategy.1.01": 3}


def test_answer_waiting_in_one_tab_is_sent_by_the_other(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    other = page.context.new_page()
    other.goto(url(link, "everything/metrics/"))
    page.route("**/answer/", lambda route: route.abort())
    choose(page, "strategy.1.01", "3")
    expect(page.locator("#save-state")).to_contain_text("Not saved")

    choose(other, "metrics.3.01", "2")

    saved(other)
    expect(block(page, "strategy.1.01").locator(".save-state")).to_have_text(re.compile("^Saved"))
    assert ratings() == {"strategy.1.01": 3, "metrics.3.01": 2}


def test_answers_given_before_the_script_is_ready_are_saved(page: Page, link: SecretLink) -> None:
    held: list[Route] = []
    enter(page, link)
    page.route("**/answering/main.js", lambda route: held.append(route))
    page.goto(url(link, "everything/strategy/"), wait_until="commit")
    block(page, "strategy.1.04").wait_for()
    choose(page, "strategy.1.02", "2")
    block(page, "strategy.1.01").locator("summary").click()
    block(page, "strategy.1.01").locator("textarea").fill("Early words")

    (script,) = held
    script.continue_()

    saved(page)
    assert ratings() == {"strategy.1.01": None, "strategy.1.02": 2}
    assert Rating.objects.get(descriptor_id="strategy.1.01").note == "Early words"
