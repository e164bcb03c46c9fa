"""The demo's consultancy: the stories it tells, the same on every run."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.core.queries.sheets import answer_sheet_of
from assessments.core.queries.standing import standing_of
from assessments.demo.accounts import give_password
from assessments.models import (
    AgreedAnswer,
    Assessment,
    Pick,
    Rating,
    Respondent,
    Result,
    Step,
)
from maturity.workspaces.models import (
    AuditEvent,
    Invitation,
    Membership,
    Organisation,
    Workspace,
)
from maturity.workspaces.scopes import every_workspace
from tests.assessments.demo.seeded import DEMO, NAME, Counter, MadeDemo, counts, seeded, snapshot
from tests.conftest import JOURNEY
from tests.databases import count_rows

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def _whole_demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MadeDemo]:
    """Make the demo once for this module."""
    state = tmp_path_factory.mktemp("state of the demo")
    with (
        django_db_blocker.unblock(),
        every_workspace(),
        override_settings(STATE_DIR=state),
        transaction.atomic(),
    ):
        call_command("loaddata", str(JOURNEY), verbosity=0)
        queries = Counter()
        with connection.execute_wrapper(queries):
            printed = seeded()
        count_rows()
        yield MadeDemo(printed, queries.count)
        transaction.set_rollback(True)


@pytest.fixture
def demo(_whole_demo: MadeDemo, db: None) -> MadeDemo:
    """Return the demo; what a test changes in it is undone after the test."""
    return _whole_demo


# --- what is there -------------------------------------------------------------------------------


@pytest.mark.usefixtures("demo")
def test_six_organisations_of_as_many_sectors() -> None:
    organisations = Organisation.objects.filter(workspace__name=NAME)

    assert set(organisations.values_list("name", flat=True)) == {
        each.name for each in DEMO.organisations
    }
    assert len(set(organisations.values_list("sector", flat=True))) == 6
    assert len(set(organisations.values_list("country", flat=True))) == 6
    assert all(each.tags for each in organisations)


@pytest.mark.usefixtures("demo")
def test_three_years_with_gaps() -> None:
    years = {
        name: [
            (each.date.year, each.is_closed)
            for each in Assessment.objects.filter(organisation__name=name).order_by("date")
        ]
        for name in (each.name for each in DEMO.organisations)
    }

    three = [(2024, True), (2025, True), (2026, True)]
    assert years == {
        "Otterburn Water": three,
        "Kantele Software": [*three, (2026, False)],
        "Lindquist Mutual": three,
        "Riverside Care Trust": [(2024, True), (2025, True)],
        "Solvaria Hotels": three,
        "Tallow Street Theatre": [(2026, False)],
    }


@pytest.mark.usefixtures("demo")
def test_roles_and_pending_invitations() -> None:
    held = Membership.objects.filter(workspace__name=NAME)
    of_workspace = held.filter(organisation=None).values_list("role", flat=True)
    by_organisation: dict[str, set[str]] = {}
    for name, role in held.exclude(organisation=None).values_list("organisation__name", "role"):
        by_organisation.setdefault(name, set()).add(role)

    assert sorted(of_workspace) == ["consultant", "owner"]
    complete = sorted(name for name, roles in by_organisation.items() if len(roles) == 3)
    assert complete == ["Kantele Software", "Lindquist Mutual", "Solvaria Hotels"]
    pending = Invitation.objects.filter(accepted_at=None, revoked_at=None)
    assert sorted(pending.values_list("role", flat=True)) == [
        "consultant",
        "contributor",
        "contributor",
        "lead",
    ]


@pytest.mark.usefixtures("demo")
def test_anonymous_assessments_keep_no_name() -> None:
    rows = Respondent.objects.filter(assessment__voices="anonymous")

    assert set(rows.values_list("name", "user", "email")) == {("", None, "")}
    newest = rows.filter(assessment__date__year=2026)
    functions = [each.groups["Function"] for each in newest]
    assert {each: functions.count(each) for each in functions} == {
        "Marketing": 6,
        "Guest service": 7,
    }


@pytest.mark.usefixtures("demo")
def test_steps_done_due_and_overdue() -> None:
    steps = list(Step.objects.filter(organisation__workspace__name=NAME))

    still_open = [each for each in steps if each.done_at is None]
    overdue = [each for each in still_open if each.due and each.due < TODAY]
    assert (len(steps), len(still_open), len(overdue)) == (32, 19, 10)


@pytest.mark.usefixtures("demo")
def test_agreed_answers_have_reasons_and_some_dissent() -> None:
    agreed = AgreedAnswer.objects.filter(assessment__organisation__workspace__name=NAME)

    assert agreed.filter(reason="").count() == 0
    assert agreed.exclude(dissent="").count() >= 8
    assert set(agreed.values_list("what", flat=True)) == {"rating", "pick"}


@pytest.mark.usefixtures("demo")
def test_trail_tells_what_happened_on_its_days() -> None:
    workspace = Workspace.objects.get(name=NAME)
    events = AuditEvent.objects.filter(workspace=workspace.public_id)

    closed = events.filter(verb="assessment.closed").order_by("at")
    assert [each.at.date() for each in closed] == sorted(
        plan.closed for story in DEMO.organisations for plan in story.assessments if plan.closed
    )
    assert {each.actor.partition(":")[0] for each in closed} == {"user"}
    assert events.order_by("at")[0].verb == "workspace.created"


@pytest.mark.usefixtures("demo")
def test_what_expires_begins_when_the_demo_is_made() -> None:
    made = timezone.now()

    invitations = Invitation.objects.filter(workspace__name=NAME)

    assert all(each.expires_at > made + timedelta(days=13) for each in invitations)


def test_what_is_printed_opens_it(demo: MadeDemo) -> None:
    first, *others = demo.printed.splitlines()

    assert re.fullmatch(r"http://127\.0\.0\.1:8000/link/[\w-]{43}/", first)
    assert all(email in "".join(others) for email in DEMO.workspace.sign_ins)
    client = Client()
    answer = client.post(
        reverse("account_login"),
        {"login": DEMO.workspace.consultant.email, "password": demo.password},
    )
    assert (answer.status_code, answer.url) == (302, "/my/")
    workspace = Workspace.objects.get(name=NAME)
    page = client.get(reverse("assessments:portfolio", args=[workspace.public_id]))
    assert all(story.name in page.content.decode() for story in DEMO.organisations)


def test_changed_password_is_said(demo: MadeDemo) -> None:
    give_password("somebody changed it", DEMO.workspace.sign_ins)

    assert "Their password was changed" in seeded()


# --- the stories ---------------------------------------------------------------------------------


def scores(name: str) -> list[float]:
    """Return the overall scores of an organisation's frozen results, the oldest first."""
    results = Result.objects.filter(assessment__organisation__name=name).order_by("date")
    return [float(each.overall_score) for each in results]


