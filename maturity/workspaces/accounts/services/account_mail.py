"""Send the mails about accounts as a background task."""

import json
import logging
import secrets

from django.core.cache import cache
from django.core.mail import EmailMessage
from django_tasks import task

from maturity.web.secrets.encryption import seal, unseal

_KEPT_S = 3600

logger = logging.getLogger(__name__)


def send_later(message: EmailMessage) -> None:
    """Have a plain-text message sent by the worker.

    Nobody waits for the mail server, so an answer takes as long for a known address as for an
    unknown one. Codes and links must not stay in a task's row: the message lies sealed in the
    cache until it is sent, an hour at most.
    """
    key = f"account-mail:{secrets.token_hex(16)}"
    content = [message.subject, message.body, message.to]
    cache.set(key, seal(json.dumps(content)), timeout=_KEPT_S)
    send_account_mail.enqueue(key=key)


@task()
def send_account_mail(*, key: str) -> None:
    """Send one message and forget it, whatever becomes of it."""
    sealed = cache.get(key)
    cache.delete(key)
    content = unseal(sealed) if sealed else None
    if content is None:
        logger.warning("A mail about an account was not sent: it is no longer kept.")
        return
    subject, body, to = json.loads(content)
    EmailMessage(subject, body, None, to).send()
