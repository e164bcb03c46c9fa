"""From an assessment without an account to one that is kept: by signing up on the way."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.core.services.links import token_of
from assessments.models import Assessment, Respondent, SecretLink
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import Membership, User
from tests.assessments.asking import ask, make_assessment, make_place
from tests.browser.answering import choose, picks, saved
from tests.looks import scrolls_sideways
from tests.workspaces.signing import ADDRESS, PASSWORD, code_of_last_mail, let_mail_go_out

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 800}


@pytest.mark.parametrize("is_mailed", [False, True], ids=["no mail", "code by mail"])
@pytest.mark.parametrize("way", ["sign up", "sign in first"])
def test_signing_up_comes_back_to_keep_it(
    way: str,
    is_mailed: bool,
    version: MaturityModel,
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    settings: Any,
) -> None:
    if is_mailed:
        let_mail_go_out(settings)
    page = new_page(viewport=PHONE)

    page.goto("/start/")
    page.get_by_label("Organisation").fill("Alder Books")
    page.get_by_role("button", name="Start quick").click()
    choose(page, "strategy", "2")
    saved(page)
    page.get_by_role("link", name="Result").click()
    page.get_by_role("link", name="Keep this in an account").click()
    expect(page.get_by_text("This one stays as you answered it")).to_be_visible()
    assert axe(page) == []
    if way == "sign in first":
        page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_role("main").get_by_role("link", name="Make an account").click()
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    if is_mailed:
        page.get_by_label("Code from the mail").fill(code_of_last_mail())
        page.get_by_role("button", name="Go on").click()

    expect(page).to_have_url(re.compile("/claim/$"))
    expect(page.get_by_text("A new team of my own, “Alder Books”")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Keep it here").click()
    expect(page).to_have_url(re.compile("/result/$"))
    expect(page.get_by_text("The assessment is in your account now.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Stage 2")

    user = User.objects.get()
    assert Membership.objects.get().user == user
    assert Assessment.objects.get().workspace.kind == "team"
    assert (Respondent.objects.get().user, picks()) == (user, {"strategy": 2})
    page.get_by_role("link", name="Respondents").click()
    page.get_by_role("link", name="Start a new assessment").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile("/assessments/new/$"))


def test_guest_copies_the_new_link_after_beginning(
    version: MaturityModel,
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    faults: Any,
) -> None:
    faults.allow("404")
    link = ask(make_assessment(make_place(), version, voices="anonymous"))
    page = new_page(viewport=PHONE, color_scheme="dark")
    page.goto(f"/link/{token_of(link)}/")
    page.get_by_role("button", name="Begin").click()

    mine = token_of(SecretLink.objects.latest("pk")) or "?"
    expect(page.get_by_label("Your own link")).to_have_value(re.compile(re.escape(mine)))
    assert axe(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("[data-copy-state]")).not_to_be_empty()
    choose(page, "strategy", "2")
    saved(page)
    page.get_by_role("button", name="Next: Customer Engagement").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Customer Engagement")
    expect(page.get_by_label("Your own link")).to_have_count(0)

    page.goto(f"/link/{token_of(link)}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Customer Engagement")
    other = new_page(viewport=PHONE)
    other.goto(f"/link/{token_of(link)}/")
    expect(other.get_by_role("heading", level=1)).to_have_text("You have begun already")
    assert axe(other) == []