@pytest.mark.usefixtures("demo")
def test_fast_one_rises_by_more_than_a_stage() -> None:
    first, second, third = scores("Kantele Software")

    assert first + 0.5 < second < third - 0.5
    assert third - first >= 1.5


@pytest.mark.usefixtures("demo")
def test_stagnating_one_stays_where_it_is() -> None:
    results = scores("Otterburn Water")

    assert max(results) - min(results) < 0.15


@pytest.mark.usefixtures("demo")
def test_one_falls_back_below_its_first_result() -> None:
    first, second, third = scores("Lindquist Mutual")

    assert second - first > 0.4
    assert third < first


@pytest.mark.usefixtures("demo")
def test_marketing_and_service_see_two_companies() -> None:
    assessment = Assessment.objects.get(organisation__name="Solvaria Hotels", date__year=2026)
    agreement = {
        each.key: each.agreement.ratings for each in standing_of(assessment).placement.dimensions
    }

    assert agreement["customer-engagement"] < 0.5
    assert agreement["people-profiles"] > 0.75
    mean = {
        function: _mean_step(assessment, function, "customer-engagement.")
        for function in ("Marketing", "Guest service")
    }
    assert mean["Marketing"] - mean["Guest service"] > 1


def _mean_step(assessment: Assessment, function: str, prefix: str) -> float:
    people = Respondent.objects.filter(assessment=assessment)
    steps = [
        step
        for each in people
        if each.groups["Function"] == function
        for step in each.ratings.filter(descriptor_id__startswith=prefix).values_list(
            "step", flat=True
        )
        if step is not None
    ]
    return sum(steps) / len(steps)


@pytest.mark.usefixtures("demo")
def test_one_answered_by_picks_alone() -> None:
    for assessment in Assessment.objects.filter(organisation__name="Riverside Care Trust"):
        sheet = answer_sheet_of(assessment)

        assert assessment.asked == "picks"
        assert len(sheet.respondents) >= 6
        assert not any(each.ratings for each in sheet.respondents)
        assert all(each.picks for each in sheet.respondents)


@pytest.mark.usefixtures("demo")
def test_open_ones_are_half_answered() -> None:
    states = {
        each.organisation.name: sorted(
            (bool(person.begun_at), bool(person.finished_at)) for person in each.respondents.all()
        )
        for each in Assessment.objects.filter(
            closed_at=None, organisation__workspace__name=NAME
        ).select_related("organisation")
    }

    assert states == {
        "Kantele Software": [(False, False), *[(True, False)] * 3, *[(True, True)] * 2],
        "Tallow Street Theatre": [*[(False, False)] * 2, *[(True, False)] * 2, *[(True, True)] * 2],
    }


@pytest.mark.usefixtures("demo")
def test_stages_spread_and_words_occur() -> None:
    stages = {
        pair[0]
        for result in Result.objects.all()
        for pair in result.scores.values()
        if pair is not None
    }
    words = {
        answer
        for assessment in Assessment.objects.filter(organisation__workspace__name=NAME)
        for person in answer_sheet_of(assessment).respondents
        for answer in person.ratings.values()
        if isinstance(answer, str)
    }

    assert stages == {1, 2, 3, 4}
    assert words == {"unknown", "not_applicable"}


# --- the same each time --------------------------------------------------------------------------


def test_making_it_costs_no_query_an_answer(demo: MadeDemo) -> None:
    answers = Rating.objects.count() + Pick.objects.count()

    assert answers > 14_000
    assert demo.queries < 4_500


def test_second_run_changes_nothing_and_is_quick(demo: MadeDemo) -> None:
    before = counts()

    with CaptureQueriesContext(connection) as captured:
        printed = seeded()

    # The model's version and document; the guest's assessment, its event, respondent and link, and
    # the workspace with its event, each in a savepoint; the owner's password.
    assert len(captured) == 13
    assert printed == demo.printed
    assert counts() == before


def test_made_anew_it_is_the_same(demo: MadeDemo) -> None:
    before = snapshot()
    Organisation.objects.filter(name="Otterburn Water").update(name="Somebody was here")

    printed = seeded("--reset")

    assert snapshot() == before
    assert Workspace.objects.filter(name=NAME).count() == 1
    assert printed.splitlines()[0] != demo.printed.splitlines()[0]
    assert printed.splitlines()[1:] == demo.printed.splitlines()[1:]
