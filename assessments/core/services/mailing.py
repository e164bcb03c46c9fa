"""Send a link by e-mail, as a background task."""

import logging
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django_tasks import task

from assessments.core.services.links import token_of
from assessments.models import Assessment, SecretLink
from maturity.workspaces.actors import LINK, Actor
from maturity.workspaces.audit.queries import events_since
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.scopes import every_workspace

MOST_AN_HOUR = 5
_VERB = "link.emailed"
_ADDRESS_KEPT_S = 24 * 3600

logger = logging.getLogger(__name__)


class TooManyLinkEmails(Exception):
    """This assessment's link was mailed five times within the hour."""


def can_send_mail() -> bool:
    """Say whether this installation sends mail at all."""
    return bool(settings.CAN_SEND_EMAIL)


@transaction.atomic
def mail_link(
    link: SecretLink, *, address: str, link_base: str, now: datetime, by: Actor = LINK
) -> None:
    """Have the link sent to an address; `link_base` is the absolute address before the token.

    Raises: TooManyMails.
    """
    # The lock makes two requests at the same moment count each other.
    assessment = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("workspace")
        .get(respondents=link.respondent_id)
    )
    sent = events_since(now - timedelta(hours=1), subject=assessment.public_id, verb=_VERB)
    if sent >= MOST_AN_HOUR:
        raise TooManyLinkEmails
    record_event(
        _VERB,
        by=by,
        subject=assessment.public_id,
        workspace=assessment.workspace.public_id,
        at=now,
    )
    # What a task is given stays in the database when it is done. So neither token nor name is
    # handed over, and the address lies in the cache until the message is sent, a day at most.
    address_key = f"mail-address:{secrets.token_hex(16)}"
    cache.set(address_key, address, timeout=_ADDRESS_KEPT_S)
    send_link.enqueue(link_id=link.pk, address_key=address_key, link_base=link_base)


@task()
def send_link(*, link_id: int, address_key: str, link_base: str) -> None:
    """Write the message for a link and send it; one that was renewed meanwhile is not sent.

    The address is forgotten afterwards, whatever became of the message.
    """
    address = cache.get(address_key)
    cache.delete(address_key)
    if address is None:
        logger.warning("A link was not mailed: its address is no longer kept.")
        return
    with every_workspace():
        link = (
            SecretLink.objects.select_related("respondent__assessment__organisation")
            .filter(pk=link_id, revoked_at=None)
            .first()
        )
    token = token_of(link) if link else None
    if link is None or token is None:
        return
    organisation = link.respondent.assessment.organisation.name
    send_mail(
        subject="Your link to a Waymark assessment",
        message=(
            f"This link opens the assessment of {organisation}:\n\n{link_base}{token}/\n\n"
            "Whoever has it can read and change the answers, so pass it on with care.\n"
            "If you did not ask for this message, you can ignore it.\n"
        ),
        from_email=None,
        recipient_list=[address],
    )
