"""Secret links: make, show again, open, renew.

A token is 256 bits, derived from a random nonce and the installation's key. The database holds
the nonce and the token's hash: neither opens anything without the key, and with it the link can be
shown again to who already has access.
"""

from datetime import datetime, timedelta

from django.db import transaction

from assessments.models import Respondent, SecretLink
from maturity.web.secrets.tokens import hash_of, new_nonce, new_token_hash, token_from
from maturity.workspaces.actors import LINK, Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.scopes import every_workspace, scope_of

LIFETIME = timedelta(days=400)
_SALT = "waymark.assessments.secret-link"
# Opening a link several times a day moves its end only once.
_TOUCHED_AT_MOST_EVERY = timedelta(days=1)


class LinkNotValid(LookupError):
    """The link is unknown, expired or revoked; which of them is nobody's business.

    But for who has the token: `link` is the one that it opened once, with the assessment loaded.
    """

    def __init__(self, link: SecretLink | None = None) -> None:
        super().__init__()
        self.link = link

    @property
    def is_replaced_by_beginning(self) -> bool:
        """Say whether it ended because its respondent began, and has a link of their own since."""
        if self.link is None or self.link.revoked_at is None:
            return False
        respondent = self.link.respondent
        return (
            respondent.assessment.is_anonymous
            and respondent.begun_at is not None
            and self.link.revoked_at <= respondent.begun_at
        )


class NoLinkForMembers(ValueError):
    """The respondent has an account, or had one: nobody opens their answers by a link."""


def make_link(respondent: Respondent, *, now: datetime) -> SecretLink:
    """Make a link that opens the assessment as this respondent.

    Raises: NoLinkForMembers. Costs: 1 query.
    """
    if respondent.had_account:
        raise NoLinkForMembers
    nonce = new_nonce()
    return SecretLink.objects.create(
        respondent=respondent,
        nonce=nonce,
        token_hash=new_token_hash(_SALT, nonce),
        created_at=now,
        expires_at=now + LIFETIME,
    )


def token_of(link: SecretLink) -> str | None:
    """Return the link's token, or None when the installation's key it was made with is gone."""
    return token_from(_SALT, nonce=link.nonce, token_hash=link.token_hash)


def open_link(token: str, *, now: datetime, by: Actor = LINK) -> SecretLink:
    """Return the link of a token, with respondent and assessment loaded, and note its use.

    Raises: LinkNotValid. Costs: 1 query, and 1 more the first time in a day.
    """
    with every_workspace():
        link = (
            SecretLink.objects.select_related(
                "respondent__assessment__workspace", "respondent__assessment__organisation"
            )
            .filter(token_hash=hash_of(token))
            .first()
        )
    if link is None or link.revoked_at is not None or link.expires_at <= now:
        raise LinkNotValid(link)
    if link.last_used_at is None or now - link.last_used_at >= _TOUCHED_AT_MOST_EVERY:
        is_first = link.last_used_at is None
        link.last_used_at, link.expires_at = now, now + LIFETIME
        assessment = link.respondent.assessment
        with transaction.atomic(), scope_of(assessment.workspace_id):
            link.save(update_fields=["last_used_at", "expires_at"])
            if is_first:
                record_event(
                    "link.opened",
                    by=by,
                    subject=assessment.public_id,
                    workspace=assessment.workspace.public_id,
                    at=now,
                )
    return link


@transaction.atomic
def renew_link(respondent: Respondent, *, now: datetime, by: Actor = LINK) -> SecretLink:
    """Make a new link for the respondent; every earlier one stops working at once."""
    SecretLink.objects.filter(respondent=respondent, revoked_at=None).update(revoked_at=now)
    link = make_link(respondent, now=now)
    assessment = respondent.assessment
    record_event(
        "link.renewed",
        by=by,
        subject=assessment.public_id,
        workspace=assessment.workspace.public_id,
        at=now,
    )
    return link
