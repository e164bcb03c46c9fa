"""PURE. The code people type to join: made, cleaned, and written so that it can be read aloud."""

import unicodedata
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "34679BCDFGHJKMNPRSTVWXYZ"
"""No two of these look alike (no 0 and O, no 1, I and L), and without vowels there are no words."""

LENGTH: Final = 6

# Each of these digits is in no code and looks like one letter that is. What could be two (0 for D
# or Q) is not guessed at.
_TAKEN_FOR: Final = str.maketrans({"8": "B", "5": "S", "2": "Z"})
# What a person types at most for six characters, with something between each two of them.
_LONGEST: Final = 40


def new_code(choose: Callable[[str], str]) -> str:
    """Return a fresh code; `choose` takes one character of a text: `secrets.choice`."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def cleaned_code(text: str) -> str | None:
    """Return the code somebody meant to type, or None when it cannot be one.

    Small letters, wide letters, spaces and dashes wherever they stand are forgiven, and so are
    8 for B, 5 for S and 2 for Z. None says nothing about whether a workshop has that code.
    """
    if len(text) > _LONGEST:
        return None
    kept = "".join(each for each in unicodedata.normalize("NFKC", text) if not _is_between(each))
    code = kept.upper().translate(_TAKEN_FOR)
    return code if len(code) == LENGTH and all(each in ALPHABET for each in code) else None


def spaced(code: str) -> str:
    """Return a code in two halves, as it is shown and read aloud: "BCD 346"."""
    half = LENGTH // 2
    return f"{code[:half]} {code[half:]}"


def _is_between(character: str) -> bool:
    """Say whether it only stands between characters: a space, a dash, or nothing one can see."""
    return (
        character.isspace()
        or character in "_\N{MINUS SIGN}"
        or unicodedata.category(character) in ("Pd", "Cf")
    )
