"""A mail server, and what went out by it."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from assessments.models import Assessment
from assessments.workshops.models import Participant, Sending, Workshop
from assessments.workshops.services.sending import (
    ask_sending,
)
from reports.jobs.services.making import request_report
from reports.models import Report
from tests.workshops.held import BY

PDF = b"%PDF-1.7 a report"
ADDRESSES = ["anabel@example.org", "borromeo@example.org", "cemal@example.org"]


class Hub(EmailBackend):
    """A mail server that refuses some addresses, and goes away after some mails."""

    refused: tuple[str, ...] = ()
    gone_after: int | None = None

    def send_messages(self, messages: Any) -> int:
        """Take the mails, or raise what a real one makes the library raise."""
        (message,) = messages
        if self.gone_after is not None and len(mail.outbox) >= self.gone_after:
            raise SMTPServerDisconnected("gone")
        if message.to[0] in self.refused:
            raise SMTPRecipientsRefused({message.to[0]: (550, b"unknown user")})
        return super().send_messages(messages)


def leave_addresses(people: list[Participant]) -> None:
    for person, address in zip(people[1:], ADDRESSES, strict=False):
        Participant.objects.filter(pk=person.pk).update(email=address)


def url(workshop: Workshop, rest: str = "after/send/") -> str:
    return f"/workshops/{workshop.public_id}/{rest}"


def make_ready(assessment: Assessment) -> Report:
    """Let the report be made already: a real file takes seconds, and is tested on its own."""
    report = request_report(assessment, paper="a4", now=timezone.now(), by=BY)
    Report.objects.filter(pk=report.pk).update(status="ready", content=PDF, size=len(PDF), html="")
    return report


def asked(workshop: Workshop) -> Sending:
    return ask_sending(workshop, now=timezone.now(), by=BY)


def recipients() -> list[str]:
    """Return whom mails went to; each has exactly one recipient and no other field with one."""
    for message in mail.outbox:
        assert len(message.to) == 1
        assert (message.cc, message.bcc) == ([], [])
    return sorted(message.to[0] for message in mail.outbox)


def waiting() -> list[str]:
    return sorted(Participant.objects.exclude(email="").values_list("email", flat=True))
