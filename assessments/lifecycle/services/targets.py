"""Change what frames an assessment: organisation, date, and each dimension's settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from assessments.core.services.locking import take_for_change
from assessments.models import Assessment, DimensionSetting
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.organisations.services import rename_organisation


@dataclass(frozen=True, slots=True)
class SettingChange:
    """The fields of one dimension that somebody changed, with their new values."""

    dimension: str
    fields: Mapping[str, int | Decimal | None]


@transaction.atomic
def change_settings(
    assessment: Assessment,
    *,
    organisation_name: str | None,
    date: date | None,
    changes: list[SettingChange],
    now: datetime,
    by: Actor,
) -> None:
    """Write what changed and nothing else; None leaves name or date as it is.

    The trail tells a new name of the organisation apart from what changed of the assessment.
    Raises: AssessmentClosed, AssessmentGone. Costs: 2 queries, and one for each thing changed; two
    for the name.
    """
    take_for_change(assessment.pk)
    if date is not None:
        Assessment.objects.filter(pk=assessment.pk).update(date=date)
    if organisation_name is not None:
        rename_organisation(assessment.organisation, name=organisation_name, now=now, by=by)
    if date is None and not changes:
        return
    for change in changes:
        fields = dict(change.fields)
        DimensionSetting.objects.bulk_create(
            [DimensionSetting(assessment=assessment, dimension=change.dimension, **fields)],
            update_conflicts=True,
            unique_fields=["assessment", "dimension"],
            update_fields=list(fields),
        )
    record_event(
        "assessment.targets_changed",
        by=by,
        subject=assessment.public_id,
        workspace=assessment.workspace.public_id,
        at=now,
        detail={"dimensions": [change.dimension for change in changes]},
    )
