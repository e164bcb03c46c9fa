"""Targets, weights and baseline as stored."""

from assessments.models import Assessment, DimensionSetting


def settings_of(assessment: Assessment) -> dict[str, DimensionSetting]:
    """Return the stored settings by dimension. Costs: 1 query."""
    rows = DimensionSetting.objects.filter(assessment=assessment)
    return {row.dimension: row for row in rows}
