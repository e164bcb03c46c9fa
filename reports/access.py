"""Who may read a shared result: whoever has its link, as long as it lasts."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.scopes import every_workspace, narrow_to
from reports.models import Share

_SESSION_KEY = "shares"
_MOST_OPENED = 50


class ShareEnded(Exception):
    """The link was revoked, its time is over, or what it showed is gone."""


def access_share(request: HttpRequest, token: str) -> Share:
    """Return the share of a token, with all above it, and narrow the request to its workspace.

    Raises: Http404, when there is none; ShareEnded. Costs: 1 query.
    """
    with every_workspace():
        share: Share | None = (
            Share.objects.select_related("assessment__organisation", "assessment__workspace")
            .select_related("result")
            .filter(token_hash=hash_of(token), assessment__workspace__deletion_asked_at=None)
            .first()
        )
    if share is None:
        raise Http404
    is_over = share.revoked_at is not None or share.expires_at <= timezone.now()
    if is_over or share.assessment.organisation.archived_at is not None:
        raise ShareEnded
    narrow_to(share.assessment.workspace_id)
    return share


def is_unlocked(request: HttpRequest, share: Share) -> bool:
    """Say whether this browser may read it: no password is asked for, or it was given here."""
    opened: list[str] = request.session.get(_SESSION_KEY, [])
    return not share.password or _key(share) in opened


def unlock(request: HttpRequest, share: Share) -> None:
    """Let this browser read a share whose password was given."""
    # Whoever planted the session id must not come in with it now.
    request.session.cycle_key()
    opened = [key for key in request.session.get(_SESSION_KEY, []) if key != _key(share)]
    request.session[_SESSION_KEY] = [*opened, _key(share)][-_MOST_OPENED:]


def _key(share: Share) -> str:
    # A new password asks again.
    return f"{share.pk}:{hash_of(share.password)[:16]}"
