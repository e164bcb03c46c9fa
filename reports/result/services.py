"""The pictures of pages as files to take along, and the figures they are drawn from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from maturity.web.files.tables import Table, csv_bytes
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Workspace
from reports.charts.pictures import radar_picture
from reports.charts.timeline import timeline
from reports.charts.trend import trend as draw_trend
from reports.comparing.trend import Trend
from reports.document.documents import RadarValues
from reports.document.tables.charts import radar_table, timeline_table, trend_table
from reports.document.timeline import TimelineValues

ENDINGS: Final[Mapping[str, str]] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
}


def radar_file(values: RadarValues, ending: str) -> bytes:
    """Return the radar as a file of one of ENDINGS; numbers have their names below them."""
    if ending == "csv":
        return _csv(radar_table(values))
    return _file(radar_picture(values, has_key=values.is_numbered), ending)


def trend_file(trend: Trend, ending: str, *, line: int) -> bytes:
    """Return a line of the trend as a file of one of ENDINGS: 0 is the overall one.

    The figures are those of all lines. Raises: IndexError.
    """
    values = (trend.overall, *trend.dimensions)[line]
    if ending == "csv":
        return _csv(trend_table(trend))
    return _file(draw_trend(values, name="trend"), ending)


def timeline_file(values: TimelineValues, ending: str) -> bytes:
    """Return the timeline as a file of one of ENDINGS."""
    if ending == "csv":
        return _csv(timeline_table(values))
    return _file(timeline(values, name="timeline"), ending)


def note_chart(
    workspace: Workspace, *, subject: str, chart: str, ending: str, now: datetime, by: Actor
) -> None:
    """Let the trail say that a picture left the house. Costs: 1 query."""
    record_event(
        "picture.downloaded",
        by=by,
        subject=subject,
        workspace=workspace.public_id,
        at=now,
        detail={"picture": chart, "format": ending},
    )


def _file(picture: str, ending: str) -> bytes:
    # A heavy library: only a download pays for it.
    from reports.charts.files import png_file, svg_file

    return svg_file(picture) if ending == "svg" else png_file(picture)


def _csv(table: Table) -> bytes:
    return csv_bytes([[column.heading for column in table.columns], *table.rows])
