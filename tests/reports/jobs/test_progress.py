"""How far a report is: told while it is made, shown on its page, read out when it counts."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from maturity.workspaces.actors import LINK
from reports.jobs.services.making import request_report, run_report
from reports.jobs.services.progress import ProgressTold, RenderProgress, progress_of
from reports.models import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(answered):
    """Return a report that is being made, since a moment ago: else its worker would have died."""
    now = datetime.now(UTC)
    found = request_report(answered.assessment, paper="a4", now=now, by=LINK)
    Report.objects.filter(pk=found.pk).update(status="running", attempts=1, started_at=now)
    found.refresh_from_db()
    return found


def tell(report, *progress):
    ProgressTold(report)(*progress)


def check(answered, seen=""):
    return answered.post("report/check/", {"seen": seen}, HTTP_HX_REQUEST="true")


def seen_in(response):
    return response.content.decode().partition('name="seen" value="')[2].partition('"')[0]


def words(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("progress", "status", "line"),
    [
        (None, "Your report is being made.", ""),
        (("layout", 0, 0), "Your report is being made.", "Laying out the pages."),
        (("drawing", 4, 14), "Your report is being drawn.</strong> It has 14 pages.", "4 of 14"),
        (("drawing", 1, 1), "Your report is being drawn.</strong> It has 1 page.", "1 of 1"),
        (("writing", 14, 14), "All 14 pages of your report are drawn.", "14 of 14"),
    ],
)
def test_page_says_how_far_it_is(answered, report, progress, status, line):
    if progress:
        tell(report, *progress)

    body = words(answered.get("report/"))

    assert f'<p role="status"><strong>{status}' in body
    assert line in body
    assert ("Page " in body) is bool(progress and progress[2])


def test_nothing_new_is_nothing_to_swap(answered, report):
    tell(report, "layout", 0, 0)
    first = check(answered)

    again = check(answered, seen_in(first))

    assert 'id="report-state"' in words(first)
    assert (again.status_code, again.content) == (204, b"")


def test_another_page_changes_the_line_alone(answered, report):
    tell(report, "drawing", 4, 14)
    seen = seen_in(check(answered))
    tell(report, "drawing", 5, 14)

    part = check(answered, seen)

    assert part["HX-Retarget"] == "#report-progress"
    assert words(part).startswith('<div id="report-progress">')
    assert "Page 5 of 14" in words(part)
    assert "role=" not in words(part)
    assert check(answered, seen_in(part)).status_code == 204


@pytest.mark.parametrize("change", ["phase", "attempt", "done"])
def test_what_counts_is_read_out(answered, report, change):
    tell(report, "layout", 0, 0)
    seen = seen_in(check(answered))
    rows = Report.objects.filter(pk=report.pk)
    if change == "phase":
        tell(report, "drawing", 1, 14)
    elif change == "attempt":
        rows.update(attempts=2)
    else:
        rows.update(status="ready", content=b"%PDF", finished_at=datetime.now(UTC))

    part = check(answered, seen)

    assert not part.has_header("HX-Retarget")
    assert 'role="status"' in words(part)


def test_another_attempt_begins_anew(report):
    tell(report, "drawing", 9, 14)
    assert progress_of(report) == RenderProgress("drawing", 9, 14)

    report.attempts = 2

    assert progress_of(report) is None


def test_pages_of_a_phase_are_kept_as_often_as_anybody_looks(report):
    often, seldom = ProgressTold(report, every_s=0), ProgressTold(report, every_s=3600)
    for page in (1, 2, 3):
        often("drawing", page, 3)
    assert progress_of(report) == RenderProgress("drawing", 3, 3)

    for page in (1, 2, 3):
        seldom("drawing", page, 3)
    assert progress_of(report) == RenderProgress("drawing", 1, 3)
    seldom("writing", 3, 3)
    assert progress_of(report) == RenderProgress("writing", 3, 3)


def test_worker_tells_the_pages_it_makes(answered):
    report = request_report(
        answered.assessment, paper="a4", now=datetime.now(UTC), by=LINK, kind="summary"
    )

    run_report(report.pk)

    assert cache.get(f"report-progress:{report.pk}:1") == ("writing", 1, 1)
    assert "Page 1 of 1" not in words(answered.get("report/"))


def test_check_asks_a_fixed_number_of_queries(answered, report, django_assert_num_queries):
    tell(report, "drawing", 4, 14)
    seen = seen_in(check(answered))

    # Session, access, those whose worker died, the reports, and how far the newest is.
    with django_assert_num_queries(5):
        check(answered, seen)
