"""The roadmap board: what a step builds on, its views, work by month, the calendar, people."""

from datetime import date, datetime, timedelta

import pytest

from assessments.models import Step
from assessments.own_account.services import delete_account
from assessments.roadmap.queries.steps import steps_of, suggestions_of
from assessments.roadmap.services.steps import (
    begin_step,
    finish_step,
    move_step,
)
from assessments.roadmap.views.step_rows import by_owner, by_when, warnings_of
from assessments.roadmap.views.workload import load_of
from maturity.workspaces.roles import Role
from tests.assessments.roadmaps import BY, TODAY, make_lead, make_place, own, rows, url
from tests.people import give_role, make_user
from tests.roles_cast import NOW, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(version):
    return make_place(version)


@pytest.fixture
def lead(place):
    return make_lead(place)


# --- what a step builds on -----------------------------------------------------------------------


@pytest.fixture
def pair(place):
    """Return the ids of a suggestion and of one it builds on, which builds on nothing."""
    found = suggestions_of(place)
    simple = {each.descriptor_id for each in found.steps if not each.requires}
    return next(
        (each.descriptor_id, each.requires[0])
        for each in found.steps
        if len(each.requires) == 1 and each.requires[0] in simple
    )


def test_deciding_without_what_comes_first_is_asked_about_once_more(place, lead, pair):
    later, first = pair
    sent = {"descriptor": later, "owner": "Ines & Bo", "due": ""}

    asked = lead.post(url(place, "decide/"), sent)

    body = asked.content.decode()
    assert asked.status_code == 409
    assert "This step builds on one that nobody has decided on." in body
    assert 'value="Ines &amp; Bo"' in body
    assert Step.objects.count() == 0
    lead.post(url(place, "decide/"), sent | {"anyway": "1"})
    assert Step.objects.get().descriptor_id == later
    assert "which is not decided." in lead.get(url(place)).content.decode()


def test_deciding_in_order_asks_nothing_and_warns_once_it_is_turned_round(place, lead, pair):
    later, first = pair
    for key in (first, later):
        lead.post(url(place, "decide/"), {"descriptor": key, "owner": "Ines"})
    one, two = steps_of(place)
    assert warnings_of(steps_of(place), suggestions_of(place)) == {}

    move_step(two, before=one.pk, now=NOW, by=BY)
    (warning,) = warnings_of(steps_of(place), suggestions_of(place))[two.pk]
    assert warning.endswith("which stands after it.")

    finish_step(one, now=NOW, by=BY)
    assert warnings_of(steps_of(place), suggestions_of(place)) == {}


# --- views ---------------------------------------------------------------------------------------


def test_now_next_later_and_by_owner(place, lead):
    own(place, "Soon", due=TODAY + timedelta(days=20))
    own(place, "Then", due=TODAY + timedelta(days=120), owner="anna")
    own(place, "Far", due=TODAY + timedelta(days=400), owner="")
    begin_step(own(place, "Under way", owner="Bo"), now=NOW, by=BY)
    own(place, "Some time")
    finish_step(own(place, "Ended"), now=NOW, by=BY)
    opened = [row for row in rows(place) if row.is_open]

    assert [(name, [row.words for row in found]) for name, found in by_when(opened, TODAY)] == [
        ("Now", ["Soon", "Under way"]),
        ("Next", ["Then"]),
        ("Later", ["Far"]),
        ("Without a date", ["Some time"]),
    ]
    assert [(name, len(found)) for name, found in by_owner(opened)] == [
        ("anna", 1),
        ("Bo", 1),
        ("Ines", 2),
        ("Nobody named", 1),
    ]
    when = lead.get(url(place), {"view": "when"}).content.decode()
    assert [when.count(f"<h3>{name} <") for name in ("Now", "Next", "Without a date")] == [1, 1, 1]
    assert "<h3>Nobody named " in lead.get(url(place), {"view": "owner"}).content.decode()
    assert lead.get(url(place), {"view": "<x>"}).status_code == 200


# --- work by month -------------------------------------------------------------------------------


def test_overflowing_month_is_named(place, lead):
    today = date(2027, 1, 1)
    own(place, "Much", start=date(2027, 2, 1), due=date(2027, 2, 28), days=30)
    own(place, "Little", start=date(2027, 3, 1), due=date(2027, 3, 31), days=5)
    own(place, "No day", days=9)
    finish_step(own(place, "Done", due=date(2027, 2, 28), days=90), now=NOW, by=BY)

    load = load_of(steps_of(place), 20, today=today)

    assert load.months == (("February 2027", "30", True), ("March 2027", "5", False))
    assert load.over == ("February 2027 holds 30 days of work; the team has 20.",)
    assert load.left_out == 1
    assert load_of(steps_of(place), None, today=today).over == ()


def test_capacity_is_kept_and_what_is_wrong_is_said(place, lead):
    own(place, "Much", start=TODAY, due=TODAY + timedelta(days=9), days=200)
    assert "the team has" not in lead.get(url(place)).content.decode()

    lead.post(url(place, "capacity/"), {"days": "20"})
    place.refresh_from_db()
    assert place.days_a_month == 20
    assert "the team has 20." in lead.get(url(place)).content.decode()

    wrong = lead.post(url(place, "capacity/"), {"days": "many"})
    assert wrong.status_code == 422
    assert "Please give whole days" in wrong.content.decode()
    lead.post(url(place, "capacity/"), {"days": ""})
    place.refresh_from_db()
    assert place.days_a_month is None


# --- calendar ------------------------------------------------------------------------------------


def test_calendar_holds_the_open_steps_with_a_day(place, lead):
    own(place, "Hire; a, writer", due=date(2027, 1, 31), notes="Line\nEND:VEVENT")
    own(place, "No day")
    finish_step(own(place, "Ended", due=date(2027, 1, 1)), now=NOW, by=BY)

    response = lead.get(url(place, "calendar.ics"))

    text = response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.count("BEGIN:VEVENT\r\n") == text.count("\r\nEND:VEVENT\r\n") == 1
    assert "DTSTART;VALUE=DATE:20270131\r\nDTEND;VALUE=DATE:20270201\r\n" in text
    assert "SUMMARY:Due: Hire\\; a\\, writer\r\n" in text
    assert "DESCRIPTION:Ines\\nLine\\nEND:VEVENT\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


# --- people --------------------------------------------------------------------------------------


def test_deleted_account_leaves_its_steps_without_its_name(place, lead):
    step = own(place, "One", owner="Olga Owner")
    Step.objects.filter(pk=step.pk).update(
        member=place.workspace.memberships.get(role="owner").user
    )
    other = make_user("next@example.org", "Nina Next")
    give_role(other, Role.OWNER, place.workspace)
    delete_account(
        place.workspace.memberships.get(user__email="owner@example.org").user,
        with_answers=False,
        with_workspaces=False,
        now=datetime.now(NOW.tzinfo),
        by=BY,
    )

    step.refresh_from_db()
    assert (step.owner, step.member) == ("Deleted account", None)


def test_many_steps_cost_no_more_queries(place, version, lead, django_assert_num_queries):
    lead.get(url(place))
    for number in range(60):
        make_step(
            place, version, descriptor_id=f"own.{number}", words=f"Step {number}", rank=number
        )

    # Session, account, organisation with roles; steps, latest result.
    with django_assert_num_queries(5):
        body = lead.get(url(place)).content.decode()
    assert body.count("data-step=") == 60
