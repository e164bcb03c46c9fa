"""The pages about the API, in a browser: a token made, copied, used, revoked; every look."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maturity.workspaces.models import ApiToken
from maturity.workspaces.scopes import every_workspace
from tests.conftest import Faults
from tests.people import make_user, make_workspace, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Look = Callable[[Page], list[str]]


@pytest.fixture
def tokens(page: Page, live_server: Any) -> Page:
    """Return the page of a workspace's tokens, with its owner signed in."""
    owner = make_user()
    workspace = make_workspace(owner=owner, name="Northbank Advisers " * 8)
    sign_in(page, owner, live_server.url)
    page.goto(f"/workspaces/{workspace.public_id}/settings/")
    page.get_by_role("link", name="Tokens for programs").click()
    return page


def test_a_token_is_made_copied_used_and_revoked(
    tokens: Page, faults: Faults, every_look: Look
) -> None:
    page = tokens
    faults.allow("422")
    expect(page.get_by_role("heading", name="No program has a token")).to_be_visible()
    assert every_look(page) == []
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("alert")).to_contain_text("No token was made yet.")
    assert every_look(page) == []

    page.get_by_label("What it is for").fill("Figures_for_the_board" * 3)
    page.get_by_label("Manage").check()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    field = page.get_by_label("The token", exact=True)
    expect(field).to_be_visible()
    assert every_look(page) == []
    secret = field.input_value()
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("[data-copy-state]")).not_to_be_empty()
    answer = page.request.get("/api/v1/token", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["scopes"] == ["read", "manage"]
    assert page.request.get("/api/v1/token").status == 401

    page.reload()
    expect(field).to_have_count(0)
    expect(page.get_by_text("Last used on")).to_be_visible()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("It opens nothing any more.")).to_be_visible()
    page.get_by_text("Tokens that have ended (1)").click()
    expect(page.get_by_text("Revoked on")).to_be_visible()
    assert every_look(page) == []
    with every_workspace():
        assert ApiToken.objects.get().revoked_at is not None


def test_the_page_that_explains_the_api_looks_right_and_is_walked_by_keyboard(
    page: Page, every_look: Look
) -> None:
    page.goto("/api/")
    for details in page.locator("details").all():
        details.evaluate("each => each.open = true")

    assert every_look(page) == []
    page.get_by_role("link", name="Give your answers").click()
    expect(page.locator("#give-answers")).to_be_in_viewport()
