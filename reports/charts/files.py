"""A picture as a file to download: SVG with its letters as outlines, or PNG drawn by matplotlib.

Made from the SVG a page shows, in the colours of paper: see `canvas` for the few elements and
attributes it consists of.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.etree import ElementTree

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D, IdentityTransform

from reports.charts.lettering import outline_of

SVG: Final = "{http://www.w3.org/2000/svg}"

# Printed 17 cm wide, a radar has 300 dots an inch.
SCALE: Final = 3
DOTS: Final = 300
_LETTERS: Final = {
    Outline.MOVETO: "M",
    Outline.LINETO: "L",
    Outline.CURVE3: "Q",
    Outline.CURVE4: "C",
}


def svg_file(picture: str) -> bytes:
    """Return the picture as an SVG file that needs no font and no style sheet.

    It lies on white and keeps its title and description. The same picture gives the same bytes.
    """
    root = _parsed(picture)
    width, height = _size(root)
    head = ElementTree.Element(
        "svg",
        {
            "xmlns": SVG[1:-1],
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": f"{width:g}",
            "height": f"{height:g}",
            "role": "img",
            "aria-labelledby": "title description",
            "stroke-linejoin": "round",
        },
    )
    for tag, name in (("title", "title"), ("desc", "description")):
        ElementTree.SubElement(head, tag, id=name).text = root.findtext(f"{SVG}{tag}")
    ground = {"width": f"{width:g}", "height": f"{height:g}", "fill": "#FFFFFF"}
    ElementTree.SubElement(head, "rect", ground)
    for outline, look in _marks(root):
        ElementTree.SubElement(head, "path", {"d": _written(outline), **look})
    text = ElementTree.tostring(head, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def png_file(picture: str) -> bytes:
    """Return the picture as a PNG on white, fit to print. The same picture gives the same bytes."""
    root = _parsed(picture)
    width, height = _size(root)
    figure = Figure(
        figsize=(width * SCALE / DOTS, height * SCALE / DOTS), dpi=DOTS, facecolor="#FFFFFF"
    )
    FigureCanvasAgg(figure)
    upright = Affine2D().scale(SCALE, -SCALE).translate(0, height * SCALE)
    out = BytesIO()
    for number, (outline, look) in enumerate(_marks(root)):
        patch = _patch(outline.transformed(upright), look)
        patch.set_zorder(number)
        figure.add_artist(patch)
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 - `canvas` wrote it


def _size(root: ElementTree.Element) -> tuple[float, float]:
    _, _, width, height = map(float, root.get("viewBox", "").split())
    return width, height


def _marks(root: ElementTree.Element) -> Iterator[tuple[Outline, dict[str, str]]]:
    """Yield every mark in the order of painting: its outline, y downwards, and how it looks."""
    for part in root:
        look = {
            key: value
            for key, value in part.items()
            if key == "fill" or key.startswith(("fill-", "stroke"))
        }
        if part.tag == f"{SVG}path":
            yield _read(part.get("d", "")), look
        elif part.tag == f"{SVG}circle":
            x, y, radius = (float(part.get(key, "0")) for key in ("cx", "cy", "r"))
            yield Outline.circle((x, y), radius), look
        elif part.tag == f"{SVG}text" and (part.text or "").strip():
            yield _lettered(part), {"fill": part.get("fill", "#000000")}


def _lettered(part: ElementTree.Element) -> Outline:
    outline, width = outline_of(
        part.text or "",
        size=float(part.get("font-size", "12")),
        is_bold=int(part.get("font-weight", "400")) >= 600,
    )
    x, y = float(part.get("x", "0")), float(part.get("y", "0"))
    back = {"middle": width / 2, "end": width}.get(part.get("text-anchor", "start"), 0.0)
    return outline.transformed(Affine2D().scale(1, -1).translate(x - back, y))


def _read(text: str) -> Outline:
    """Return the outline that a path's text describes."""
    points = [tuple(map(float, point.split())) for point in text.strip("Mz").split("L")]
    return Outline([*points, points[0]], closed=True) if text.endswith("z") else Outline(points)


def _written(outline: Outline) -> str:
    """Return an outline as a path's text."""
    parts = []
    for points, code in outline.iter_segments(curves=True, simplify=False):
        numbers = [f"{round(float(each), 2):g}" for each in points]
        parts.append("z" if code == Outline.CLOSEPOLY else _LETTERS[code] + " ".join(numbers))
    return "".join(parts)


def _patch(outline: Outline, look: dict[str, str]) -> PathPatch:
    fill, stroke = look.get("fill", "none"), look.get("stroke", "none")
    # Of a pixel; widths of matplotlib are points.
    unit = SCALE * 72 / DOTS
    wide = float(look.get("stroke-width", "1"))
    # matplotlib counts dashes in widths of the line.
    dashes = [float(each) / wide for each in look.get("stroke-dasharray", "").split()]
    return PathPatch(
        outline,
        facecolor=_colour(fill, look.get("fill-opacity")),
        edgecolor=_colour(stroke, look.get("stroke-opacity")),
        linewidth=0 if stroke == "none" else wide * unit,
        linestyle=(0, dashes) if dashes else "-",
        capstyle="butt",
        joinstyle="round",
        transform=IdentityTransform(),
    )


def _colour(colour: str, opacity: str | None) -> str | tuple[str, float]:
    return colour if colour == "none" else (colour, float(opacity or 1))
