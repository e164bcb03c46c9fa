"""An organisation's page as each role sees it, and what it costs."""

from datetime import date

import pytest
from django.test import Client

from assessments.models import Rating, Result
from maturity.workspaces.roles import Role
from reports.models import Report
from tests.people import NOW, give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import (
    client_of,
    make_assessment,
    make_respondent,
    make_result,
    make_step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db):
    return make_organisation(make_workspace(owner=make_user("owner@example.org")))


def browser(place, role, email="her@example.org"):
    user = make_user(email, email.split("@")[0].capitalize())
    give_role(user, role, place.workspace, place)
    return client_of(user)


def main_of(client, place):
    response = client.get(f"/organisations/{place.public_id}/")
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


# --- who gets which ------------------------------------------------------------------------------


def test_strongest_role_decides(place, version):
    make_result(place, version)
    heads = {
        Role.CONSULTANT: "Where it stands",
        Role.LEAD: "Where it stands",
        Role.CONTRIBUTOR: "Nothing waits for you",
        Role.VIEWER: "Get the PDF",
    }

    for role, head in heads.items():
        assert head in main_of(browser(place, role, f"{role}@example.org"), place)


def test_consultant_who_is_also_a_viewer_gets_the_leads_page(place):
    user = make_user()
    give_role(user, Role.CONSULTANT, place.workspace)
    give_role(user, Role.VIEWER, place.workspace, place)

    assert "Start the first assessment" in main_of(client_of(user), place)


def test_strangers_guests_and_removed_members_find_nothing(place):
    member = browser(place, Role.VIEWER)
    url = f"/organisations/{place.public_id}/"
    assert member.get(url).status_code == 200

    place.memberships.all().delete()

    for client in (member, client_of(make_user("eve@example.org")), Client()):
        theirs, unknown = client.get(url), client.get("/organisations/doesnotexist/")
        assert (theirs.status_code, unknown.status_code) == (404, 404)


def test_role_that_changed_shows_its_new_page_at_once(place, version):
    make_result(place, version)
    client = browser(place, Role.VIEWER)
    assert "Get the PDF" in main_of(client, place)

    place.memberships.filter(role="viewer").update(role="contributor")

    assert "Nothing waits for you" in main_of(client, place)


def test_archived_organisation_is_read_by_its_workspace_alone(place, version):
    make_result(place, version)
    place.archived_at = NOW
    place.save()
    owner = client_of(place.workspace.memberships.get(role="owner").user)

    body = main_of(owner, place)

    assert "This organisation is archived." in body
    assert "Start a new assessment" not in body
    assert "Invite" not in body
    for role in (Role.LEAD, Role.CONTRIBUTOR, Role.VIEWER):
        client = browser(place, role, f"{role}@example.org")
        assert client.get(f"/organisations/{place.public_id}/").status_code == 404


def test_post_is_refused(place):
    client = browser(place, Role.LEAD)

    assert client.post(f"/organisations/{place.public_id}/").status_code == 405


# --- contributor ---------------------------------------------------------------------------------


def asked_contributor(place, version, **fields):
    user = make_user("her@example.org", "Her")
    give_role(user, Role.CONTRIBUTOR, place.workspace, place)
    assessment = make_assessment(place, version, **fields)
    return client_of(user), make_respondent(assessment, user)


def test_contributor_sees_how_much_is_answered_and_goes_on(place, version, matrix):
    client, person = asked_contributor(place, version, asked="gates", purpose="Autumn check")
    for number, key in enumerate(list(matrix.descriptors)[:3]):
        Rating(
            respondent=person,
            descriptor_id=key,
            step=2,
            is_from_before=number == 2,
            updated_at=NOW,
        ).save()

    body = main_of(client, place)

    assert "Autumn check" in body
    # What was carried over and not confirmed is no answer.
    assert "<strong>2 of 224</strong> answered, 222 to go" in body
    assert f'href="/assessments/{person.assessment.public_id}/?answers"' in body
    assert "Where it stands" not in body


