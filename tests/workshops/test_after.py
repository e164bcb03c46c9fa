"""The page after a workshop: for whom, what it offers, and what may leave it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.lifecycle.services.closing import close_assessment
from assessments.models import Assessment, Step
from assessments.roadmap.services.steps import StepPlan, decide_step
from assessments.workshops.models import Participant, Workshop
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.models import AuditEvent
from tests.assessments.closed import House, answered_by, begin
from tests.workshops.held import BY, END, NAMES, hold, hold_large, words_in
from tests.workshops.room import make_workshop

pytestmark = pytest.mark.django_db
PATHS = ("after/", "protocol.csv")


@pytest.fixture
def assessment(house: House) -> Assessment:
    found = begin(house)
    answered_by(found, "Ana")
    return found


@pytest.fixture
def workshop(house: House, assessment: Assessment) -> Workshop:
    """Return a named workshop that the consultant ran and ended."""
    return hold(assessment, by=house.people["consultant"]).end()


@pytest.fixture
def client(house: House) -> Client:
    """Return the browser of the organisation's lead."""
    return house.client("lead")


def url(workshop: Workshop, rest: str = "after/") -> str:
    return f"/workshops/{workshop.public_id}/{rest}"


# --- for whom -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["owner", "consultant", "lead"])
@pytest.mark.parametrize("path", PATHS)
def test_who_may_run_it_sees_it(house: House, workshop: Workshop, who: str, path: str) -> None:
    assert house.client(who).get(url(workshop, path)).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_stranger_is_told_the_same_as_for_an_unknown_id(
    house: House, workshop: Workshop, path: str
) -> None:
    theirs = house.client("stranger").get(url(workshop, path))
    unknown = house.client("lead").get(f"/workshops/doesnotexist/{path}")

    assert (theirs.status_code, unknown.status_code) == (404, 404)
    assert Client().get(url(workshop, path)).status_code == 404


@pytest.mark.parametrize("who", ["viewer", "contributor"])
@pytest.mark.parametrize("path", PATHS)
def test_others_may_not_see_it(house: House, workshop: Workshop, who: str, path: str) -> None:
    assert house.client(who).get(url(workshop, path)).status_code == 403


@pytest.mark.parametrize("path", PATHS)
def test_it_takes_no_post(client: Client, workshop: Workshop, path: str) -> None:
    assert client.post(url(workshop, path)).status_code == 405


def test_deciding_takes_no_get(client: Client, workshop: Workshop) -> None:
    assert client.get(url(workshop, "after/steps/")).status_code == 405


# --- what it shows --------------------------------------------------------------------------------


def test_page_leads_to_report_result_steps_and_file(client: Client, workshop: Workshop) -> None:
    body = client.get(url(workshop)).content.decode()
    of = f"/assessments/{workshop.assessment.public_id}"

    assert f'action="{of}/report/"' in body
    assert f'href="{of}/result/"' in body
    assert f'href="/organisations/{workshop.assessment.organisation.public_id}/steps/"' in body
    assert f'href="{url(workshop, "protocol.csv")}"' in body
    assert f'href="{of}/close/"' in body
    assert body.count("btn-primary") == 1 + body.count(">Decide</button>")


def test_report_is_asked_for_with_one_press(client: Client, workshop: Workshop) -> None:
    of = f"/assessments/{workshop.assessment.public_id}/report/"

    page = words_in(client.post(of, {"paper": "a4"}, follow=True))

    assert "Your report is next in line" in page
    assert "It can be had alone as well: Workshop of 20 November 2026" in page


def test_page_tells_the_protocol(client: Client, workshop: Workshop) -> None:
    page = words_in(client.get(url(workshop)))

    for part in (
        "Workshop of 20 November 2026",
        "Seven people joined by phone. Five of seven questions were decided.",
        "run by consultant person",
        "Left out: Crisis Management",
        "first vote of two",
        "Then the room voted again.",
        "Most see Operational (5 of 7); two see Experimental.",
        "The service desk sees stage 2.",
        "Anabel Silva: Ask the service desk first.",
        *NAMES,
    ):
        assert part in page
    assert "A secret note" not in page


def test_page_of_an_anonymous_one_names_nobody_who_voted(
    house: House, client: Client, assessment: Assessment
) -> None:
    held = hold(assessment, voices="anonymous", by=house.people["consultant"])
    during = client.get(url(held.workshop)).content.decode()
    after = client.get(url(held.end())).content.decode()

    for body in (during, after):
        assert "Ask the service desk first." in body
        assert [name for name in NAMES if name in body or name.split()[0] in body] == []


def test_page_of_a_running_one_tells_what_was_revealed(
    client: Client, assessment: Assessment
) -> None:
    now = timezone.now()
    held = hold(assessment)
    Workshop.objects.update(opened_at=now - timedelta(hours=2), expires_at=now + timedelta(hours=9))

    response = client.get(url(held.workshop))

    page = words_in(response)
    assert "The workshop is running." in page
    assert "So far five of seven questions are decided." in page
    assert "Still to come: Crisis Management" in page
    assert "Make the report" not in page
    assert url(held.workshop, "") in response.content.decode()
    assert client.get(url(held.workshop, "protocol.csv")).status_code == 404


def test_page_of_one_that_has_not_begun_says_so(client: Client, assessment: Assessment) -> None:
    workshop = make_workshop(assessment)

    page = words_in(client.get(url(workshop)))

    assert "It has not begun yet." in page
    assert "To the facilitator’s screen" in page
    assert "The protocol" not in page


