"""A consultant's portfolio in a real browser: filtered, sorted by keyboard, on a phone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import User, Workspace
from tests.people import make_organisation, make_user, make_workspace, sign_in
from tests.roles_cast import make_assessment, make_respondent, make_result, make_step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TODAY = datetime.now(UTC).date()
LONG = "Niederösterreichische Donaudampfschifffahrtsgesellschaft " * 2 + "und Söhne, " + "A" * 25


@pytest.fixture
def consultant(version: MaturityModel) -> User:
    """A consultant with four organisations, each in a state of its own."""
    user = make_user()
    workspace = make_workspace(owner=user)
    alder, birch, cedar, long = (
        make_organisation(workspace, name)
        for name in ("Alder Books", "Birch Bank", "Cedar Trust", LONG)
    )
    make_result(alder, version, picks={"strategy": 1, "metrics": 4}, day=TODAY - timedelta(400))
    make_result(birch, version, picks=3, day=TODAY - timedelta(30))
    make_result(long, version, picks=5, day=TODAY)
    make_respondent(make_assessment(cedar, version), is_finished=True)
    make_step(birch, version, due=TODAY - timedelta(3))
    return user


def address() -> str:
    return f"/workspaces/{Workspace.objects.get().public_id}/"


def test_portfolio_has_no_violation_in_any_look(
    page: Page, every_look: Callable[[Page], list[str]], live_server: Any, consultant: User
) -> None:
    sign_in(page, consultant, live_server.url)
    for query in ("", "?stage=-3&sort=-overall", "?q=nobody"):
        page.goto(address() + query)
        assert every_look(page) == [], query


def test_empty_portfolio_has_no_violation(
    page: Page, axe: Callable[[Page], list[str]], live_server: Any, version: MaturityModel
) -> None:
    user = make_user()
    make_workspace(owner=user)
    sign_in(page, user, live_server.url)
    page.goto(address())

    expect(page.get_by_role("heading", name="Add your first organisation")).to_be_visible()
    assert axe(page) == []


def test_consultant_finds_filters_sorts_and_opens(
    page: Page, live_server: Any, consultant: User
) -> None:
    sign_in(page, consultant, live_server.url)
    page.goto("/my/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Portfolio")
    attention = page.get_by_role("region", name="Needs attention")
    expect(attention).to_contain_text("Alder Books was due on")
    expect(attention).to_contain_text("Cedar Trust can be closed: everybody has finished.")
    expect(attention).to_contain_text("Birch Bank has one step overdue.")

    # By keyboard: a heading is a link.
    table = page.get_by_role("region", name="Organisations by dimension")
    table.get_by_role("link", name="Metrics").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Metrics")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(page.get_by_role("rowheader").first).to_contain_text("Birch Bank")

    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Stage of").select_option(label="Strategy")
    page.get_by_label("Stage", exact=True).select_option(label="2 or below")
    page.get_by_role("button", name="Show").last.click()
    expect(page.get_by_text("1 of 4 organisations")).to_be_visible()
    expect(page.get_by_role("rowheader")).to_have_count(1)
    assert "sort=metrics" in page.url

    page.get_by_role("link", name="Clear the filters").click()
    expect(page.get_by_role("rowheader")).to_have_count(4)
    page.get_by_role("searchbox").fill("alder")
    page.keyboard.press("Enter")
    page.get_by_role("rowheader").get_by_role("link", name="Alder Books").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alder Books")


def test_heat_map_scrolls_under_its_first_column_on_a_phone(
    new_page: Callable[..., Page], live_server: Any, consultant: User
) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    sign_in(page, consultant, live_server.url)
    page.goto(address())
    table = page.get_by_role("region", name="Organisations by dimension")
    name = page.get_by_role("rowheader").first
    before = name.bounding_box()

    table.focus()
    page.keyboard.press("End")
    table.evaluate("each => each.scrollBy(400, 0)")

    after = name.bounding_box()
    assert before is not None
    assert after is not None
    # It stays in view; only the gap before it scrolls away.
    assert before["x"] - after["x"] <= 2
    assert table.evaluate("each => each.scrollLeft") > 0
