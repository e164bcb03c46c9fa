"""Offer somebody a role by mail or by a copied link; take it up, or take it back.

A link works once, for 14 days, and not after it was revoked. As with the links of assessments the
token is made from a kept nonce and the installation's key, so it can be shown again to who may
invite.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from maturity.web.secrets.tokens import new_nonce, new_token_hash, token_from
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.queries import events_of_workspace_since
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Invitation, Membership, Organisation, User, Workspace
from maturity.workspaces.people.queries.invitations import SALT
from maturity.workspaces.people.services.members import RoleOutOfPlace, add_member, lock_workspace
from maturity.workspaces.roles import WORKSPACE_ROLES, Role

LIFETIME = timedelta(days=14)
MOST_AN_HOUR = 50
_SENT = ("invitation.created", "invitation.resent")


class TooManyInvitations(Exception):
    """The workspace has sent as many invitations as it may within the hour."""


class InvitationNotValid(LookupError):
    """The invitation was taken up, revoked or has expired meanwhile."""


class CannotInvite(Exception):
    """Some addresses cannot be invited, so nobody was; `problems` says why, one for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)


@transaction.atomic
def invite(
    workspace: Workspace,
    *,
    emails: Sequence[str],
    role: Role,
    organisation: Organisation | None = None,
    invited_by: User,
    now: datetime,
    by: Actor,
) -> list[Invitation]:
    """Return an invitation for each address; nothing is mailed yet.

    An older one to the same address and place that has expired is replaced.
    Raises: CannotInvite, with every problem at once; TooManyInvitations; RoleOutOfPlace.
    """
    if (role in WORKSPACE_ROLES) is not (organisation is None):
        raise RoleOutOfPlace(role)
    lock_workspace(workspace)
    emails = [email.lower() for email in emails]
    pending = Invitation.objects.filter(
        workspace=workspace,
        organisation=organisation,
        accepted_at=None,
        revoked_at=None,
        email__in=emails,
    )
    if problems := _problems(workspace, organisation, pending, emails, now=now):
        raise CannotInvite(problems)
    _keep_to_the_rate(workspace, more=len(emails), now=now)
    pending.update(revoked_at=now, email="")
    return [
        _new_invitation(
            Invitation(
                workspace=workspace,
                organisation=organisation,
                role=role.value,
                email=email,
                invited_by=invited_by,
                created_at=now,
            ),
            now=now,
            by=by,
        )
        for email in emails
    ]


@transaction.atomic
def resend(invitation: Invitation, *, now: datetime, by: Actor) -> None:
    """Let the invitation work for another 14 days; its link stays the same.

    A link that cannot be shown again, because the installation's key it was made with is gone, is
    replaced. Raises: InvitationNotValid, TooManyInvitations.
    """
    lock_workspace(invitation.workspace)
    _still_pending(invitation)
    _keep_to_the_rate(invitation.workspace, more=1, now=now)
    if invitation_token(invitation) is None:
        _give_token(invitation)
    invitation.expires_at = now + LIFETIME
    invitation.save(update_fields=["nonce", "token_hash", "expires_at"])
    _record("invitation.resent", invitation, now=now, by=by)


@transaction.atomic
def revoke(invitation: Invitation, *, now: datetime, by: Actor) -> None:
    """Take the invitation back: its link opens nothing any more.

    Raises: InvitationNotValid, when it was taken up or revoked meanwhile.
    """
    lock_workspace(invitation.workspace)
    _still_pending(invitation)
    invitation.revoked_at, invitation.email = now, ""
    invitation.save(update_fields=["revoked_at", "email"])
    _record("invitation.revoked", invitation, now=now, by=by)


@transaction.atomic
def accept(invitation: Invitation, *, user: User, now: datetime, by: Actor) -> Membership:
    """Return the role the user holds now: the one offered, or a stronger one they held before.

    Raises: InvitationNotValid, also for the second of two at the same moment.
    """
    locked = lock_workspace(invitation.workspace)
    _still_pending(invitation)
    if invitation.expires_at <= now or locked.deletion_asked_at is not None:
        raise InvitationNotValid
    membership = add_member(
        invitation.workspace,
        user=user,
        role=Role(invitation.role),
        organisation=invitation.organisation,
        now=now,
        by=by,
    )
    invitation.accepted_at, invitation.email = now, ""
    invitation.save(update_fields=["accepted_at", "email"])
    _record("invitation.accepted", invitation, now=now, by=by)
    return membership


def invitation_token(invitation: Invitation) -> str | None:
    """Return the token of its link, or None when the key it was made with is gone."""
    return token_from(SALT, nonce=invitation.nonce, token_hash=invitation.token_hash)


def _new_invitation(invitation: Invitation, *, now: datetime, by: Actor) -> Invitation:
    _give_token(invitation)
    invitation.expires_at = now + LIFETIME
    invitation.save(force_insert=True)
    _record("invitation.created", invitation, now=now, by=by)
    return invitation


def _give_token(invitation: Invitation) -> None:
    invitation.nonce = new_nonce()
    invitation.token_hash = new_token_hash(SALT, invitation.nonce)


def _still_pending(invitation: Invitation) -> None:
    # The workspace is locked, so what is read here stays true.
    row = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not row.exists():
        raise InvitationNotValid


def _problems(
    workspace: Workspace,
    organisation: Organisation | None,
    pending: QuerySet[Invitation],
    emails: Sequence[str],
    *,
    now: datetime,
) -> list[str]:
    here = Q(organisation=None) | Q(organisation=organisation)
    members = set(
        Membership.objects.filter(here, workspace=workspace, user__email__in=emails).values_list(
            "user__email", flat=True
        )
    )
    invited = set(pending.filter(expires_at__gt=now).values_list("email", flat=True))
    return [
        f"{email} already has a role here. Change it in the list instead."
        if email in members
        else f"{email} is invited already. Send that invitation again, or revoke it first."
        for email in emails
        if email in members or email in invited
    ]


def _keep_to_the_rate(workspace: Workspace, *, more: int, now: datetime) -> None:
    sent = events_of_workspace_since(
        now - timedelta(hours=1), workspace=workspace.public_id, verbs=_SENT
    )
    if sent + more > MOST_AN_HOUR:
        raise TooManyInvitations


def _record(verb: str, invitation: Invitation, *, now: datetime, by: Actor) -> None:
    organisation, workspace = invitation.organisation, invitation.workspace
    record_event(
        verb,
        by=by,
        subject=organisation.public_id if organisation else workspace.public_id,
        workspace=workspace.public_id,
        at=now,
        detail={"invitation": invitation.pk, "role": invitation.role},
    )
