"""The result by mail: to whom, once each, and what becomes of the address."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.models import Assessment
from assessments.workshops.models import Participant, Sending, Workshop
from assessments.workshops.services.sending import (
    DEAD_AFTER,
    NothingToSend,
    NotOver,
)
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.scopes import no_workspace
from reports.models import Report
from reports.workshop_results import services as sends
from reports.workshop_results.services import run_sending, send_result
from tests.assessments.closed import House, begin
from tests.workshops.held import BY, END, NAMES, hold, words_in
from tests.workshops.sending.mails import (
    ADDRESSES,
    PDF,
    asked,
    leave_addresses,
    make_ready,
    recipients,
    url,
    waiting,
)

pytestmark = pytest.mark.django_db

# --- asked for ------------------------------------------------------------------------------------


def test_result_goes_to_each_address_once_and_the_address_is_forgotten(
    client: Client, workshop: Workshop
) -> None:
    make_ready(workshop.assessment)

    page = words_in(client.post(url(workshop), follow=True))
    (handed_over,) = DBTaskResult.objects.filter(task_path__contains="send_result").values_list(
        "args_kwargs", flat=True
    )
    with no_workspace():
        send_result.func(**handed_over["kwargs"])
        send_result.func(**handed_over["kwargs"])

    assert "The result is on its way. Three people will get a mail." in page
    assert recipients() == ADDRESSES
    assert waiting() == []
    assert Participant.objects.exclude(result_sent_at=None).count() == 3
    assert Sending.objects.get().status == "done"
    after = words_in(client.get(url(workshop, "after/")))
    assert "3 people got the result by mail. Their addresses are deleted." in after
    assert "left an address" not in after


def test_queue_and_trail_hold_no_address(client: Client, workshop: Workshop) -> None:
    client.post(url(workshop))

    queue = json.dumps(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    trail = repr(list(AuditEvent.objects.values()))
    assert "@example.org" not in queue + trail.replace("lead@example.org", "")
    (event,) = AuditEvent.objects.filter(verb="workshop.result_sent")
    assert event.detail == {"workshop": workshop.public_id, "mails": 3}


def test_mail_says_the_result_the_decisions_and_what_becomes_of_the_address(
    workshop: Workshop,
) -> None:
    make_ready(workshop.assessment)

    run_sending(asked(workshop).pk)

    message = mail.outbox[0]
    assert message.subject == "Result of the workshop: Fernhill Outdoor"
    assert message.body == (
        "Hello,\n\n"
        "on 20 November 2026 you took part in a workshop on where Fernhill Outdoor stands, run by"
        " consultant person. You left your address to get its result, and here it is.\n\n"
        "Fernhill Outdoor stands at stage 2, Experimental, with a score of 2.8 across all 8"
        " dimensions.\n\n"
        "What the room decided:\n"
        "- Strategy: Stage 3, Operational\n"
        "- Strategy: the gate to stage 2, Experimental: Two of six statements agreed\n"
        "- Strategy, target: Stage 4, Value Expansion\n"
        "- Strategy, importance: More\n\n"
        "What comes first:\n"
        "- Ask community visitors whether they found their answer there, and estimate together"
        " with support how many calls this saved.\n"
        "- Sit down with the strategy owners and write, for each social channel, which business"
        " goal it serves and what we do there.\n\n"
        "The whole report is attached as a PDF. It says why each dimension stands where it stands,"
        " and has the protocol of the workshop in it.\n\n"
        "This is the only mail you get for it: your address is deleted now that it is on its"
        " way.\n"
    )
    ((name, content, kind),) = message.attachments
    assert (content, kind) == (PDF, "application/pdf")
    assert name == "Waymark report Fernhill Outdoor 2026-11-22.pdf"


def test_mail_of_an_anonymous_workshop_names_nobody_in_it(assessment: Assessment) -> None:
    held = hold(assessment, voices="anonymous")
    leave_addresses(held.people)
    make_ready(assessment)

    run_sending(asked(held.end()).pk)

    assert recipients() == ADDRESSES
    for message in mail.outbox:
        assert [name for name in NAMES if name.split()[0] in message.subject + message.body] == []
        assert not any(each.partition("@")[0] in message.body for each in ADDRESSES)


def test_mail_of_a_closed_assessment_brings_its_frozen_result(workshop: Workshop) -> None:
    assessment = workshop.assessment
    close_assessment(assessment, user=None, now=END + timedelta(hours=1), by=BY)

    make_ready(assessment)
    run_sending(asked(workshop).pk)

    assert recipients() == ADDRESSES
    assert Report.objects.get().result is not None


def test_report_is_made_by_the_sending_itself_and_attached(workshop: Workshop) -> None:
    Participant.objects.exclude(email=ADDRESSES[0]).update(email="")

    run_sending(asked(workshop).pk)

    (message,) = mail.outbox
    ((_, content, _),) = message.attachments
    assert content.startswith(b"%PDF")
    assert Report.objects.get().status == "ready"


# --- not sent -------------------------------------------------------------------------------------


def test_nobody_else_sends(house: House, workshop: Workshop) -> None:
    assert house.client("stranger").post(url(workshop)).status_code == 404
    assert house.client("viewer").post(url(workshop)).status_code == 403
    assert house.client("contributor").post(url(workshop)).status_code == 403
    assert house.client("lead").get(url(workshop)).status_code == 405
    assert house.client("lead").post("/workshops/doesnotexist/after/send/").status_code == 404
    assert Sending.objects.count() == 0


def test_nothing_is_sent_before_the_end_or_of_a_rehearsal(
    client: Client, assessment: Assessment
) -> None:
    now = timezone.now()
    live = hold(assessment, opened_at=now, expires_at=now + timedelta(hours=1))
    leave_addresses(live.people)
    rehearsal = hold(assessment, is_rehearsal=True, code="BCD347", token_hash="i" * 64)
    leave_addresses(rehearsal.people)

    for workshop in (live.workshop, rehearsal.end()):
        with pytest.raises(NotOver):
            asked(workshop)
        assert client.post(url(workshop)).status_code == 404
    assert DBTaskResult.objects.count() == 0


def test_without_addresses_nothing_is_sent(client: Client, workshop: Workshop) -> None:
    Participant.objects.update(email="")

    with pytest.raises(NothingToSend):
        asked(workshop)

    page = words_in(client.post(url(workshop), follow=True))
    assert "Nobody waits for the result, so nothing was sent." in page
    assert "Nobody left an address." in page


def test_who_was_taken_out_gets_nothing(workshop: Workshop) -> None:
    make_ready(workshop.assessment)
    Participant.objects.filter(email=ADDRESSES[0]).update(
        removed_at=timezone.now() - 2 * DEAD_AFTER
    )

    run_sending(asked(workshop).pk)

    assert recipients() == ADDRESSES[1:]


def test_hidden_result_is_not_sent(house: House, client: Client) -> None:
    assessment = begin(house, voices="anonymous")
    held = hold(assessment)
    leave_addresses(held.people)
    workshop = held.end()

    page = words_in(client.post(url(workshop), follow=True))

    assert "The result cannot be shown to anybody yet, so nothing was sent." in page
    assert Sending.objects.count() == 0
    assert waiting() == ADDRESSES


def test_result_that_is_hidden_meanwhile_is_not_sent(house: House) -> None:
    assessment = begin(house, voices="anonymous")
    end_answers(assessment, now=END, by=BY)
    held = hold(assessment)
    leave_addresses(held.people)

    run_sending(asked(held.end()).pk)

    assert (Sending.objects.get().status, Sending.objects.get().reason) == ("failed", "hidden")
    assert mail.outbox == []
    assert waiting() == ADDRESSES


def test_without_mail_the_page_says_so_and_shows_no_address(
    client: Client, workshop: Workshop, settings: Any
) -> None:
    settings.CAN_SEND_EMAIL = False

    response = client.get(url(workshop, "after/"))

    page = words_in(response)
    assert "3 people left an address, but this installation sends no e-mail." in page
    assert "deleted on 20 December 2026" in page
    assert "@" not in page
    assert "Send the result" not in page
    assert client.post(url(workshop)).status_code == 404


def test_page_shows_a_count_and_never_an_address(client: Client, workshop: Workshop) -> None:
    body = client.get(url(workshop, "after/")).content.decode()

    assert "Send the result to 3 addresses" in body
    assert not any(address in body for address in ADDRESSES)


def test_mails_of_an_account_are_limited_in_a_day(
    client: Client, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(sends, "RESULT_MAILS", (sends.RESULT_MAILS[0]._replace(at_most=2),))

    response = client.post(url(workshop))

    assert response.status_code == 302
    assert "Retry-After" in response
    page = words_in(client.get(url(workshop, "after/")))
    assert "You have sent as many results today as one account may" in page
    assert Sending.objects.count() == 0
    assert DBTaskResult.objects.count() == 0
