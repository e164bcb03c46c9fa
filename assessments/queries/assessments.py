"""The assessments of an organisation, as far as a new one needs them."""

from assessments.models import Assessment
from maturity.workspaces.models import Organisation


def last_closed_of(organisation: Organisation) -> Assessment | None:
    """Return the organisation's newest assessment that is closed. Costs: 1 query."""
    rows = Assessment.objects.filter(organisation=organisation, closed_at__isnull=False)
    found: Assessment | None = rows.order_by("-date", "-closed_at", "-pk").first()
    return found
