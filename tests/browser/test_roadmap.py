"""The roadmap board in a browser: by keyboard, by dragging, without a script, in every look."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Step
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import Organisation
from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace, sign_in
from tests.roles_cast import NOW, make_result, make_step

pytestmark = pytest.mark.browser

TODAY = timezone.localdate()
LONG = "Donaudampfschifffahrtsgesellschaft " * 8


@pytest.fixture
def place(version: MaturityModel) -> Organisation:
    """Return an organisation with a result and five steps in every state."""
    row = make_organisation(make_workspace(), "Alder Books")
    make_result(row, version, picks=2)
    for rank, (words, fields) in enumerate(
        {
            "First": {"due": TODAY + timedelta(20), "start": TODAY, "days": 60},
            "Second": {"status": "doing", "due": TODAY - timedelta(3)},
            f"Third {LONG}": {"owner": "w" * 200, "notes": LONG, "evidence": "https://example.org"},
            "Ended": {"done_at": NOW},
            "Dropped": {"status": "dropped", "dropped_at": NOW, "reason": LONG},
        }.items(),
        start=1,
    ):
        make_step(row, version, words=words, rank=rank, descriptor_id=f"own.{rank}", **fields)
    return row


@pytest.fixture
def lead(place: Organisation) -> Any:
    """Return the lead."""
    user = make_user("lead@example.org", "Lena Lead")
    give_role(user, Role.LEAD, place.workspace, place)
    return user


def board(place: Organisation, rest: str = "") -> str:
    return f"/organisations/{place.public_id}/steps/{rest}"


def order(page: Page) -> list[str]:
    """Return the first word of each open step, as it stands on the page."""
    words = page.locator("[data-steps] .step-list__words > p:first-child").all_inner_texts()
    return [re.sub("^(Planned|Doing) ", "", each).split()[0] for each in words]


def test_pages_have_no_violation_in_any_look(
    page: Page,
    every_look: Callable[[Page], list[str]],
    faults: Any,
    live_server: Any,
    place: Organisation,
    lead: Any,
) -> None:
    faults.allow("422")
    place.days_a_month = 10
    place.save()
    sign_in(page, lead, live_server.url)
    step = Step.objects.get(words="First")
    paths = [
        board(place, rest) for rest in ("", "?view=when", "?view=owner", "add/", f"{step.pk}/")
    ]
    for path in (*paths, f"/organisations/{place.public_id}/timeline/"):
        page.goto(path)
        for summary in page.locator("details > summary").all()[:6]:
            if summary.is_visible() and not summary.evaluate("each => each.parentElement.open"):
                summary.click()
        assert every_look(page) == [], path
    page.goto(board(place, f"{step.pk}/"))
    page.get_by_role("button", name="Drop this step").click()
    expect(page.get_by_text("Please say why it is dropped.")).to_be_visible()
    assert every_look(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_steps_are_put_in_order_by_keyboard(
    new_page: Callable[..., Page], live_server: Any, place: Organisation, lead: Any, scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    sign_in(page, lead, live_server.url)
    page.goto(board(place))
    assert order(page) == ["First", "Second", "Third"]

    page.get_by_role("button", name="Later First").press("Enter")
    expect(page).to_have_url(re.compile(r"#step-\d+$"))
    assert order(page) == ["Second", "First", "Third"]
    page.get_by_role("button", name="Later First").press("Enter")
    expect(page.get_by_role("button", name="Later First")).to_be_disabled()
    assert order(page) == ["Second", "Third", "First"]
    page.get_by_role("button", name="Earlier Third").press("Enter")
    expect(page.get_by_role("button", name="Earlier Third")).to_be_disabled()
    assert order(page) == ["Third", "Second", "First"]


def test_steps_are_put_in_order_by_dragging(
    page: Page, live_server: Any, place: Organisation, lead: Any
) -> None:
    sign_in(page, lead, live_server.url)
    page.goto(board(place))
    rows = page.locator("[data-step]")

    rows.nth(2).drag_to(rows.nth(0), target_position={"x": 40, "y": 4})

    expect(rows.nth(0)).to_contain_text("Third")
    expect(rows.nth(1)).to_contain_text("First")
    third = Step.objects.get(words__startswith="Third")
    assert third.rank == 1


def test_a_step_goes_from_suggestion_to_done(
    page: Page, live_server: Any, place: Organisation, lead: Any
) -> None:
    Step.objects.all().delete()
    sign_in(page, lead, live_server.url)
    page.goto(board(place))
    expect(page.get_by_text("Nothing is decided yet.")).to_be_visible()

    suggestion = page.locator(".step-list__decide").first
    suggestion.locator("summary").press("Enter")
    suggestion.get_by_label("Who takes it on").fill("Lena Lead")
    suggestion.get_by_role("button", name="Decide").press("Enter")
    decided = page.get_by_role("region", name="Decided").get_by_role("listitem")
    expect(decided).to_contain_text("Lena Lead")
    assert Step.objects.get().member == lead

    decided.get_by_role("button", name=re.compile("^Begin")).click()
    expect(decided.locator(".step-status")).to_have_text("Doing")
    decided.get_by_role("link", name=re.compile("^Change")).click()
    page.get_by_label("Begins on").fill(TODAY.isoformat())
    page.get_by_label("Done by").fill((TODAY + timedelta(40)).isoformat())
    page.get_by_label("Work in it, in days").fill("90")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Work by month").click()
    page.get_by_label("Days your team has a month").fill("10")
    page.get_by_role("region", name="Decided").get_by_role("button", name="Save").click()
    expect(page.get_by_text("the team has 10.").first).to_be_visible()

    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("img", name="Timeline of the steps")).to_be_visible()
    page.get_by_role("link", name="In order").click()
    decided.get_by_role("button", name=re.compile("^Done")).click()
    ended = page.get_by_role("region", name="Done and dropped").get_by_role("listitem")
    expect(ended).to_contain_text("Done on")
    ended.get_by_role("button", name=re.compile("^Take it up again")).click()
    expect(decided.locator(".step-status")).to_have_text("Planned")
