"""Reports: asked for, kept once, watched, fetched; by whom the pages let."""

import io
import json
import zipfile
from datetime import date
from typing import get_args

import pytest
from django.utils import timezone

from assessments.lifecycle.services.closing import close_assessment
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import AuditEvent, User
from reports.jobs.api import AskedKind, KeptKind
from reports.jobs.kinds import KINDS, OF_A_RESULT
from reports.jobs.services import asking
from reports.jobs.services.making import run_report
from reports.models import Report
from tests.api.calling import Program, code_of, secret_of
from tests.assessments.voices import KEY, add_person
from tests.roles_cast import make_assessment, make_result

pytestmark = pytest.mark.django_db


def reports(assessment):
    return f"/assessments/{assessment.public_id}/reports"


@pytest.fixture
def closed(organisation, version):
    """Return a closed assessment."""
    return make_result(organisation, version).assessment


def test_every_kind_is_on_offer():
    assert list(get_args(AskedKind)) == [kind.key for kind in OF_A_RESULT]
    assert set(get_args(KeptKind)) == set(KINDS)


def test_what_is_asked_for_on_the_pages_is_listed_and_fetched(
    client, program, owner, organisation, version
):
    before = make_result(organisation, version, day=date(2025, 3, 14))
    now = make_result(organisation, version, picks=3)
    closed = now.assessment
    client.force_login(owner)
    page = f"/organisations/{organisation.public_id}/compare/report/"
    assert client.post(page, {"from": before.pk, "to": now.pk, "paper": "a4"}).status_code == 302
    kept = Report.objects.get(kind="comparison")
    run_report(kept.pk)

    (report,) = program.get(reports(closed)).json()["items"]

    assert (report["kind"], report["workshop"]) == ("comparison", None)
    assert report["compared_assessment"] == before.assessment.public_id
    assert report["compared_result"] == before.number
    assert program.get(f"{reports(closed)}/{report['id']}/file").content.startswith(b"%PDF-")
    assert program.post(reports(closed), {"kind": "comparison"}).status_code == 422


def test_a_file_is_made_once_and_fetched(program, closed):
    made = program.post(reports(closed), {"kind": "csv"})
    again = program.post(reports(closed), {"kind": "csv"})

    assert made.status_code == again.status_code == 202
    report = made.json()
    assert (report["id"], report["status"]) == (again.json()["id"], "ready")
    assert report["media_type"] == "application/zip"
    one = f"{reports(closed)}/{report['id']}"
    assert program.get(one).json() == report
    assert program.get(reports(closed)).json()["items"] == [report]
    assert program.send("HEAD", f"{one}/file").status_code == 200
    file = program.get(f"{one}/file")
    assert file["Content-Type"] == "application/zip"
    assert report["file_name"] in file["Content-Disposition"]
    assert len(file.content) == report["size"]
    assert "summary.csv" in zipfile.ZipFile(io.BytesIO(file.content)).namelist()
    assert AuditEvent.objects.filter(verb="report.downloaded").count() == 1


def test_what_is_printed_is_watched_until_it_is_ready(program, closed):
    report = program.post(reports(closed), {"kind": "summary", "paper": "letter"}).json()
    one = f"{reports(closed)}/{report['id']}"
    assert (report["status"], report["paper"], report["size"]) == ("queued", "letter", 0)
    assert program.get(f"{one}/file").status_code == 404

    run_report(report["id"])

    assert program.get(one).json()["status"] == "ready"
    assert program.get(f"{one}/file").content.startswith(b"%PDF-")


def test_who_answered_what_is_in_a_file_for_who_may_know(program, workspace, organisation, version):
    named = make_assessment(organisation, version, asked="gates")
    add_person(named, "Ann Canary", {KEY: 3})
    add_person(named, "Bob Canary", {KEY: 0})
    close_assessment(named, user=None, now=timezone.now(), by=Actor("test"))
    viewer = Program(secret_of(workspace, User.objects.get(email="vic@example.org")))

    mine = program.post(reports(named), {"kind": "json"}).json()
    theirs = viewer.post(reports(named), {"kind": "json"}).json()

    def data(who, report):
        return who.get(f"{reports(named)}/{report['id']}/file")

    names = [
        each["name"] for each in json.loads(data(program, mine).content)["answers"]["respondents"]
    ]
    assert names == ["Ann Canary", "Bob Canary"]
    assert b"Canary" not in data(viewer, theirs).content
    assert data(viewer, mine).status_code == 404
    assert viewer.get(f"{reports(named)}/{mine['id']}").status_code == 404
    assert [each["id"] for each in viewer.get(reports(named)).json()["items"]] == [theirs["id"]]


def test_a_report_on_open_answers_is_not_for_who_sees_closed_results(
    program, workspace, organisation, version, closed
):
    opened = make_assessment(organisation, version)
    report = program.post(reports(opened), {"kind": "pptx"}).json()
    viewer = Program(secret_of(workspace, User.objects.get(email="vic@example.org")))

    assert viewer.get(f"{reports(opened)}/{report['id']}").status_code == 404
    assert viewer.get(f"{reports(opened)}/{report['id']}/file").status_code == 404
    assert viewer.post(reports(opened), {}).status_code == 403
    assert viewer.post(reports(closed), {"result": 1}).status_code == 202
    assert viewer.post(reports(closed), {"result": 7}).status_code == 404
    other = f"{reports(closed)}/{report['id']}"
    assert program.get(other).status_code == program.get(f"{other}/file").status_code == 404


def test_new_reports_are_limited_as_on_the_page(program, closed, monkeypatch):
    lowered = tuple(each._replace(at_most=1) for each in asking.REPORTS_OF_ACCOUNT)
    monkeypatch.setattr(asking, "REPORTS_OF_ACCOUNT", lowered)
    assert program.post(reports(closed), {"kind": "xlsx"}).status_code == 202

    response = program.post(reports(closed), {"kind": "json"})

    assert (response.status_code, code_of(response)) == (429, "rate_limited")
    assert int(response["Retry-After"]) > 0
    assert Report.objects.count() == 1
    assert program.post(reports(closed), {"kind": "xlsx"}).status_code == 202
