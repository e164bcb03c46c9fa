"""Start an assessment: without an account, or in an organisation."""

import datetime as dt

from django.db import transaction

from assessments.core.services.assessments import new_assessment
from assessments.core.services.links import make_link
from assessments.core.services.setup import Setup
from assessments.lifecycle.services.carrying_over import carry_over
from assessments.models import Assessment, Respondent, SecretLink
from assessments.respondents.services.respondents import add_member_respondent
from maturity.workspaces.actors import GUEST, Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Organisation, User, Workspace
from maturity.workspaces.scopes import scope_of

UNNAMED = "Our organisation"


@transaction.atomic
def start_assessment(
    *,
    organisation_name: str,
    model_version_id: int,
    date: dt.date,
    now: dt.datetime,
    respondent_name: str = "",
    by: Actor = GUEST,
) -> SecretLink:
    """Start an assessment for a new organisation; return the link that opens it.

    It has a workspace to itself until somebody claims it. An empty name becomes "Our
    organisation". The link comes with respondent and assessment loaded.
    """
    name = organisation_name or UNNAMED
    workspace = Workspace(name=name, kind=Workspace.Kind.GUEST, created_at=now)
    workspace.save(force_insert=True)
    with scope_of(workspace.pk):
        organisation = Organisation.objects.create(workspace=workspace, name=name, created_at=now)
        assessment = Assessment.objects.create(
            workspace=workspace,
            organisation=organisation,
            model_version_id=model_version_id,
            date=date,
            created_at=now,
        )
        respondent = Respondent.objects.create(
            assessment=assessment, name=respondent_name, begun_at=now
        )
        link = make_link(respondent, now=now)
    record_event(
        "assessment.started",
        by=by,
        subject=assessment.public_id,
        workspace=workspace.public_id,
        at=now,
    )
    return link


@transaction.atomic
def start_in_organisation(
    organisation: Organisation,
    *,
    model_version_id: int,
    setup: Setup,
    user: User,
    last: Assessment | None,
    now: dt.datetime,
    by: Actor,
) -> Assessment:
    """Start an assessment set up by its lead; with `last`, from the answers of that one.

    When one person answers as they like, that is the user.
    """
    assessment = new_assessment(
        organisation, model_version_id=model_version_id, follows=last, now=now, by=by, **setup
    )
    if assessment.asked == Assessment.Asked.FREE:
        add_member_respondent(assessment, user=user, groups={}, now=now, by=by)
    if last is not None:
        carry_over(assessment, last, now=now)
    return assessment
