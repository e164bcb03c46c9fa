"""PURE. What a picture is drawn from, as a table."""

from maturity.web.files.tables import Cell, Column, Table
from reports.comparing.trend import Trend
from reports.document.documents import RadarAxis, RadarValues
from reports.document.timeline import TimelineValues


def radar_table(values: RadarValues) -> Table:
    """Return every dimension with its scores, exact; what no dimension has is left out."""
    columns = [Column("Number", "whole"), Column("Dimension"), Column(values.now_name, "exact")]
    shown: list[str] = []
    for field, heading, is_shown in (
        ("target", "Target", values.has_target),
        ("before", values.before_name, values.has_before),
        ("lowest", "Lowest", values.has_range),
        ("highest", "Highest", values.has_range),
    ):
        if is_shown:
            shown.append(field)
            columns.append(Column(heading, "exact"))
    rows = tuple(
        (number, axis.name, axis.now, *(_of(axis, field) for field in shown))
        for number, axis in enumerate(values.axes, start=1)
    )
    return Table("radar", "Radar", tuple(columns), rows)


def _of(axis: RadarAxis, field: str) -> Cell:
    value: float | None = getattr(axis, field)
    return value


def trend_table(trend: Trend) -> Table:
    """Return every result with its overall score and that of each dimension, exact."""
    lines = (trend.overall, *trend.dimensions)
    columns = (Column("Day"), Column("Result"), *(Column(line.name, "exact") for line in lines))
    rows = tuple(
        (trend.overall.points[at].day, name, *(line.points[at].value for line in lines))
        for at, name in enumerate(trend.days)
    )
    return Table("trend", "Trend", columns, rows)


def timeline_table(values: TimelineValues) -> Table:
    """Return every step of the picture with its days."""
    heads = ("Step", "Who", "Status", "Begins", "Due", "Overdue")
    rows = tuple(
        (
            bar.words,
            bar.owner,
            bar.status,
            None if bar.start is None else bar.start.isoformat(),
            bar.due.isoformat(),
            "yes" if bar.is_overdue else "",
        )
        for bar in values.bars
    )
    return Table("timeline", "Timeline", tuple(map(Column, heads)), rows)
