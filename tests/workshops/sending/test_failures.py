"""What goes wrong while the result is sent: nobody gets it twice, and nobody is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.workshops.models import Participant, Sending, Workshop
from assessments.workshops.services.sending import (
    DEAD_AFTER,
    PROMISE,
    AlreadySending,
)
from reports.models import Report
from reports.workshop_results import services as sends
from reports.workshop_results.services import revive_sendings, run_sending
from tests.workshops.held import END, words_in
from tests.workshops.room import add_participant
from tests.workshops.sending.mails import (
    ADDRESSES,
    Hub,
    asked,
    make_ready,
    recipients,
    url,
    waiting,
)

pytestmark = pytest.mark.django_db

# --- what goes wrong on the way -------------------------------------------------------------------


def test_address_the_server_refuses_waits_and_the_others_get_theirs(
    client: Client, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(workshop.assessment)
    monkeypatch.setattr(Hub, "refused", (ADDRESSES[1],))

    run_sending(asked(workshop).pk)

    assert recipients() == [ADDRESSES[0], ADDRESSES[2]]
    assert waiting() == [ADDRESSES[1]]
    assert Sending.objects.get().status == "done"
    page = words_in(client.get(url(workshop, "after/")))
    assert "1 person more left an address, or could not be reached." in page

    monkeypatch.setattr(Hub, "refused", ())
    run_sending(asked(workshop).pk)
    assert recipients() == ADDRESSES


def test_server_that_goes_away_is_tried_again_and_nobody_gets_two(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(workshop.assessment)
    monkeypatch.setattr(Hub, "gone_after", 1)
    sending = asked(workshop)

    run_sending(sending.pk)

    sending.refresh_from_db()
    assert (sending.status, sending.attempts, sending.left) == ("queued", 1, 2)
    assert len(waiting()) == 2
    monkeypatch.setattr(Hub, "gone_after", None)
    run_sending(sending.pk)
    assert recipients() == ADDRESSES
    assert waiting() == []


def test_server_that_stays_away_is_given_up_and_the_page_says_so(
    client: Client, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(workshop.assessment)
    monkeypatch.setattr(Hub, "gone_after", 0)
    sending = asked(workshop)

    for _ in range(4):
        run_sending(sending.pk)

    sending.refresh_from_db()
    assert (sending.status, sending.reason, sending.attempts) == ("failed", "mail", 3)
    assert waiting() == ADDRESSES
    page = words_in(client.get(url(workshop, "after/")))
    assert "The mail server could not be reached." in page
    assert "Send the result to 3 addresses" in page


def test_job_that_died_is_taken_up_after_the_one_it_was_at(workshop: Workshop) -> None:
    make_ready(workshop.assessment)
    sending = asked(workshop)
    first = Participant.objects.get(email=ADDRESSES[0])
    # It died after the mail was handed over and before the address was forgotten.
    Participant.objects.filter(pk=first.pk).update(result_sent_at=END)
    Sending.objects.update(
        status="running", attempts=1, tried=first.pk, left=2, moved_at=timezone.now() - DEAD_AFTER
    )
    later = timezone.now() + timedelta(seconds=1)

    assert revive_sendings(now=later) == 1
    run_sending(sending.pk)

    assert recipients() == ADDRESSES[1:]
    sending.refresh_from_db()
    assert (sending.status, sending.attempts) == ("done", 2)


def test_job_that_died_three_times_is_given_up(client: Client, workshop: Workshop) -> None:
    asked(workshop)
    Sending.objects.update(status="running", attempts=3, moved_at=timezone.now() - 2 * DEAD_AFTER)

    revive_sendings(now=timezone.now())

    assert (Sending.objects.get().status, Sending.objects.get().reason) == ("failed", "died")
    page = words_in(client.get(url(workshop, "after/")))
    assert "The sending broke off. Nobody has got it yet." in page


def test_sending_that_moves_is_left_alone(workshop: Workshop) -> None:
    asked(workshop)

    assert revive_sendings(now=timezone.now()) == 0
    with pytest.raises(AlreadySending):
        asked(workshop)


def test_dead_sending_is_replaced_when_asked_again(client: Client, workshop: Workshop) -> None:
    asked(workshop)
    Sending.objects.update(status="running", attempts=1, moved_at=timezone.now() - 2 * DEAD_AFTER)

    page = words_in(client.get(url(workshop, "after/")))
    client.post(url(workshop))

    assert "The sending broke off." in page
    assert list(Sending.objects.order_by("pk").values_list("status", "reason")) == [
        ("failed", "died"),
        ("queued", ""),
    ]


def test_job_that_was_overtaken_sends_nothing_more(workshop: Workshop) -> None:
    make_ready(workshop.assessment)
    sending = asked(workshop)

    class Overtaken(Hub):
        def send_messages(self, messages: Any) -> int:
            sent = super().send_messages(messages)
            # Meanwhile it was held for dead, and another worker has it.
            Sending.objects.update(attempts=2)
            return sent

    backend = Overtaken()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sends, "get_connection", lambda: backend)
        run_sending(sending.pk)

    assert len(mail.outbox) == 1
    assert Sending.objects.get().status == "running"


def test_while_another_worker_makes_the_report_it_waits(workshop: Workshop) -> None:
    report = make_ready(workshop.assessment)
    Report.objects.filter(pk=report.pk).update(
        status="running", content=None, attempts=1, started_at=timezone.now()
    )
    sending = asked(workshop)
    before = DBTaskResult.objects.count()

    run_sending(sending.pk)

    sending.refresh_from_db()
    assert (sending.status, sending.attempts) == ("queued", 0)
    assert DBTaskResult.objects.count() == before + 1
    assert mail.outbox == []


def test_without_a_report_nobody_gets_a_mail(
    client: Client, workshop: Workshop, settings: Any
) -> None:
    settings.RENDER_MEMORY_MB = 1

    run_sending(asked(workshop).pk)

    assert (Sending.objects.get().status, Sending.objects.get().reason) == ("failed", "report")
    assert mail.outbox == []
    page = words_in(client.get(url(workshop, "after/")))
    assert "The report could not be made, so nothing was sent." in page


def test_deleted_workshop_takes_its_sending_with_it(workshop: Workshop) -> None:
    sending = asked(workshop)
    workshop.delete()

    run_sending(sending.pk)

    assert (Sending.objects.count(), mail.outbox) == (0, [])


def test_page_tells_how_far_it_is(client: Client, workshop: Workshop) -> None:
    asked(workshop)
    first = words_in(client.get(url(workshop, "after/")))
    Participant.objects.filter(email=ADDRESSES[0]).update(email="", result_sent_at=END)
    second = words_in(client.get(url(workshop, "after/")))

    assert "The report is made first, then 3 mails go out." in first
    assert "1 mail sent so far, 2 to go." in second
    assert "Send the result" not in first + second


def test_late_address_can_still_get_the_result(client: Client, workshop: Workshop) -> None:
    make_ready(workshop.assessment)
    run_sending(asked(workshop).pk)
    add_participant(workshop, "Late", email="late@example.org")

    page = words_in(client.get(url(workshop, "after/")))
    run_sending(asked(workshop).pk)

    assert "Send the result to 1 address" in page
    assert recipients() == [*ADDRESSES, "late@example.org"]


def test_promise_says_what_happens() -> None:
    assert "this one mail" in PROMISE
    assert "30 days after the workshop" in PROMISE
