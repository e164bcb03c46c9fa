"""The demo of somebody without an account: one assessment under a secret link."""

from datetime import datetime

from django.db import transaction

from assessments.answering.services.answers import record_changes
from assessments.core.services.links import make_link
from assessments.demo.answers import changes_of, settings_of
from assessments.demo.marks import SEED, is_ours
from assessments.demo.stories import DemoGuest
from assessments.lifecycle.services.deletion import delete_assessment
from assessments.lifecycle.services.starting import start_assessment
from assessments.lifecycle.services.targets import change_settings
from assessments.models import Assessment, Respondent, SecretLink
from maturity.catalogue.matrix import Matrix
from maturity.workspaces.scopes import every_workspace


@transaction.atomic
@every_workspace()
def seed_guest(
    guest: DemoGuest,
    *,
    model_version_id: int,
    matrix: Matrix,
    now: datetime,
    is_reset: bool = False,
) -> SecretLink:
    """Make the assessment unless it is there; return a link that opens it.

    `is_reset` deletes what is there first, with whatever visitors changed in it.
    """
    named = Assessment.objects.filter(organisation__name=guest.organisation).order_by("pk")
    found = [each for each in named if is_ours(each.public_id, "assessment.started")]
    if is_reset:
        for assessment in found:
            delete_assessment(assessment, with_results=True, by=SEED, now=now)
    elif found:
        return _link_of(found[0], now=now)
    link = start_assessment(
        organisation_name=guest.organisation,
        model_version_id=model_version_id,
        date=guest.date,
        now=now,
        by=SEED,
    )
    record_changes(link.respondent, changes_of(guest, matrix), now=now)
    change_settings(
        link.respondent.assessment,
        organisation_name=None,
        date=None,
        changes=settings_of(guest.settings),
        now=now,
        by=SEED,
    )
    return link


def _link_of(assessment: Assessment, *, now: datetime) -> SecretLink:
    respondent = Respondent.objects.select_related("assessment").filter(assessment=assessment)[0]
    link: SecretLink | None = (
        SecretLink.objects.select_related("respondent__assessment")
        .filter(respondent=respondent, revoked_at=None, expires_at__gt=now)
        .order_by("pk")
        .first()
    )
    return link or make_link(respondent, now=now)
