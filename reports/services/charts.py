"""The pictures of pages as files to take along, and the figures they are drawn from.

The drawing library is heavy: a process imports it when somebody wants a picture.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.core.cache import cache

from maturity.web.tables import Table, csv_bytes
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Workspace
from maturity.workspaces.services.trail import record_event
from reports.comparing_trend import Trend
from reports.documents import RadarValues
from reports.tables_charts import radar_table, timeline_table, trend_table
from reports.timeline import TimelineValues

ENDINGS: Final[Mapping[str, str]] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
}


def radar_file(values: RadarValues, ending: str) -> bytes:
    """Return the radar as a file of one of ENDINGS; numbers have their names below them."""
    if ending == "csv":
        return _csv(radar_table(values))
    # A heavy library: only who draws pays for it.
    from reports.charts import pictures

    picture = pictures.radar_picture(values, store=cache, has_key=values.is_numbered)
    return pictures.picture_file(picture, ending, store=cache)


def trend_file(trend: Trend, ending: str, *, line: int) -> bytes:
    """Return a line of the trend as a file of one of ENDINGS: 0 is the overall one.

    The figures are those of all lines. Raises: IndexError.
    """
    values = (trend.overall, *trend.dimensions)[line]
    if ending == "csv":
        return _csv(trend_table(trend))
    # A heavy library: only who draws pays for it.
    from reports.charts import pictures

    # By the name the page gives it, so that it is the picture that was drawn for the page.
    name = f"trend-{line}" if line else "trend"
    picture = pictures.trend_picture(values, name=name, store=cache)
    return pictures.picture_file(picture, ending, store=cache)


def timeline_file(values: TimelineValues, ending: str) -> bytes:
    """Return the timeline as a file of one of ENDINGS."""
    if ending == "csv":
        return _csv(timeline_table(values))
    # A heavy library: only who draws pays for it.
    from reports.charts import pictures

    picture = pictures.timeline_picture(values, store=cache)
    return pictures.picture_file(picture, ending, store=cache)


def note_chart(
    workspace: Workspace, *, subject: str, chart: str, ending: str, now: datetime, by: Actor
) -> None:
    """Let the trail say that a picture left the house. Costs: 1 query."""
    record_event(
        "picture downloaded",
        by=by,
        subject=subject,
        workspace=workspace.public_id,
        at=now,
        detail={"picture": chart, "format": ending},
    )


def _csv(table: Table) -> bytes:
    return csv_bytes([[column.heading for column in table.columns], *table.rows])
