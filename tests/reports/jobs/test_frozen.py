"""Frozen results on pages and in reports: who sees which, and that they stay."""

import json
from datetime import date, timedelta

import pytest

from assessments.core.queries.standing import standing_of
from assessments.lifecycle.services.closing import close_assessment, reopen_assessment
from assessments.models import Respondent
from maturity.workspaces.models import AuditEvent
from reports.core.services.documents import document_of
from reports.exports.json import json_report
from reports.jobs.services.making import ResultHidden, request_report
from reports.models import Report
from tests.assessments.closed import BY, NOW, answered_by, begin, closed, make_house

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
PAGES = ("result/", "what-if/", "report/")


@pytest.fixture
def house(version):
    return make_house(version)


@pytest.fixture
def result(house):
    return closed(house, date(2026, 3, 3))


def get(house, who, result_or_assessment, rest, **options):
    assessment = getattr(result_or_assessment, "assessment", result_or_assessment)
    return house.client(who).get(f"/assessments/{assessment.public_id}/{rest}", **options)


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("who", ["owner", "consultant", "lead", "contributor", "viewer"])
@pytest.mark.parametrize("path", [*PAGES, "results/1/"])
def test_everybody_of_the_organisation_sees_a_closed_result(house, result, who, path):
    response = get(house, who, result, path)

    assert response.status_code == 200
    assert ("losed on 3 March 2026" in text(response)) is (path != "what-if/")


@pytest.mark.parametrize("path", [*PAGES, "results/1/", "report/1/download/"])
def test_stranger_is_told_the_same_as_for_an_unknown_id(house, result, path):
    theirs = get(house, "stranger", result, path)
    unknown = house.client("stranger").get(f"/assessments/doesnotexist/{path}")

    assert (theirs.status_code, unknown.status_code) == (404, 404)
    assert theirs.content == unknown.content


@pytest.mark.parametrize("who", ["contributor", "viewer"])
@pytest.mark.parametrize("path", PAGES)
def test_open_one_is_not_for_those_who_see_closed_ones(house, who, path):
    assessment = begin(house)
    answered_by(assessment, "Ana")

    assert get(house, who, assessment, path).status_code == 403


def test_reopened_one_shows_them_the_milestone(house, result):
    assessment = result.assessment
    reopen_assessment(assessment, now=LATER, by=BY)
    assessment.settings.create(dimension="metrics", target=5)

    seen = text(get(house, "viewer", assessment, "result/"))
    lead = text(get(house, "lead", assessment, "result/"))

    assert "was opened again after this result" in seen
    assert "Closed on 3 March 2026." in seen
    assert 'class="result-matrix__target"' not in seen
    assert "was opened again after this result" not in lead
    assert 'class="result-matrix__target"' in lead


def test_milestone_stays_readable_and_says_what_it_is(house, result):
    assessment = result.assessment
    reopen_assessment(assessment, now=LATER, by=BY)
    Respondent.objects.update(name="")
    assessment.settings.create(dimension="metrics", target=5)
    close_assessment(assessment, user=None, now=LATER, by=BY)

    first = text(get(house, "viewer", assessment, "results/1/"))
    newest = text(get(house, "viewer", assessment, "result/"))

    assert "Where we stood" in first
    assert "Closed on 3 March 2026." in first
    assert 'class="result-matrix__target"' not in first
    assert "Result 2, closed on 22 December 2026." in newest
    assert newest.count("/results/1/") == 1
    assert "Purpose:</span> Yearly review" in newest
    assert "Scope:</span> All channels" in newest


@pytest.mark.parametrize("path", ["results/2/", "results/0/", "results/99999999999999999999/"])
def test_result_that_is_not_there_is_not_found(house, result, path):
    assert get(house, "lead", result, path).status_code == 404


@pytest.mark.parametrize("asked", ["2", "x", "-1", "9" * 30, "١"])
def test_report_on_a_result_that_is_not_there_is_not_found(house, result, asked):
    response = house.client("lead").get(
        f"/assessments/{result.assessment.public_id}/report/", {"result": asked}
    )

    assert response.status_code == 404


def test_links_a_viewer_cannot_follow_are_not_shown(house, result):
    page = text(get(house, "viewer", result, "result/")).partition("<main")[2]

    assert "/targets/" not in page
    assert "/everything/" not in page


def write_down(report):
    """Write a report down as finished; that a file comes of it is held in test_making.py."""
    Report.objects.filter(pk=report.pk).update(
        status=Report.Status.READY, content=b"%PDF-1.7", size=8, finished_at=NOW
    )


