"""Paint shapes and words on a matplotlib Figure and hand them over as a clean SVG.

What people typed never enters matplotlib: a label is painted as a token and put in afterwards. So
there is no mathematics in labels, no label in a comment, and no warning about a missing glyph.
"""

import logging
import os
import re
import tempfile
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings

from reports.charts.failure import ChartFailed


def _prepare_home() -> None:
    """Give matplotlib a folder it can write to, before its first import."""
    if "MPLCONFIGDIR" in os.environ:
        return
    home = Path(settings.STATE_DIR) / "matplotlib"
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError:
        home = Path(tempfile.mkdtemp(prefix="waymark-matplotlib-"))
    os.environ["MPLCONFIGDIR"] = str(home)


_prepare_home()
# Says at level INFO that it looked for fonts; nobody needs to know.
logging.getLogger("matplotlib.font_manager").setLevel(logging.WARNING)

from matplotlib import rc_context  # noqa: E402 - its home must be set before
from matplotlib.artist import Artist  # noqa: E402
from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Circle, Polygon  # noqa: E402
from matplotlib.text import Text  # noqa: E402
from matplotlib.transforms import IdentityTransform  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"
FONT = "IBM Plex Sans"
Point = tuple[float, float]

# One picture at a time: matplotlib's settings and warnings belong to the whole process.
_drawing = threading.Lock()


class Picture(str):
    """A finished SVG element. Templates print it as it is: `Canvas` has escaped every word."""

    def __html__(self) -> str:
        return self


class Canvas:
    """A picture of `width` by `height` points; y grows downwards, as in the SVG.

    Every mark has one or more CSS classes, by which a page can recolour it. Fill, stroke and the
    like are written as attributes, so a page's security policy needs no exception for them.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72, frameon=False)
        FigureCanvasSVG(self._figure)
        self._classes: list[tuple[str, dict[str, str]]] = []
        self._words: list[tuple[str, dict[str, str]]] = []

    def polygon(self, points: Sequence[Point], css: str, **look: str) -> None:
        """Paint a closed outline. `look` holds SVG attributes with _ for -."""
        self._add(Polygon([self._up(p) for p in points], closed=True), css, look)

    def line(self, points: Sequence[Point], css: str, **look: str) -> None:
        """Paint an open line."""
        xs, ys = zip(*(self._up(p) for p in points), strict=True)
        self._add(Line2D(xs, ys), css, {"fill": "none", **look})

    def dot(self, at: Point, radius: float, css: str, **look: str) -> None:
        """Paint a filled circle."""
        self._add(Circle(self._up(at), radius), css, look)

    def words(self, at: Point, text: str, css: str, **look: str) -> None:
        """Write one line of text with its baseline at a point, `text_anchor` as in SVG."""
        x, y = self._up(at)
        token = f"w{len(self._words)}"
        self._words.append((text, {"class": css, **_attributes(look)}))
        label = Text(x, y, token, fontsize=10, parse_math=False, transform=IdentityTransform())
        self._place(label)

    def svg(self, *, title: str, description: str, name: str) -> str:
        """Return the picture as one <svg> element that can stand inside a page.

        `name` makes its ids unique on the page. Raises: ChartFailed.
        """
        root = ElementTree.fromstring(self._drawn())  # noqa: S314 - matplotlib wrote it
        for child in list(root):
            if child.tag in {f"{SVG}defs", f"{SVG}metadata"}:
                root.remove(child)
        parts = [self._part(group) for group in _leaf_groups(root)]
        head = _head(self.width, self.height, name)
        for tag, text in (("title", title), ("desc", description)):
            element = ElementTree.SubElement(head, tag, id=f"{name}-{tag}")
            element.text = text
        head.extend(parts)
        return ElementTree.tostring(head, encoding="unicode")

    def _add(self, artist: Polygon | Line2D | Circle, css: str, look: dict[str, str]) -> None:
        artist.set_transform(IdentityTransform())
        artist.set_gid(f"p{len(self._classes)}")
        self._classes.append((css, _attributes(look)))
        self._place(artist)

    def _place(self, artist: Artist) -> None:
        """Put the artist above everything painted before it."""
        artist.set_zorder(len(self._classes) + len(self._words))
        self._figure.add_artist(artist)

    def _up(self, point: Point) -> Point:
        return point[0], self.height - point[1]

    def _drawn(self) -> str:
        out = StringIO()
        # Every key left empty keeps the date and the maker's name out: same values, same bytes.
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        with (
            drawing_alone(),
            rc_context({"svg.fonttype": "none", "svg.hashsalt": "waymark", "path.simplify": False}),
        ):
            self._figure.savefig(out, format="svg", metadata=nothing)
        return out.getvalue()

    def _part(self, group: ElementTree.Element) -> ElementTree.Element:
        mark = group[0]
        if mark.tag == f"{SVG}text":
            text, look = self._words[int((mark.text or "")[1:])]
            place = {"x": _short(mark.get("x", "0")), "y": _short(mark.get("y", "0"))}
            part = ElementTree.Element("text", {**place, **look})
            part.text = text
            return part
        css, look = self._classes[int(group.get("id", "")[1:])]
        return ElementTree.Element(
            "path", {"class": css, "d": _short_path(mark.get("d", "")), **look}
        )


def _head(width: float, height: float, name: str) -> ElementTree.Element:
    return ElementTree.Element(
        "svg",
        {
            "xmlns": SVG[1:-1],
            "viewBox": f"0 0 {width:g} {height:g}",
            "class": "picture",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "font-family": FONT,
            "stroke-linejoin": "round",
        },
    )


def _leaf_groups(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the groups that hold one mark each, in the order of painting."""
    for group in root.iter(f"{SVG}g"):
        marks = [child for child in group if child.tag != f"{SVG}g"]
        if len(marks) != 1:
            continue
        is_ours = marks[0].tag == f"{SVG}path" and group.get("id", "").startswith("p")
        if is_ours or marks[0].tag == f"{SVG}text":
            yield group


def _attributes(look: dict[str, str]) -> dict[str, str]:
    return {key.replace("_", "-"): value for key, value in look.items()}


def _short(number: str) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def _short_path(path: str) -> str:
    flat = " ".join(path.split())
    return re.sub(r"-?\d+\.\d+", lambda found: _short(found.group()), flat).strip()


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def drawing_alone() -> Iterator[None]:
    """Let nobody else draw meanwhile, and turn whatever matplotlib warns about into ChartFailed."""
    with _drawing, _strict():
        yield


@contextmanager
def _strict() -> Iterator[None]:
    logger = logging.getLogger("matplotlib")
    collector = _Collector()
    logger.addHandler(collector)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    except Warning as warning:
        raise ChartFailed(str(warning)) from warning
    finally:
        logger.removeHandler(collector)
    if collector.said:
        raise ChartFailed("; ".join(collector.said))
