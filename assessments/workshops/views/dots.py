"""Dots as one line of SVG: three hundred of them cost as little to draw as twelve.

A round line of no length is a dot, so that a whole pile is one path. Piles of one round are as
wide as each other, and the fuller the room the smaller the dots.
"""

from dataclasses import dataclass
from functools import lru_cache

# The most in a pile, how many stand side by side then, and how large they are.
_SIZES = ((6, 2, "l"), (12, 3, "l"), (30, 5, "m"), (70, 7, "s"), (160, 10, "xs"))
_MOST = (14, "xs")


@dataclass(frozen=True, slots=True)
class Dots:
    """A pile as a picture of `across` by `down` dots, filled from the bottom."""

    path: str
    across: int
    down: int
    size: str


@lru_cache(maxsize=2_000)
def dots_of(count: int, most: int) -> Dots:
    """Return so many dots, drawn as beside a pile of `most`."""
    across, size = next(((a, s) for limit, a, s in _SIZES if most <= limit), _MOST)
    down = -(-count // across)
    # The row on top, which may not be full, stands in the middle.
    inset = (across - (count - 1) % across - 1) / 2
    path = "".join(
        f"M{each % across + (inset if each // across == down - 1 else 0) + 0.5:g}"
        f" {down - 1 - each // across}.5h0"
        for each in range(count)
    )
    return Dots(path, across, down, size)