def test_contributor_who_has_not_begun_starts_where_it_is_explained(place, version):
    client, person = asked_contributor(place, version)

    body = main_of(client, place)

    assert "<strong>0 of 8</strong> answered" in body
    assert f'href="/assessments/{person.assessment.public_id}/begin/"' in body


def test_contributor_can_begin_where_nobody_asked_them_yet(place, version):
    assessment = make_assessment(place, version)
    alone = make_assessment(place, version, asked="free")

    body = main_of(browser(place, Role.CONTRIBUTOR), place)

    assert f"/assessments/{assessment.public_id}/begin/" in body
    # One person answers freely, and that is somebody else.
    assert alone.public_id not in body


def test_contributor_who_finished_is_thanked(place, version):
    client, person = asked_contributor(place, version)
    person.finished_at = NOW
    person.save()

    body = main_of(client, place)

    assert "Nothing waits for you" in body
    assert "thank you" in body


def test_contributor_reads_closed_results_only(place, version):
    make_assessment(place, version, answers_ended_at=NOW, purpose="Not closed")
    result = make_result(place, version)

    body = main_of(browser(place, Role.CONTRIBUTOR), place)

    assert f"/assessments/{result.assessment.public_id}/results/1/" in body
    assert "Not closed" not in body


# --- lead ----------------------------------------------------------------------------------------


def test_lead_without_anything_is_told_to_start(place):
    body = main_of(browser(place, Role.LEAD), place)

    assert "Start the first assessment" in body
    assert f'href="/organisations/{place.public_id}/assessments/new/"' in body


def test_lead_sees_progress_and_where_to_go_on(place, version):
    assessment = make_assessment(place, version)
    make_respondent(assessment, is_finished=True)
    last = make_respondent(assessment)
    client = browser(place, Role.LEAD)

    body = main_of(client, place)
    assert "Answers are being collected" in body
    assert "<strong>1 of 2</strong> people have finished" in body
    assert f"/assessments/{assessment.public_id}/respondents/" in body
    assert f"/assessments/{assessment.public_id}/consensus/" in body
    assert "Start a new assessment" not in body

    last.finished_at = NOW
    last.save()
    assert f"/assessments/{assessment.public_id}/close/" in main_of(client, place)


def test_lead_sees_result_steps_trend_and_people(place, version):
    make_result(place, version, picks=2, day=date(2025, 3, 14))
    make_result(place, version, picks=3, day=date(2026, 3, 14))
    make_step(place, version, owner="Ines", descriptor_id="strategy.4.01")

    body = main_of(browser(place, Role.LEAD), place)

    assert "stands at stage 3, Operational, with a score of 3.0" in body
    assert "That is up from 2.0 on 14 March 2025." in body
    assert body.count('role="img"') == 2
    assert "<strong>Ines</strong>" in body
    assert body.count(">Decide<") == 3
    assert "Her <span" in body
    assert "Start a new assessment" in body


def test_suggestion_that_was_decided_is_not_suggested_again(place, version):
    make_result(place, version, picks=2)
    client = browser(place, Role.LEAD)
    body = main_of(client, place)
    key = body.partition("/steps/#s-")[2].partition('"')[0]

    make_step(place, version, descriptor_id=key)

    assert f"#s-{key}" not in main_of(client, place)


# --- viewer --------------------------------------------------------------------------------------


def test_viewer_sees_the_picture_one_sentence_the_trend_and_the_pdf(place, version):
    make_result(place, version, picks=3, day=date(2025, 3, 14))
    latest = make_result(place, version, picks=2, day=date(2026, 3, 14))
    make_assessment(place, version, purpose="Under way")
    make_step(place, version)

    body = main_of(browser(place, Role.VIEWER), place)

    assert "stands at stage 2, Experimental, with a score of 2.0" in body
    assert "That is down from 3.0 on 14 March 2025." in body
    assert body.count('role="img"') == 2
    assert f'action="/assessments/{latest.assessment.public_id}/report/"' in body
    assert '<input type="hidden" name="result" value="1">' in body
    assert "Under way" not in body
    assert "Name one owner" not in body
    assert body.count("<h2") == 1


