"""Mails to respondents: the first one that asks, and the reminder.

A task gets the respondent's id and no more: it finds address and link itself, and what is wrong by
then (answered meanwhile, removed, a member no more, ended) is not sent.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from assessments.core.queries.still_asked import is_asked
from assessments.core.services.assessments import locked
from assessments.core.services.links import make_link, token_of
from assessments.core.services.locking import AnswersEnded
from assessments.models import Assessment, Respondent, SecretLink
from assessments.respondents.services.respondents import may_hold_link_of
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.scopes import every_workspace, scope_of

REMINDED_AT_MOST_EVERY = timedelta(days=1)
# Ours: a lead asks two hundred people on one day, nobody a thousand addresses that are not theirs.
MOST_A_DAY = 400
_ASKED, _REMINDED = "respondent.emailed", "respondent.reminded"

logger = logging.getLogger(__name__)


class TooManyEmails(Exception):
    """This assessment has sent as many mails as it may in a day."""


@transaction.atomic
def mail_respondents(
    assessment: Assessment,
    *,
    respondents: Sequence[Respondent],
    site: str,
    now: datetime,
    by: Actor,
) -> int:
    """Ask respondents by mail, those with an address; return how many.

    `site` is the absolute address of the home page.
    Raises: AnswersEnded, TooManyMails. Costs: 3 queries, and 1 for each mail.
    """
    current = locked(assessment)
    ids = [each.pk for each in respondents]
    return _enqueue(current, ids, site=site, is_reminder=False, now=now, by=by)


@transaction.atomic
def remind(
    assessment: Assessment,
    *,
    respondents: Sequence[Respondent],
    site: str,
    now: datetime,
    by: Actor,
) -> int:
    """Remind those of the respondents who have an address and were not reminded today.

    Nobody is who may not answer any more. Return how many.
    Raises: AnswersEnded, TooManyMails. Costs: 4 queries, and 1 for each mail.
    """
    current = locked(assessment)
    due = Respondent.objects.filter(
        Q(reminded_at=None) | Q(reminded_at__lte=now - REMINDED_AT_MOST_EVERY),
        assessment=current,
        pk__in=[each.pk for each in respondents],
    )
    ids = list(due.values_list("pk", flat=True))
    sent = _enqueue(current, ids, site=site, is_reminder=True, now=now, by=by)
    Respondent.objects.filter(pk__in=ids).update(reminded_at=now)
    return sent


def may_be_reminded(respondent: Respondent, *, now: datetime) -> bool:
    """Say whether this respondent can be reminded by mail now; the user must be loaded."""
    last = respondent.reminded_at
    if last is not None and last > now - REMINDED_AT_MOST_EVERY:
        return False
    return bool(address_of(respondent))


def address_of(respondent: Respondent) -> str:
    """Return where mail reaches a respondent whose user is loaded; empty for nowhere."""
    return respondent.user.email if respondent.user is not None else str(respondent.email)


def _enqueue(
    current: Assessment,
    ids: Sequence[int],
    *,
    site: str,
    is_reminder: bool,
    now: datetime,
    by: Actor,
) -> int:
    if not current.takes_answers:
        raise AnswersEnded
    people = Respondent.objects.select_related("user").filter(
        is_asked(), assessment=current, pk__in=ids
    )
    wanted = [each for each in people.order_by("pk") if address_of(each)]
    if not wanted:
        return 0
    if _sent_today(current, now=now) + len(wanted) > MOST_A_DAY:
        raise TooManyEmails
    record_event(
        _REMINDED if is_reminder else _ASKED,
        by=by,
        subject=current.public_id,
        workspace=current.workspace.public_id,
        at=now,
        detail={"mails": len(wanted)},
    )
    for each in wanted:
        send_asking.enqueue(respondent_id=each.pk, site=site, is_reminder=is_reminder)
    return len(wanted)


def _sent_today(assessment: Assessment, *, now: datetime) -> int:
    events = AuditEvent.objects.filter(
        subject=assessment.public_id,
        verb__in=[_ASKED, _REMINDED],
        at__gt=now - timedelta(days=1),
    )
    return sum(int(detail.get("mails", 0)) for detail in events.values_list("detail", flat=True))


@task()
def send_asking(*, respondent_id: int, site: str, is_reminder: bool) -> None:
    """Write the mail to a respondent and send it, unless it makes no sense any more."""
    if not settings.CAN_SEND_EMAIL:
        logger.warning("A respondent was not mailed: this installation sends no mail.")
        return
    with every_workspace():
        respondent = (
            Respondent.objects.select_related(
                "user", "assessment__organisation", "assessment__workspace"
            )
            .filter(pk=respondent_id)
            .first()
        )
    if respondent is None or not address_of(respondent):
        return
    assessment = respondent.assessment
    if not assessment.takes_answers or (is_reminder and respondent.finished_at is not None):
        return
    with scope_of(assessment.workspace_id):
        if not Respondent.objects.filter(is_asked(), pk=respondent_id).exists():
            return
        place = _place_of(respondent, site=site)
    organisation = assessment.organisation.name
    send_mail(
        subject=f"{'Still open' if is_reminder else 'Your view is asked for'}: {organisation}",
        message=_message(respondent, place=place, is_reminder=is_reminder),
        from_email=None,
        recipient_list=[address_of(respondent)],
    )


def _place_of(respondent: Respondent, *, site: str) -> str:
    """Return the address the mail leads to; empty when only the respondent may hold it."""
    assessment = respondent.assessment
    if respondent.user_id is not None:
        return f"{site}assessments/{assessment.public_id}/begin/"
    if not may_hold_link_of(assessment, respondent):
        return ""
    now = timezone.now()
    link = (
        SecretLink.objects.filter(respondent=respondent, revoked_at=None, expires_at__gt=now)
        .order_by("-created_at", "-pk")
        .first()
    )
    token = token_of(link) if link else None
    if token is None:
        token = token_of(make_link(respondent, now=now))
    return f"{site}link/{token}/"


def _message(respondent: Respondent, *, place: str, is_reminder: bool) -> str:
    assessment = respondent.assessment
    name = f"Hello {respondent.name}" if respondent.name else "Hello"
    organisation = assessment.organisation.name
    opening = (
        f"you were asked for your view on where {organisation} stands, and not everything is"
        " answered yet."
        if is_reminder
        else f"you are asked for your view on where {organisation} stands."
    )
    seen = (
        "It is anonymous: nobody sees who said what."
        if assessment.is_anonymous
        else "Your answers are seen with your name by those who lead the assessment, and your notes"
        " stand with your name in the result."
    )
    if place and respondent.user_id is not None:
        way = f"Sign in and answer here:\n\n{place}\n"
    elif place:
        way = f"This link is yours alone; no account is needed:\n\n{place}\n"
    else:
        way = (
            "Please go on in the browser you began in. There, the page “Your link” also shows the"
            " link that opens your answers on another device; nobody else has it.\n"
        )
    return (
        f"{name},\n\n{opening} {seen}\n\n{way}\n"
        "You can stop at any time and go on later. Before the first question you are told what"
        " will be seen.\n"
    )
