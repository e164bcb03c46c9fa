"""The result, what if and report pages: for whom, with how few queries, and what they say."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from assessments.answering.services.answers import AnswerChange, record_changes
from maturity.workspaces.actors import LINK
from reports.jobs.services.making import request_report, run_report
from reports.models import Report

PATHS = ("result/", "what-if/", "report/")
NOW = datetime.now(UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PATHS)
def test_page_works_empty_and_answered(guest, path):
    assert guest.get(path).status_code == 200

    record_changes(guest.respondent, [AnswerChange("pick", "metrics", "value", 3)], now=NOW)

    response = guest.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [*PATHS, "report/1/download/"])
def test_stranger_is_told_the_same_as_for_an_unknown_id(answered, stranger, path):
    theirs = stranger.client.get(answered.url(path))
    unknown = stranger.client.get(f"/assessments/doesnotexist/{path}")

    assert (theirs.status_code, unknown.status_code) == (404, 404)
    assert theirs.content == unknown.content


def test_stranger_cannot_ask_or_check(answered, stranger):
    for path in ("report/", "report/check/"):
        assert stranger.client.post(answered.url(path), {"paper": "a4"}).status_code == 404
    assert Report.objects.count() == 0


@pytest.mark.parametrize("path", ["result/", "what-if/", "report/1/download/"])
def test_pages_that_only_show_take_no_post(answered, path):
    assert answered.post(path, {}).status_code == 405


def test_check_takes_no_get(answered):
    assert answered.get("report/check/").status_code == 405


def test_empty_result_says_what_to_do(guest):
    body = guest.get("result/").content.decode()

    assert "Nothing is answered yet" in body
    assert reverse("assessments:quick", args=[guest.assessment.public_id]) in body
    assert "<svg" not in body.partition("<main")[2]


def test_result_shows_picture_numbers_matrix_and_reasons(answered):
    body = answered.get("result/").content.decode()
    main = body.partition("<main")[2]

    assert "Stage 2, Experimental" in main
    assert main.count("You are here") == 8
    assert main.count('<details class="reason"') == 8
    assert main.count('role="img"') == 1
    assert "The gate to stage 3, Operational, is " in main
    assert "The three steps that matter most" in main
    assert "style=" not in main


# Session, access, and the sheet: respondents, ratings, picks, settings, agreed answers; the model
# is parsed once.
SHEET = 7


def test_query_counts_are_fixed(answered, django_assert_num_queries):
    some_done = "what-if/?done=metrics.3.01&done=metrics.3.02"
    for path in (*PATHS, some_done):
        # Parses the model and draws the pictures.
        answered.get(path)

    with django_assert_num_queries(SHEET):
        answered.get("result/")
    with django_assert_num_queries(SHEET):
        answered.get("what-if/")
    with django_assert_num_queries(SHEET):
        answered.get(some_done)
    # Session, access, newest report.
    with django_assert_num_queries(3):
        answered.get("report/")


def test_result_is_not_dearer_with_more_answers(guest, django_assert_num_queries):
    record_changes(guest.respondent, [AnswerChange("rating", "metrics.3.01", "value", 3)], now=NOW)
    guest.get("result/")

    with django_assert_num_queries(SHEET):
        guest.get("result/")


def test_what_if_gives_the_figures_alone_to_htmx_and_stores_nothing(answered):
    answered.assessment.refresh_from_db()
    revision = answered.assessment.revision
    whole = answered.get("what-if/?done=strategy.3.01")
    part = answered.get("what-if/?done=strategy.3.01", HTTP_HX_REQUEST="true")

    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert part.content.strip().startswith(b'<section id="what-if-figures"')
    assert "HX-Request" in part["Vary"]
    answered.assessment.refresh_from_db()
    assert answered.assessment.revision == revision


def test_what_if_shows_before_and_after(answered, matrix):
    done = "&".join(f"done={each}" for each in matrix.descriptors if each.startswith("strategy."))
    body = answered.get(f"what-if/?{done}").content.decode()

    assert "Strategy reaches stage 5, Fully Integrated." in body
    assert body.count("data-changed") == 1
    assert " checked" in body


@pytest.mark.parametrize("query", ["?done=<script>", "?done=" + "x" * 5000, "?done=", "?other=1"])
def test_what_if_ignores_nonsense(answered, query):
    body = answered.get(f"what-if/{query}").content.decode()

    assert "No step is ticked yet" in body
    assert "<script>" not in body


def test_report_is_asked_for_and_its_page_shows_it(answered):
    response = answered.post("report/", {"paper": "letter"})

    assert (response.status_code, response["Location"]) == (302, answered.url("report/"))
    assert Report.objects.get().paper == "letter"
    body = answered.get("report/").content.decode()
    assert "Your report is next in line." in body
    assert 'hx-trigger="every 500ms"' in body


def test_unknown_paper_is_refused_plainly(answered):
    response = answered.post("report/", {"paper": "papyrus"})

    assert response.status_code == 422
    assert "Choose one of the paper sizes shown." in response.content.decode()
    assert Report.objects.count() == 0


def test_page_says_so_when_nobody_takes_the_job(answered):
    request_report(answered.assessment, paper="a4", now=NOW - timedelta(seconds=30), by=LINK)

    assert "Nobody is working on reports" in answered.get("report/").content.decode()


def test_page_says_how_many_are_ahead(answered, stranger):
    request_report(stranger.assessment, paper="a4", now=NOW - timedelta(seconds=60), by=LINK)
    request_report(answered.assessment, paper="a4", now=NOW - timedelta(seconds=30), by=LINK)

    assert "Reports before it: 1." in answered.get("report/").content.decode()


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("time", "too large for this installation’s limits"),
        ("memory", "too large for this installation’s limits"),
        ("died", "broke off three times"),
        ("layout", "Its layout has a fault"),
    ],
)
def test_failure_says_what_to_do(answered, reason, text):
    report = request_report(answered.assessment, paper="a4", now=NOW, by=LINK)
    Report.objects.filter(pk=report.pk).update(status="failed", reason=reason)

    body = answered.get("report/").content.decode()
    assert "The report could not be made." in body
    assert text in body
    assert "Your answers are safe." in body


def test_check_sets_a_dead_job_right_and_comes_back(answered):
    report = request_report(answered.assessment, paper="a4", now=NOW, by=LINK)
    Report.objects.filter(pk=report.pk).update(
        status="running", attempts=1, started_at=NOW - timedelta(minutes=5)
    )

    plain = answered.post("report/check/", {})
    part = answered.post("report/check/", {}, HTTP_HX_REQUEST="true")

    assert (plain.status_code, plain["Location"]) == (302, answered.url("report/"))
    assert part.content.strip().startswith(b'<div id="report-state">')
    assert Report.objects.get().status == "queued"


def test_download_is_private_and_named(answered, django_assert_num_queries):
    report = request_report(answered.assessment, paper="a4", now=NOW, by=LINK)
    waiting = answered.get(f"report/{report.pk}/download/")
    run_report(report.pk)

    # Session, access, the file, and the trail's word of it.
    with django_assert_num_queries(4):
        response = answered.get(f"report/{report.pk}/download/")
    assert waiting.status_code == 404
    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert not response.has_header("ETag")
    assert response["Content-Disposition"].startswith(
        'attachment; filename="Waymark report Alder Books'
    )


def test_download_of_anothers_report_is_not_found(answered, stranger):
    report = request_report(answered.assessment, paper="a4", now=NOW, by=LINK)
    run_report(report.pk)

    assert stranger.get(f"report/{report.pk}/download/").status_code == 404