def test_nothing_of_a_rehearsal_leaves_its_page(client: Client, assessment: Assessment) -> None:
    workshop = hold(assessment, is_rehearsal=True).end()
    Participant.objects.update(email="ana@example.org")

    page = words_in(client.get(url(workshop)))

    assert "This was a rehearsal, and nothing of it leaves this page." in page
    assert "Most see Operational (5 of 7)" in page
    assert "Seven pretend participants took part." in page
    assert "Make the report" not in page
    assert "Decide" not in page.replace("Decided", "")
    assert "left an address" not in page
    assert client.get(url(workshop, "protocol.csv")).status_code == 404
    sent = {"descriptor": "metrics.3.01", "owner": "Ana"}
    assert client.post(url(workshop, "after/steps/"), sent).status_code == 404
    assert Step.objects.count() == 0


def test_page_of_a_closed_assessment_works(client: Client, workshop: Workshop) -> None:
    close_assessment(workshop.assessment, user=None, now=END + timedelta(hours=1), by=BY)

    page = words_in(client.get(url(workshop)))

    assert "Make the report" in page
    assert "close the assessment" not in page


def test_page_asks_a_fixed_number_of_queries(
    client: Client, workshop: Workshop, assessment: Assessment, django_assert_num_queries: Any
) -> None:
    large = hold_large(assessment).end()
    client.get(url(workshop))

    # Session, account, workshop, assessment with role; rounds, votes, participants; who made it;
    # the organisation's steps; addresses, the newest sending.
    with django_assert_num_queries(11):
        client.get(url(workshop))
    # Nobody is known to have made it, and no steps were chosen.
    with django_assert_num_queries(9):
        client.get(url(large))


# --- the table ------------------------------------------------------------------------------------


def test_table_is_handed_over_and_noted(client: Client, workshop: Workshop) -> None:
    response = client.get(url(workshop, "protocol.csv"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == (
        'attachment; filename="Waymark workshop Fernhill Outdoor 2026-11-20.csv"'
    )
    assert response.content.startswith(b"\xef\xbb\xbfRound,Vote,Kind,")
    assert "1,2,stage,Strategy,Strategy,,votes,3 Operational,5,7," in response.content.decode()
    (event,) = AuditEvent.objects.filter(verb="workshop.protocol_exported")
    assert event.detail == {"workshop": workshop.public_id}
    client.head(url(workshop, "protocol.csv"))
    assert AuditEvent.objects.filter(verb="workshop.protocol_exported").count() == 1


def test_table_of_an_anonymous_one_names_nobody(client: Client, assessment: Assessment) -> None:
    workshop = hold(assessment, voices="anonymous").end()

    text = client.get(url(workshop, "protocol.csv")).content.decode()

    assert "Ask the service desk first." in text
    assert [name for name in NAMES if name.split()[0] in text] == []


@pytest.mark.parametrize(
    ("organisation", "name"),
    [
        ('../../etc/"pass\r\nwd"', "Waymark workshop etc pass wd 2026-11-20.csv"),
        ("x" * 200, f"Waymark workshop {'x' * 63} 2026-11-20.csv"),
    ],
)
def test_name_of_the_file_is_one_every_system_can_store(
    house: House, client: Client, workshop: Workshop, organisation: str, name: str
) -> None:
    house.organisation.name = organisation
    house.organisation.save()

    response = client.get(url(workshop, "protocol.csv"))

    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


# --- first steps ----------------------------------------------------------------------------------


def test_step_the_room_chose_becomes_a_decision(client: Client, workshop: Workshop) -> None:
    at = url(workshop, "after/steps/")

    response = client.post(at, {"descriptor": "metrics.3.01", "owner": "Ana", "due": "2027-01-31"})

    assert (response.status_code, response["Location"]) == (302, url(workshop) + "#steps")
    (step,) = Step.objects.all()
    assert (step.descriptor_id, step.owner, step.due.isoformat()) == (
        "metrics.3.01",
        "Ana",
        "2027-01-31",
    )
    assert step.assessment == workshop.assessment
    page = words_in(client.get(url(workshop)))
    assert "Decided: Ana, by 31 January 2027" in page


def test_step_without_owner_and_day_is_refused(client: Client, workshop: Workshop) -> None:
    response = client.post(url(workshop, "after/steps/"), {"descriptor": "metrics.3.01"})

    assert response.status_code == 422
    assert "Please say who takes it on, or by when" in words_in(response)
    assert Step.objects.count() == 0


def test_step_the_room_did_not_choose_is_not_decided_here(
    client: Client, workshop: Workshop
) -> None:
    for descriptor in ("internal-use.3.01", "nonsense", ""):
        sent = {"descriptor": descriptor, "owner": "Ana"}
        assert client.post(url(workshop, "after/steps/"), sent).status_code == 404
    assert Step.objects.count() == 0


def test_step_somebody_decided_on_meanwhile_stays_as_it_is(
    house: House, client: Client, workshop: Workshop
) -> None:
    matrix = matrix_of_version(house.version.pk)
    decide_step(
        house.organisation,
        assessment=None,
        model_version_id=house.version.pk,
        descriptor=matrix.descriptors["metrics.3.01"],
        plan=StepPlan(owner="Bo"),
        now=END,
        by=BY,
    )

    page = words_in(
        client.post(
            url(workshop, "after/steps/"),
            {"descriptor": "metrics.3.01", "owner": "Ana"},
            follow=True,
        )
    )

    assert "Somebody has decided on this step already" in page
    assert Step.objects.get().owner == "Bo"
    assert "Decided: Bo" in page


def test_stranger_and_viewer_decide_nothing(house: House, workshop: Workshop) -> None:
    sent = {"descriptor": "metrics.3.01", "owner": "Ana"}

    assert house.client("stranger").post(url(workshop, "after/steps/"), sent).status_code == 404
    assert house.client("viewer").post(url(workshop, "after/steps/"), sent).status_code == 403
    assert Step.objects.count() == 0
