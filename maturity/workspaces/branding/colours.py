"""PURE. What a workspace puts on its reports: a logo, two colours, a line at the foot.

Reports, slides and workbooks are drawn on white, so each colour is held against white: the first is
also text there, and text on it is white, the second only rules (WCAG 2.2, 1.4.3 and 1.4.11).
"""

import colorsys
import hashlib
import math
import re
from dataclasses import dataclass
from typing import Final

WHITE: Final = "#FFFFFF"
TEXT_RATIO: Final = 4.5
RULE_RATIO: Final = 3.0
FOOTER_LENGTH: Final = 100
# What else a picture shows beside today's scores: the target's colour and that of earlier scores.
OTHER_SERIES: Final = ("#B4531A", "#6D757D")
# Ours: below this distance (CIE 1976) two bars are taken for one another at a glance. Waymark's own
# blue and grey are 23 apart.
_APART: Final = 20.0
_HEX: Final = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


class NotAColour(ValueError):
    """The text names no colour; the message says how one is written."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG, made anew from what was uploaded; `alt` says what it shows."""

    png: bytes
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Branding:
    """A workspace's look; an empty colour is Waymark's own, an empty footer none.

    Colours are written "#0F5C78". The same value looks the same everywhere.
    """

    accent: str = ""
    second: str = ""
    footer: str = ""
    logo: Logo | None = None

    @property
    def is_empty(self) -> bool:
        return self == Branding()

    @property
    def rule(self) -> str:
        """The colour of rules: the second one, else the accent."""
        return self.second or self.accent

    @property
    def now_colour(self) -> str:
        """The accent where a picture can show today's scores in it; else empty.

        It cannot where it would be taken for the target or for earlier scores.
        """
        if any(distance(self.accent, each) < _APART for each in OTHER_SERIES):
            return ""
        return self.accent

    @property
    def fingerprint(self) -> str:
        """What tells it from every other look."""
        logo = self.logo
        parts = (self.accent, self.second, self.footer)
        text = repr((parts, logo and (logo.png, logo.alt)))
        return hashlib.sha256(text.encode()).hexdigest()


def colour_of(text: str) -> str:
    """Return a colour as "#0F5C78"; it may be given without "#", or short as "#08C".

    Raises: NotAColour.
    """
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise NotAColour("Please write the colour as # and six digits or letters, like #0F5C78.")
    digits = found[1].upper()
    return "#" + (digits if len(digits) == 6 else "".join(each * 2 for each in digits))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ratio_text(ratio: float) -> str:
    """Return a ratio in words, never more than it is: 4.498 is "4.49 to 1"."""
    return f"{math.floor(ratio * 100) / 100:g} to 1"


def darkened(colour: str, *, ratio: float) -> str:
    """Return the colour, or the lightest shade of it that reaches a ratio on white."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    for step in range(201):
        rgb = colorsys.hls_to_rgb(hue, lightness * (1 - step / 200), saturation)
        shade = "#" + "".join(f"{round(255 * each):02X}" for each in rgb)
        if contrast(shade, WHITE) >= ratio:
            return shade
    return "#000000"


def distance(one: str, other: str) -> float:
    """Return how far apart two colours look (CIE 1976); far from anything is no colour."""
    if not one or not other:
        return math.inf
    return math.dist(_lab(one), _lab(other))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in _channels(colour)
    )
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lab(colour: str) -> tuple[float, float, float]:
    """Return lightness and two directions of colour, for daylight (D65)."""
    red, green, blue = _linear(colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (
        each ** (1 / 3) if each > 216 / 24389 else (24389 / 27 * each + 16) / 116
        for each in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
