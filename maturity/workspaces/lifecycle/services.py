"""Make a workspace, change it, and have it deleted."""

from datetime import datetime, timedelta

from django.db import transaction

from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Membership, Organisation, User, Workspace
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import scope_of

TIME_TO_UNDO = timedelta(days=14)


class TooLateToUndo(RuntimeError):
    """The time to undo a deletion is over."""


@transaction.atomic
def create_workspace(*, user: User, kind: str, name: str, now: datetime, by: Actor) -> Workspace:
    """Make a workspace whose owner is the user; needs no scope.

    `kind` is one of Workspace.Kind. A team's has its one organisation, of the same name.
    """
    workspace = Workspace(name=name, kind=kind, created_at=now)
    workspace.save(force_insert=True)
    with scope_of(workspace.pk):
        Membership.objects.create(
            workspace=workspace, user=user, role=Role.OWNER.value, created_at=now
        )
        if kind == Workspace.Kind.TEAM:
            Organisation.objects.create(workspace=workspace, name=name, created_at=now)
    _record("workspace.created", workspace, now=now, by=by, kind=str(kind))
    return workspace


@transaction.atomic
def change_workspace(
    workspace: Workspace, *, name: str, has_clients: bool, now: datetime, by: Actor
) -> None:
    """Rename the workspace, or turn a team's into one with clients; there is no way back."""
    becomes_clients = has_clients and workspace.kind == Workspace.Kind.TEAM
    if name == workspace.name and not becomes_clients:
        return
    workspace.name = name
    if becomes_clients:
        workspace.kind = Workspace.Kind.CLIENTS
    workspace.save(update_fields=["name", "kind"])
    verb = "workspace.opened_to_clients" if becomes_clients else "workspace.renamed"
    _record(verb, workspace, now=now, by=by)


@transaction.atomic
def ask_deletion(workspace: Workspace, *, now: datetime, by: Actor) -> None:
    """Let nobody in any more; after 14 days everything in it is deleted.

    Asking again changes nothing.
    """
    asked = Workspace.objects.filter(pk=workspace.pk, deletion_asked_at=None)
    if asked.update(deletion_asked_at=now):
        _record("workspace.deletion_requested", workspace, now=now, by=by)
    workspace.refresh_from_db(fields=["deletion_asked_at"])


@transaction.atomic
def undo_deletion(workspace: Workspace, *, now: datetime, by: Actor) -> None:
    """Let everybody in again. Raises: TooLateToUndo, when the 14 days are over."""
    locked = Workspace.objects.select_for_update().get(pk=workspace.pk)
    if locked.deletion_asked_at is not None:
        if locked.deletion_asked_at + TIME_TO_UNDO <= now:
            raise TooLateToUndo
        locked.deletion_asked_at = None
        locked.save(update_fields=["deletion_asked_at"])
        _record("workspace.deletion_cancelled", workspace, now=now, by=by)
    workspace.deletion_asked_at = None


def _record(verb: str, workspace: Workspace, *, now: datetime, by: Actor, **detail: str) -> None:
    public_id = workspace.public_id
    record_event(verb, by=by, subject=public_id, workspace=public_id, at=now, detail=detail)
