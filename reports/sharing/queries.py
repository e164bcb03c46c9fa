"""The links by which results of an assessment are shared."""

from assessments.models import Assessment
from reports.models import Share


def shares_of(assessment: Assessment) -> list[Share]:
    """Return the links of an assessment, the newest first. Costs: 1 query."""
    rows = Share.objects.filter(assessment=assessment).select_related("created_by")
    return list(
        rows.select_related("result").defer("result__frozen").order_by("-created_at", "-pk")
    )


def share_in(assessment: Assessment, share_id: int) -> Share | None:
    """Return one link of the assessment, with it. Costs: 1 query."""
    share = Share.objects.filter(assessment=assessment, pk=share_id).first()
    if share is not None:
        share.assessment = assessment
    return share
