"""Send invitations by e-mail, as a background task; and how many mails one account may send."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django_tasks import task

from maturity.web.rate_limits import DAY_S, Limit, count
from maturity.web.words import day_text
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Invitation
from maturity.workspaces.people.services.invitations import invitation_token
from maturity.workspaces.role_words import ROLE_WORDS
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import every_workspace

# Of one account, over all its workspaces: invitations, and mails to respondents.
MAILS = (Limit("mails", 200, DAY_S),)


def count_mails(amount: int, *, now: datetime, by: Actor) -> None:
    """Count mails that somebody sends today; where no mail is sent there is nothing to count.

    Raises: LimitReached. Costs: as `count`.
    """
    if amount and can_send_mail():
        count(MAILS, by.label, now=now, amount=amount)


def can_send_mail() -> bool:
    """Say whether this installation sends mail at all."""
    return bool(settings.CAN_SEND_EMAIL)


def mail_invitation(invitation: Invitation, *, link_base: str) -> bool:
    """Have an invitation mailed and say so, or return False where no mail is sent.

    `link_base` is the absolute address before the token. What a task is given stays in the
    database when it is done, so it gets neither address nor token.
    """
    if not can_send_mail():
        return False
    send_invitation.enqueue(invitation_id=invitation.pk, link_base=link_base)
    return True


@task()
def send_invitation(*, invitation_id: int, link_base: str) -> None:
    """Write the message for an invitation and send it; one no longer pending is not sent."""
    with every_workspace():
        invitation = (
            Invitation.objects.select_related("workspace", "organisation", "invited_by")
            .filter(pk=invitation_id, accepted_at=None, revoked_at=None)
            .filter(workspace__deletion_asked_at=None)
            .first()
        )
    token = invitation_token(invitation) if invitation else None
    if invitation is None or token is None:
        return
    place = str(invitation.organisation or invitation.workspace)
    host = str(invitation.invited_by) if invitation.invited_by else "Somebody"
    role = ROLE_WORDS[Role(invitation.role)].one
    last_day = day_text(invitation.expires_at)
    send_mail(
        subject=f"Invitation to {place}",
        message=(
            f"{host} invites you to {place} on Waymark, as {role}.\n\n"
            f"To accept, open this link and sign in, or make an account:\n\n"
            f"{link_base}{token}/\n\n"
            f"The link works once, until {last_day}.\n"
            "If you did not expect this message, you can ignore it.\n"
        ),
        from_email=None,
        recipient_list=[invitation.email],
    )
