"""Delete for good what nobody may or can open any more.

`manage.py purge` does it, a command of `reports`, which tidies up in the other apps as well; and
`manage.py serve` runs that at its start and every hour: whoever serves pages also tidies up, with
or without visitors, and with nothing to set up. A run that dies is taken up by the next; two at
the same moment do no harm.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django_tasks_db.models import DBTaskResult

from assessments.core.services.links import LIFETIME
from assessments.models import Assessment, SecretLink, StepFeed
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.lifecycle.services import TIME_TO_UNDO
from maturity.workspaces.models import Invitation, Membership, Organisation, Workspace
from maturity.workspaces.scopes import every_workspace, scope_of

PURGE = Actor("purge")
TASKS_KEPT = timedelta(days=7)
INVITATIONS_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Purged:
    """How much of each kind went."""

    workspaces: int
    guest_workspaces: int
    invitations: int
    step_feeds: int
    tasks: int
    sessions: int


def purge(*, now: datetime, by: Actor = PURGE) -> Purged:
    """Delete what its time is over for, one workspace after the other.

    Workspaces whose 14 days to undo have passed; those begun without an account whose every link
    has expired; invitations long answered or expired; calendar addresses of people
    who left; finished jobs; ended sessions.
    """
    with every_workspace():
        asked = Workspace.objects.filter(deletion_asked_at__lte=now - TIME_TO_UNDO)
        asked_ids = list(asked.order_by("pk").values_list("pk", flat=True))
        guest_ids = _forgotten_guests(now)
        invitations = _old_invitations(now)
        step_feeds = _feeds_of_people_who_left()
    return Purged(
        workspaces=sum(_purge_workspace(pk, now=now, by=by) for pk in asked_ids),
        guest_workspaces=sum(_purge_workspace(pk, now=now, by=by) for pk in guest_ids),
        invitations=invitations,
        step_feeds=step_feeds,
        tasks=DBTaskResult.objects.finished().filter(finished_at__lte=now - TASKS_KEPT).delete()[0],
        sessions=Session.objects.filter(expire_date__lte=now).delete()[0],
    )


@transaction.atomic
def delete_workspace(workspace: Workspace, *, now: datetime, by: Actor) -> None:
    """Delete the workspace with everything in it, at once; only the audit trail stays.

    For who has promised that to somebody: `purge`, and the deletion of an account.
    """
    public_id = workspace.public_id
    Assessment.objects.filter(workspace=workspace).delete()
    Organisation.objects.filter(workspace=workspace).delete()
    workspace.delete()
    record_event("workspace.deleted", by=by, subject=public_id, workspace=public_id, at=now)


def _purge_workspace(workspace_id: int, *, now: datetime, by: Actor) -> bool:
    with scope_of(workspace_id):
        # One assessment at a time, so that nobody else waits long for the database. Nobody can get
        # in meanwhile, and what a dying run leaves behind the next one finds.
        ids = Assessment.objects.filter(workspace=workspace_id).values_list("pk", flat=True)
        for assessment_id in list(ids):
            Assessment.objects.filter(pk=assessment_id).delete()
        with transaction.atomic():
            workspace = Workspace.objects.select_for_update().filter(pk=workspace_id).first()
            if workspace is None:
                return False
            delete_workspace(workspace, now=now, by=by)
    return True


def _forgotten_guests(now: datetime) -> list[int]:
    """Return the guest workspaces nobody can open: using a link carries its end further."""
    openable = SecretLink.objects.filter(revoked_at=None, expires_at__gt=now)
    rows = Workspace.objects.filter(kind=Workspace.Kind.GUEST, created_at__lte=now - LIFETIME)
    return list(
        rows.exclude(pk__in=openable.values("respondent__assessment__workspace"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _old_invitations(now: datetime) -> int:
    then = now - INVITATIONS_KEPT
    old = Q(expires_at__lte=then) | Q(accepted_at__lte=then) | Q(revoked_at__lte=then)
    return Invitation.objects.filter(old).delete()[0]


def _feeds_of_people_who_left() -> int:
    held = Membership.objects.filter(user=OuterRef("user"), workspace=OuterRef("workspace"))
    return StepFeed.objects.filter(~Exists(held)).delete()[0]
