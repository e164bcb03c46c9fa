"""The assessments of an organisation, as far as a new one needs them; those an account sees."""

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.models import Assessment
from maturity.workspaces.models import Membership, Organisation, Workspace
from maturity.workspaces.roles import ORGANISATION_ROLES, Action, may

_SEE_OPEN: Final = [role.value for role in ORGANISATION_ROLES if may(role, Action.SEE_OPEN_RESULT)]


def assessments_seen_by(user_id: int, workspace: Workspace) -> QuerySet[Assessment]:
    """Return the assessments of a workspace that an account may know of, the oldest first.

    Who leads an organisation or works in the workspace knows of all; who holds another role for an
    organisation, of those that are closed. Costs: 1 query.
    """
    held = Membership.objects.filter(user=user_id, workspace=workspace)
    of_workspace = Exists(held.filter(organisation=None))
    of_this = held.filter(organisation=OuterRef("organisation"))
    is_current = Q(organisation__archived_at=None)
    leads = is_current & Exists(of_this.filter(role__in=_SEE_OPEN))
    reads = is_current & Q(closed_at__isnull=False) & Exists(of_this)
    rows = Assessment.objects.select_related("organisation").filter(workspace=workspace)
    return rows.filter(of_workspace | leads | reads).order_by("created_at", "pk")


def last_closed_of(organisation: Organisation) -> Assessment | None:
    """Return the organisation's newest assessment that is closed. Costs: 1 query."""
    rows = Assessment.objects.filter(organisation=organisation, closed_at__isnull=False)
    return rows.order_by("-date", "-closed_at", "-pk").first()
