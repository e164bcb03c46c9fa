"""Papers of their own in a real browser: asked for, watched page by page; and a file brought in."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import close_old_connections
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from maturity.catalogue.models import MaturityModel
from reports.jobs.services.making import run_report
from reports.jobs.services.progress import ProgressTold
from reports.models import Report
from tests.assessments.closed import House, closed, make_house
from tests.people import sign_in
from tests.reports.importing.test_importing import data_of
from tests.workshops.held import hold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 700}


@pytest.fixture
def house(version: MaturityModel) -> House:
    found = make_house(
        version, "Fernhill Outdoor and Mountain Equipment " + "Cooperative " * 7 + "Society"
    )
    closed(found, date(2025, 3, 1), (3, 2, 1, 0, 0))
    closed(found, date(2026, 3, 1), (3, 3, 2, 0, 0))
    return found


def _told(report: Report, phase: str, page: int, pages: int) -> None:
    """Tell what the worker tells while it makes a report."""
    ProgressTold(report)(phase, page, pages)
    close_old_connections()


def test_comparison_is_asked_for_and_watched_page_by_page(
    new_page: Callable[..., Page], live_server: Any, house: House, axe: Callable[[Page], list[str]]
) -> None:
    page = new_page(viewport=PHONE)
    sign_in(page, house.people["viewer"], live_server.url)
    page.goto(house.url("compare/"))
    page.get_by_label("US Letter").check()
    page.get_by_role("button", name="Get this as a PDF").click()
    status = page.get_by_role("status")
    expect(status).to_contain_text("next in line")
    report = Report.objects.get()
    now = datetime.now(UTC)
    Report.objects.filter(pk=report.pk).update(status="running", attempts=1, started_at=now)
    report.refresh_from_db()

    _told(report, "layout", 0, 0)
    expect(page.get_by_text("Laying out the pages.")).to_be_visible()
    _told(report, "drawing", 1, 7)
    expect(status).to_contain_text("It has 7 pages.")
    page.evaluate("document.querySelector('[role=status]').dataset.kept = 'yes'")
    _told(report, "drawing", 4, 7)
    expect(page.get_by_text("Page 4 of 7")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Pages drawn")).to_be_visible()
    # What is read out was not touched, so it is not read out again.
    expect(page.locator("[role=status][data-kept=yes]")).to_have_count(1)
    assert axe(page) == []
    # Left, and found again.
    page.goto(house.url(""))
    page.goto(f"/assessments/{report.assessment.public_id}/report/?result=1")
    expect(page.get_by_text("Page 4 of 7")).to_be_visible()

    Report.objects.filter(pk=report.pk).update(status="queued", attempts=0)
    run_report(report.pk)
    close_old_connections()

    expect(status).to_contain_text("Comparison, 1 March 2025 and 1 March 2026, US Letter")
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert axe(page) == []


def test_protocol_is_had_with_the_paper_that_was_chosen(
    new_page: Callable[..., Page], live_server: Any, house: House
) -> None:
    assessment = Assessment.objects.latest("pk")
    held = hold(assessment, title="Kick-off")
    held.end()
    # Closed once more, for a result tells of what had begun by then.
    assessment.results.update(closed_at=datetime.now(UTC))
    page = new_page(java_script_enabled=False, viewport=DESK)
    sign_in(page, house.people["viewer"], live_server.url)
    page.goto(f"/assessments/{assessment.public_id}/report/")
    page.get_by_label("US Letter").check()
    page.get_by_role("button", name="Protocol as a PDF of Kick-off").click()

    expect(page.get_by_role("status")).to_contain_text("next in line")
    report = Report.objects.get()
    assert (report.kind, report.workshop, report.paper) == ("protocol", held.workshop, "letter")


def test_result_is_brought_in_from_a_file(
    new_page: Callable[..., Page],
    every_look: Callable[[Page], list[str]],
    live_server: Any,
    house: House,
    faults: Any,
    tmp_path: Path,
) -> None:
    faults.allow("422")
    data = data_of(Assessment.objects.latest("pk"))
    broken = json.loads(data)
    broken["answers"]["respondents"][0]["ratings"]["x" * 80] = 7
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(data)
    bad.write_text(json.dumps(broken))
    page = new_page(viewport=DESK)
    sign_in(page, house.people["lead"], live_server.url)
    page.goto(house.url("history/"))
    page.get_by_role("link", name="Bring in a result from a file").click()
    assert every_look(page) == []

    page.get_by_label("The file of data").set_input_files(bad)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was brought in.")
    expect(page.get_by_role("alert")).to_contain_text("is no descriptor of this model")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_label("The file of data").set_input_files(good)
    page.get_by_role("button", name="Bring it in").click()

    expect(page.get_by_text("This was brought in from the file")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where we stood")
