"""Sharing a result: the lead makes a link, somebody without an account opens it with a password."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maturity.catalogue.models import MaturityModel
from tests.assessments.closed import closed, make_house
from tests.people import sign_in

pytestmark = pytest.mark.browser


def test_lead_shares_and_the_board_reads(
    version: MaturityModel,
    page: Page,
    new_page: Callable[..., Page],
    every_look: Callable[[Page], list[str]],
    faults: Any,
    live_server: Any,
) -> None:
    faults.allow("422")
    faults.allow("410")
    house = make_house(version, "Fernhill Outdoor")
    result = closed(house, date(2026, 3, 3))
    sign_in(page, house.people["lead"], live_server.url)
    page.goto(f"/assessments/{result.assessment.public_id}/result/")
    page.get_by_role("link", name="Share it").click()
    assert every_look(page) == []

    page.get_by_label("Whom it is for").fill("The board")
    page.get_by_label("Why each dimension stands").check()
    page.get_by_label("Password, if it should ask for one").fill("short")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_text("Please take at least 8 characters.")).to_be_visible()
    assert every_look(page) == []
    page.get_by_label("Password, if it should ask for one").fill("a good password")
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("Link for The board").input_value()
    assert every_look(page) == []

    board = new_page(viewport={"width": 1280, "height": 900})
    board.goto(link)
    assert every_look(board) == []
    board.get_by_label("Password").fill("a good password")
    board.get_by_role("button", name="Open it").click()
    expect(board.get_by_role("heading", level=1)).to_have_text("Where Fernhill Outdoor stands")
    expect(board.get_by_role("img", name="Radar: score per dimension")).to_be_visible()
    expect(board.get_by_role("heading", name="Why, dimension by dimension")).to_be_visible()
    assert every_look(board) == []

    page.reload()
    expect(page.get_by_text("opened once")).to_be_visible()
    page.get_by_role("button", name="End this link").click()
    expect(page.get_by_role("status").first).to_contain_text("The link is ended.")
    board.reload()
    expect(board.get_by_role("heading", level=1)).to_have_text("This link opens nothing any more")
    assert every_look(board) == []
