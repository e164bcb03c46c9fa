"""Overdue steps on the page of each role, and one's own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import client_of, make_assessment, make_respondent, make_step

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATE = TODAY - timedelta(days=3)


@pytest.fixture
def place(db):
    return make_organisation(make_workspace(owner=make_user("owner@example.org")))


def member(place, role):
    user = make_user(f"{role}@example.org", role.title())
    give_role(user, role, place.workspace, place)
    return user


def main_of(user, place):
    response = client_of(user).get(f"/organisations/{place.public_id}/")
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_lead_is_told_how_many_are_overdue_though_not_all_are_listed(place, version):
    for number in range(1, 8):
        make_step(place, version, descriptor_id=f"strategy.2.0{number}", due=LATE)
    lead = member(place, Role.LEAD)

    body = main_of(lead, place)

    assert "7 decided steps are overdue." in body
    assert body.count("overdue by 3 days") == 5


def test_lead_is_told_of_one_and_of_none(place, version):
    step = make_step(place, version, due=LATE)
    lead = member(place, Role.LEAD)
    assert "One decided step is overdue." in main_of(lead, place)

    step.due = TODAY
    step.save()

    assert "overdue" not in main_of(lead, place)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.VIEWER])
def test_others_see_their_own_steps_and_nobody_elses(place, version, role):
    user = member(place, role)
    mine = {"member": user, "owner": str(user)}
    make_step(place, version, words="Mine and late", due=LATE, **mine)
    make_step(place, version, words="Mine", descriptor_id="strategy.2.02", **mine)
    make_step(place, version, words="Not mine", descriptor_id="strategy.2.03", due=LATE)
    done = {"descriptor_id": "strategy.2.04", "done_at": timezone.now()}
    make_step(place, version, words="Mine and done", **mine, **done)

    body = main_of(user, place)

    assert "2 open steps are yours; one of them is overdue." in body
    assert body.index("Mine and late") < body.index("<p>Mine</p>")
    assert '<span class="is-late">overdue by 3 days</span>' in body
    assert "Not mine" not in body
    assert "Mine and done" not in body
    assert 'href="/my/steps/"' in body


def test_contributor_with_a_step_is_not_told_that_nothing_waits(place, version):
    user = member(place, Role.CONTRIBUTOR)
    assert "Nothing waits for you" in main_of(user, place)

    make_step(place, version, member=user, due=LATE)
    body = main_of(user, place)
    assert "Nothing waits for you" not in body
    assert "One open step is yours, and it is overdue." in body

    make_respondent(make_assessment(place, version), user)
    body = main_of(user, place)
    assert "Your answers are wanted" in body
    assert '<h2 id="own-steps-title">Your steps</h2>' in body
