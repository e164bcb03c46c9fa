"""Workspaces in a browser: inviting and accepting by two people, and every page looked at."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import Invitation, Membership, Workspace
from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace, sign_in

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 800}
LONG = "Gemeinnützige Verkehrs- und Versorgungsgesellschaft " * 2 + "Donaudampfschifffahrt" * 2
NewPage = Callable[..., Page]
EveryLook = Callable[[Page], list[str]]


def test_inviting_and_accepting_by_two_people(
    version: MaturityModel, new_page: NewPage, live_server: Any
) -> None:
    owner, guest = new_page(viewport=WIDE), new_page(viewport=PHONE)
    sign_in(owner, make_user(), live_server.url)

    owner.goto("/welcome/")
    owner.get_by_label("I work with clients").check()
    owner.get_by_label("Name of your team or consultancy").fill("Northbank Advisers")
    owner.get_by_role("button", name="Go on").click()
    workspace = Workspace.objects.get()
    owner.goto(f"/workspaces/{workspace.public_id}/organisations/new/")
    owner.get_by_label("Name").fill("Fernhill Outdoor")
    owner.get_by_role("button", name="Add the organisation").click()
    organisation = workspace.organisations.get()
    owner.goto(f"/organisations/{organisation.public_id}/people/")
    owner.get_by_label("E-mail addresses").fill("bob@example.org")
    owner.get_by_role("radio", name=re.compile("^Viewer")).check()
    owner.get_by_role("button", name="Invite").click()
    expect(owner.get_by_role("status").first).to_contain_text("1 person is invited")
    link = owner.get_by_label("Link for bob@example.org").input_value()

    guest.goto(link)
    expect(guest.get_by_role("main")).to_contain_text("Ada Byron invites you to Fernhill Outdoor")
    guest.get_by_role("main").get_by_role("link", name="Sign in").click()
    expect(guest).to_have_url(re.compile(r"/account/login/\?next="))
    sign_in(guest, make_user("bob@example.org", "Bob"), live_server.url)
    guest.goto(link)
    guest.get_by_role("button", name="Accept").click()
    expect(guest.get_by_role("status").first).to_contain_text(
        "Welcome to Fernhill Outdoor. You are a viewer here."
    )

    owner.reload()
    row = owner.get_by_role("listitem").filter(has_text="bob@example.org")
    expect(row).to_contain_text("Viewer")
    row.get_by_text("Change role of Bob").click()
    row.get_by_role("radio", name=re.compile("^Lead")).check()
    row.get_by_role("button", name="Save the role").click()
    expect(owner.get_by_role("status").first).to_have_text("Bob is a lead now.")

    guest.goto(f"/organisations/{organisation.public_id}/edit/")
    expect(guest.get_by_role("heading", level=1)).to_have_text("Details")
    owner.get_by_text("Remove Bob").click()
    owner.get_by_role("button", name="Remove").click()
    expect(owner.get_by_role("status").first).to_contain_text("no longer has a role")
    assert not Membership.objects.filter(role="lead").exists()


def test_copying_a_link_without_leave_to_write_to_the_clipboard(
    new_page: NewPage, live_server: Any
) -> None:
    ada = make_user()
    workspace = make_workspace(owner=ada)
    page = new_page(viewport=WIDE)
    sign_in(page, ada, live_server.url)
    page.goto(f"/workspaces/{workspace.public_id}/people/")
    page.get_by_label("E-mail addresses").fill("con@example.org")
    page.get_by_role("radio", name=re.compile("^Consultant")).last.check()
    page.get_by_role("button", name="Invite").click()

    page.get_by_role("button", name="Copy the link").click()

    expect(page.locator("[data-copy-state]")).to_have_text(
        re.compile("Copied|The link is selected")
    )


def test_every_page_is_accessible_and_fits_in_any_look(
    page: Page, live_server: Any, every_look: EveryLook, faults: Any
) -> None:
    # Forms that come back with problems, and the invitation that is gone.
    faults.allow("422")
    faults.allow("404")
    ada = make_user("ada@example.org", LONG)
    workspace = make_workspace(owner=ada, name=LONG)
    organisation = make_organisation(workspace, LONG)
    archived = make_organisation(workspace, "Archived")
    give_role(make_user(f"{'c' * 60}@example.org", LONG), Role.CONSULTANT, workspace)
    give_role(make_user("lea@example.org", "Lea"), Role.LEAD, workspace, organisation)
    sign_in(page, ada, live_server.url)
    here = f"/workspaces/{workspace.public_id}/"
    there = f"/organisations/{organisation.public_id}/"

    def look_at(path: str, name: str = "") -> None:
        page.goto(path)
        assert every_look(page) == [], name or path

    look_at("/welcome/")
    page.get_by_role("button", name="Go on").click()
    assert every_look(page) == [], "welcome with problems"
    for place, role in ((here, "Consultant"), (there, "Viewer")):
        page.goto(f"{place}people/")
        page.get_by_label("E-mail addresses").fill(f"{'x' * 60}@example.org")
        page.get_by_role("radio", name=re.compile(f"^{role}")).last.check()
        page.get_by_role("button", name="Invite").click()
        assert every_look(page) == [], f"people of {place}"
        for summary in page.locator("details > summary").all():
            summary.click()
        assert every_look(page) == [], f"people of {place}, opened"
        page.get_by_label("E-mail addresses").fill("nobody")
        page.get_by_role("button", name="Invite").click()
        assert every_look(page) == [], f"people of {place}, refused"
    page.goto(f"/organisations/{archived.public_id}/archive/")
    assert every_look(page) == [], "archive"
    page.get_by_role("button", name="Archive it").click()
    assert every_look(page) == [], "archived"
    look_at(f"{here}settings/")
    look_at(f"{here}branding/", "the look of reports, none yet")
    _set_a_look(page)
    assert every_look(page) == [], "the look of reports, set"
    page.get_by_label("Accent colour", exact=True).fill("#FFCC00")
    page.get_by_label("Second colour", exact=True).fill("no colour")
    page.get_by_role("button", name="Save").click()
    assert every_look(page) == [], "the look of reports, refused"
    look_at(f"{here}organisations/new/")
    page.get_by_role("button", name="Add the organisation").click()
    assert every_look(page) == [], "new organisation with problems"
    look_at(f"{there}edit/")
    look_at(f"{here}trail/")
    look_at(f"{here}trail/?kind=invitation+made")
    look_at("/my/data/")
    look_at("/my/account/")
    look_at(f"{here}delete/")
    page.get_by_role("button", name="Delete the workspace").click()
    assert every_look(page) == [], "delete with problems"
    page.get_by_label("Name of the workspace").fill(LONG)
    page.get_by_role("button", name="Delete the workspace").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("waits to be deleted")
    assert every_look(page) == [], "waiting"
    look_at("/my/account/", "account, alone in a workspace or not")
    page.goto(f"{here}delete/")
    page.get_by_role("button", name="Keep the workspace").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")

    page.goto(f"{there}people/")
    link = page.get_by_label("Link for").input_value()
    look_at(link, "invitation, signed in")
    page.context.clear_cookies()
    look_at(link, "invitation, signed out")
    Invitation.objects.all().delete()
    look_at(link, "invitation that opens nothing")


def _set_a_look(page: Page) -> None:
    """Set a logo, colours and a line at the foot, from the page on which it is done."""
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "#7A1F5C").save(out, "PNG")
    logo: Any = {"name": "logo.png", "mimeType": "image/png", "buffer": out.getvalue()}
    page.get_by_label("Choose a PNG or JPEG").set_input_files(logo)
    page.get_by_role("button", name="Set the logo").click()
    expect(page.get_by_role("status").first).to_contain_text("The logo is set.")
    page.get_by_label("Accent colour", exact=True).fill("#7a1f5c")
    page.get_by_label("Second colour", exact=True).fill("#C98500")
    page.get_by_role("textbox", name="Line at the foot").fill("W" * 100)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")


def test_the_look_of_reports_is_sketched_while_it_is_chosen(
    page: Page, live_server: Any, new_page: NewPage
) -> None:
    ada = make_user()
    workspace = make_workspace(owner=ada)
    place = f"/workspaces/{workspace.public_id}/branding/"
    sign_in(page, ada, live_server.url)
    page.goto(place)
    sketch = page.locator("[data-sketch]")

    # By keyboard alone: the picker follows what is typed, the sketch follows both.
    page.get_by_label("Accent colour", exact=True).press_sequentially("7A1F5C")
    page.keyboard.press("Tab")
    picker = page.get_by_label("Pick the accent colour")
    expect(picker).to_be_focused()
    expect(picker).to_have_value("#7a1f5c")
    page.get_by_label("Pick the second colour").fill("#c98500")
    page.get_by_role("textbox", name="Line at the foot").fill("Confidential")

    expect(page.get_by_label("Second colour", exact=True)).to_have_value("#C98500")
    expect(sketch.locator('text[data-paint="accent"]').first).to_have_attribute("fill", "#7a1f5c")
    expect(sketch.locator('[data-paint="rule"]').first).to_have_attribute("fill", "#c98500")
    expect(sketch.locator("[data-foot-shown]").first).to_have_text("Confidential")
    page.get_by_role("textbox", name="Line at the foot").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    page.get_by_text("Take away logo, colours").click()
    page.get_by_role("button", name="Take them away").click()
    expect(page.get_by_role("status").first).to_contain_text("Waymark’s own again")
    expect(page.get_by_label("Accent colour", exact=True)).to_have_value("")

    bare = new_page(viewport=PHONE, java_script_enabled=False)
    sign_in(bare, ada, live_server.url)
    bare.goto(place)
    _set_a_look(bare)
    expect(bare.get_by_role("img", name="the logo, headings in #7A1F5C")).to_be_visible()


def test_alone_in_a_workspace_and_with_a_password(
    page: Page, live_server: Any, every_look: EveryLook
) -> None:
    ada = make_user()
    ada.set_password("a password for tests only")
    ada.save()
    make_workspace("team", "Ada's own", owner=ada)
    sign_in(page, ada, live_server.url)

    page.goto("/my/account/")
    assert every_look(page) == [], "account"
    page.get_by_label("Delete these workspaces with my account, at once").check()
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_label("Your password").fill("a password for tests only")
    page.get_by_role("button", name="Delete my account").click()

    expect(page.get_by_role("status").first).to_contain_text("Your account is deleted")
    assert Workspace.objects.count() == 0
