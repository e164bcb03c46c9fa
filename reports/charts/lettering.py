"""Words as outlines of their letters, so that a picture looks the same wherever it is opened.

Letters are those of the faces Waymark ships; what they lack is looked for in matplotlib's own and
in the system's, and a character that no font has is a box, as in the PDF.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.path import Path as Outline
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

BOX: Final = "\u25a1"
_FONTS: Final = Path(__file__).resolve().parents[2] / "static" / "fonts"
_PLAIN: Final = str(_FONTS / "IBMPlexSans-Regular.ttf")
_BOLD: Final = str(_FONTS / "IBMPlexSans-SemiBold.ttf")
# matplotlib brings it along.
_SECOND: Final = "DejaVu Sans"
# This one as well: it has a sign for every character there is, and a letter for none.
_LAST_RESORT: Final = "Last Resort"


def outline_of(text: str, *, size: float, is_bold: bool) -> tuple[Outline, float]:
    """Return the outline of a line of text, its baseline at 0 and upwards, and how wide it is."""
    outlines, width = [], 0.0
    scale = size / text_to_path.FONT_SCALE
    for font, part in _runs(text, _BOLD if is_bold else _PLAIN):
        look = FontProperties(fname=font, size=size)
        points, codes = text_to_path.get_text_path(look, part)
        if len(codes):
            moved = Affine2D().scale(scale).translate(width, 0)
            outlines.append(Outline(points, codes).transformed(moved))
        width += text_to_path.get_text_width_height_descent(part, look, ismath=False)[0]
    return Outline.make_compound_path(*outlines), width


def _runs(text: str, face: str) -> list[tuple[str, str]]:
    """Return the text in parts, each with the file of the font that has all of it."""
    runs: list[tuple[str, str]] = []
    font = face
    for character in text:
        # Blanks and digits within another script stay with it: their order depends on that.
        if character.isalpha() or not _has(font, character):
            font = face
        if not _has(font, character):
            font = _font_with(character)
        if not font:
            font, character = face, BOX
        if runs and runs[-1][0] == font:
            runs[-1] = font, runs[-1][1] + character
        else:
            runs.append((font, character))
    return runs


def _has(font: str, character: str) -> bool:
    return ord(character) in _characters(font)


@lru_cache(maxsize=50)
def _characters(font: str) -> frozenset[int]:
    try:
        return frozenset(get_font(font).get_charmap())
    except (OSError, RuntimeError):
        # A font of the system's that cannot be read has none.
        return frozenset()


@lru_cache(maxsize=1000)
def _font_with(character: str) -> str:
    """Return the file of the first font that has a character; empty when none does."""
    known = sorted(
        (each.name != _SECOND, each.fname)
        for each in fontManager.ttflist
        if not each.name.startswith(_LAST_RESORT)
    )
    return next((font for _, font in known if _has(font, character)), "")
