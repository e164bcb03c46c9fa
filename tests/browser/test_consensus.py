"""The consensus pages in a browser: looking, settling, and two who settle at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.core.queries.agreed import agreed_of
from assessments.models import AgreedAnswer
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import User
from maturity.workspaces.roles import Role
from tests.assessments.voices import KEY, add_person, make_assessment, people_say, url
from tests.people import NOW, give_role, make_user, sign_in

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 800}
LONG = (
    "Wolfeschlegelsteinhausenbergerdorff" * 3 + " of the Department of Departments, North and East"
)
GROUPS = [{"name": "Function", "options": ["Service", "IT"]}]
OTHER = "strategy.2.01"
NewPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]


@pytest.fixture
def assessment(version: MaturityModel) -> Any:
    """Return a named assessment that four people answered, one with a very long name."""
    assessment = make_assessment(version, groups=GROUPS)
    for number, (name, step) in enumerate(
        (("Ada Byron", 0), ("Bo Chen", 3), (LONG, 3), ("Cy Dee", 2))
    ):
        add_person(
            assessment,
            name,
            {KEY: step, OTHER: 2},
            picks={"metrics": 1 + number},
            notes={KEY: f"Note of {name}: {'verylongword' * 9}"},
            groups={"Function": ("Service", "IT")[number % 2]},
        )
    return assessment


def _lead(assessment: Any, email: str = "lead@example.org", name: str = "Lena Lead") -> User:
    user = make_user(email, name)
    give_role(user, Role.LEAD, assessment.workspace, assessment.organisation)
    return user


def _question(page: Page, key: str = KEY) -> Any:
    return page.locator(f'[id="q-{key}"]')


def _open_form(page: Page) -> Any:
    question = _question(page)
    question.get_by_text(re.compile(r"^\s*(Agree on an answer|Change or take back)\s*$")).click()
    return question


def test_a_lead_settles_a_statement_and_takes_it_back(
    assessment: Any, page: Page, live_server: Any
) -> None:
    sign_in(page, _lead(assessment), live_server.url)

    page.goto(url(assessment))
    page.get_by_role("rowheader", name="Strategy").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Strategy")
    question = _open_form(page)
    question.get_by_text("Still true: partly", exact=True).last.click()
    question.get_by_label("Reason").fill("We looked at the list.")
    question.get_by_label("Dissent").fill("Ada: not in the north.")
    question.get_by_role("button", name="Record as agreed").click()

    expect(page.get_by_role("status").first).to_have_text("Recorded.")
    expect(page).to_have_url(re.compile(f"#q-{re.escape(KEY)}$"))
    decided = _question(page)
    expect(decided).to_contain_text("We looked at the list.")
    expect(decided).to_contain_text("Dissent: Ada: not in the north.")
    expect(decided).to_contain_text("Recorded by Lena Lead")
    _open_form(page).get_by_role("button", name="Take the agreed answer back").click()
    expect(page.get_by_role("status").first).to_have_text("Taken back.")
    assert agreed_of(assessment) == ({}, {})


def test_the_second_of_two_is_shown_both_and_chooses(
    assessment: Any, new_page: NewPage, live_server: Any, faults: Any, axe: Axe
) -> None:
    faults.allow("409")
    first, second = new_page(viewport=WIDE), new_page(viewport=PHONE)
    sign_in(first, _lead(assessment, "ada@example.org", "Ada Byron"), live_server.url)
    sign_in(second, _lead(assessment, "bob@example.org", "Bob Cash"), live_server.url)
    for page in (first, second):
        page.goto(url(assessment, "strategy/"))
        _open_form(page)

    def record(page: Page, value: str, reason: str) -> None:
        question = _question(page)
        question.locator(f'label:has(input[value="{value}"])').click()
        question.get_by_label("Reason").fill(reason)
        question.get_by_role("button", name="Record as agreed").click()

    record(first, "3", "First reason")
    expect(first.get_by_role("status").first).to_have_text("Recorded.")
    record(second, "1", "Second reason")

    expect(second.get_by_role("heading", level=1)).to_have_text("Somebody changed this meanwhile")
    theirs = second.get_by_role("region", name="What is recorded")
    expect(theirs).to_contain_text("First reason")
    expect(theirs).to_contain_text("By Ada Byron")
    assert agreed_of(assessment)[0] == {KEY: 3}
    assert axe(second) == []
    yours = second.get_by_role("region", name="What you were about to record")
    expect(yours.get_by_label("Reason")).to_have_value("Second reason")
    expect(yours.locator("input:checked")).to_have_value("1")
    yours.get_by_role("button", name="Record this instead").click()
    expect(second.get_by_role("status").first).to_have_text("Recorded.")
    assert agreed_of(assessment)[0] == {KEY: 1}
    record_of = AgreedAnswer.objects.get()
    assert (record_of.reason, record_of.version) == ("Second reason", 2)


def test_names_appear_on_focus_and_in_full(assessment: Any, page: Page, live_server: Any) -> None:
    sign_in(page, _lead(assessment), live_server.url)
    page.goto(url(assessment))
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Metrics"))
    dots = row.locator(".voices").first
    names = dots.locator(".voices__names")
    assert names.bounding_box()["width"] < 2

    dots.focus()

    assert names.bounding_box()["width"] > 40
    expect(names).to_have_text("Ada Byron")
    page.get_by_role("link", name="Full names").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Metrics"))
    expect(row.locator("bdi").first).to_be_visible()
    expect(row).to_contain_text("Ada Byron")


def test_it_works_with_the_keyboard_and_without_script(
    assessment: Any, new_page: NewPage, live_server: Any
) -> None:
    page = new_page(viewport=WIDE, java_script_enabled=False)
    sign_in(page, _lead(assessment), live_server.url)
    page.goto(url(assessment, "strategy/"))

    _question(page).locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_have_text("Recorded.")
    assert len(agreed_of(assessment)[0]) == 1


def test_what_is_missing_is_said_beside_the_form(
    version: MaturityModel, page: Page, live_server: Any, faults: Any
) -> None:
    faults.allow("422")
    assessment = make_assessment(version)
    people_say(assessment, [0, 3])
    sign_in(page, _lead(assessment), live_server.url)
    page.goto(url(assessment, "strategy/"))
    question = _open_form(page)
    question.get_by_label("Reason").fill("A reason")

    question.get_by_role("button", name="Record as agreed").click()

    expect(page.get_by_role("alert")).to_have_text("Please choose what the group agrees on.")
    expect(_question(page).get_by_label("Reason")).to_have_value("A reason")


def test_every_page_is_accessible_and_fits_in_any_look(
    assessment: Any, page: Page, live_server: Any, every_look: Callable[[Page], list[str]]
) -> None:
    version = assessment.model_version
    lead = _lead(assessment)
    sign_in(page, lead, live_server.url)
    quiet = make_assessment(version, voices="anonymous", answers_ended_at=NOW, groups=GROUPS)
    people_say(quiet, [0, 1, 2, 3, 3])
    others = [
        make_assessment(version),
        make_assessment(version, voices="anonymous"),
        make_assessment(version, voices="anonymous", answers_ended_at=NOW),
        quiet,
    ]
    for each in others:
        give_role(lead, Role.LEAD, each.workspace, each.organisation)
    paths = [url(assessment), url(assessment, "?show=names&sort=agreement")]
    paths += [url(assessment, "strategy/"), url(assessment, "metrics/")]
    paths += [*map(url, others), url(quiet, "strategy/")]

    for path in paths:
        assert page.goto(path).status == 200
        for summary in page.locator("details:not([open]) > summary").all()[:4]:
            if summary.is_visible():
                summary.click()
        assert every_look(page) == [], path
