"""Measure words, and break names into the few short lines a picture has room for."""

from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from typing import Any
from unicodedata import east_asian_width

from fontTools.ttLib import TTFont

LINE_LENGTH = 24
LINES = 3
_FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
_FEWEST = 4
# In em: room for a usual letter, and the widths of letters that the shipped font does not have.
_LETTER, _WIDE, _OTHER = 0.55, 1.0, 0.6


def lines_of(text: str, *, length: int = LINE_LENGTH, lines: int = LINES) -> list[str]:
    """Return the text in at most `lines` lines of at most `length` letters of usual width.

    What does not fit is cut with an ellipsis; the full text belongs in the table beside.
    """
    text = " ".join(text.split())
    fitting = length
    broken = wrap(text, width=fitting)
    most = length * _LETTER
    # Capitals and the scripts of East Asia are wide: fewer of them fill a line.
    while fitting > _FEWEST and any(width_of(line, size=1) > most for line in broken[:lines]):
        fitting -= 1
        broken = wrap(text, width=fitting)
    if len(broken) > lines:
        last = broken[lines - 1]
        if len(last) >= fitting:
            last = last[: fitting - 1].rpartition(" ")[0] or last[: fitting - 1]
        last = last.rstrip(" ,;.-")
        broken = [*broken[: lines - 1], f"{last}…"]
    return broken or [""]


def width_of(text: str, *, size: float) -> float:
    """Return how wide a line of text is, in the unit of its font size; kerning is left out."""
    known = _advances()
    return size * sum(known.get(character) or _guessed(character) for character in text)


@lru_cache(maxsize=1)
def _advances() -> dict[str, float]:
    """Return the width in em of every character of the heavier of the two faces in use."""
    font: Any
    with TTFont(_FONTS / "IBMPlexSans-SemiBold.ttf", lazy=True) as font:
        em, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {chr(code): metrics[name][0] / em for code, name in font.getBestCmap().items()}


def _guessed(character: str) -> float:
    return _WIDE if east_asian_width(character) in "WF" else _OTHER
