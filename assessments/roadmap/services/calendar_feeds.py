"""The secret address of a member's calendar: made, made anew, ended, used."""

from datetime import datetime, timedelta

from django.db import transaction

from assessments.models import StepFeed
from maturity.web.rate_limits import HOUR_S, Limit, count, network_of
from maturity.web.secrets.tokens import hash_of, new_token
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import User, Workspace

# A token that does not exist was mistyped, guessed, or has ended.
UNKNOWN = (Limit("step-feed-unknown", 60, HOUR_S),)
_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_feed(
    workspace: Workspace, *, user: User, shows: str, now: datetime, by: Actor
) -> tuple[StepFeed, str]:
    """Return a member's feed with a new token; the one before ends. Costs: 4 queries."""
    token = new_token()
    feed, is_new = StepFeed.objects.update_or_create(
        workspace=workspace,
        user=user,
        defaults={
            "shows": shows,
            "token_hash": hash_of(token),
            "created_at": now,
            "last_used_at": None,
        },
    )
    verb = "calendar_feed.created" if is_new else "calendar_feed.renewed"
    _record(verb, workspace, user, now=now, by=by, shows=shows)
    return feed, token


@transaction.atomic
def end_feed(workspace: Workspace, *, user: User, now: datetime, by: Actor) -> None:
    """End a member's feed at once; nothing happens when there is none."""
    if StepFeed.objects.filter(workspace=workspace, user=user).delete()[0]:
        _record("calendar_feed.ended", workspace, user, now=now, by=by)


def note_use(feed: StepFeed, *, now: datetime) -> None:
    """Note that a calendar looked, once an hour at most. Costs: 1 query then."""
    if feed.last_used_at is None or feed.last_used_at <= now - _NOTED_EVERY:
        StepFeed.objects.filter(pk=feed.pk).update(last_used_at=now)


def count_unknown(address: str, *, now: datetime) -> None:
    """Count one more token that does not exist. Raises: LimitReached."""
    count(UNKNOWN, network_of(address), now=now)


def _record(
    verb: str, workspace: Workspace, user: User, *, now: datetime, by: Actor, **detail: object
) -> None:
    record_event(
        verb,
        by=by,
        subject=f"user:{user.pk}",
        workspace=workspace.public_id,
        at=now,
        detail=detail,
    )
