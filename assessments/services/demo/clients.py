"""The demo's consultancy: a workspace with six organisations, as different as clients are.

All its days are fixed: what was due in December 2026 is overdue in January 2027, here as anywhere
else. Only what ends after a while begins when the demo is made: invitations, which work for two
weeks, and the accounts.
"""

from datetime import date, datetime
from typing import Final

from django.db import transaction

from assessments.services.demo.accounts import CONSULTANT, OWNER, account_of
from assessments.services.demo.care import RIVERSIDE
from assessments.services.demo.history import Setting, actor_of, at, live
from assessments.services.demo.hotels import SOLVARIA
from assessments.services.demo.insurance import LINDQUIST
from assessments.services.demo.marks import SEED, is_ours
from assessments.services.demo.plans import OrganisationPlan
from assessments.services.demo.software import KANTELE
from assessments.services.demo.theatre import TALLOW_STREET
from assessments.services.demo.water import OTTERBURN
from assessments.services.purging import delete_workspace
from maturity.catalogue.matrix import Matrix
from maturity.workspaces.models import Membership, Organisation, User, Workspace
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import every_workspace, scope_of
from maturity.workspaces.services.invitations import invite
from maturity.workspaces.services.members import add_member
from maturity.workspaces.services.workspaces import create_workspace

NAME: Final = "Larkfield Consulting"
STORIES: Final[tuple[OrganisationPlan, ...]] = (
    OTTERBURN,
    KANTELE,
    LINDQUIST,
    RIVERSIDE,
    SOLVARIA,
    TALLOW_STREET,
)
_FOUNDED: Final = date(2024, 1, 8)


@transaction.atomic
@every_workspace()
def seed_clients(
    *,
    model_version_id: int,
    matrix: Matrix,
    now: datetime,
    is_reset: bool = False,
) -> bool:
    """Make the workspace with its six organisations unless it is there; say whether it was made.

    `is_reset` deletes what is there first, with whatever was changed in it. The accounts stay and
    are members again. Costs: about 3 queries when it is there, some 4,000 to make it.
    """
    made = _made_before()
    if is_reset:
        for workspace in made:
            delete_workspace(workspace, now=now, by=SEED)
    elif made:
        return False
    owner = account_of(OWNER, "Helen Ashworth")
    consultant = account_of(CONSULTANT, "Tomasz Zieliński")
    workspace = create_workspace(
        user=owner, kind=Workspace.Kind.CLIENTS.value, name=NAME, now=at(_FOUNDED, 9), by=SEED
    )
    with scope_of(workspace.pk):
        add_member(
            workspace,
            user=consultant,
            role=Role.CONSULTANT,
            now=at(_FOUNDED, 10),
            by=actor_of(owner),
        )
        setting = Setting(matrix, model_version_id, workspace, consultant)
        organisations = [(live(setting, story), story) for story in STORIES]
        _invite(workspace, None, "ngozi.eze@waymark.example", Role.CONSULTANT, owner, now=now)
        for organisation, story in organisations:
            for email, role in story.invited:
                _invite(workspace, organisation, email, role, consultant, now=now)
    return True


def _made_before() -> list[Workspace]:
    owned = Membership.objects.filter(user__email=OWNER, role=Role.OWNER.value)
    rows = Workspace.objects.filter(pk__in=owned.values("workspace")).order_by("pk")
    return [each for each in rows if is_ours(each.public_id, "workspace.created")]


def _invite(
    workspace: Workspace,
    organisation: Organisation | None,
    email: str,
    role: Role,
    host: User,
    *,
    now: datetime,
) -> None:
    invite(
        workspace,
        emails=[email],
        role=role,
        organisation=organisation,
        invited_by=host,
        now=now,
        by=actor_of(host),
    )
