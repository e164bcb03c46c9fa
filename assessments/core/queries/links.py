"""A respondent's current link, and how often it was mailed."""

from datetime import datetime

from assessments.models import Respondent, SecretLink


def current_link(respondent: Respondent, *, now: datetime) -> SecretLink | None:
    """Return the newest link that still opens the assessment, or None. Costs: 1 query."""
    return (
        SecretLink.objects.filter(respondent=respondent, revoked_at=None, expires_at__gt=now)
        .order_by("-created_at", "-pk")
        .first()
    )
