"""The pictures of web pages, drawn once for all processes.

The drawing library is heavy: a process imports it when it draws its first picture.
"""

from django.core.cache import cache

from reports.comparing.trend import TrendValues
from reports.document.documents import RadarValues
from reports.document.timeline import TimelineValues


def radar_picture(values: RadarValues, *, has_key: bool = False) -> str:
    """Return where each dimension stands; what is raised is `charts.canvas.ChartFailed`.

    With `has_key` the names of numbered dimensions stand below it.
    """
    # A heavy library: only who draws pays for it.
    from reports.charts import pictures

    return pictures.radar_picture(values, store=cache, has_key=has_key)


def trend_picture(values: TrendValues, *, name: str = "trend") -> str:
    """Return one line over time; `name` makes the picture's ids unique on its page."""
    # A heavy library: only who draws pays for it.
    from reports.charts import pictures

    return pictures.trend_picture(values, name=name, store=cache)


def timeline_picture(values: TimelineValues) -> str:
    """Return decided steps on a line of months."""
    # A heavy library: only who draws pays for it.
    from reports.charts import pictures

    return pictures.timeline_picture(values, store=cache)
