"""PURE. Numbers and lists as sentences have them."""

from collections.abc import Sequence
from typing import Final

_NUMBERS: Final = (
    "none one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)


def number_text(number: int) -> str:
    """Return a number in words up to twelve, then in digits."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def count_text(number: int, one: str, many: str = "") -> str:
    """Return "one round" or "three rounds"; `many` where it is not made with an s."""
    return f"{number_text(number)} {one if number == 1 else many or one + 's'}"


def people_text(number: int) -> str:
    """Return "one person" or "three people"."""
    return count_text(number, "person", "people")


def joined(parts: Sequence[str], *, last: str = "and") -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return f"{text[:1].upper()}{text[1:]}"
