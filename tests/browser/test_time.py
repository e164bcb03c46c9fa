"""Over time, in a real browser: a lead closes, a viewer reads, both compare with before."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from maturity.catalogue.models import MaturityModel
from tests.assessments.closed import House, answered_by, begin, closed, make_house
from tests.people import sign_in
from tests.reports.sheets import spread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 700}


@pytest.fixture
def house(version: MaturityModel) -> House:
    return make_house(version, "Fernhill Outdoor and Mountain Equipment " + "Cooperative " * 8)


@pytest.fixture
def open_one(house: House) -> Assessment:
    closed(house, date(2024, 3, 1), (3, 1, 0, 0, 0))
    closed(house, date(2025, 3, 1), (3, 3, 1, 0, 0))
    assessment = begin(house, date(2026, 3, 1))
    answered_by(assessment, "Ana", spread((3, 3, 3, 1, 0)))
    answered_by(assessment, "Bo", spread((3, 3, 3, 1, 0)))
    return assessment


def path(assessment: Assessment, rest: str) -> str:
    return f"/assessments/{assessment.public_id}/{rest}"


@pytest.mark.parametrize("scripts", [True, False])
def test_lead_closes_and_viewer_compares(
    new_page: Callable[..., Page],
    live_server: Any,
    house: House,
    open_one: Assessment,
    scripts: bool,
) -> None:
    lead = new_page(java_script_enabled=scripts, viewport=DESK)
    sign_in(lead, house.people["lead"], live_server.url)
    viewer = new_page(java_script_enabled=scripts, viewport=PHONE)
    sign_in(viewer, house.people["viewer"], live_server.url)

    lead.goto(path(open_one, "close/"))
    expect(lead.get_by_text("Everybody who was asked has finished.")).to_be_visible()
    lead.get_by_role("button", name="Stop collecting answers").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("The answers are in")
    lead.get_by_role("button", name="Close the assessment").click()
    expect(lead.get_by_role("status").first).to_contain_text("its result is frozen")

    viewer.goto(path(open_one, "result/"))
    expect(viewer.locator(".result-occasion")).to_contain_text("Closed on")
    viewer.goto(house.url("compare/"))
    expect(viewer.locator(".comparison > .lead")).to_contain_text(
        "From 1 March 2025 to 1 March 2026 the overall score rose"
    )
    viewer.get_by_label("Compare").select_option(label="1 March 2024")
    viewer.get_by_role("button", name="Compare").click()
    expect(viewer.locator(".comparison > .lead")).to_contain_text("From 1 March 2024")
    viewer.locator("details.moved > summary").first.click()
    expect(viewer.locator(".moved__list").first).to_be_visible()
    viewer.get_by_role("link", name="All results", exact=True).click()
    viewer.get_by_role("link", name="1 March 2024").click()
    expect(viewer.get_by_role("heading", level=1)).to_have_text("Where we stood")

    lead.goto(path(open_one, "close/"))
    lead.get_by_role("button", name="Reopen the assessment").click()
    viewer.goto(path(open_one, "result/"))
    expect(viewer.get_by_text("was opened again after this result")).to_be_visible()


def test_pages_have_no_violation_in_any_look(
    page: Page,
    every_look: Callable[[Page], list[str]],
    live_server: Any,
    house: House,
    open_one: Assessment,
) -> None:
    empty = make_house(house.version, "Nothing yet")
    one = make_house(house.version, "One result")
    last = closed(one, date(2026, 3, 1)).assessment
    hidden = begin(house, voices="anonymous")
    visits = [
        (house, house.url("compare/")),
        (house, house.url("history/")),
        (house, path(open_one, "close/")),
        (house, path(hidden, "close/")),
        (house, path(hidden, "result/")),
        (house, path(hidden, "report/")),
        (one, path(last, "close/")),
        (one, path(last, "result/")),
        (one, path(last, "results/1/")),
        (one, path(last, "report/?result=1")),
        (one, one.url("compare/")),
        (one, one.url("history/")),
        (empty, empty.url("compare/")),
        (empty, empty.url("history/")),
    ]
    for visited, address in visits:
        sign_in(page, visited.people["lead"], live_server.url)
        page.goto(address)
        for summary in page.locator("details.moved > summary").all()[:2]:
            summary.click()
        assert every_look(page) == [], address