class TestReports:
    def ask(self, house, who, of, **data):
        return house.client(who).post(
            f"/assessments/{of.assessment.public_id}/report/", {"paper": "a4", **data}
        )

    def test_report_is_marked_with_its_result(self, house, result):
        self.ask(house, "viewer", result)

        report = Report.objects.get()
        assert report.result == result
        assert "Closed on 3 March 2026" in report.html
        assert "Yearly review" in report.html
        assert "Your report is next in line." in text(get(house, "lead", result, "report/"))

    def test_same_report_is_made_once_whoever_asks(self, house, result):
        for who in ("viewer", "lead", "owner"):
            self.ask(house, who, result)

        assert Report.objects.count() == 1

    def test_milestone_has_a_report_of_its_own(self, house, result):
        assessment = result.assessment
        reopen_assessment(assessment, now=LATER, by=BY)
        second = close_assessment(assessment, user=None, now=LATER, by=BY)

        response = self.ask(house, "viewer", result, result="1")
        self.ask(house, "viewer", result)

        assert response["Location"].endswith("/report/?result=1")
        assert {each.result for each in Report.objects.all()} == {result, second}

    def test_viewer_gets_no_report_on_open_answers(self, house, result):
        assessment = result.assessment
        self.ask(house, "viewer", result)
        frozen = Report.objects.get()
        reopen_assessment(assessment, now=LATER, by=BY)
        self.ask(house, "lead", result)
        still_open = Report.objects.get(result=None)
        for report in (frozen, still_open):
            write_down(report)

        path = "report/{}/download/"
        assert get(house, "viewer", result, path.format(frozen.pk)).status_code == 200
        assert get(house, "viewer", result, path.format(still_open.pk)).status_code == 404
        assert get(house, "lead", result, path.format(still_open.pk)).status_code == 200
        # The page shows each of them their own.
        assert path.format(frozen.pk) in text(get(house, "viewer", result, "report/"))
        assert path.format(still_open.pk) in text(get(house, "lead", result, "report/"))

    def test_download_is_in_the_trail(self, house, result):
        self.ask(house, "viewer", result)
        report = Report.objects.get()
        write_down(report)
        get(house, "viewer", result, f"report/{report.pk}/download/")
        house.client("viewer").head(
            f"/assessments/{result.assessment.public_id}/report/{report.pk}/download/"
        )

        event = AuditEvent.objects.get(verb="report.downloaded")
        assert event.actor == f"user:{house.people['viewer'].pk}"
        assert event.workspace == house.workspace.public_id
        assert event.detail == {"report": report.pk}


class TestAnonymous:
    @pytest.fixture
    def collecting(self, house):
        assessment = begin(house, voices="anonymous", fewest_answers=3)
        for name in ("Canary Ana", "Canary Bo", "Canary Cy"):
            answered_by(assessment, name, notes={"metrics.3.01": f"{name} wrote"})
        return assessment

    @pytest.mark.parametrize("path", PAGES)
    @pytest.mark.parametrize("who", ["lead", "owner"])
    def test_nothing_shows_while_it_collects(self, house, collecting, path, who):
        response = get(house, who, collecting, path)

        page = text(response).partition("<main")[2]
        assert response.status_code == 200
        assert "Nothing can be shown yet" in page
        assert "Answers are still being collected." in page
        assert "Canary" not in page
        assert "<svg" not in page

    def test_no_report_is_made_of_it(self, house, collecting):
        client = house.client("lead")
        response = client.post(f"/assessments/{collecting.public_id}/report/", {"paper": "a4"})

        assert "Nothing can be shown yet" in text(response)
        with pytest.raises(ResultHidden):
            request_report(collecting, paper="a4", now=NOW, by=BY)
        assert not Report.objects.exists()

    def test_closed_one_shows_figures_and_nobody(self, house, collecting):
        close_assessment(collecting, user=None, now=NOW, by=BY)

        page = text(get(house, "viewer", collecting, "result/"))

        assert "Stage 2, Experimental" in page
        assert "Canary" not in page
        report = request_report(collecting, paper="a4", now=NOW, by=BY)
        assert "Canary Ana wrote" in report.html
        assert report.html.count("Canary") == 3

    def test_closed_one_with_too_few_says_why(self, house):
        assessment = begin(house, voices="anonymous", fewest_answers=3)
        answered_by(assessment, "Ana")
        close_assessment(assessment, user=None, now=NOW, by=BY)

        page = text(get(house, "viewer", assessment, "result/"))

        assert "Nothing can be shown" in page
        assert "1 of at least 3 people answered" in page


def test_closed_result_costs_the_same_with_one_and_three_people(
    house, result, django_assert_num_queries
):
    other = begin(house)
    for name in ("Ana", "Bo", "Cy"):
        answered_by(other, name)
    close_assessment(other, user=None, now=NOW, by=BY)
    client = house.client("viewer")
    for each in (result.assessment, other):
        path = f"/assessments/{each.public_id}/result/"
        client.get(path)
        # Session, account, access, which result, what is frozen in it, names, results kept,
        # workshops.
        with django_assert_num_queries(8):
            client.get(path)


def test_data_of_a_result_say_which_it_is(house, result):
    standing = standing_of(result.assessment)

    data = json.loads(json_report(document_of(standing)))

    assert data["result"] == {"number": 1, "closed_date": "2026-03-03"}
    assert (data["purpose"], data["scope"]) == ("Yearly review", "All channels")
    reopen_assessment(result.assessment, now=LATER, by=BY)
    assert json.loads(json_report(document_of(standing_of(result.assessment))))["result"] is None
