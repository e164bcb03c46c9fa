"""Cut the shipped faces out of IBM Plex Sans: `python static/fonts/cut.py FOLDER`.

FOLDER holds IBMPlexSans-*.woff2 of the npm package @ibm/plex-sans (fonts/complete/woff2). Each face
is cut to the letters and signs of UNICODES, loses its hints, gains the few shapes of SHAPES, and is
written as TTF (PDF and charts) and as WOFF2 (pages). The licence reserves the name Plex for the
unchanged font, so the cut one calls itself Waymark Sans.
"""

import math
import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

FACES = ("Regular", "Medium", "SemiBold", "Bold", "Italic")
FAMILY = "Waymark Sans"
UNICODES = (
    "20-7E,A0-17F,18F,192,1A0,1A1,1AF,1B0,1FA-1FF,218-21B,237,259,2B9-2BC,2C6,2C7,2D8-2DD,"
    "300-304,306-30C,312,31B,323,326-328,37E,384-38A,38C,38E-3CE,400-45F,490,491,49A,49B,4A2,4A3,4AE-4B1,"
    "4D8,4D9,4E8,4E9,1E80-1E85,1E9E,1EA0-1EF9,2010-2015,2018-201E,2020-2022,2026,202F,2030,2032,2033,"
    "2039,203A,2044,2070,2074-2079,2080-2089,20A0-20BF,2113,2116,2122,2126,2150-215E,2190-2199,2202,"
    "2206,220F,2211,2212,2215,2219,221A,221E,222B,2248,2260,2264,2265,25CA,2713"
)
FEATURES = [
    "ccmp",
    "locl",
    "mark",
    "kern",
    "liga",
    "lnum",
    "frac",
    "numr",
    "dnom",
    "ordn",
    "sups",
    "zero",
]

Ring = list[tuple[float, float]]


def _round(x: float, y: float, radius: float) -> Ring:
    turns = [math.tau * step / 32 for step in range(32)]
    return [(x - radius * math.cos(t), y + radius * math.sin(t)) for t in turns]


_SQUARE: Ring = [(60, 60), (60, 620), (620, 620), (620, 60)]
_HOLE: Ring = [(120, 120), (560, 120), (560, 560), (120, 560)]
SHAPES: dict[int, tuple[str, list[Ring]]] = {
    0x25A0: ("blacksquare", [_SQUARE]),
    0x25A1: ("whitesquare", [_SQUARE, _HOLE]),
    0x25B2: ("uptriangle", [[(40, 60), (340, 620), (640, 60)]]),
    0x25BC: ("downtriangle", [[(40, 620), (640, 620), (340, 60)]]),
    0x25C6: ("blackdiamond", [[(20, 340), (340, 660), (660, 340), (340, 20)]]),
    0x25CB: ("whitecircle", [_round(340, 340, 290), _round(340, 340, 230)[::-1]]),
    0x25CF: ("blackcircle", [_round(340, 340, 290)]),
}


def cut(source: Path, target: Path, style: str) -> None:
    """Write `target` with .ttf and with .woff2 from the complete face."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        hinting=False,
        layout_features=FEATURES,
        name_IDs=["*"],
        notdef_outline=True,
        glyph_names=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(UNICODES))
    subsetter.subset(font)
    _draw_shapes(font)
    _rename(font, style)
    font.flavor = None
    font.save(target.with_suffix(".ttf"))
    font.flavor = "woff2"
    font.save(target.with_suffix(".woff2"))


def _draw_shapes(font: TTFont) -> None:
    order = list(font.getGlyphOrder())
    for code, (name, rings) in SHAPES.items():
        pen = TTGlyphPen(None)
        for ring in rings:
            pen.moveTo(ring[0])
            for point in ring[1:]:
                pen.lineTo(point)
            pen.closePath()
        order.append(name)
        font["glyf"].glyphs[name] = pen.glyph()
        font["glyf"].glyphs[name].coordinates.toInt()
        font["hmtx"].metrics[name] = (680, min(round(x) for ring in rings for x, _ in ring))
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order


def _rename(font: TTFont, style: str) -> None:
    plain = style in ("Regular", "Bold", "Italic")
    names = {
        1: FAMILY if plain else f"{FAMILY} {style}",
        2: style if plain else "Regular",
        3: f"{FAMILY} {style}, cut from version 3.005",
        4: f"{FAMILY} {style}",
        6: f"WaymarkSans-{style}",
        16: FAMILY,
        17: style,
    }
    table = font["name"]
    kept = [record for record in table.names if record.nameID in (0, 13, 14)]
    table.names = kept
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    here = Path(__file__).parent
    for face in FACES:
        cut(Path(sys.argv[1]) / f"IBMPlexSans-{face}.woff2", here / f"IBMPlexSans-{face}", face)
