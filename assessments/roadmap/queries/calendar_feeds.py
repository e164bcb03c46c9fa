"""What a member's calendar is shown: the steps with a day that they may see at this moment."""

from django.db.models import Exists, OuterRef, Q

from assessments.models import Step, StepFeed
from assessments.roadmap.queries.owned_steps import owned_steps
from maturity.workspaces.models import Membership, User, Workspace
from maturity.workspaces.roles import Role


def feed_of(workspace: Workspace, user: User) -> StepFeed | None:
    """Return a member's feed in a workspace. Costs: 1 query."""
    return StepFeed.objects.filter(workspace=workspace, user=user).first()


def steps_of_feed(feed: StepFeed) -> list[Step]:
    """Return the open steps with a day that a feed shows, by their day. Costs: 1 query."""
    if feed.shows == StepFeed.Shows.MINE:
        return list(owned_steps(feed.user_id).filter(due__isnull=False))
    held = Membership.objects.filter(user=feed.user_id, workspace=feed.workspace_id)
    here = Q(organisation=OuterRef("organisation"))
    # A roadmap is seen by who leads the organisation and who works in its workspace; others see
    # their own steps. As in assessments.access.looks_after.
    sees = held.filter(Q(organisation=None) | here & Q(role=Role.LEAD.value))
    owns = held.filter(here)
    rows = Step.objects.filter(
        Q(Exists(sees)) | Q(Exists(owns), member=feed.user_id),
        organisation__workspace=feed.workspace_id,
        organisation__archived_at=None,
        status__in=Step.OPEN,
        due__isnull=False,
    )
    return list(
        rows.select_related("organisation__workspace").order_by("due", "organisation__name", "pk")
    )
