"""Delete an assessment; and what would be lost with it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.core.services.locking import take
from assessments.models import Assessment, Pick, Rating, Result
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Workspace


class HasResults(Exception):
    """The assessment is closed, or was: its results are the organisation's history."""


@dataclass(frozen=True, slots=True)
class Stake:
    """What would go: how many frozen results, and whether others than the visitor answered."""

    results: int
    is_closed: bool
    of_others: bool

    @property
    def has_results(self) -> bool:
        """Say whether it is closed, or was."""
        return self.is_closed or self.results > 0


def stake_in(assessment: Assessment, *, user_id: int) -> Stake:
    """Return what would be lost, for the account that asks. Costs: 2 or 3 queries."""
    theirs = {"respondent__assessment": assessment, "is_from_before": False}
    return Stake(
        results=Result.objects.filter(assessment=assessment).count(),
        is_closed=assessment.is_closed,
        of_others=any(
            rows.objects.filter(**theirs).exclude(respondent__user=user_id).exists()
            for rows in (Rating, Pick)
        ),
    )


@transaction.atomic
def delete_assessment(
    assessment: Assessment, *, with_results: bool = False, now: datetime, by: Actor
) -> None:
    """Delete the assessment with every answer, note, link and report; there is no way back.

    One that belonged to no account takes its organisation and its workspace with it.
    Raises: HasResults, when it is or was closed and they are not to go; AssessmentGone.
    """
    current = take(assessment.pk)
    results = Result.objects.filter(assessment=current).count()
    if (results or current.is_closed) and not with_results:
        raise HasResults
    public_id, organisation = current.public_id, current.organisation
    workspace = current.workspace
    current.delete()
    if workspace.kind == Workspace.Kind.GUEST:
        organisation.delete()
        workspace.delete()
    record_event(
        "assessment.deleted",
        by=by,
        subject=public_id,
        workspace=workspace.public_id,
        at=now,
        detail={"results": results} if results else {},
    )
