"""PURE. Numbers, days and lists as sentences have them."""

from collections.abc import Sequence
from datetime import date
from typing import Final

_NUMBERS: Final = (
    "none one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)


def number_text(number: int) -> str:
    """Return a number in words up to twelve, then in digits."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def count_text(number: int, one: str, many: str = "", *, spelled: bool = False) -> str:
    """Return "one round" or "3 rounds", `spelled` "three rounds".

    `many` is the plural that is not made with an s.
    """
    if number == 1:
        return f"one {one}"
    return f"{number_text(number) if spelled else number} {many or one + 's'}"


def people_text(number: int) -> str:
    """Return "one person" or "three people"."""
    return count_text(number, "person", "people", spelled=True)


def day_text(day: date | str) -> str:
    """Return a day, or an ISO day, as "22 November 2026"; an empty one stays empty."""
    if not day:
        return ""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {day:%B %Y}"


def joined(parts: Sequence[str], *, last: str = "and") -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return f"{text[:1].upper()}{text[1:]}"
