"""The main links on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.people import make_user, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_signed_in_links_stand_on_one_line(new_page: Callable[..., Page], live_server: Any) -> None:
    page = new_page(viewport={"width": 390, "height": 800})
    sign_in(page, make_user(), live_server.url)
    page.goto("/my/")

    links = page.locator(".site-nav > li:visible")
    tops = {round(box["y"]) for each in links.all() if (box := each.bounding_box())}

    assert links.count() == 3
    assert max(tops) - min(tops) < 4
    expect(page.get_by_role("link", name="Read the model")).to_have_count(1)
    expect(page.locator("footer").get_by_role("link", name="Read the model")).to_be_visible()
