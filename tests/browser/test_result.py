"""Result, what if and report in a real browser: with and without scripts, in light and dark."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import close_old_connections
from playwright.sync_api import Page, expect

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.models import SecretLink
from reports.jobs.services.making import run_report
from reports.models import Report
from tests.browser.answering import enter
from tests.reports.sheets import spread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def answered(link: SecretLink) -> SecretLink:
    """Return the link of an assessment with every statement answered and targets by default."""
    changes = [
        AnswerChange("rating", key, "value", step) for key, step in spread((3, 3, 2, 1, 0)).items()
    ]
    changes += [AnswerChange("pick", "metrics", "value", 5)]
    record_changes(link.respondent, changes, now=datetime.now(UTC))
    return link


def test_pages_have_no_violation_in_any_look(
    page: Page, every_look: Callable[[Page], list[str]], answered: SecretLink
) -> None:
    enter(page, answered)
    for path in ("result/", "what-if/?done=strategy.3.01", "report/"):
        enter(page, answered, path)
        for summary in page.locator("details.reason > summary").all()[:2]:
            summary.click()
        assert every_look(page) == [], path


def test_empty_pages_have_no_violation(
    page: Page, axe: Callable[[Page], list[str]], link: SecretLink
) -> None:
    for path, text in (
        ("result/", "Nothing is answered yet"),
        ("what-if/", "Nothing is answered yet"),
        ("report/", "Make it"),
    ):
        enter(page, link, path)
        expect(page.get_by_text(text).first).to_be_visible()
        assert axe(page) == [], path


def test_result_leads_from_the_number_to_the_reason(page: Page, answered: SecretLink) -> None:
    enter(page, answered, "result/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Where we stand")
    expect(page.get_by_role("img", name="Radar: score per dimension")).to_be_visible()
    reason = page.locator("#metrics")
    expect(reason.locator(".reason__body")).to_be_hidden()
    reason.locator("summary").first.press("Enter")
    expect(reason.locator(".reason__body")).to_be_visible()
    expect(reason).to_contain_text("As chosen directly it stands at stage 5, Fully Integrated")


def test_ticking_a_step_moves_the_figures(page: Page, answered: SecretLink) -> None:
    enter(page, answered, "what-if/")
    figures = page.locator("#what-if-figures")
    expect(figures.get_by_role("status")).to_contain_text("No step is ticked yet")

    # With the keyboard alone.
    boxes = page.get_by_role("checkbox")
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(figures.get_by_role("status")).to_contain_text("With one step done")
    expect(boxes.first).to_be_focused()
    for box in boxes.all()[1:6]:
        if box.is_visible():
            box.check()
    expect(figures.get_by_role("status")).to_have_text(
        re.compile(r"^With \d+ steps done the overall score .* (goes from|reaches) ")
    )
    expect(figures.locator("tr[data-changed]")).to_have_count(1)

    page.get_by_role("link", name="Reset").click()
    expect(page.locator("#what-if-figures").get_by_role("status")).to_contain_text("No step")


def test_what_if_works_without_scripts(new_page: Callable[..., Page], answered: SecretLink) -> None:
    page = new_page(java_script_enabled=False)
    enter(page, answered, "what-if/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Show what it brings").click()

    expect(page.locator("#what-if-figures").get_by_role("status")).to_contain_text("one step done")
    expect(page.get_by_role("checkbox").first).to_be_checked()


def _made() -> None:
    """Do what the worker does."""
    run_report(Report.objects.get().pk)
    close_old_connections()


def test_report_is_made_watched_and_downloaded(
    page: Page, axe: Callable[[Page], list[str]], answered: SecretLink
) -> None:
    enter(page, answered, "result/")
    page.get_by_role("link", name="Get the report").click()
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("status")).to_contain_text("next in line")
    assert axe(page) == []

    _made()

    # The page looks again by itself.
    ready = page.get_by_role("link", name="Download the PDF")
    expect(ready).to_be_visible()
    assert axe(page) == []
    with page.expect_download() as started:
        ready.click()
    assert started.value.suggested_filename.startswith("Waymark report Alder Books 20")
    with open(started.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"


def test_report_works_without_scripts(new_page: Callable[..., Page], answered: SecretLink) -> None:
    page = new_page(java_script_enabled=False)
    enter(page, answered, "report/")
    page.get_by_label("US Letter").check()
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_role("status")).to_contain_text("next in line")

    _made()

    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_role("status")).to_contain_text(
        "Your report is ready. Full report, US Letter"
    )
