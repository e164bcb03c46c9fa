"""What leaves the house: mails, exports, files, the PDF. Nothing of B is in A's, and A's own is."""

import io
import json
import zipfile
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from maturity.workspaces.scopes import no_workspace
from reports.jobs.services.making import run_report
from reports.models import Report
from tests.tenancy.bodies import body_for
from tests.tenancy.crawl import text_of
from tests.tenancy.filled import values_for
from tests.tenancy.routes import all_routes
from tests.tenancy.test_canaries import secrets_of
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import World

ROUTES = all_routes()


def _post(visitor: Visitor, route: str, world: World, subject: str = "open", **more: Any) -> Any:
    found = ROUTES[route]
    body = body_for(route, world, subject) | more
    return visitor.send("post", found.url(values_for(found, world, subject)), body)


def _assert_nothing_of_b(text: str, world: World) -> None:
    assert [each for each in secrets_of(world.b) if each.lower() in text.lower()] == []


@pytest.mark.parametrize("name", ["owner", "lead", "contributor", "viewer"])
def test_outgoing_own_data_are_one_s_own(
    name: str, world: World, visitors: dict[str, Visitor]
) -> None:
    response = _post(visitors[name], "assessments:my-data", world)
    text = text_of(response)

    json.loads(response.content)
    assert world.a.email(name) in text
    _assert_nothing_of_b(text, world)
    others = {"owner", "lead", "contributor", "viewer", "consultant"} - {name}
    assert [each for each in others if world.a.email(each) in text] == []
    assert "note-rating-strategy-guest" not in text
    if name == "contributor":
        assert world.a.say("note-rating-strategy-contributor-open") in text


@pytest.mark.parametrize("name", ["owner", "lead", "contributor"])
def test_outgoing_calendars_are_one_member_s(
    name: str, world: World, visitors: dict[str, Visitor]
) -> None:
    _, token = world.a.feeds[name]
    text = text_of(visitors["anonymous"].send("get", f"/calendar/{token}/steps.ics"))

    text = text.replace("\r\n ", "")
    assert "BEGIN:VCALENDAR" in text
    _assert_nothing_of_b(text, world)
    seen = [each for each in ("open", "other") if world.a.say(f"step-{each}") in text]
    assert seen == {"owner": ["open", "other"], "lead": ["open"], "contributor": []}[name]


def test_outgoing_trail_is_one_workspace_s(world: World, visitors: dict[str, Visitor]) -> None:
    text = text_of(_post(visitors["owner"], "workspaces:trail-export", world))

    assert world.a.say("organisation-main") in text
    assert world.a.say("user-owner") in text
    _assert_nothing_of_b(text, world)


def test_outgoing_pdf_is_one_assessment_s(world: World, visitors: dict[str, Visitor]) -> None:
    """A real report of A's closed assessment, made by the renderer and read again."""
    _post(visitors["lead"], "reports:report", world, "closed", paper="a4")
    report = Report.objects.filter(assessment=world.a.assessments["closed"]).latest("pk")
    assert report.status == Report.Status.QUEUED

    run_report(report.pk)

    report.refresh_from_db()
    assert report.status == Report.Status.READY, report.reason
    url = f"/assessments/{world.a.assessments['closed'].public_id}/report/{report.pk}/download/"
    content = visitors["viewer"].send("get", url).content
    document = pypdfium2.PdfDocument(bytes(content))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    text += json.dumps(document.get_metadata_dict())
    document.close()
    assert world.a.say("organisation-main") in text.replace("\r\n", "").replace("￾", "-")
    _assert_nothing_of_b(text, world)
    assert "@example.org" not in text


def test_outgoing_comparison_and_protocol_are_one_organisation_s(
    world: World, visitors: dict[str, Visitor]
) -> None:
    workshop = world.a.workshops["closed"].public_id
    _post(visitors["viewer"], "reports:compare-report", world)
    _post(visitors["viewer"], "reports:report", world, "closed", workshop=workshop)

    protocol, comparison = Report.objects.order_by("-pk")[:2]
    assert (protocol.kind, comparison.kind) == ("protocol", "comparison")
    for report in (protocol, comparison):
        assert world.a.say("organisation-main") in report.html
        _assert_nothing_of_b(report.html, world)
        assert "@example.org" not in report.html


@pytest.mark.parametrize("kind", ["pptx", "xlsx", "csv", "json"])
def test_outgoing_files_are_one_assessment_s(
    kind: str, world: World, visitors: dict[str, Visitor]
) -> None:
    """What is not printed is read part by part: of a zip every file in it."""
    _post(visitors["lead"], "reports:report", world, "closed", paper="a4", kind=kind)
    report = Report.objects.filter(assessment=world.a.assessments["closed"]).latest("pk")
    url = f"/assessments/{world.a.assessments['closed'].public_id}/report/{report.pk}/download/"
    content = bytes(visitors["lead"].send("get", url).content)

    parts = [content]
    if kind != "json":
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = [archive.read(name) for name in archive.namelist()]
    text = "\n".join(part.decode("utf-8", "replace") for part in parts)
    assert world.a.say("organisation-main") in text
    _assert_nothing_of_b(text, world)
    assert "@example.org" not in text


@pytest.fixture
def sent(settings: Any) -> list[Any]:
    """Let mails be sent at once, and return the list they go to."""
    settings.CAN_SEND_EMAIL = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    mail.outbox = []
    return mail.outbox


def test_outgoing_mails_are_about_one_workspace(
    world: World, visitors: dict[str, Visitor], sent: list[Any]
) -> None:
    with no_workspace():
        _post(visitors["owner"], "workspaces:people", world)
        _post(visitors["lead"], "workspaces:organisation-people", world)
        _post(visitors["lead"], "workspaces:resend-to-organisation", world)
        _post(visitors["lead"], "assessments:ask-members", world, is_mailed="on")
        _post(visitors["lead"], "assessments:ask-guests", world, is_mailed="on")
        _post(visitors["lead"], "assessments:respondent-send", world)
        _post(visitors["lead"], "assessments:remind", world)
        _post(visitors["guest"], "assessments:mail", world)

    kinds = {each.subject for each in sent}
    assert len(sent) >= 8
    assert len(kinds) >= 3
    for each in sent:
        text = f"{each.subject}\n{each.body}\n{each.to}\n{each.from_email}\n{each.extra_headers}"
        _assert_nothing_of_b(text, world)
        assert len(each.to) == 1
        assert not each.cc
        assert not each.bcc
        # Nobody is told the address of anybody else.
        addresses = {f for f in text.split() if "@example.org" in f} - {each.to[0]}
        assert {a.strip("<>[]',.") for a in addresses} <= {each.to[0]}


def test_outgoing_tasks_hold_no_texts(world: World, visitors: dict[str, Visitor]) -> None:
    """What a task is given stays in the database: ids and keys, no names, addresses or tokens."""
    with override_settings(CAN_SEND_EMAIL=True):
        _post(visitors["owner"], "workspaces:people", world)
        _post(visitors["lead"], "assessments:ask-guests", world, is_mailed="on")
        _post(visitors["lead"], "assessments:remind", world)
        _post(visitors["guest"], "assessments:mail", world)
        _post(visitors["lead"], "reports:report", world)

    rows = [json.dumps(row.args_kwargs) for row in DBTaskResult.objects.all()]
    assert len(rows) >= 4
    for row in rows:
        assert "canary" not in row.lower()
        assert "example.org" not in row
