"""Break names into the few short lines a picture has room for."""

from textwrap import wrap

LINE_LENGTH = 24
LINES = 3


def lines_of(text: str, *, length: int = LINE_LENGTH, lines: int = LINES) -> list[str]:
    """Return the text in at most `lines` lines of at most `length` characters.

    What does not fit is cut with an ellipsis; the full text belongs in the table beside.
    """
    broken = wrap(" ".join(text.split()), width=length)
    if len(broken) > lines:
        last = broken[lines - 1][: length - 1].rstrip(" ,;.-")
        broken = [*broken[: lines - 1], f"{last}…"]
    return broken or [""]