def test_picture_names_the_earlier_scores_as_the_report_does(place, version):
    result = make_result(place, version)
    client = browser(place, Role.VIEWER)
    Result.objects.filter(pk=result.pk).update(frozen=with_baseline(result, is_first=True))

    assert "First result" in main_of(client, place)


def with_baseline(result, *, is_first):
    """Return what is frozen with an earlier score on each dimension."""
    frozen = result.frozen
    for each in frozen["placement"]["dimensions"]:
        each["baseline"] = "3/2"
    return frozen | {"counts_from_first": is_first}


def test_viewer_downloads_a_report_that_is_there(place, version):
    result = make_result(place, version)
    report = Report(
        assessment=result.assessment,
        result=result,
        digest="x",
        paper="a4",
        file_name="Report.pdf",
        status="ready",
        content=b"%PDF-",
        size=5,
        asked_at=NOW,
        queued_at=NOW,
    )
    report.save()

    body = main_of(browser(place, Role.VIEWER), place)

    assert f"/report/{report.pk}/download/" in body
    assert "<form" not in body


def test_viewer_asks_for_the_pdf_and_is_taken_to_where_it_is_made(place, version):
    result = make_result(place, version)
    client = browser(place, Role.VIEWER)
    url = f"/assessments/{result.assessment.public_id}/report/"

    response = client.post(url, {"paper": "a4", "result": "1"})

    assert (response.status_code, response["Location"]) == (302, f"{url}?result=1")
    assert Report.objects.get().result == result


def test_viewer_without_a_result_is_told_what_will_come(place, version):
    make_assessment(place, version)

    assert "There is no result yet" in main_of(browser(place, Role.VIEWER), place)


def test_result_that_may_not_be_shown_says_why(place, version):
    result = make_result(place, version, picks={})
    frozen = result.frozen | {"hidden": {"code": "below_floor", "people": 2, "fewest": 5}}
    Result.objects.filter(pk=result.pk).update(frozen=frozen)

    for role in (Role.VIEWER, Role.LEAD):
        body = main_of(browser(place, role, f"{role}@example.org"), place)
        assert "2 of at least 5 people answered." in body
        assert "<svg" not in body


def test_scores_of_another_model_are_not_compared(place, version, publish, journey):
    journey["key"] = "other"
    make_result(place, publish(journey), picks=4, day=date(2025, 3, 14))
    make_result(place, version, picks=3)

    body = main_of(browser(place, Role.VIEWER), place)

    assert "That is" not in body
    assert "Over time" not in body


# --- queries -------------------------------------------------------------------------------------

# Session, account, organisation with roles; and, once the frozen results were read by this process:
QUERIES = {
    # assessments with results, own steps, report
    Role.VIEWER: 6,
    # assessments with results, who I am in them, my picks, own steps
    Role.CONTRIBUTOR: 7,
    # assessments with results, steps, respondents with how much they picked, people
    Role.LEAD: 7,
}


@pytest.mark.parametrize("role", QUERIES)
def test_one_and_three_of_everything_cost_the_same_queries(
    place, version, role, django_assert_num_queries
):
    client = browser(place, role)
    user = place.memberships.get(role=role.value).user

    def add(number):
        owned = {"member": user, "owner": "Her", "due": NOW.date()}
        make_step(place, version, descriptor_id=f"metrics.2.0{number}", **owned)
        make_result(place, version, picks=number, day=date(2023 + number, 3, 14))
        assessment = make_assessment(place, version)
        make_respondent(assessment, user if role == Role.CONTRIBUTOR else None)
        make_step(place, version, descriptor_id=f"strategy.2.0{number}")

    add(1)
    main_of(client, place)
    with django_assert_num_queries(QUERIES[role]):
        main_of(client, place)
    add(2)
    add(3)
    main_of(client, place)
    with django_assert_num_queries(QUERIES[role]):
        main_of(client, place)
