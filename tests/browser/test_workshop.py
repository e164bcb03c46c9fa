"""A whole workshop: a facilitator, a wall and five phones, one of which drops out and returns."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.core.queries.agreed import agreed_of
from assessments.models import AgreedAnswer
from assessments.workshops.models import Participant, Round, Vote, Workshop
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import User
from maturity.workspaces.roles import Role
from tests.assessments.voices import make_assessment
from tests.people import give_role, make_user, sign_in

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
PROJECTOR = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 740}
SMALL_PHONE = {"width": 320, "height": 640}
NewPage = Callable[..., Page]
LONG = "Wolfeschlegelsteinhausenbergerdorff-Huber"[:40]


@pytest.fixture
def assessment(version: MaturityModel) -> Any:
    """Return a named assessment nobody has answered."""
    return make_assessment(version)


@pytest.fixture
def lena(assessment: Any) -> User:
    """Return its lead."""
    user = make_user("lena@example.org", "Lena Lead")
    give_role(user, Role.LEAD, assessment.workspace, assessment.organisation)
    return user


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def phase(page: Page, wanted: str) -> None:
    expect(page.locator("#screen")).to_have_attribute("data-phase", wanted)


def shows(phone: Page, wanted: str) -> None:
    expect(phone.locator("#room")).to_have_attribute("data-screen", wanted)


def join(phone: Page, code: str, name: str) -> None:
    phone.goto("/join/")
    phone.get_by_label("The code on the wall").fill(code)
    button(phone, "Go on").click()
    phone.get_by_label("Your name").fill(name)
    button(phone, "Join").click()
    shows(phone, "waiting")


def vote_stage(phone: Page, stage: int) -> None:
    phone.locator(f'.vote__option input[value="{stage}"]').check()
    button(phone, "Send my vote").click()
    expect(phone.get_by_text("Your vote is counted.")).to_be_visible()


def test_a_whole_workshop(
    assessment: Any, lena: User, new_page: NewPage, live_server: Any, faults: Any
) -> None:
    faults.allow("ERR_INTERNET_DISCONNECTED")
    desk = new_page(viewport=DESK)
    sign_in(desk, lena, live_server.url)

    # Prepared with one press from the list.
    desk.goto(f"/assessments/{assessment.public_id}/workshops/")
    desk.get_by_role("link", name="Prepare a workshop").click()
    desk.get_by_label("Title").fill("Autumn workshop")
    desk.get_by_text("Who may join, and what will be seen").click()
    desk.get_by_text(re.compile("^Named: once a question is revealed")).click()
    for row in ("Employee Engagement", "People Profile Management", "Crisis Management"):
        desk.get_by_role("checkbox", name=row).uncheck()
    for row in ("Metrics", "Tools and Integration", "Social Tools Inside the Company"):
        desk.get_by_role("checkbox", name=row).uncheck()
    expect(desk.locator("#agenda-suggestion")).to_contain_text("Two dimensions")
    button(desk, "Prepare the workshop").click()

    # Doors, wall, phones.
    button(desk, "Open the doors").click()
    phase(desk, "welcome")
    workshop = Workshop.objects.get()
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Open the wall").click()
    wall = opened.value
    wall.set_viewport_size(PROJECTOR)
    code = wall.locator(".wall__code").inner_text()
    assert code.replace(" ", "") == workshop.code
    names = ["Ada", "Bo", "Cy", LONG, ""]
    phones = [new_page(viewport=SMALL_PHONE if n == 3 else PHONE) for n in range(5)]
    for phone, name in zip(phones, names, strict=True):
        join(phone, code.lower(), name)
    expect(wall.locator(".wall__here")).to_contain_text("5 people are here")
    expect(desk.locator(".run__count")).to_contain_text("5")

    # The first question reaches every screen.
    button(desk, "Begin with the first question").click()
    phase(desk, "planned")
    phase(wall, "planned")
    button(desk, "Open the voting").click()
    for phone in phones:
        shows(phone, "open")
    phase(wall, "open")

    # One phone votes without a connection; it goes out when that is back.
    ada, bo, cy, dee, eve = phones
    ada.context.set_offline(True)
    ada.locator('.vote__option input[value="2"]').check()
    button(ada, "Send my vote").click()
    expect(ada.locator("#vote-state")).to_contain_text("Not sent. Your vote is kept")
    vote_stage(bo, 2)
    vote_stage(cy, 2)
    vote_stage(dee, 5)
    expect(desk.locator(".run__count")).to_contain_text("3 of 5 have voted")
    expect(wall.locator(".wall__voted")).to_contain_text("3 of 5 have voted")
    ada.context.set_offline(False)
    expect(ada.get_by_text("Your vote is counted.")).to_be_visible()
    expect(wall.locator(".wall__voted")).to_contain_text("4 of 5 have voted")

    # Another one is closed and comes back as the same person, in the middle of typing.
    context = eve.context
    eve.close()
    eve = context.new_page()
    eve.goto(f"/join/{workshop.code}/")
    shows(eve, "open")
    assert Participant.objects.count() == 5
    eve.get_by_text("Add a note").click()
    eve.get_by_label("What makes you think so?").fill("Half typed")
    button(desk, "1 minute more").click()
    expect(eve.locator("#room")).to_have_attribute("data-revision", re.compile(r"^(?!0$)\d+$"))
    vote_stage_note = eve.locator('.vote__option input[value="3"]')
    vote_stage_note.check()
    expect(eve.get_by_label("What makes you think so?")).to_have_value("Half typed")
    button(eve, "Send my vote").click()
    expect(eve.get_by_text("Your vote is counted.")).to_be_visible()

    # Nobody has seen anything yet.
    for page in (desk, wall, bo):
        assert "Half typed" not in page.content()
    button(desk, "Close the voting").click()
    for phone in (ada, bo, eve):
        shows(phone, "closed")
    button(desk, "Reveal").click()
    words = "Most see Experimental (3 of 5), but opinions differ widely: one sees Operational, one"
    expect(desk.locator(".reveal__words")).to_contain_text(words)
    expect(wall.locator(".reveal__words")).to_contain_text(words)
    expect(wall.locator(".pile__dots i")).to_have_text(["A", "B", "C", "·", "W"])
    shows(bo, "revealed")
    expect(bo.locator(".pile__own")).to_have_text("your vote")
    expect(bo.get_by_text("Half typed")).to_be_visible()

    # They talk, vote again, and agree.
    button(desk, "Vote again").click()
    for phone in (ada, bo, cy, dee, eve):
        shows(phone, "open")
        vote_stage(phone, 3)
    button(desk, "Close and reveal").click()
    phase(wall, "revealed")
    expect(wall.get_by_text("The vote before")).to_be_visible()
    expect(desk.locator(".deciding__option input:checked")).to_have_value("3")
    desk.get_by_label("Reason").fill("The north works that way since May.")
    desk.get_by_label("Dissent").fill("Cy: not at night.")
    button(desk, "Record").click()
    phase(desk, "agreed")
    expect(wall.locator(".wall__decided")).to_contain_text("3 Operational")
    expect(bo.locator(".decided")).to_contain_text("Cy: not at night.")
    assert agreed_of(assessment) == ({}, {"strategy": 3})
    assert AgreedAnswer.objects.get().dissent == "Cy: not at night."

    # A second facilitator sees the same, and whoever is slower is told.
    other = new_page(viewport=DESK)
    sign_in(other, lena, live_server.url)
    other.goto(f"/workshops/{workshop.public_id}/")
    phase(other, "agreed")
    desk.get_by_role("button", name=re.compile("^Next question")).click()
    phase(other, "planned")
    button(other, "Open the voting").click()
    phase(desk, "open")
    button(desk, "Close and reveal").click()
    phase(other, "revealed")

    # The end reaches everybody.
    faults.allow("409")
    other.get_by_text("End the workshop").first.click()
    button(other, "End it now").click()
    phase(wall, "over")
    for phone in (ada, bo, cy, dee, eve):
        shows(phone, "over")
    phase(desk, "over")
    assert Round.objects.filter(state="skipped").count() == 1
    assert Vote.objects.count() == 10


def test_keys_run_a_question_and_never_while_typing(
    assessment: Any, lena: User, new_page: NewPage, live_server: Any
) -> None:
    desk = new_page(viewport=DESK)
    sign_in(desk, lena, live_server.url)
    desk.goto(f"/assessments/{assessment.public_id}/workshops/new/")
    button(desk, "Prepare the workshop").click()
    expect(desk.locator("#keys-switch input")).to_be_attached()

    desk.keyboard.press("o")
    phase(desk, "welcome")
    desk.keyboard.press("n")
    phase(desk, "planned")
    desk.keyboard.press("o")
    phase(desk, "open")
    desk.keyboard.press("r")
    phase(desk, "revealed")
    desk.keyboard.press("a")
    expect(desk.locator("#deciding-title")).to_be_focused()
    desk.get_by_label("Reason").focus()
    desk.keyboard.type("nvl")
    expect(desk.get_by_label("Reason")).to_have_value("nvl")
    phase(desk, "revealed")
    desk.get_by_text("Keys", exact=True).click()
    desk.get_by_label("Use single keys").uncheck()
    desk.locator("#run-title").focus()
    desk.keyboard.press("n")
    phase(desk, "revealed")


def test_a_rehearsal_fills_the_room(
    assessment: Any, lena: User, new_page: NewPage, live_server: Any
) -> None:
    desk = new_page(viewport=DESK)
    sign_in(desk, lena, live_server.url)
    desk.goto(f"/assessments/{assessment.public_id}/workshops/new/")
    button(desk, "Prepare the workshop").click()
    button(desk, "Rehearse with pretend participants").click()
    phase(desk, "welcome")
    button(desk, "Begin with the first question").click()
    button(desk, "Open the voting").click()

    expect(desk.locator(".run__count")).to_have_text(
        re.compile(r"[3-9] of 12 have voted"), timeout=15_000
    )
    button(desk, "Close and reveal").click()
    desk.locator(".deciding__option input").first.check()
    button(desk, "Record").click()
    phase(desk, "agreed")

    assert not AgreedAnswer.objects.exists()
    assert Workshop.objects.filter(is_rehearsal=True).count() == 1


def test_without_a_script_the_phone_votes_and_the_facilitator_runs_the_room(
    assessment: Any, lena: User, new_page: NewPage, live_server: Any
) -> None:
    desk = new_page(viewport=DESK, java_script_enabled=False)
    phone = new_page(viewport=PHONE, java_script_enabled=False)
    sign_in(desk, lena, live_server.url)
    desk.goto(f"/assessments/{assessment.public_id}/workshops/new/")
    desk.get_by_text("Who may join, and what will be seen").click()
    desk.get_by_text(re.compile("^Named: once a question is revealed")).click()
    button(desk, "Prepare the workshop").click()
    button(desk, "Open the doors").click()
    code = Workshop.objects.get().code or ""
    phone.goto("/join/")
    phone.get_by_label("The code on the wall").fill(code)
    button(phone, "Go on").click()
    button(phone, "Join").click()
    button(desk, "Begin with the first question").click()
    button(desk, "Open the voting").click()
    phone.reload()
    phone.locator('.vote__option input[value="4"]').check()
    button(phone, "Send my vote").click()
    expect(phone.get_by_text("Your vote is counted.")).to_be_visible()
    desk.reload()
    expect(desk.locator(".run__count")).to_contain_text("1 of 1 have voted")
    button(desk, "Close the voting").click()
    button(desk, "Reveal").click()
    expect(desk.locator(".reveal__words")).to_contain_text("One person sees Value Expansion.")
    button(desk, "Record").click()

    assert agreed_of(assessment)[1] == {"strategy": 4}
