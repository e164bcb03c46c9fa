"""One's own steps, the address for a calendar, and webhooks, in a real browser in every look."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Delivery
from assessments.webhooks.services.webhooks import add_webhook
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Organisation, User
from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace, sign_in
from tests.roles_cast import make_step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime.now(UTC)
LONG = "a-very-long-name-without-a-blank" * 5


@pytest.fixture
def owner(version: MaturityModel) -> User:
    """Return the owner of a workspace, whose own steps are late, soon and without a day."""
    user = make_user("owner@example.org", "Olga Owner")
    row = make_organisation(make_workspace(owner=user), LONG)
    for number, days in enumerate((-3, 2, None), start=1):
        due = NOW.date() + timedelta(days=days) if days is not None else None
        words = f"Step {number} {'w' * 150}"
        keys = {"descriptor_id": f"strategy.2.0{number}", "words": words}
        make_step(row, version, member=user, owner="Olga Owner", due=due, **keys)
    return user


def workspace() -> str:
    return f"/workspaces/{Organisation.objects.get().workspace.public_id}/"


def test_own_steps_have_no_violation_and_mails_are_turned_off(
    page: Page,
    every_look: Callable[[Page], list[str]],
    live_server: Any,
    owner: User,
    settings: Any,
) -> None:
    settings.CAN_SEND_EMAIL = True
    sign_in(page, owner, live_server.url)
    page.goto("/my/steps/")
    assert every_look(page) == []

    page.get_by_role("button", name="Turn these mails off").click()
    expect(page.get_by_text("You get no more mails about your steps.")).to_be_visible()
    expect(page.get_by_role("button", name="Turn these mails on")).to_be_visible()


def test_others_find_their_own_steps_on_the_page_of_their_role(
    page: Page,
    every_look: Callable[[Page], list[str]],
    live_server: Any,
    owner: User,
    version: MaturityModel,
) -> None:
    row = Organisation.objects.get()
    for role in (Role.CONTRIBUTOR, Role.VIEWER):
        user = make_user(f"{role}@example.org", role.title())
        give_role(user, role, row.workspace, row)
        key = f"metrics.2.0{1 if role == Role.VIEWER else 2}"
        due = NOW.date() - timedelta(days=1)
        make_step(row, version, member=user, owner=role.title(), due=due, descriptor_id=key)
        sign_in(page, user, live_server.url)
        page.goto(f"/organisations/{row.public_id}/")
        expect(page.get_by_text("One open step is yours, and it is overdue.")).to_be_visible()
        assert every_look(page) == [], role


def test_an_address_is_made_copied_and_read_by_keyboard(
    page: Page, every_look: Callable[[Page], list[str]], live_server: Any, owner: User
) -> None:
    sign_in(page, owner, live_server.url)
    page.goto("/my/steps/")
    page.get_by_role("link", name="in your calendar").click()
    assert every_look(page) == []

    page.get_by_label("All steps of the roadmaps I may see").check()
    page.get_by_role("button", name="Make the address").press("Enter")
    field = page.get_by_label("Address for your calendar")
    expect(field).to_have_value(re.compile(r"/calendar/[\w-]{43}/steps\.ics$"))
    assert every_look(page) == []

    response = page.request.get(field.input_value())
    assert response.status == 200
    assert response.text().count("BEGIN:VEVENT") == 2
    page.reload()
    expect(field).to_have_count(0)
    page.get_by_role("button", name="End this address").click()
    expect(page.get_by_text("The address is ended.")).to_be_visible()


def test_webhooks_have_no_violation_in_any_state(
    page: Page,
    every_look: Callable[[Page], list[str]],
    live_server: Any,
    owner: User,
    faults: Any,
) -> None:
    faults.allow("422")
    sign_in(page, owner, live_server.url)
    page.goto(f"{workspace()}settings/")
    page.get_by_role("link", name="Webhooks").click()
    page.get_by_label("Address").fill("https://10.0.0.1/")
    page.get_by_role("button", name="Add the webhook").click()
    expect(page.get_by_text("it leads into a private network")).to_be_visible()
    assert every_look(page) == []

    page.get_by_label("Address").fill(f"https://hook.example.org/{LONG}")
    page.get_by_label("A step was finished").check()
    page.get_by_role("button", name="Add the webhook").click()
    expect(page.get_by_label("Signing secret")).to_have_value(re.compile(r"^[\w-]{43}$"))
    assert every_look(page) == []

    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("On its way", exact=True)).to_be_visible()


def test_what_became_of_messages_has_no_violation(
    page: Page, every_look: Callable[[Page], list[str]], live_server: Any, owner: User
) -> None:
    place = Organisation.objects.get().workspace
    webhook, _ = add_webhook(
        place, url="https://hook.example.org/", events=["test"], now=NOW, by=Actor("test")
    )
    states: list[dict[str, Any]] = [
        {"delivered_at": NOW, "status": 204, "attempts": 2},
        {"given_up_at": NOW, "problem": "the host was not found", "attempts": 6},
        {"next_at": NOW, "status": 500, "attempts": 1},
    ]
    for number, fields in enumerate(states):
        values = {"event": "step.finished", "event_id": str(number), "created_at": NOW}
        Delivery.objects.create(webhook=webhook, body="{}", **values, **fields)
    webhook.paused_at = NOW
    webhook.save()
    sign_in(page, owner, live_server.url)

    page.goto(f"{workspace()}webhooks/")

    assert every_look(page) == []
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("The address is told again")).to_be_visible()
