"""Mails to members about the steps they own: that one is theirs, and that it falls due.

The rows are the queue. A step says itself whether its member waits to be told (`tell_at`), who was
told last (`told`) and of which day (`reminded_of`), so nobody is told twice of the same. What is
told is taken off the rows before the mail goes out, and put back when no server took it. A task
gets two keys and no more: it finds steps and address itself.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks import task

from assessments.models import Step
from assessments.roadmap.queries.owned_steps import members_to_mail, owned_steps
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User
from maturity.workspaces.scopes import every_workspace, scope_of

# Ours: whoever plans a roadmap gives out ten steps within minutes, and each owner gets one mail.
TOGETHER = dt.timedelta(minutes=10)
DUE_WITHIN = dt.timedelta(days=3)
# Mails about days go out in the morning of the same zone for everybody: UTC, as all of Waymark.
FROM_HOUR = 6
LOST_AFTER = dt.timedelta(hours=1)
GIVEN_UP_AFTER = dt.timedelta(days=3)
MOST_IN_A_MAIL = 25

logger = logging.getLogger(__name__)


def note_owner(step: Step, *, was: int | None, now: dt.datetime, by: Actor) -> Sequence[str]:
    """Note on a step that is about to be saved whether its member has to be told.

    `was` is whose it was before. Nobody is told of what they gave themselves, nor of a day within
    three days that they set themselves. Return the names of the fields to save.
    """
    if step.member_id is not None and step.member_id == by.user_id:
        # Who takes a step on or changes their own knows that it is theirs, and its day.
        step.tell_at, step.told_id = None, step.member_id
        if step.due is not None and step.due <= now.date() + DUE_WITHIN:
            step.reminded_of = step.due
        return ("tell_at", "told", "reminded_of")
    if step.member_id == was:
        # Nothing to save: meanwhile a mail may have gone out and noted that it did.
        return ()
    is_news = step.member_id is not None and step.member_id != step.told_id
    step.tell_at = now if is_news else None
    return ("tell_at",)


def ask_telling(step: Step, *, now: dt.datetime) -> None:
    """Have the member told in a while, together with what else becomes theirs until then.

    For a step just saved; nothing happens when its member need not be told. Costs: 1 query then.
    """
    if step.tell_at == now and step.member_id is not None:
        mail_owner.using(run_after=now + TOGETHER).enqueue(
            user_id=step.member_id, workspace_id=step.organisation.workspace_id
        )


def mail_owners(*, now: dt.datetime) -> int:
    """Have everybody mailed whose step falls due, or whose mail was lost; return how many.

    For `manage.py purge`, which runs every hour. Before the morning nobody is told of a day.
    """
    if not settings.CAN_SEND_EMAIL:
        return 0
    with every_workspace():
        found = members_to_mail(
            due_from=now.date(),
            due_until=_due_until(now),
            untold_before=now - LOST_AFTER,
            untold_since=now - GIVEN_UP_AFTER,
        )
    for user_id, workspace_id in found:
        mail_owner.enqueue(user_id=user_id, workspace_id=workspace_id)
    return len(found)


@task()
def mail_owner(*, user_id: int, workspace_id: int) -> None:
    """Tell a member in one mail of the steps of a workspace they have to be told of, if any."""
    if not settings.CAN_SEND_EMAIL:
        logger.warning("An owner was not mailed: this installation sends no mail.")
        return
    with scope_of(workspace_id):
        tell(user_id, now=timezone.now())


def tell(user_id: int, *, now: dt.datetime) -> None:
    """Send a member the mail about the steps of the workspace in scope, if there is news."""
    news = _take_news(user_id, now=now)
    if news is None:
        return
    try:
        send_mail(
            subject=_subject(news),
            message=_message(news),
            from_email=None,
            recipient_list=[news.user.email],
        )
    except (SMTPRecipientsRefused, SMTPDataError, ValueError):
        # What the server said may hold the address: not logged.
        logger.warning("A mail about steps was not taken by the server")
    except OSError as failure:
        # Of the server or the way to it: the next hour tries again.
        logger.error("A mail about steps was not sent: %s", type(failure).__name__)
        _put_back(news)


@dataclass(frozen=True, slots=True)
class _News:
    """What somebody is to be told of: new steps, and those that fall due; as they were before."""

    user: User
    new: tuple[Step, ...]
    due: tuple[Step, ...]
    before: tuple[tuple[int, dt.datetime | None, int | None, dt.date | None], ...]


@transaction.atomic
def _take_news(user_id: int, *, now: dt.datetime) -> _News | None:
    """Return what a member is to be told of and note that they are; None when there is nothing."""
    steps = owned_steps(user_id).filter(member__is_active=True, member__step_mails=True)
    steps = steps.select_related("organisation__workspace", "member")
    rows = list(steps.select_for_update(of=("self",)))
    today, until = now.date(), _due_until(now)
    new = tuple(row for row in rows if row.tell_at is not None)
    due = tuple(
        row
        for row in rows
        if row not in new
        and row.due is not None
        and today <= row.due <= until
        and (row.reminded_of != row.due or row.told_id != user_id)
    )
    told = (*new, *due)
    if not told or told[0].member is None:
        return None
    before = tuple((row.pk, row.tell_at, row.told_id, row.reminded_of) for row in told)
    for row in told:
        row.tell_at, row.told_id = None, user_id
        # The mail that says it is theirs says the day as well.
        is_soon = row.due is not None and row.due <= today + DUE_WITHIN
        row.reminded_of = row.due if is_soon else None
    Step.objects.bulk_update(told, ["tell_at", "told", "reminded_of"])
    return _News(told[0].member, new, due, before)


def _put_back(news: _News) -> None:
    for pk, tell_at, told_id, reminded_of in news.before:
        # Whoever owns it by now was noted since, and stays so.
        Step.objects.filter(pk=pk, member=news.user).update(
            tell_at=tell_at, told=told_id, reminded_of=reminded_of
        )


def _due_until(now: dt.datetime) -> dt.date:
    """Return the last day that is told of; before the morning, none from today on is."""
    return now.date() + (DUE_WITHIN if now.hour >= FROM_HOUR else -dt.timedelta(days=1))


def _subject(news: _News) -> str:
    told = (*news.new, *news.due)
    places = {step.organisation_id for step in told}
    organisation = told[0].organisation
    place = organisation.name if len(places) == 1 else organisation.workspace.name
    if news.new:
        what = "a step is yours" if len(news.new) == 1 else f"{len(news.new)} steps are yours"
    else:
        what = "a step is due soon" if len(news.due) == 1 else f"{len(news.due)} steps are due soon"
    return f"{place}: {what}"


def _message(news: _News) -> str:
    name = f"Hello {news.user.name}" if news.user.name else "Hello"
    parts = [f"{name},"]
    if news.new:
        opening = "this step is yours now." if len(news.new) == 1 else "these steps are yours now."
        parts += [opening, *_listed(news.new)]
    if news.due:
        opening = "this step is due soon." if len(news.due) == 1 else "these steps are due soon."
        parts += [opening if not news.new else f"And {opening}", *_listed(news.due)]
    page = f"{settings.SITE_URL}my/steps/"
    parts += [
        f"Sign in to see all your steps:\n\n{page}",
        f"You want no such mails? Turn them off here:\n\n{page}#mails",
    ]
    return "\n\n".join(parts) + "\n"


def _listed(steps: Sequence[Step]) -> list[str]:
    """Return the steps below the names of their organisations."""
    by_place: dict[int, list[Step]] = {}
    for step in steps[:MOST_IN_A_MAIL]:
        by_place.setdefault(step.organisation_id, []).append(step)
    found = []
    for rows in by_place.values():
        lines = [rows[0].organisation.name]
        lines += [f"- {row.words}\n  {_when(row)}" for row in rows]
        found.append("\n".join(lines))
    if (more := len(steps) - MOST_IN_A_MAIL) > 0:
        found.append(f"and {more} more")
    return found


def _when(step: Step) -> str:
    return f"due on {date_format(step.due, 'j F Y')}" if step.due else "no day is set"
