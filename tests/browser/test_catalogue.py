"""The model's pages in a browser: readable at any width, printable, and open to everybody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from tests.conftest import JOURNEY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MODEL = "/model/social-engagement-journey/"
PAGES = ["/model/", MODEL, f"{MODEL}?view=statements", f"{MODEL}print/", f"{MODEL}metrics/"]
WIDTH_OF_A3_PT, HEIGHT_OF_A3_PT = 1191, 842

NewPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]


@pytest.fixture(autouse=True)
def _journey(live_server: Any) -> None:
    call_command("loaddata", JOURNEY, verbosity=0)


def test_pages_are_accessible_in_any_look(
    new_page: NewPage, every_look: Callable[[Page], list[str]]
) -> None:
    page = new_page(viewport={"width": 1440, "height": 900})
    for path in PAGES:
        page.goto(path)
        assert (path, every_look(page)) == (path, [])


def test_pages_never_scroll_sideways(page: Page) -> None:
    for path in PAGES:
        page.goto(path)
        for width in (320, 375, 768, 1024, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate("document.documentElement.scrollWidth")
            assert (path, found) == (path, width)


def test_model_keeps_stages_and_row_in_view_on_a_wide_screen(page: Page) -> None:
    page.goto(f"{MODEL}?view=statements#metrics")
    page.evaluate("window.scrollBy(0, 500)")

    stage = page.get_by_role("columnheader", name="Stage 3 Operational").bounding_box()
    row = page.get_by_role("link", name="Metrics").last.bounding_box()

    assert stage is not None
    assert stage["y"] == 0
    assert row is not None
    assert row["y"] >= stage["height"]


def test_model_scrolls_in_its_own_region_on_a_medium_screen(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 900, "height": 800})
    page.goto(MODEL)
    region = page.get_by_role("region", name="The whole matrix")

    region.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    # A promise, as waiting for an expression would need a content policy that lets it be evaluated.
    page.evaluate(
        """new Promise(done => {
            const box = document.querySelector('.sheet-scroll');
            const look = () => box.scrollLeft > 100 ? done() : requestAnimationFrame(look);
            look();
        })"""
    )

    name = page.get_by_role("rowheader", name="Strategy").bounding_box()
    box = region.bounding_box()
    assert name is not None
    assert box is not None
    assert name["x"] - box["x"] < 10


def test_model_is_read_row_by_row_on_a_phone(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 320, "height": 700})
    page.goto(MODEL)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Strategy"))

    boxes = [cell.bounding_box() for cell in row.get_by_role("cell").all()]

    tops = [box["y"] for box in boxes if box]
    assert len(tops) == 5
    assert tops == sorted(set(tops))
    assert {round(box["x"]) for box in boxes if box} == {16}
    assert [chip.inner_text() for chip in row.locator(".stage-chip").all()] == [
        "1 Traditional",
        "2 Experimental",
        "3 Operational",
        "4 Value Expansion",
        "5 Fully Integrated",
    ]


def test_pages_lead_from_matrix_to_statement_without_scripts(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.goto("/model/")
    page.get_by_role("link", name="Social Media Engagement Journey").click()
    page.get_by_role("link", name="All statements").click()
    assert page.locator(".sheet li").count() == 224
    page.get_by_role("link", name="Strategy").last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Strategy"
    assert page.locator(".entry").count() == 31
    page.locator(".gate a").first.click()
    target = re.sub(r".*#", "", page.url)
    assert page.locator(".entry:target").get_attribute("id") == target
    page.get_by_role("link", name="Customer Engagement →").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Customer Engagement"


@pytest.mark.parametrize(
    ("query", "sheets", "words"),
    [("", 2, 224), ("?view=summaries", 1, 0)],
    ids=["statements", "summaries"],
)
def test_print_fits_sheets_of_a3(query: str, sheets: int, words: int, page: Page) -> None:
    page.goto(f"{MODEL}print/{query}")
    assert page.locator(".poster li").count() == words

    data = page.pdf(prefer_css_page_size=True, print_background=True)

    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", data)
    assert [(round(float(w)), round(float(h))) for w, h in boxes] == [
        (WIDTH_OF_A3_PT, HEIGHT_OF_A3_PT)
    ] * sheets


def test_print_cuts_off_nothing(page: Page) -> None:
    page.goto(f"{MODEL}print/")
    page.emulate_media(media="print")
    # A sheet of A3 without its margins.
    page.set_viewport_size({"width": 1527, "height": 1062})

    assert page.evaluate("document.documentElement.scrollWidth") == 1527
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.poster td, .poster th')]"
            ".filter(cell => cell.scrollWidth > cell.clientWidth).length"
        )
        == 0
    )
    sizes = page.evaluate(
        "[...new Set([...document.querySelectorAll('.poster li')]"
        ".map(item => Math.round(parseFloat(getComputedStyle(item).fontSize) * 7.5) / 10))]"
    )
    assert sizes == [7.2]
