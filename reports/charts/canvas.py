"""Write shapes and words as an SVG element that can stand inside a page."""

from collections.abc import Sequence
from html import escape

FONT = "IBM Plex Sans"
Point = tuple[float, float]


class Picture(str):
    """A finished SVG element. Templates print it as it is: `Canvas` has escaped every word."""

    def __html__(self) -> str:
        return self


class Canvas:
    """A picture of `width` by `height` points; y grows downwards, as in the SVG.

    Every mark has one or more CSS classes, by which a page can recolour it. `look` holds SVG
    attributes with _ for -: a page's security policy needs no exception for attributes.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []

    def polygon(self, points: Sequence[Point], css: str, **look: str) -> None:
        """Draw a closed outline."""
        self._parts.append(f"<path{_attributes(css, d=f'{_path(points)}z', **look)}/>")

    def line(self, points: Sequence[Point], css: str, **look: str) -> None:
        """Draw an open line."""
        look = {"d": _path(points), "fill": "none", **look}
        self._parts.append(f"<path{_attributes(css, **look)}/>")

    def dot(self, at: Point, radius: float, css: str, **look: str) -> None:
        """Draw a filled circle."""
        place = {"cx": _short(at[0]), "cy": _short(at[1]), "r": _short(radius)}
        self._parts.append(f"<circle{_attributes(css, **place, **look)}/>")

    def words(self, at: Point, text: str, css: str, **look: str) -> None:
        """Write one line of text with its baseline at a point, `text_anchor` as in SVG."""
        place = {"x": _short(at[0]), "y": _short(at[1])}
        self._parts.append(f"<text{_attributes(css, **place, **look)}>{escape(text)}</text>")

    def svg(self, *, title: str, description: str, name: str) -> Picture:
        """Return the picture as one <svg> element; `name` makes its ids unique on the page."""
        head = _attributes(
            "picture",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {self.width:g} {self.height:g}",
            role="img",
            aria_labelledby=f"{name}-title {name}-desc",
            font_family=FONT,
            stroke_linejoin="round",
        )
        words = (
            f'<title id="{escape(name)}-title">{escape(title)}</title>'
            f'<desc id="{escape(name)}-desc">{escape(description)}</desc>'
        )
        return Picture(f"<svg{head}>{words}{''.join(self._parts)}</svg>")


def _attributes(css: str, **look: str) -> str:
    attributes = {"class": css, **look}
    return "".join(f' {key.replace("_", "-")}="{escape(v)}"' for key, v in attributes.items())


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in points)


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
