"""Choose the picture that suits the values."""

from collections.abc import Sequence

from reports.charts.bars import bars
from reports.charts.canvas import Picture
from reports.charts.lanes import lanes, parts_by_page
from reports.charts.radar import radar
from reports.document.documents import RadarValues, StepFacts


def radar_picture(values: RadarValues, *, has_key: bool = False) -> Picture:
    """Return the radar; bars when there are fewer than three dimensions.

    With `has_key` numbered dimensions have their names below.
    """
    if len(values.axes) < 3:
        return bars(values, name="radar")
    return radar(values, name="radar", has_key=has_key)


def lanes_pictures(steps: Sequence[StepFacts]) -> tuple[Picture, ...]:
    """Return the roadmap as lanes, in as many pictures as it takes pages."""
    parts = parts_by_page(steps)
    return tuple(lanes(part, name=f"lanes-{number}") for number, part in enumerate(parts, start=1))
