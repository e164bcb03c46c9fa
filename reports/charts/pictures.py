"""Every picture of a report by name; the same picture is never drawn twice.

A drawn picture is kept in this process and, for all processes, in the cache, under a digest of
everything it is drawn from.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from reports.charts.bars import bars
from reports.charts.canvas import Picture
from reports.charts.emblem import emblem
from reports.charts.lanes import lanes, parts_by_page
from reports.charts.radar import radar
from reports.charts.taken import png_file, svg_file
from reports.charts.timeline import timeline
from reports.charts.trend import trend
from reports.comparing.trend import TrendValues
from reports.document.documents import RadarValues, StepFacts
from reports.document.timeline import TimelineValues

# Raise it with every change to how a picture looks.
DRAWING = 5
# And this one with every change to how a picture becomes a file.
TAKING = 1
_KEPT = 200
_LIFETIME_S = 30 * 24 * 3600
# Files are large, and made of a picture that is kept for longer.
_FILE_LIFETIME_S = 24 * 3600
_drawn: OrderedDict[str, str] = OrderedDict()


class Store(Protocol):
    """Where drawn pictures are kept for other processes; Django's cache is one."""

    def get(self, key: str, /) -> Any: ...

    def set(self, key: str, value: str | bytes, timeout: int, /) -> None: ...


def radar_picture(
    values: RadarValues, *, name: str = "radar", store: Store | None = None, has_key: bool = False
) -> Picture:
    """Return the radar; bars when there are fewer than three dimensions.

    `name` makes the picture's ids unique on its page. With `has_key` numbers are named below.
    """
    if has_key:
        return _once(
            "keyed", asdict(values), name, store, lambda: radar(values, name=name, has_key=True)
        )
    draw = radar if len(values.axes) > 2 else bars
    return _once("radar", asdict(values), name, store, lambda: draw(values, name=name))


def trend_picture(values: TrendValues, *, name: str, store: Store | None = None) -> Picture:
    """Return one line over time; `name` makes the picture's ids unique on its page."""
    return _once("trend", asdict(values), name, store, lambda: trend(values, name=name))


def timeline_picture(values: TimelineValues, *, store: Store | None = None) -> Picture:
    """Return decided steps on a line of months."""
    inputs = json.loads(json.dumps(asdict(values), default=str))
    return _once("timeline", inputs, "timeline", store, lambda: timeline(values, name="timeline"))


def emblem_picture(values: RadarValues, *, store: Store | None = None) -> Picture:
    """Return the cover's radar."""
    return _once("emblem", asdict(values), "emblem", store, lambda: emblem(values, name="emblem"))


def lanes_pictures(
    steps: Sequence[StepFacts], *, store: Store | None = None
) -> tuple[Picture, ...]:
    """Return the roadmap as lanes, in as many pictures as it takes pages."""
    return tuple(
        _lanes_picture(part, f"lanes-{number}", store)
        for number, part in enumerate(parts_by_page(steps), start=1)
    )


def _lanes_picture(steps: Sequence[StepFacts], name: str, store: Store | None) -> Picture:
    inputs = [[s.dimension, s.horizon, s.to.number, s.to.name, s.to.tone] for s in steps]
    return _once("lanes", inputs, name, store, lambda: lanes(steps, name=name))


def picture_file(picture: str, ending: str, *, store: Store | None = None) -> bytes:
    """Return a finished picture as a file: "svg" with letters as outlines, or "png" to print.

    It is made of the picture itself, so nothing is drawn for it, and kept for all processes.
    """
    digest = hashlib.sha256(picture.encode()).hexdigest()
    key = f"picture-{ending}:{TAKING}:{digest}"
    content: bytes | None = None if store is None else store.get(key)
    if content is None:
        content = {"svg": svg_file, "png": png_file}[ending](picture)
        if store is not None:
            store.set(key, content, _FILE_LIFETIME_S)
    return content


def _once(
    kind: str, inputs: object, name: str, store: Store | None, draw: Callable[[], str]
) -> Picture:
    text = json.dumps([DRAWING, kind, name, inputs], sort_keys=True, ensure_ascii=False)
    key = f"picture:{hashlib.sha256(text.encode()).hexdigest()}"
    svg = _drawn.get(key) or (None if store is None else store.get(key))
    if svg is None:
        svg = draw()
        if store is not None:
            store.set(key, svg, _LIFETIME_S)
    _drawn[key] = svg
    _drawn.move_to_end(key)
    while len(_drawn) > _KEPT:
        _drawn.popitem(last=False)
    return Picture(svg)
