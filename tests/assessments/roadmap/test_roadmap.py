"""The roadmap board: order, statuses, own steps, whose a step is, how much work it is."""

from datetime import date

import pytest

from assessments.models import Step
from assessments.roadmap.queries.steps import members_by_name
from assessments.roadmap.services import steps as services
from assessments.roadmap.services.steps import (
    StepPlan,
    TooManySteps,
    begin_step,
    decide_step,
    drop_step,
    finish_step,
    move_step,
)
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.roles import Role
from tests.assessments.roadmaps import BY, make_lead, make_place, order, own, rows, url
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import NOW, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(version):
    return make_place(version)


@pytest.fixture
def lead(place):
    return make_lead(place)


# --- order ---------------------------------------------------------------------------------------


def test_steps_stand_as_they_were_decided_and_move(place):
    first, second, third = (own(place, words) for words in ("One", "Two", "Three"))

    move_step(third, before=first.pk, now=NOW, by=BY)
    assert order(place) == ["Three", "One", "Two"]
    move_step(third, before=None, now=NOW, by=BY)
    assert order(place) == ["One", "Two", "Three"]
    move_step(first, before=third.pk, now=NOW, by=BY)
    assert order(place) == ["Two", "One", "Three"]

    before = AuditEvent.objects.count()
    move_step(second, before=first.pk, now=NOW, by=BY)
    assert order(place) == ["Two", "One", "Three"]
    assert AuditEvent.objects.count() == before


def test_what_is_ended_or_elsewhere_is_no_place_to_move_to(place, version):
    first, second, ended = (own(place, words) for words in ("One", "Two", "Ended"))
    finish_step(ended, now=NOW, by=BY)
    beside = own(make_organisation(place.workspace, "Beside"), "Beside")

    for other in (ended.pk, beside.pk, 4711):
        move_step(first, before=other, now=NOW, by=BY)
        assert order(place) == ["Two", "One", "Ended"]
        move_step(second, before=None, now=NOW, by=BY)
        assert order(place) == ["One", "Two", "Ended"]
    move_step(ended, before=first.pk, now=NOW, by=BY)
    assert order(place) == ["One", "Two", "Ended"]


def test_arrows_carry_where_a_step_goes(place):
    one, two, three = (own(place, words) for words in ("One", "Two", "Three"))

    assert [(row.up, row.down) for row in rows(place)] == [
        (None, three.pk),
        (one.pk, 0),
        (two.pk, None),
    ]
    assert {(row.up, row.down) for row in rows(place, may_change=False)} == {(None, None)}


def test_move_by_the_page(place, lead):
    one, two = own(place, "One"), own(place, "Two")

    response = lead.post(url(place, f"{two.pk}/move/"), {"before": one.pk})

    assert response["Location"] == f"{url(place)}#step-{two.pk}"
    assert order(place) == ["Two", "One"]
    for wrong in ("", "x", "-1", "1" * 30, "²"):
        assert lead.post(url(place, f"{two.pk}/move/"), {"before": wrong}).status_code == 404
    assert order(place) == ["Two", "One"]


# --- status --------------------------------------------------------------------------------------


def test_status_goes_its_way_and_no_other(place, lead):
    step = own(place, "One")

    begin_step(step, now=NOW, by=BY)
    begin_step(step, now=NOW, by=BY)
    assert step.status == "doing"
    lead.post(url(place, f"{step.pk}/done/"))
    step.refresh_from_db()
    assert (step.status, step.done_at is not None) == ("done", True)
    begin_step(step, now=NOW, by=BY)
    drop_step(step, reason="No", now=NOW, by=BY)
    step.refresh_from_db()
    assert step.status == "done"
    lead.post(url(place, f"{step.pk}/reopen/"))
    step.refresh_from_db()
    assert (step.status, step.done_at, step.reason) == ("planned", None, "")


def test_dropping_wants_a_reason_and_keeps_what_was_typed(place, lead):
    step = own(place, "One")

    response = lead.post(url(place, f"{step.pk}/drop/"), {"reason": " "})

    assert response.status_code == 422
    assert "Please say why it is dropped." in response.content.decode()
    step.refresh_from_db()
    assert step.status == "planned"


