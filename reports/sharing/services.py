"""Share a result by a link: made, opened, counted, revoked."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from assessments.models import Assessment, Result
from maturity.web.rate_limits import HOUR_S, Limit, check, count, network_of
from maturity.web.secrets.tokens import new_nonce, new_token_hash, token_from
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from reports.models import Share
from reports.sharing.contents import MOST_SHARES, PARTS

SALT = "waymark.reports.share"
# A token that does not exist was mistyped or guessed; a password as well.
UNKNOWN = (Limit("share-unknown", 30, HOUR_S),)
WRONG = (Limit("share-password", 10, HOUR_S),)


class TooManyShares(Exception):
    """The assessment has MOST_SHARES links that still open something."""


@transaction.atomic
def make_share(
    assessment: Assessment,
    *,
    result: Result | None,
    shows: Collection[str],
    label: str,
    days: int,
    password: str,
    now: datetime,
    by: Actor,
) -> Share:
    """Return a new link to a result; without one, to the assessment as it stands.

    Raises: TooManyShares. Costs: 3 queries.
    """
    there = Share.objects.filter(assessment=assessment, revoked_at=None, expires_at__gt=now)
    if there.count() >= MOST_SHARES:
        raise TooManyShares
    nonce = new_nonce()
    share = Share.objects.create(
        assessment=assessment,
        result=result,
        label=label,
        shows=[part for part in PARTS if part in shows],
        nonce=nonce,
        token_hash=new_token_hash(SALT, nonce),
        password=make_password(password) if password else "",
        created_by_id=by.user_id,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    _record("share.created", share, now=now, by=by)
    return share


@transaction.atomic
def revoke_share(share: Share, *, now: datetime, by: Actor) -> None:
    """End a link at once; one that has ended stays as it is."""
    if Share.objects.filter(pk=share.pk, revoked_at=None).update(revoked_at=now):
        share.revoked_at = now
        _record("share.ended", share, now=now, by=by)


def token_of_share(share: Share) -> str | None:
    """Return the link's token, or None when the installation's key it was made with is gone."""
    return token_from(SALT, nonce=share.nonce, token_hash=share.token_hash)


def is_password(share: Share, typed: str, *, now: datetime) -> bool:
    """Say whether it is the link's password; wrong ones are counted. Raises: LimitReached."""
    check(WRONG, f"share:{share.pk}", now=now)
    if check_password(typed, share.password):
        return True
    count(WRONG, f"share:{share.pk}", now=now)
    return False


def count_unknown(address: str, *, now: datetime) -> None:
    """Count one more token that does not exist. Raises: LimitReached."""
    count(UNKNOWN, network_of(address), now=now)


def note_view(share: Share, *, now: datetime) -> None:
    """Count one more time that the link was opened. Costs: 1 query."""
    Share.objects.filter(pk=share.pk).update(views=F("views") + 1, last_viewed_at=now)


def _record(verb: str, share: Share, *, now: datetime, by: Actor) -> None:
    assessment = share.assessment
    record_event(
        verb,
        by=by,
        subject=assessment.public_id,
        workspace=assessment.workspace.public_id,
        at=now,
        detail={"share": share.pk},
    )
