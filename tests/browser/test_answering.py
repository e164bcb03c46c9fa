"""Answering in a real browser: by keyboard, resumed, filtered, on a phone, without a script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Rating, SecretLink
from maturity.catalogue.queries import matrix_of_version
from tests.browser.answering import (
    block,
    choose,
    enter,
    picks,
    ratings,
    saved,
    start,
    url,
)
from tests.looks import scrolls_sideways

pytestmark = pytest.mark.browser

WAYS = ["quick/strategy/", "guided/strategy/", "everything/strategy/"]


@pytest.mark.usefixtures("version")
def test_two_clicks_from_home_to_the_first_question(page: Page) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Try it now").click()
    page.get_by_role("button", name="Start quick").click()

    expect(page).to_have_url(re.compile(r"/assessments/\w{12}/quick/strategy/$"))
    expect(page.get_by_role("radio", name=re.compile("1 Traditional"))).to_be_visible()


def test_quick_run_by_keyboard_alone(page: Page, link: SecretLink) -> None:
    enter(page, link)
    matrix = matrix_of_version(link.respondent.assessment.model_version_id)
    wanted = {row.key: n % 5 + 1 for n, row in enumerate(matrix.dimensions)}

    for number, (key, stage) in enumerate(wanted.items()):
        expect(page).to_have_url(re.compile(f"/quick/{key}/$"))
        page.wait_for_load_state()
        page.keyboard.press(str(stage))
        page.keyboard.press("Enter" if number % 2 else "n")
    expect(page).to_have_url(re.compile("/result/$"))
    page.goto(url(link, "quick/internal-use/"))
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("/quick/tools-integration/$"))

    expect(page.get_by_text("8 of 8 dimensions chosen")).to_be_visible()
    assert picks() == wanted


def test_statements_by_keyboard_alone(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")

    for keys in ("j1", "j4", "j0", "jx"):
        for key in keys:
            page.keyboard.press(key)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("2")
    page.keyboard.press("n")
    page.keyboard.type("1 note, j and n")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.press("3")

    saved(page)
    assert ratings() == {
        "strategy.1.01": 0,
        "strategy.1.02": 2,
        "strategy.1.03": 1,
        "strategy.1.04": "not_applicable",
    }
    assert Rating.objects.get(descriptor_id="strategy.1.03").note == "1 note, j and n"


def test_single_keys_can_be_switched_off(page: Page, link: SecretLink) -> None:
    enter(page, link, "quick/strategy/")

    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Use single keys").uncheck()
    page.keyboard.press("3")
    page.reload()
    page.keyboard.press("3")

    expect(page.locator("input:checked[type=radio]")).to_have_count(0)
    assert picks() == {}


def test_answer_is_saved_as_it_is_given(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")

    choose(page, "strategy.1.01", "3")

    saved(page)
    expect(block(page, "strategy.1.01").locator(".save-state")).to_have_text(re.compile("^Saved"))
    expect(page.locator("#jump-list")).to_contain_text("1 of 31")
    assert ratings() == {"strategy.1.01": 3}


def test_answer_can_be_taken_back(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    choose(page, "strategy.1.01", "3")
    saved(page)

    choose(page, "strategy.1.01", "")
    saved(page)
    expect(page.locator("#jump-list")).to_contain_text("0 of 31")
    page.reload()

    expect(block(page, "strategy.1.01").locator("input:checked")).to_have_count(0)
    assert ratings() == {"strategy.1.01": None}


def test_note_is_saved_while_typing_and_counts_down(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    place = block(page, "strategy.1.01")
    place.get_by_text("Note", exact=True).click()

    place.get_by_role("textbox").fill("x" * 4900)

    expect(place.get_by_text("100 characters left")).to_be_visible()
    saved(page)
    assert Rating.objects.get().note == "x" * 4900


def test_resume_lands_on_the_next_open_question(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    choose(page, "strategy.1.01", "3")
    choose(page, "strategy.1.02", "unknown")
    saved(page)
    page.goto("/")

    page.get_by_role("link", name=re.compile("^Continue")).click()

    expect(page).to_have_url(re.compile(r"/everything/strategy/#q-strategy\.1\.03$"))
    expect(block(page, "strategy.1.03").locator("input").first).to_be_focused()


def test_unanswered_only_hides_what_is_answered(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    choose(page, "strategy.1.01", "3")
    saved(page)

    page.get_by_role("link", name="Unanswered only").click()

    expect(page.locator(".statement")).to_have_count(30)
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".statement")).to_have_count(31)


def test_guided_opens_the_next_gate_without_losing_the_focus(page: Page, link: SecretLink) -> None:
    enter(page, link, "guided/strategy/")
    expect(page.locator(".gate")).to_have_count(1)

    for _ in range(6):
        page.keyboard.press("j")
        page.keyboard.press("4")

    expect(page.locator(".gate")).to_have_count(2)
    expect(page.locator("#gate-2 .gate__reason")).to_have_text(
        "This gate is open: 100 % in place, 67 % needed. So stage 3 is worth asking."
    )
    # Which of the saves opened the gate decides whether the newest news is that or the reason.
    expect(page.locator("#gate-news")).to_contain_text("stage 3")
    last = page.locator("#gate-2 .statement").last
    assert last.locator("input:checked").evaluate("radio => radio === document.activeElement")
    page.keyboard.press("j")
    page.keyboard.press("1")
    saved(page)
    assert len(ratings()) == 7


def test_guided_takes_back_what_is_no_longer_needed(page: Page, link: SecretLink) -> None:
    enter(page, link, "guided/internal-use/")
    for _ in range(6):
        page.keyboard.press("j")
        page.keyboard.press("4")
    expect(page.locator("#gate-3")).to_be_visible()

    for _ in range(6):
        page.keyboard.press("1")
        page.keyboard.press("k")

    expect(page.locator("#gate-rest")).to_contain_text("cannot change the result")
    expect(page.locator("#gate-3")).to_have_count(0)


def test_two_tabs_do_not_undo_each_other(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    other = page.context.new_page()
    other.goto(page.url)

    choose(page, "strategy.1.01", "3")
    saved(page)
    choose(other, "strategy.1.02", "2")
    saved(other)
    block(other, "strategy.1.01").get_by_text("Note", exact=True).click()
    block(other, "strategy.1.01").get_by_role("textbox").fill("from the other tab")
    other.keyboard.press("Tab")
    saved(other)
    page.reload()

    assert ratings() == {"strategy.1.01": 3, "strategy.1.02": 2}
    expect(block(page, "strategy.1.01").get_by_role("textbox")).to_have_value("from the other tab")


def test_other_tab_shows_what_was_answered(page: Page, link: SecretLink) -> None:
    enter(page, link, "everything/strategy/")
    other = page.context.new_page()
    other.goto(page.url)

    choose(page, "strategy.1.01", "3")

    expect(block(other, "strategy.1.01").locator('input[value="3"]')).to_be_checked()


def test_same_note_on_two_devices_asks_the_person(
    new_page: Callable[..., Page], link: SecretLink, faults: Any
) -> None:
    faults.allow("409")
    page, other = new_page(), new_page()
    for device in (page, other):
        enter(device, link, "everything/strategy/")
        block(device, "strategy.1.01").get_by_text("Note", exact=True).click()
    for device, text in ((page, "first"), (other, "second")):
        block(device, "strategy.1.01").get_by_role("textbox").fill(text)
        device.keyboard.press("Tab")
        expect(device.locator("#save-state")).to_have_text(re.compile("^(Saved|One)"))

    place = block(other, "strategy.1.01")
    expect(place).to_contain_text("There it reads: “first”")
    expect(other.locator("#save-state")).to_have_text("One answer needs your decision. Show it")
    assert Rating.objects.get().note == "first"
    place.get_by_role("button", name="Keep my text").click()
    saved(other)

    assert Rating.objects.get().note == "second"


@pytest.mark.parametrize("rest", [*WAYS, "everything/", "targets/", "link/", "delete/"])
def test_no_page_scrolls_sideways_at_320_pixels(
    new_page: Callable[..., Page], version: Any, rest: str
) -> None:
    link = start(version, "w" * 200)
    page = new_page(viewport={"width": 320, "height": 640})

    enter(page, link, rest)

    assert not scrolls_sideways(page)


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("rest", ["/", "/start/", "/link/none/"])
def test_no_open_page_scrolls_sideways_at_320_pixels(
    new_page: Callable[..., Page], faults: Any, rest: str
) -> None:
    faults.allow("404")
    page = new_page(viewport={"width": 320, "height": 640})

    page.goto(rest)

    assert not scrolls_sideways(page)


@pytest.mark.parametrize("size", [(1280, 720), (390, 700)])
def test_focus_never_lies_behind_the_foot(
    new_page: Callable[..., Page], link: SecretLink, size: tuple[int, int]
) -> None:
    page = new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    enter(page, link, "guided/strategy/")
    foot = page.locator(".answering__foot")

    for _ in range(6):
        page.keyboard.press("j")
        focused = page.locator("label:has(:focus)").bounding_box()
        edge = foot.bounding_box()
        assert focused
        assert edge
        assert focused["y"] + focused["height"] <= edge["y"]


def test_paper_shows_questions_and_answers_and_nothing_to_press(
    page: Page, link: SecretLink
) -> None:
    enter(page, link, "guided/strategy/")
    choose(page, "strategy.1.01", "2")
    saved(page)

    page.emulate_media(media="print")

    shown = block(page, "strategy.1.01")
    expect(shown.get_by_text("Partly", exact=True)).to_be_visible()
    for hidden in (".answering__foot", ".answering__side", ".how", ".keys"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(shown.get_by_text("Don’t know")).to_be_hidden()
    expect(shown.get_by_text("Note", exact=True)).to_be_hidden()


def test_pages_have_no_accessibility_violation_in_any_look(
    page: Page, every_look: Any, faults: Any, link: SecretLink
) -> None:
    faults.allow("404")
    enter(page, link, "guided/strategy/")
    for _ in range(6):
        page.keyboard.press("j")
        page.keyboard.press("4")
    expect(page.locator(".gate")).to_have_count(2)
    saved(page)
    found = {"guided, in use": every_look(page)}

    for rest in (*WAYS, "everything/strategy/?open=1", "targets/", "workbook/", "link/", "delete/"):
        page.goto(url(link, rest))
        found[rest] = every_look(page)
    for rest in ("/", "/start/", "/link/none/"):
        page.goto(rest)
        found[rest] = every_look(page)

    assert {rest: each for rest, each in found.items() if each} == {}


def test_whole_run_without_a_script(new_page: Callable[..., Page], version: Any) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/start/")
    page.get_by_role("button", name="Start quick").click()
    page.locator('label:has(input[value="3"])').click()
    page.get_by_role("button", name="Next: Customer Engagement").click()
    expect(page).to_have_url(re.compile("/quick/customer-engagement/$"))

    page.get_by_role("link", name="Guided").click()
    page.get_by_role("link", name=re.compile("^Strategy")).click()
    for group in page.locator(".statement").all():
        group.locator(".scale label").last.click()
    page.get_by_role("button", name="Save", exact=True).last.click()

    expect(page.locator("#save-state")).to_have_text("Saved")
    expect(page.locator(".gate")).to_have_count(2)
    expect(page).to_have_url(re.compile("#q-strategy"))
    assert picks() == {"strategy": 3}
    assert set(ratings().values()) == {3}


def test_copying_the_link(page: Page, link: SecretLink) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter(page, link, "link/")

    page.get_by_role("button", name="Copy the link").click()

    expect(page.get_by_text("Copied")).to_be_visible()
    shown = page.get_by_label("Secret link").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == shown
