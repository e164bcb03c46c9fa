"""The demo of somebody without an account."""

from datetime import date

from django.test import Client
from django.urls import reverse

from assessments.core.queries.sheets import answer_sheet_of
from assessments.core.services.links import token_of
from assessments.demo.guest import seed_guest
from assessments.lifecycle.services.starting import start_assessment
from assessments.models import Assessment, Rating
from assessments.scoring.scored import score
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import AuditEvent, Organisation
from tests.assessments.conftest import NOW
from tests.assessments.demo.seeded import DEMO

GUEST = DEMO.workspace.guest
NAME = GUEST.organisation


def seed(version: MaturityModel, matrix: Matrix, *, is_reset: bool = False) -> str:
    """Return the token of the demo's link."""
    link = seed_guest(GUEST, model_version_id=version.pk, matrix=matrix, now=NOW, is_reset=is_reset)
    return token_of(link) or ""


def test_guest_demo_opens_by_its_link(version: MaturityModel, matrix: Matrix) -> None:
    token = seed(version, matrix)

    client = Client()
    opened = client.get(reverse("assessments:open-link", args=[token]), follow=True)

    assert opened.status_code == 200
    assert NAME in client.get("/").content.decode()


def test_guest_demo_is_made_once(version: MaturityModel, matrix: Matrix) -> None:
    first = seed(version, matrix)
    revision = Assessment.objects.get().revision

    assert seed(version, matrix) == first
    assert Assessment.objects.get().revision == revision


def test_guest_demo_made_anew_has_the_same_answers(version: MaturityModel, matrix: Matrix) -> None:
    first = seed(version, matrix)
    before = answer_sheet_of(Assessment.objects.get())
    Rating.objects.all().delete()

    second = seed(version, matrix, is_reset=True)

    assert second != first
    assert AuditEvent.objects.filter(verb="assessment.deleted", actor="seed_demo").count() == 1
    assert answer_sheet_of(Assessment.objects.get()) == before
    assert Organisation.objects.count() == 1


def test_assessment_somebody_named_like_the_demo_is_theirs(
    version: MaturityModel, matrix: Matrix
) -> None:
    theirs = start_assessment(
        organisation_name=NAME, model_version_id=version.pk, date=date(2026, 11, 22), now=NOW
    )

    first = seed(version, matrix)
    seed(version, matrix, is_reset=True)

    assert first != token_of(theirs)
    assert Assessment.objects.filter(pk=theirs.respondent.assessment_id).exists()


def test_guest_demo_shows_what_the_product_can_say(version: MaturityModel, matrix: Matrix) -> None:
    seed(version, matrix)

    sheet = answer_sheet_of(Assessment.objects.get())
    placement = score(matrix, sheet).placement

    stages = {each.key: each.stage for each in placement.dimensions}
    crisis = placement.dimensions[4]
    assert set(stages.values()) == {1, 2, 3, 4}
    assert {"unknown", "not_applicable"} < set(sheet.respondents[0].ratings.values())
    assert (crisis.derived and crisis.derived.stage, crisis.declared and crisis.declared.stage) == (
        2,
        4,
    )
    assert placement.overall.percent_to_target is not None
    assert placement.overall.progress_to_date is not None
    assert len(sheet.respondents[0].notes) == 5
