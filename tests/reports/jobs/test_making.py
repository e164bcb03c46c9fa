"""A report asked for, made, tried again, given up; never lost and never made twice."""

import contextlib
import os
import signal
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from assessments.answering.services.answers import AnswerChange, record_changes
from maturity.workspaces.actors import LINK
from maturity.workspaces.models import AuditEvent
from reports.jobs.kinds import KINDS
from reports.jobs.services import making
from reports.jobs.services.making import make_report, request_report, revive_stale, run_report
from reports.models import Report
from reports.rendering.client import shared_renderer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=2)

pytestmark = pytest.mark.django_db(transaction=True)


def asked(guest, **changes):
    return request_report(guest.assessment, **{"paper": "a4", "now": NOW, "by": LINK} | changes)


def jobs() -> int:
    return DBTaskResult.objects.count()


def running(report: Report, attempts: int = 1, since: datetime = NOW) -> Report:
    Report.objects.filter(pk=report.pk).update(
        status="running", attempts=attempts, started_at=since
    )
    return report


def test_report_is_asked_for_made_and_stored(answered):
    report = asked(answered)
    assert (report.status, report.attempts, jobs()) == ("queued", 0, 1)

    make_report.call(report_id=report.pk)

    report.refresh_from_db()
    assert (report.status, report.attempts, report.html, report.reason) == ("ready", 1, "", "")
    assert bytes(report.content).startswith(b"%PDF")
    assert report.size == len(report.content)
    assert report.file_name.startswith("Waymark report Alder Books 20")
    assert AuditEvent.objects.filter(verb="report.requested").count() == 1


def test_same_input_is_never_made_twice(answered):
    report = asked(answered)
    make_report.call(report_id=report.pk)

    again = asked(answered, now=LATER)

    assert again.pk == report.pk
    assert (Report.objects.count(), jobs()) == (1, 1)


def test_other_paper_or_other_answers_are_another_report(answered):
    first = asked(answered)
    letter = asked(answered, paper="letter")
    record_changes(
        answered.respondent, [AnswerChange("rating", "metrics.3.01", "value", 2)], now=NOW
    )
    changed = asked(answered)

    assert len({first.pk, letter.pk, changed.pk}) == 3


def test_only_the_newest_reports_are_kept(answered):
    for n in range(making.MOST_KEPT + 3):
        record_changes(
            answered.respondent,
            [AnswerChange("rating", "metrics.3.01", "note", f"Note {n}")],
            now=NOW,
        )
        newest = asked(answered, now=NOW + timedelta(seconds=n))

    assert Report.objects.count() == making.MOST_KEPT
    assert Report.objects.filter(pk=newest.pk).exists()


def test_job_that_runs_twice_makes_one_file(answered):
    report = asked(answered)
    run_report(report.pk)
    made = Report.objects.get(pk=report.pk)

    run_report(report.pk)

    assert Report.objects.get(pk=report.pk).finished_at == made.finished_at
    assert Report.objects.get(pk=report.pk).attempts == 1


def test_job_of_a_deleted_report_does_nothing(db):
    make_report.call(report_id=4711)

    assert Report.objects.count() == 0


@pytest.mark.parametrize("attempts", [1, 2])
def test_report_whose_worker_died_is_tried_again(answered, attempts):
    report = running(asked(answered), attempts=attempts)

    assert revive_stale(now=LATER) == 1

    report.refresh_from_db()
    assert (report.status, report.attempts, jobs()) == ("queued", attempts, 2)


def test_report_whose_worker_died_three_times_fails_visibly(answered):
    report = running(asked(answered), attempts=3)

    revive_stale(now=LATER)

    report.refresh_from_db()
    assert (report.status, report.reason, jobs()) == ("failed", "died", 1)


def test_report_that_is_being_made_is_left_alone(answered):
    report = running(asked(answered), since=LATER - timedelta(seconds=20))

    assert revive_stale(now=LATER) == 0

    report.refresh_from_db()
    assert report.status == "running"


def test_late_worker_does_not_overwrite_what_another_took_up(answered):
    report = asked(answered)
    mine = running(report, attempts=1)
    mine.attempts = 1
    # Meanwhile it was given up on and taken by another, whose attempt is the second.
    Report.objects.filter(pk=report.pk).update(attempts=2)

    making._give_up_or_retry(mine, "time")

    report.refresh_from_db()
    assert (report.status, report.attempts) == ("running", 2)


def test_time_limit_fails_at_once_and_asking_again_tries_again(answered, settings):
    report = asked(answered)
    Report.objects.filter(pk=report.pk).update(html=_slow())
    settings.RENDER_SECONDS = 1

    run_report(report.pk)
    report.refresh_from_db()
    assert (report.status, report.reason) == ("failed", "time")

    settings.RENDER_SECONDS = 30
    again = asked(answered)
    assert (again.pk, again.status, again.attempts) == (report.pk, "queued", 0)
    run_report(again.pk)
    assert Report.objects.get(pk=report.pk).status == "ready"


def test_killed_render_process_is_retried_twice_then_fails(answered):
    report = asked(answered)
    renderer = shared_renderer()
    renderer.close()
    stop = threading.Event()

    def kill_each() -> None:
        while not stop.wait(0.02):
            if renderer.process_id:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(renderer.process_id, signal.SIGKILL)

    killer = threading.Thread(target=kill_each)
    killer.start()
    states = []
    for _ in range(3):
        run_report(report.pk)
        report.refresh_from_db()
        states.append((report.status, report.attempts, report.reason))
    stop.set()
    killer.join()

    assert states == [("queued", 1, ""), ("queued", 2, ""), ("failed", 3, "died")]
    assert jobs() == 3


def test_lost_job_is_sent_anew_when_asked_again(answered):
    report = asked(answered)

    assert asked(answered, now=NOW + timedelta(seconds=5)).pk == report.pk
    assert jobs() == 1
    asked(answered, now=NOW + timedelta(minutes=1))
    assert jobs() == 2


def test_deleting_the_assessment_deletes_its_reports(answered):
    asked(answered)

    answered.assessment.delete()

    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Alder Books", "Waymark report Alder Books 2026-11-22.pdf"),
        ('../../etc/"pass\r\nwd"', "Waymark report etc pass wd 2026-11-22.pdf"),
        ("Åland & Söhne", "Waymark report Åland Söhne 2026-11-22.pdf"),
        ("\u202egnp.exe", "Waymark report gnp exe 2026-11-22.pdf"),
        ("x" * 200, f"Waymark report {'x' * 75} 2026-11-22.pdf"),
    ],
)
def test_file_name_is_one_every_system_can_store(name, file_name):
    assert making.file_name(name, "2026-11-22", KINDS["report"]) == file_name


def _slow() -> str:
    variables = "".join(f"--a{n}:{f'var(--a{n - 1}) ' * 10};" for n in range(1, 9))
    return (
        f"<html lang='en'><title>x</title><style>:root{{--a0:x;{variables}}}"
        "p::before{content:'a' var(--a8)}</style><p>x</p></html>"
    )
