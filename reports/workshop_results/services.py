"""The result of a workshop by mail: the report made, then one mail to each address.

`assessments.workshops.services.sending` says who gets it and sees to it that nobody gets it twice;
here is what they get. The row is the queue, as with reports: a job that dies is taken up again
after the participant it was at, three times at most.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone
from django_tasks import task

from assessments.core.queries.standing import standing_of
from assessments.workshops.models import Sending, Workshop
from assessments.workshops.queries.protocol import protocol_of
from assessments.workshops.queries.sending import next_waiting, stale_sendings
from assessments.workshops.services.sending import (
    DEAD_AFTER,
    MOST_AT_ONCE,
    SendingLost,
    ask_sending,
    fail_sending,
    finish_sending,
    forget_address,
    give_back,
    put_back,
    revive,
    take_address,
    take_up,
    wait_again,
)
from maturity.web.rate_limits import DAY_S, Limit, count, undone_when_refused
from maturity.workspaces.actors import Actor
from maturity.workspaces.scopes import every_workspace
from reports.core.services.documents import document_of
from reports.jobs.services.making import ResultHidden, made_at_once, request_report
from reports.models import Report
from reports.wording.workshop import mail_subject, mail_text

# Ours: people left these addresses themselves, each for one mail; an account that ran the largest
# call is still no way to mail thousands.
RESULT_MAILS = (Limit("result-mails", MOST_AT_ONCE, DAY_S),)
MAILER = Actor("mailer")
# A report that another worker makes is there soon; a mail server that is away may take longer.
_LOOK_AGAIN = timedelta(seconds=5)
_TRY_AGAIN = timedelta(minutes=1)

logger = logging.getLogger(__name__)


class NoMailHere(RuntimeError):
    """This installation sends no mail."""


def request_sending(workshop: Workshop, *, now: datetime, by: Actor) -> int:
    """Have the result mailed to everybody who left an address and waits; return how many do.

    Raises: NoMailHere; ResultHidden; LimitReached; NotOver, NothingToSend, AlreadySending,
    WorkshopGone. Costs: about 14 queries, and those of a standing.
    """
    if not settings.CAN_SEND_EMAIL:
        raise NoMailHere
    if standing_of(workshop.assessment, with_notes=False).is_hidden:
        raise ResultHidden
    with undone_when_refused():
        sending = ask_sending(workshop, now=now, by=by)
        count(RESULT_MAILS, by.label, now=now, amount=sending.left)
        send_result.enqueue(sending_id=sending.pk)
    return sending.left


@task()
def send_result(*, sending_id: int) -> None:
    """Send a workshop's result to who waits for it, unless somebody else has taken it up.

    A worker knows a sending by its id alone: no address lies in the queue.
    """
    revive_sendings(now=timezone.now())
    with every_workspace():
        run_sending(sending_id)


def run_sending(sending_id: int) -> None:
    """Claim a sending, have its report made, and send it to one after the other."""
    sending = take_up(sending_id, now=timezone.now())
    if sending is None:
        return
    try:
        message = _message_of(sending)
    except ResultHidden:
        fail_sending(sending, reason="hidden", now=timezone.now())
        return
    except _ReportFailed:
        logger.error("Sending %s: its report could not be made", sending.pk)
        fail_sending(sending, reason="report", now=timezone.now())
        return
    if message is None:
        if wait_again(sending, now=timezone.now()):
            _enqueue_later(sending, _LOOK_AGAIN)
        return
    _send_to_all(sending, message)


def revive_sendings(*, now: datetime) -> int:
    """Have sendings taken up again whose worker died, or give them up; return how many."""
    with every_workspace():
        found = stale_sendings(moved_before=now - DEAD_AFTER)
        for sending in found:
            logger.error("Sending %s: its worker died, attempt %s", sending.pk, sending.attempts)
            if revive(sending, now=now):
                send_result.enqueue(sending_id=sending.pk)
        return len(found)


class _ReportFailed(RuntimeError):
    """There is no file to attach."""


def _message_of(sending: Sending) -> EmailMessage | None:
    """Return the mail without anybody it goes to; None while another worker makes the report."""
    workshop, now = sending.workshop, timezone.now()
    report = request_report(workshop.assessment, paper="a4", now=now, by=MAILER)
    report = made_at_once(report)
    if report.status in (Report.Status.QUEUED, Report.Status.RUNNING):
        return None
    if report.status == Report.Status.FAILED:
        raise _ReportFailed
    document = document_of(standing_of(workshop.assessment, with_notes=False))
    protocol = protocol_of(workshop, now=now)
    message = EmailMessage(mail_subject(document), mail_text(document, protocol))
    message.attach(report.file_name, bytes(report.content or b""), "application/pdf")
    return message


def _send_to_all(sending: Sending, message: EmailMessage) -> None:
    """Send one mail after the other over one connection; each has one address in it."""
    before = sending.tried
    try:
        with get_connection() as connection:
            message.connection = connection
            while (participant_id := next_waiting(sending)) is not None:
                before = sending.tried
                _send_to(sending, participant_id, message)
    except SendingLost:
        return
    except OSError as failure:
        # Of the server or the way to it, so the next mail would meet the same.
        logger.error("Sending %s, attempt %s: %s", sending.pk, sending.attempts, type(failure))
        if put_back(sending, reason="mail", before=before, now=timezone.now()):
            _enqueue_later(sending, _TRY_AGAIN)
        return
    finish_sending(sending, now=timezone.now())


def _send_to(sending: Sending, participant_id: int, message: EmailMessage) -> None:
    """Send the mail to one participant, and forget the address; what is refused waits again."""
    address = take_address(sending, participant_id, now=timezone.now())
    if address is None:
        return
    message.to = [address]
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError, ValueError):
        # This address was not taken; others may be. What the server said may hold it: not logged.
        logger.warning("Sending %s: a mail was not taken by the server", sending.pk)
        give_back(participant_id)
    except OSError:
        give_back(participant_id)
        raise
    else:
        forget_address(participant_id)


def _enqueue_later(sending: Sending, wait: timedelta) -> None:
    send_result.using(run_after=timezone.now() + wait).enqueue(sending_id=sending.pk)
