"""The demo's consultancy: a workspace with its organisations, as different as clients are.

Only what ends after a while begins when the demo is made: invitations, which work for two weeks,
and the accounts.
"""

from datetime import datetime

from django.db import transaction

from assessments.demo.accounts import account_of
from assessments.demo.marks import SEED, is_ours
from assessments.demo.organisations import Setting, actor_of, at, make_organisation
from assessments.demo.reading import Demo
from assessments.demo.stories import DemoInvitation
from assessments.lifecycle.services.purging import delete_workspace
from maturity.catalogue.matrix import Matrix
from maturity.workspaces.lifecycle.services import create_workspace
from maturity.workspaces.models import Membership, Organisation, User, Workspace
from maturity.workspaces.people.services.invitations import invite
from maturity.workspaces.people.services.members import add_member
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import every_workspace, scope_of


@transaction.atomic
@every_workspace()
def seed_workspace(
    demo: Demo, *, model_version_id: int, matrix: Matrix, now: datetime, is_reset: bool = False
) -> bool:
    """Make the workspace with its organisations unless it is there; say whether it was made.

    `is_reset` deletes what is there first, with whatever was changed in it. The accounts stay and
    are members again. Costs: about 3 queries when it is there, some 4,000 to make it.
    """
    made = _made_before(demo.workspace.owner.email)
    if is_reset:
        for workspace in made:
            delete_workspace(workspace, now=now, by=SEED)
    elif made:
        return False
    plan = demo.workspace
    owner = account_of(plan.owner.email, plan.owner.name)
    consultant = account_of(plan.consultant.email, plan.consultant.name)
    workspace = create_workspace(
        user=owner,
        kind=Workspace.Kind.CLIENTS.value,
        name=plan.name,
        now=at(plan.founded, 9),
        by=SEED,
    )
    with scope_of(workspace.pk):
        add_member(
            workspace,
            user=consultant,
            role=Role.CONSULTANT,
            now=at(plan.founded, 10),
            by=actor_of(owner),
        )
        setting = Setting(matrix, model_version_id, workspace, consultant)
        organisations = [make_organisation(setting, story) for story in demo.organisations]
        for invitation in plan.invitations:
            _invite(workspace, None, invitation, owner, now=now)
        for organisation, story in zip(organisations, demo.organisations, strict=True):
            for invitation in story.invitations:
                _invite(workspace, organisation, invitation, consultant, now=now)
    return True


def _made_before(owner: str) -> list[Workspace]:
    owned = Membership.objects.filter(user__email=owner, role=Role.OWNER.value)
    rows = Workspace.objects.filter(pk__in=owned.values("workspace")).order_by("pk")
    return [each for each in rows if is_ours(each.public_id, "workspace.created")]


def _invite(
    workspace: Workspace,
    organisation: Organisation | None,
    invitation: DemoInvitation,
    host: User,
    *,
    now: datetime,
) -> None:
    invite(
        workspace,
        emails=[invitation.email],
        role=invitation.role,
        organisation=organisation,
        invited_by=host,
        now=now,
        by=actor_of(host),
    )
