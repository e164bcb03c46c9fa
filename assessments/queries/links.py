"""A respondent's current link, and how often it was mailed."""

from datetime import datetime

from assessments.models import Assessment, Respondent, SecretLink


def current_link(respondent: Respondent, *, now: datetime) -> SecretLink | None:
    """Return the newest link that still opens the assessment, or None. Costs: 1 query."""
    return (
        SecretLink.objects.filter(respondent=respondent, revoked_at=None, expires_at__gt=now)
        .order_by("-created_at", "-pk")
        .first()
    )


def is_link_into(assessment: Assessment, link_id: int, *, now: datetime) -> bool:
    """Say whether a link opens this assessment. Costs: 1 query."""
    rows = SecretLink.objects.filter(
        pk=link_id, respondent__assessment=assessment, revoked_at=None, expires_at__gt=now
    )
    return bool(rows.exists())