def test_more_steps_than_anybody_follows_are_refused(place, lead, monkeypatch):
    monkeypatch.setattr(services, "MOST_OPEN", 2)
    own(place, "One"), own(place, "Two")

    with pytest.raises(TooManySteps):
        own(place, "Three")
    page = lead.post(url(place, "add/"), {"words": "Three", "owner": "Ines"}, follow=True)

    assert "Finish or drop some of them first" in page.content.decode()
    assert Step.objects.count() == 2


# --- own steps, and everything a step says -------------------------------------------------------


def test_own_step_with_everything(place, lead):
    sent = {
        "words": "Hire a writer",
        "dimension": "strategy",
        "owner": "Lena Lead",
        "start": "2027-01-04",
        "due": "2027-03-31",
        "days": "12",
        "notes": "Ask the agency first.\nThen the paper.",
        "evidence": "https://example.org/contract?a=1&b=2",
    }

    response = lead.post(url(place, "add/"), sent)

    assert (response.status_code, response["Location"]) == (302, url(place))
    step = Step.objects.get()
    assert (step.descriptor_id, step.dimension, step.days) == ("", "strategy", 12)
    assert (step.start, step.due) == (date(2027, 1, 4), date(2027, 3, 31))
    assert step.member.email == "lead@example.org"
    body = lead.get(url(place)).content.decode()
    assert "4 January to 31 March 2027" in body
    assert "12 days of work" in body
    assert 'href="https://example.org/contract?a=1&amp;b=2" rel="noopener noreferrer"' in body
    assert "Ask the agency first.<br>Then the paper." in body


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("words", "", "Please say what is to be done."),
        ("words", "w" * 401, "400 characters"),
        ("start", "2027-02-01", "It would begin after it should be done."),
        ("days", "-1", "Please give 0 days or more."),
        ("days", "1.5", "Please give whole days"),
        ("days", "9" * 40, "Please give 999 days at most."),
        ("evidence", "javascript:alert(1)", "begins with https://"),
        ("evidence", "//example.org", "begins with https://"),
        ("evidence", "https://exa mple.org", "begins with https://"),
        ("evidence", "https://[", "begins with https://"),
        ("evidence", "data:text/html,x", "begins with https://"),
        ("dimension", "nonsense", "not one of the available choices"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_was_typed(place, lead, field, value, words):
    sent = {"words": "Hire", "owner": "Ines & Bo", "due": "2027-01-31"} | {field: value}

    response = lead.post(url(place, "add/"), sent)

    body = response.content.decode()
    assert response.status_code == 422
    assert words in body
    assert "Ines &amp; Bo" in body
    assert Step.objects.count() == 0


def test_own_step_without_any_model_to_belong_to(version):
    user = make_user()
    row = make_organisation(make_workspace(owner=user))
    client = client_of(user)

    assert client.get(url(row, "add/")).status_code == 200
    client.post(url(row, "add/"), {"words": "Begin", "owner": "Ines"})

    assert (Step.objects.get().model_version_id, Step.objects.get().dimension) == (None, "")
    assert "Begin" in client.get(url(row)).content.decode()


def test_name_of_a_member_is_a_members_unless_two_have_it(place):
    for number in (1, 2):
        twin = make_user(f"twin{number}@example.org", "Twin Name")
        give_role(twin, Role.CONTRIBUTOR, place.workspace, place)
    beside = make_organisation(place.workspace, "Beside")
    give_role(make_user("else@example.org", "Else Where"), Role.LEAD, place.workspace, beside)

    assert sorted(members_by_name(place)) == ["Olga Owner"]


def test_effort_of_a_suggestion_is_its_work_to_begin_with(place, version, matrix):
    key = next(each.id for each in matrix.descriptors.values() if each.effort == "L")

    step = decide_step(
        place,
        assessment=None,
        model_version_id=version.pk,
        descriptor=matrix.descriptors[key],
        plan=StepPlan(owner="Ines"),
        now=NOW,
        by=BY,
    )

    assert step.days == 25
