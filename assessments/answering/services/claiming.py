"""Keep an assessment that was started without an account: it moves into a workspace."""

from datetime import datetime

from django.db import transaction

from assessments.core.services.assessments import locked
from assessments.core.services.locking import AssessmentGone
from assessments.models import Assessment, Respondent, SecretLink
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.lifecycle.services import create_workspace
from maturity.workspaces.models import Organisation, User, Workspace
from maturity.workspaces.scopes import scope_of


class AlreadyClaimed(Exception):
    """Somebody keeps this assessment in an account already."""


def claim_into_organisation(
    assessment: Assessment,
    *,
    organisation: Organisation,
    respondent: Respondent | None,
    user: User,
    now: datetime,
    by: Actor,
) -> None:
    """Make it one more assessment of an organisation the user may start assessments in.

    The organisation it came with goes, and so does its guest workspace; every link to it ends,
    because the user signs in from now on. `respondent` is who the user answered as.
    Raises: AlreadyClaimed. Costs: about 12 queries.
    """
    with transaction.atomic(), scope_of(assessment.workspace_id, organisation.workspace_id):
        current = _unclaimed(assessment)
        former = current.organisation
        _move(current, organisation, organisation.workspace)
        former.delete()
        _settle(assessment, current, respondent, user=user, now=now, by=by)


def claim_into_workspace(
    assessment: Assessment,
    *,
    workspace: Workspace,
    respondent: Respondent | None,
    user: User,
    now: datetime,
    by: Actor,
) -> None:
    """Move it with its organisation into a workspace the user may add organisations to.

    Otherwise as `claim_into_organisation`.
    """
    with transaction.atomic(), scope_of(assessment.workspace_id, workspace.pk):
        current = _unclaimed(assessment)
        organisation = current.organisation
        organisation.workspace = workspace
        organisation.save(update_fields=["workspace"])
        _move(current, organisation, workspace)
        _settle(assessment, current, respondent, user=user, now=now, by=by)


@transaction.atomic
def claim_into_new_team(
    assessment: Assessment,
    *,
    respondent: Respondent | None,
    user: User,
    now: datetime,
    by: Actor,
) -> Workspace:
    """Make a team of the user's own, named after its organisation, and move it there.

    Otherwise as `claim_into_organisation`.
    """
    workspace = create_workspace(
        user=user,
        kind=Workspace.Kind.TEAM,
        name=assessment.organisation.name,
        now=now,
        by=by,
    )
    with scope_of(workspace.pk):
        organisation = Organisation.objects.select_related("workspace").get(workspace=workspace)
    claim_into_organisation(
        assessment,
        organisation=organisation,
        respondent=respondent,
        user=user,
        now=now,
        by=by,
    )
    return workspace


def _unclaimed(assessment: Assessment) -> Assessment:
    """Return the assessment, locked. Raises: AlreadyClaimed."""
    # Another claim has moved it out of the scope, so that it is not found here any more.
    try:
        current = locked(assessment)
    except AssessmentGone:
        raise AlreadyClaimed from None
    if current.workspace.kind != Workspace.Kind.GUEST:
        raise AlreadyClaimed
    return current


def _move(current: Assessment, organisation: Organisation, workspace: Workspace) -> None:
    current.organisation, current.workspace = organisation, workspace
    current.save(update_fields=["organisation", "workspace"])


def _settle(
    assessment: Assessment,
    current: Assessment,
    respondent: Respondent | None,
    *,
    user: User,
    now: datetime,
    by: Actor,
) -> None:
    former = assessment.workspace
    if respondent is not None:
        named = respondent.name or str(user)[:200]
        Respondent.objects.filter(pk=respondent.pk).update(user=user, had_account=True, name=named)
    links = SecretLink.objects.filter(respondent__assessment=current, revoked_at=None)
    ended = links.update(revoked_at=now)
    former_id = former.public_id
    Workspace.objects.filter(pk=former.pk).delete()
    record_event(
        "assessment.claimed",
        by=by,
        subject=current.public_id,
        workspace=current.workspace.public_id,
        at=now,
        detail={"from": former_id, "organisation": current.organisation.public_id, "links": ended},
    )
