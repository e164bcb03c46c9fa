"""The colours of pictures on paper; pages recolour them by class (static/css).

The ramp is the one of static/css/tokens.css; a stage's `tone`, 1 to 5, says which step is its own.
"""

from typing import Protocol

INK = "#17212B"
MUTED = "#55606B"
RULE = "#D5D9DC"
NOW = "#0F5C78"
TARGET = "#B4531A"
BEFORE = "#6D757D"

RAMP = ("#E8E1CF", "#BCD2C0", "#7FB3AE", "#37788C", "#1E4166")
ON_RAMP = (INK, INK, INK, "#FFFFFF", "#FFFFFF")
# Hairlines need more strength than areas: the same hues, dark enough to be seen on white.
LINES = ("#C9BE9F", "#A3C2A9", "#7FB3AE", "#37788C", "#1E4166")


class Coloured(Protocol):
    """Values that may bring today's colour."""

    @property
    def now_colour(self) -> str: ...


def now_of(values: Coloured) -> str:
    """Return the colour of today's scores in a picture."""
    return values.now_colour or NOW
