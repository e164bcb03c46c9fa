"""Make and revoke tokens for the API, and note their use."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import ApiToken, User, Workspace
from maturity.workspaces.tokens.api_scopes import MOST_TOKENS, PREFIX, SCOPES
from maturity.workspaces.tokens.queries import count_open

# Ours: often enough to see that a program still runs, and one write a minute at most.
USE_NOTED_EVERY = timedelta(minutes=1)


class TooManyTokens(Exception):
    """The workspace has MOST_TOKENS tokens that still open something."""


@transaction.atomic
def make_token(
    workspace: Workspace,
    *,
    user: User,
    name: str,
    scopes: Collection[str],
    days: int,
    now: datetime,
    by: Actor,
) -> tuple[ApiToken, str]:
    """Return a new token of the workspace, and its secret, which nobody can find out again.

    It acts for `user`. Raises: TooManyTokens. Costs: 3 queries.
    """
    if count_open(workspace, now=now) >= MOST_TOKENS:
        raise TooManyTokens
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        workspace=workspace,
        made_by=user,
        name=name,
        scopes=[scope for scope in SCOPES if scope in scopes],
        token_hash=hash_of(secret),
        ending=secret[-4:],
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    _record("token.created", token, now=now, by=by, scopes=token.scopes, days=days)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, now: datetime, by: Actor) -> None:
    """End a token at once; one that was revoked stays as it is."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        token.revoked_at = now
        _record("token.revoked", token, now=now, by=by)


def note_use(token: ApiToken, *, now: datetime) -> None:
    """Remember when a token was last used, to the minute. Costs: 1 query a minute, else none."""
    before = now - USE_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at <= before:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=before)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def _record(verb: str, token: ApiToken, *, now: datetime, by: Actor, **detail: object) -> None:
    record_event(
        verb,
        by=by,
        subject=token.public_id,
        workspace=token.workspace.public_id,
        at=now,
        detail=detail,
    )
