"""Cleaning what people type. PURE.

Text that passes is safe to keep and to draw everywhere: in a page, a chart, a file and a PDF.
What is wrong is refused with a plain message, never taken out quietly.
"""

import re
import unicodedata

_LINE_BREAK = re.compile("\r\n|[\n\r\u2028\u2029]")
_NONCHARACTERS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_REFUSED = {
    "a control character": re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]"),
    "a broken character": re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"),
    # They turn round the order of what follows, so that a text reads other than it is.
    "a hidden mark that changes the reading direction": re.compile("[\u202a-\u202e\u2066-\u2069]"),
}
# Composing takes quadratic time in the accents on one letter. No accent is a letter or plain ASCII.
_MAYBE_ACCENTS = re.compile(r"[^\w\x00-\x7f]{32,}")
_MOST_ACCENTS = 31


class TextProblem(ValueError):
    """The text cannot be taken; the message says why and what to do."""


def storable_name(text: str, *, most: int) -> str:
    """Return a file's name, without its ending, that every system can store.

    It keeps letters, digits, blanks and hyphens, and is at most `most` long.
    """
    kept = "".join(c if c.isalnum() or c in " -" else " " for c in text)
    return " ".join(kept.split())[:most].strip()


def whole_number(text: str, *, digits: int) -> int | None:
    """Return the number a text is, when it is at most so many plain digits and nothing else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def clean_text(value: str, *, max_length: int, multiline: bool = False) -> str:
    """Return the text in composed form (NFC), without blanks at its ends.

    A tab becomes a space, a line break of whatever kind a newline; without `multiline` there may be
    none inside. The length counts characters of the result.
    Raises: TextProblem.
    """
    value = without_odd_blanks(value)
    if "\n" in value and not multiline:
        raise TextProblem("Please write this on one line.")
    if fault := refused_in(value):
        raise TextProblem(
            f"This has {fault}. Please type the text again, or paste it as plain text."
        )
    value = unicodedata.normalize("NFC", value).strip()
    if len(value) > max_length:
        raise TextProblem(
            f"Please shorten this to {max_length:,} characters; it has {len(value):,} now."
        )
    return value


def without_odd_blanks(value: str) -> str:
    """Return the text with plain line breaks, spaces for tabs, and neither at its ends."""
    return _LINE_BREAK.sub("\n", value).replace("\t", " ").strip(" \n")


def refused_in(text: str) -> str:
    """Return what no text may hold, such as "a control character (U+0007)"; empty for none."""
    for what, pattern in _REFUSED.items():
        if found := pattern.search(text):
            return f"{what} (U+{ord(found[0]):04X}) at position {found.start() + 1}"
    for run in _MAYBE_ACCENTS.finditer(text):
        if sum(map(bool, map(unicodedata.combining, run[0]))) > _MOST_ACCENTS:
            return f"more accents on one letter than any language (position {run.start() + 1})"
    return ""
