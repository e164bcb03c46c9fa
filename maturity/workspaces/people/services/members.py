"""Give, change and take roles.

Somebody holds one role in a workspace, or one in each of some of its organisations: who is given a
role in the workspace needs none below it. Each change locks the workspace's row first, so that two
at the same moment cannot leave it without an owner.
"""

from datetime import datetime

from django.db import transaction

from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Membership, Organisation, User, Workspace
from maturity.workspaces.roles import WORKSPACE_ROLES, Role, strongest


class LastOwner(RuntimeError):
    """The workspace would be left without an owner."""


class RoleOutOfPlace(ValueError):
    """This role is not held there: some belong to a workspace, some to an organisation."""


@transaction.atomic
def add_member(
    workspace: Workspace,
    *,
    user: User,
    role: Role,
    organisation: Organisation | None = None,
    now: datetime,
    by: Actor,
) -> Membership:
    """Return the membership that gives the user this role, or the stronger one they hold already.

    Who holds a role in the workspace is given none in an organisation: theirs covers it.
    Raises: RoleOutOfPlace.
    """
    if (role in WORKSPACE_ROLES) is not (organisation is None):
        raise RoleOutOfPlace(role)
    lock_workspace(workspace)
    theirs = Membership.objects.filter(workspace=workspace, user=user)
    in_workspace = theirs.filter(organisation=None).first()
    if organisation is not None and in_workspace is not None:
        return in_workspace
    held = theirs.filter(organisation=organisation).first() if organisation else in_workspace
    if held is not None and strongest((Role(held.role), role)) == held.role:
        return held
    if organisation is None:
        theirs.filter(organisation__isnull=False).delete()
    if held is None:
        held = Membership(workspace=workspace, organisation=organisation, user=user, created_at=now)
    held.role = role.value
    held.save()
    _record("member.added", workspace, held, now=now, by=by, role=role.value)
    return held


@transaction.atomic
def change_role(membership: Membership, *, role: Role, now: datetime, by: Actor) -> None:
    """Give a member another role in the same place, from the next request on.

    Raises: LastOwner; RoleOutOfPlace; Membership.DoesNotExist, when it was removed meanwhile.
    """
    if (role in WORKSPACE_ROLES) is not (membership.organisation_id is None):
        raise RoleOutOfPlace(role)
    workspace = lock_workspace(membership.workspace)
    held = Membership.objects.get(pk=membership.pk)
    if held.role == role:
        return
    if held.role == Role.OWNER:
        _keep_an_owner(workspace, without=held)
    was, held.role = held.role, role.value
    held.save(update_fields=["role"])
    membership.role = role.value
    _record("member.role_changed", workspace, held, now=now, by=by, role=role.value, was=was)


@transaction.atomic
def remove_member(membership: Membership, *, now: datetime, by: Actor) -> None:
    """Take a role away, from the next request on; also one's own, which is leaving.

    One that was removed meanwhile stays removed. Raises: LastOwner.
    """
    workspace = lock_workspace(membership.workspace)
    held = Membership.objects.filter(pk=membership.pk).first()
    if held is None:
        return
    if held.role == Role.OWNER:
        _keep_an_owner(workspace, without=held)
    verb = "member.left" if by.user_id == held.user_id else "member.removed"
    _record(verb, workspace, held, now=now, by=by, role=held.role)
    held.delete()


@transaction.atomic
def hand_over(
    workspace: Workspace, *, from_user: User, to_user: User, now: datetime, by: Actor
) -> None:
    """Make a member the owner in the place of another.

    Whoever hands over stays on: as a consultant, or in a team's own workspace as the lead of its
    organisation. Raises: Membership.DoesNotExist, when one of them holds no such role any more.
    """
    lock_workspace(workspace)
    old = Membership.objects.get(workspace=workspace, user=from_user, role=Role.OWNER.value)
    if not Membership.objects.filter(workspace=workspace, user=to_user).exists():
        raise Membership.DoesNotExist
    new = add_member(workspace, user=to_user, role=Role.OWNER, now=now, by=by)
    if new.user_id == old.user_id:
        return
    if workspace.kind == Workspace.Kind.TEAM:
        old.organisation = Organisation.objects.filter(workspace=workspace).first()
    old.role = (Role.LEAD if old.organisation else Role.CONSULTANT).value
    old.save(update_fields=["role", "organisation"])
    _record("workspace.ownership_transferred", workspace, old, now=now, by=by, to=to_user.pk)


def lock_workspace(workspace: Workspace) -> Workspace:
    """Return the workspace as it is now; whoever asks the same waits until this one is done.

    To be called inside a transaction. Costs: 1 query.
    """
    return Workspace.objects.select_for_update().get(pk=workspace.pk)


def _keep_an_owner(workspace: Workspace, *, without: Membership) -> None:
    owners = Membership.objects.filter(workspace=workspace, role=Role.OWNER.value)
    if not owners.exclude(pk=without.pk).exists():
        raise LastOwner


def _record(
    verb: str, workspace: Workspace, held: Membership, *, now: datetime, by: Actor, **detail: object
) -> None:
    organisation = held.organisation
    record_event(
        verb,
        by=by,
        subject=organisation.public_id if organisation else workspace.public_id,
        workspace=workspace.public_id,
        at=now,
        detail={"person": held.user_id, **detail},
    )
