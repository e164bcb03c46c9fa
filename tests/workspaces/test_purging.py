"""What is deleted for good, and what is not."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.core.services.links import make_link
from assessments.lifecycle.services.purging import purge
from assessments.lifecycle.services.starting import start_assessment
from assessments.models import Assessment, Pick, Rating, Respondent, Step
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.lifecycle.services import ask_deletion
from maturity.workspaces.models import AuditEvent, Invitation, Organisation, User, Workspace
from reports.models import Report
from tests.people import NOW, make_organisation, make_user, make_workspace
from tests.workspaces.people.test_members import BY

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=14)


@pytest.fixture
def version() -> MaturityModel:
    """Return a model version; nothing here looks into it."""
    return MaturityModel.objects.create(key="m", version="1", document={}, published_at=NOW)


def _fill(workspace: Workspace, version: MaturityModel) -> Assessment:
    """Put one of everything into the workspace."""
    organisation = workspace.organisations.first() or make_organisation(workspace)
    assessment = Assessment.objects.create(
        workspace=workspace,
        organisation=organisation,
        model_version=version,
        date=NOW.date(),
        created_at=NOW,
    )
    person = Respondent.objects.create(assessment=assessment, name="Ron")
    Rating.objects.create(respondent=person, descriptor_id="a.1.01", step=2, updated_at=NOW)
    Pick.objects.create(respondent=person, dimension="a", stage=2, updated_at=NOW)
    make_link(person, now=NOW)
    assessment.settings.create(dimension="a", target=3)
    assessment.agreed.create(what="pick", key="a", number=2, decided_at=NOW)
    result = assessment.results.create(
        number=1,
        date=NOW.date(),
        closed_at=NOW,
        model_version=version,
        frozen={},
        scores={},
        people=1,
    )
    Report.objects.create(
        assessment=assessment,
        result=result,
        digest="d",
        paper="a4",
        file_name="f.pdf",
        asked_at=NOW,
        queued_at=NOW,
    )
    Step.objects.create(
        organisation=organisation,
        assessment=assessment,
        model_version=version,
        dimension="a",
        descriptor_id="a.1.01",
        words="Do it",
        owner="Ron",
        created_at=NOW,
    )
    Invitation.objects.create(
        workspace=workspace,
        organisation=organisation,
        role="viewer",
        email="i@example.org",
        nonce="n",
        token_hash=f"hash {workspace.pk}",
        created_at=NOW,
        expires_at=NOW + timedelta(days=40),
    )
    return assessment


def _counts() -> dict[str, int]:
    """Return how many rows there are of everything that belongs to a workspace."""
    own = [
        model
        for label in ("workspaces", "assessments", "reports")
        for model in apps.get_app_config(label).get_models()
        if model not in (User, AuditEvent)
    ]
    return {model.__name__: model.objects.count() for model in own}


def test_after_14_days_everything_in_it_goes_and_nothing_else(workspace, version):
    kept = make_workspace(name="Kept", owner=make_user("eve@example.org"))
    _fill(kept, version)
    _fill(workspace, version)
    ask_deletion(workspace, now=NOW, by=BY)

    early = purge(now=LATER - timedelta(seconds=1))
    there = Workspace.objects.count()
    late = purge(now=LATER)

    assert (early.workspaces, there, late.workspaces) == (0, 2, 1)
    after = _counts()
    assert {name: n for name, n in after.items() if n} == {
        "Workspace": 1,
        "Organisation": 1,
        "Membership": 1,
        "Invitation": 1,
        "Assessment": 1,
        "DimensionSetting": 1,
        "Respondent": 1,
        "SecretLink": 1,
        "Rating": 1,
        "Pick": 1,
        "AgreedAnswer": 1,
        "Result": 1,
        "Step": 1,
        "Report": 1,
    }
    assert [each.workspace for each in Organisation.objects.all()] == [kept]


def test_the_trail_outlives_the_workspace(workspace):
    ask_deletion(workspace, now=NOW, by=BY)

    purge(now=LATER)

    rows = AuditEvent.objects.filter(workspace=workspace.public_id).order_by("pk")
    assert [(each.verb, each.actor) for each in rows] == [
        ("workspace.deletion_requested", "user:1"),
        ("workspace.deleted", "purge"),
    ]


def test_a_second_run_finds_nothing(workspace, version):
    _fill(workspace, version)
    ask_deletion(workspace, now=NOW, by=BY)

    assert purge(now=LATER).workspaces == 1
    assert purge(now=LATER).workspaces == 0


def test_a_run_that_died_is_taken_up_by_the_next(workspace, version):
    assessment = _fill(workspace, version)
    ask_deletion(workspace, now=NOW, by=BY)
    # As far as the one that died had come.
    assessment.delete()

    assert purge(now=LATER).workspaces == 1
    assert not Workspace.objects.exists()


def test_guest_workspaces_go_when_no_link_opens_them_any_more(version):
    def start(name: str) -> Any:
        return start_assessment(
            organisation_name=name, model_version_id=version.pk, date=NOW.date(), now=NOW
        )

    forgotten, used, renewed = start("Forgotten"), start("Used"), start("Renewed")
    used.expires_at = NOW + timedelta(days=500)
    used.save()
    make_link(renewed.respondent, now=NOW + timedelta(days=300))
    team = make_workspace("team", "Team")

    early = purge(now=NOW + timedelta(days=399))
    late = purge(now=NOW + timedelta(days=400))

    assert (early.guest_workspaces, late.guest_workspaces) == (0, 1)
    assert set(Workspace.objects.values_list("name", flat=True)) == {"Used", "Renewed", team.name}
    assert forgotten.respondent.assessment not in Assessment.objects.all()


def test_old_jobs_sessions_and_invitations_go(workspace):
    now = timezone.now()
    for age, status in ((8, "SUCCESSFUL"), (8, "FAILED"), (6, "SUCCESSFUL"), (8, "READY")):
        DBTaskResult.objects.create(
            status=status,
            finished_at=None if status == "READY" else now - timedelta(days=age),
            args_kwargs={"args": [], "kwargs": {}},
            task_path="x",
            backend_name="default",
            run_after=now,
        )
    for days in (-1, 1):
        session = SessionStore()
        session.set_expiry(now + timedelta(days=days))
        session.create()
    for number, days in enumerate((31, 29)):
        Invitation.objects.create(
            workspace=workspace,
            role="owner",
            email="i@example.org",
            nonce="n",
            token_hash=f"h{number}",
            created_at=NOW,
            expires_at=now - timedelta(days=days),
        )

    purged = purge(now=now)

    assert (purged.tasks, purged.sessions, purged.invitations) == (2, 1, 1)
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]
    assert (Session.objects.count(), Invitation.objects.count()) == (1, 1)


def test_the_command_says_what_it_did(workspace):
    ask_deletion(workspace, now=timezone.now() - timedelta(days=15), by=BY)
    out, again = StringIO(), StringIO()

    call_command("purge", stdout=out)
    call_command("purge", stdout=again)

    assert out.getvalue() == "Deleted for good: workspaces 1.\n"
    assert again.getvalue() == ""
