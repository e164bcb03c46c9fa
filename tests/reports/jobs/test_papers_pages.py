"""The protocol and the comparison asked for: by whom, once, and given to those who may know."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assessments.lifecycle.services.closing import close_assessment, end_answers, reopen_assessment
from assessments.lifecycle.services.deletion import delete_assessment
from assessments.workshops.services.planning import delete_workshop
from maturity.workspaces.models import AuditEvent
from reports.jobs.services.asking import REPORTS_OF_ASSESSMENT
from reports.jobs.services.making import run_report
from reports.models import Report
from tests.assessments.closed import BY, NOW, answered_by, begin, closed, make_house
from tests.reports.sheets import spread
from tests.workshops.held import END, NAMES, hold, words_in
from tests.workshops.room import make_workshop

pytestmark = pytest.mark.django_db
DAYS = (date(2025, 3, 1), date(2026, 3, 1))
WHO = ["owner", "consultant", "lead", "contributor", "viewer"]


@pytest.fixture
def house(version):
    return make_house(version)


# --- the protocol ---------------------------------------------------------------------------------


@pytest.fixture
def assessment(house):
    found = begin(house)
    answered_by(found, "Ana")
    return found


@pytest.fixture
def workshop(house, assessment):
    return hold(assessment, by=house.people["consultant"], title="Kick-off").end()


def place(assessment):
    return f"/assessments/{assessment.public_id}/report/"


def ask(client, assessment, workshop, **more):
    data = {"paper": "a4", "workshop": workshop.public_id} | more
    return client.post(place(assessment), data, follow=True)


def freeze(house, assessment):
    end_answers(assessment, now=END, by=BY)
    return close_assessment(assessment, user=house.people["lead"], now=END, by=BY)


def test_protocol_is_asked_for_after_the_workshop_and_from_the_report(house, assessment, workshop):
    client = house.client("lead")
    button = f'name="workshop" value="{workshop.public_id}"'

    after = client.get(f"/workshops/{workshop.public_id}/after/").content.decode()
    page = client.get(place(assessment)).content.decode()
    assert (after.count(button), page.count(button)) == (1, 1)

    words = words_in(ask(client, assessment, workshop, paper="letter"))

    report = Report.objects.get()
    assert (report.kind, report.paper) == ("protocol", "letter")
    assert (report.status, report.workshop, report.names_people) == ("queued", workshop, False)
    assert report.file_name == "Waymark protocol Fernhill Outdoor 2026-11-20.pdf"
    assert "next in line" in words
    assert AuditEvent.objects.filter(verb="report.requested").count() == 1


def test_protocol_is_made_listed_and_downloaded(house, assessment, workshop):
    client = house.client("lead")
    ask(client, assessment, workshop)
    report = Report.objects.get()

    run_report(report.pk)

    words = words_in(client.get(place(assessment)))
    file = client.get(f"{place(assessment)}{report.pk}/download/")
    assert "Your report is ready. Workshop protocol, Kick-off, A4" in words
    assert "Workshop protocol, Kick-off A4" in words.partition("Made before")[2]
    assert file.content.startswith(b"%PDF")
    assert file["Cache-Control"] == "private, no-store"


def test_protocol_stays_one_file_whatever_is_answered_later(house, assessment, workshop):
    client = house.client("lead")
    ask(client, assessment, workshop)
    answered_by(assessment, "Bo", spread((3, 3, 3, 3, 3)))

    ask(client, assessment, workshop)
    assert Report.objects.count() == 1

    ask(client, assessment, workshop, paper="letter")
    assert Report.objects.count() == 2


@pytest.mark.parametrize("who", WHO)
def test_whoever_sees_the_closed_result_has_its_protocol(house, assessment, workshop, who):
    freeze(house, assessment)
    client = house.client(who)

    page = client.get(place(assessment)).content.decode()
    ask(client, assessment, workshop)

    report = Report.objects.get()
    assert "Protocol as a PDF" in page
    assert report.result is not None
    run_report(report.pk)
    assert client.get(f"{place(assessment)}{report.pk}/download/").status_code == 200


def test_protocol_of_an_open_assessment_is_not_a_viewers(house, assessment, workshop):
    ask(house.client("lead"), assessment, workshop)
    report = Report.objects.get()
    run_report(report.pk)
    freeze(house, assessment)
    viewer = house.client("viewer")

    assert viewer.get(f"{place(assessment)}{report.pk}/download/").status_code == 404
    assert "Kick-off A4" not in words_in(viewer.get(place(assessment)))


def test_stranger_and_viewer_of_an_open_one_get_no_protocol(house, assessment, workshop):
    theirs = ask(house.client("stranger"), assessment, workshop)
    viewers = ask(house.client("viewer"), assessment, workshop)

    assert (theirs.status_code, viewers.status_code) == (404, 403)
    assert Report.objects.count() == 0


def test_only_a_workshop_the_report_tells_of_has_a_protocol(house, assessment):
    elsewhere = hold(begin(house, DAYS[0])).end()
    running = hold(assessment, expires_at=timezone.now() + timedelta(hours=1)).workshop
    rehearsal = make_workshop(
        assessment, is_rehearsal=True, opened_at=NOW, ended_at=END, expires_at=END
    )
    client = house.client("lead")

    answers = [ask(client, assessment, each).status_code for each in (running, rehearsal)]
    answers.append(ask(client, assessment, elsewhere).status_code)
    answers.append(client.post(place(assessment), {"paper": "a4", "workshop": "x"}).status_code)

    assert answers == [404, 404, 404, 404]
    assert Report.objects.count() == 0


def test_workshop_after_the_closing_is_not_of_that_result(house, assessment):
    end_answers(assessment, now=NOW, by=BY)
    before = END - timedelta(days=30)
    close_assessment(assessment, user=house.people["lead"], now=before, by=BY)
    reopen_assessment(assessment, now=NOW, by=BY)
    later = hold(assessment).end()

    assert ask(house.client("lead"), assessment, later, result="1").status_code == 404


def test_anonymous_workshop_names_nobody(house, assessment):
    workshop = hold(assessment, voices="anonymous", fewest_votes=3).end()

    ask(house.client("lead"), assessment, workshop)

    html = Report.objects.get().html
    assert "It was anonymous" in html
    assert [name for name in NAMES if name in html] == []


def test_protocol_of_a_hidden_result_says_why_there_is_none(house):
    assessment = begin(house, voices="anonymous")
    answered_by(assessment, "Ana")
    workshop = hold(assessment).end()

    page = words_in(ask(house.client("lead"), assessment, workshop))

    assert "Answers are still being collected." in page
    assert Report.objects.count() == 0


def test_protocol_goes_with_its_workshop(house, assessment, workshop):
    ask(house.client("lead"), assessment, workshop)

    delete_workshop(workshop, now=NOW, by=BY)

    assert Report.objects.count() == 0


# --- the comparison -------------------------------------------------------------------------------


@pytest.fixture
def results(house):
    return [closed(house, day, (3, n + 1, n, 0, 0)) for n, day in enumerate(DAYS)]


def compare(client, house, before, now, **more):
    data = {"from": before, "to": now, "paper": "a4"} | more
    return client.post(house.url("compare/report/"), data, follow=True)


def test_comparison_is_asked_for_where_it_is_seen(house, results):
    before, now = results
    client = house.client("viewer")
    page = client.get(house.url("compare/")).content.decode()
    assert f'action="{house.url("compare/report/")}"' in page
    assert f'name="from" value="{before.pk}"' in page
    assert "Get this as a PDF" in page

    response = compare(client, house, before.pk, now.pk, paper="letter")

    report = Report.objects.get()
    assert response.redirect_chain[0][0] == f"{place(now.assessment)}?result=1"
    assert "next in line" in words_in(response)
    assert (report.kind, report.paper, report.result) == ("comparison", "letter", now)
    assert (report.assessment, report.compared) == (now.assessment, before.assessment)
    assert report.compared_result == before
    assert report.file_name == "Waymark comparison Fernhill Outdoor 2026-03-01.pdf"


def test_comparison_is_made_once_and_listed_with_the_later_result(house, results):
    before, now = results
    compare(house.client("lead"), house, before.pk, now.pk)
    report = Report.objects.get()
    run_report(report.pk)

    viewer = house.client("viewer")
    # In either order it is the same one.
    words = words_in(compare(viewer, house, now.pk, before.pk))

    assert Report.objects.count() == 1
    assert "Comparison, 1 March 2025 and 1 March 2026" in words
    file = viewer.get(f"{place(now.assessment)}{report.pk}/download/")
    assert file.content.startswith(b"%PDF")
    assert "Comparison" not in words_in(viewer.get(place(before.assessment))).partition("Made")[2]


def test_stranger_gets_no_comparison(house, results):
    before, now = results

    assert compare(house.client("stranger"), house, before.pk, now.pk).status_code == 404
    assert Report.objects.count() == 0


def test_comparison_with_what_is_open_is_for_those_who_see_it(house, results):
    assessment = begin(house)
    answered_by(assessment, "Bo", spread((3, 3, 3, 3, 0)))
    before, now = results[1].pk, f"now-{assessment.public_id}"
    viewer = house.client("viewer")

    assert compare(viewer, house, before, now).status_code == 404
    response = compare(house.client("lead"), house, before, now)

    report = Report.objects.get()
    run_report(report.pk)
    assert response.redirect_chain[0][0] == place(assessment)
    assert (report.assessment, report.result) == (assessment, None)
    assert (report.compared, report.compared_result) == (results[1].assessment, results[1])
    download = f"{place(assessment)}{report.pk}/download/"
    assert house.client("lead").get(download).status_code == 200
    freeze(house, assessment)
    assert viewer.get(download).status_code == 404


def test_two_open_ones_can_be_compared_on_paper(house):
    for day in DAYS:
        answered_by(begin(house, day), "Bo")
    client = house.client("lead")
    page = client.get(house.url("compare/"))

    compare(client, house, *(each.value for each in page.context["choices"]))

    report = Report.objects.get()
    assert report.compared is not None
    assert report.compared != report.assessment


@pytest.mark.parametrize("wrong", ["same", "unknown", "paper", "nothing"])
def test_what_cannot_be_meant_is_not_found(house, results, wrong):
    before, now = results
    data = {"from": before.pk, "to": now.pk, "paper": "a4"} | {
        "same": {"to": before.pk},
        "unknown": {"to": "4711"},
        "paper": {"paper": "a5"},
        "nothing": {"paper": ""},
    }[wrong]

    assert house.client("lead").post(house.url("compare/report/"), data).status_code == 404
    assert Report.objects.count() == 0


def test_asking_takes_no_get(house):
    assert house.client("lead").get(house.url("compare/report/")).status_code == 405


def test_hidden_result_is_compared_nowhere(house, results):
    hidden = closed(house, date(2026, 5, 1), voices="anonymous", fewest_answers=3)

    words = words_in(compare(house.client("lead"), house, results[0].pk, hidden.pk))

    assert "These two cannot be compared." in words
    assert Report.objects.count() == 0


def test_comparison_goes_with_the_earlier_result(house, results):
    before, now = results
    compare(house.client("lead"), house, before.pk, now.pk)

    delete_assessment(before.assessment, with_results=True, now=NOW, by=BY)

    assert Report.objects.count() == 0


def test_too_many_comparisons_have_to_wait(house, results):
    before, now = results
    client = house.client("lead")
    for _ in range(REPORTS_OF_ASSESSMENT[0].at_most):
        compare(client, house, before.pk, now.pk)
        # What is gone has to be made anew.
        Report.objects.all().delete()

    response = compare(client, house, before.pk, now.pk)

    assert "Many reports were made within the last hour" in words_in(response)
    assert Report.objects.count() == 0
