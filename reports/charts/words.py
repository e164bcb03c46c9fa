"""Break names into the few short lines a picture has room for."""

from textwrap import wrap
from unicodedata import east_asian_width

LINE_LENGTH = 24
LINES = 3
_FEWEST = 4
# A name's initials are wide as well, and change nothing.
_SPARE = 1.07


def lines_of(text: str, *, length: int = LINE_LENGTH, lines: int = LINES) -> list[str]:
    """Return the text in at most `lines` lines of at most `length` letters of usual width.

    What does not fit is cut with an ellipsis; the full text belongs in the table beside.
    """
    text = " ".join(text.split())
    fitting = length
    broken = wrap(text, width=fitting)
    # Capitals and the scripts of East Asia are wide: fewer of them fill a line.
    while fitting > _FEWEST and any(_width(line) > length * _SPARE for line in broken[:lines]):
        fitting -= 1
        broken = wrap(text, width=fitting)
    if len(broken) > lines:
        last = broken[lines - 1]
        if len(last) >= fitting:
            last = last[: fitting - 1].rpartition(" ")[0] or last[: fitting - 1]
        last = last.rstrip(" ,;.-")
        broken = [*broken[: lines - 1], f"{last}…"]
    return broken or [""]


def _width(line: str) -> float:
    """Return about how many letters of usual width a line is wide."""
    return sum(map(_letters, line))


def _letters(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.85
    if character in "WM@%":
        return 1.75
    return 1.25 if character.isupper() or character in "mw" else 1.0
