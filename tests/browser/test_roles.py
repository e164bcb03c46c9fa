"""A lead, a contributor on a phone and an executive through their days, in a real browser."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Step
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import Organisation, User
from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace, sign_in
from tests.roles_cast import make_assessment, make_respondent, make_result, make_step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TODAY = datetime.now(UTC).date()


@pytest.fixture
def people(version: MaturityModel) -> dict[str, User]:
    """Who belongs to Alder Books: two results, an open assessment, a late step."""
    row = make_organisation(make_workspace(), "Alder Books")
    make_result(row, version, picks=2, day=date(2025, 3, 14))
    make_result(row, version, picks={"strategy": 3, "metrics": 2, "crisis-management": 4})
    make_step(row, version, due=TODAY - timedelta(20), words="Name one owner " + "w" * 150)
    found = {}
    for role in (Role.LEAD, Role.CONTRIBUTOR, Role.VIEWER):
        user = make_user(f"{role}@example.org", f"{role.capitalize()} of Alder")
        give_role(user, role, row.workspace, row)
        found[role.value] = user
    assessment = make_assessment(row, version, purpose="Autumn check")
    make_respondent(assessment, is_finished=True)
    person = make_respondent(assessment, found["contributor"])
    person.begun_at = None
    person.save()
    return found


def place() -> str:
    return f"/organisations/{Organisation.objects.get().public_id}/"


@pytest.mark.parametrize("role", ["lead", "contributor", "viewer"])
def test_page_of_each_role_has_no_violation_in_any_look(
    page: Page,
    every_look: Callable[[Page], list[str]],
    live_server: Any,
    people: dict[str, User],
    role: str,
) -> None:
    sign_in(page, people[role], live_server.url)
    for rest in ("", "steps/") if role == "lead" else ("",):
        page.goto(place() + rest)
        for summary in page.locator("details > summary").all()[:2]:
            if rest and not summary.evaluate("each => each.parentElement.open"):
                summary.click()
        assert every_look(page) == [], rest


def test_places_have_no_violation_and_lead_on(
    page: Page, axe: Callable[[Page], list[str]], live_server: Any, people: dict[str, User]
) -> None:
    other = make_organisation(make_workspace("team", "Beech Ltd"), "Beech Ltd")
    give_role(people["lead"], Role.VIEWER, other.workspace, other)
    sign_in(page, people["lead"], live_server.url)
    page.goto("/my/")
    assert axe(page) == []

    page.get_by_role("link", name="Alder Books").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alder Books")


def test_lead_decides_on_a_step_changes_it_and_has_it_done(
    page: Page, axe: Callable[[Page], list[str]], live_server: Any, people: dict[str, User]
) -> None:
    sign_in(page, people["lead"], live_server.url)
    page.goto("/my/")
    expect(page.get_by_text("1 of 2 people have finished")).to_be_visible()
    expect(page.get_by_role("img")).to_have_count(2)
    expect(page.get_by_text("overdue by 2 weeks")).to_be_visible()

    page.get_by_role("link", name="Decide").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roadmap")
    first = page.locator(".step-list__decide").first
    first.locator("summary").press("Enter")
    first.get_by_label("Who takes it on").fill("Ines Okafor")
    first.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("status")).to_contain_text("Decided:")
    decided = page.get_by_role("region", name="Decided").get_by_role("listitem")
    mine = decided.filter(has_text="Ines Okafor")
    expect(mine).to_be_visible()

    mine.get_by_role("link", name="Change").click()
    assert axe(page) == []
    page.get_by_label("Done by").fill((TODAY + timedelta(3)).isoformat())
    page.get_by_role("button", name="Save").click()
    expect(mine).to_contain_text("due in 3 days")

    mine.get_by_role("button", name=re.compile("^Done")).click()
    done = page.get_by_role("region", name="Done and dropped")
    expect(done).to_contain_text("Ines Okafor")
    assert Step.objects.exclude(done_at=None).count() == 1


def test_steps_work_without_scripts(
    new_page: Callable[..., Page], live_server: Any, people: dict[str, User]
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, people["lead"], live_server.url)
    page.goto(f"{place()}steps/")
    first = page.locator(".step-list__decide").first
    first.locator("summary").click()
    first.get_by_label("Done by").fill((TODAY + timedelta(30)).isoformat())
    first.get_by_role("button", name="Decide").click()

    expect(page.get_by_role("status")).to_contain_text("Decided:")
    assert Step.objects.count() == 2


def test_contributor_on_a_phone_sees_what_is_asked_and_starts(
    new_page: Callable[..., Page], live_server: Any, people: dict[str, User]
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    sign_in(page, people["contributor"], live_server.url)
    page.goto("/my/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are wanted")
    expect(page.get_by_text("0 of 8 answered")).to_be_visible()
    page.get_by_role("link", name="Start").tap()
    page.wait_for_url("**/begin/")


def test_executive_sees_one_picture_one_sentence_the_trend_and_gets_the_pdf(
    page: Page, live_server: Any, people: dict[str, User]
) -> None:
    sign_in(page, people["viewer"], live_server.url)
    page.goto("/my/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Alder Books")
    expect(page.get_by_role("img", name="Radar: score per dimension")).to_be_visible()
    expect(page.get_by_role("heading", name="Over time")).to_be_visible()
    expect(page.get_by_text("Autumn check")).to_have_count(0)
    page.get_by_role("button", name="Get the PDF").click()
    expect(page.get_by_text("Your report is next in line")).to_be_visible()
