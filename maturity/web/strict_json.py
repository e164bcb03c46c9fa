"""PURE. The strict reader every JSON file and every body goes through.

It refuses what Python's own reader lets pass (repeated keys, NaN, endless digits) and what would
exhaust it (size, depth).
"""

import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

from maturity.web.validation import MAX_PROBLEMS, InvalidDocument, Problem, shown

__all__ = ["InvalidDocument", "Problem", "read_json", "refuse"]


_MAX_DEPTH = 40


# A model of 5,000 descriptors, the most there may be, has about 16,000.
_MAX_CONTAINERS = 100_000


_MAX_DIGITS = 18


_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def read_json(data: bytes | str, *, max_bytes: int) -> object:
    """Return the value of a JSON file in UTF-8, read strictly.

    Raises: InvalidDocument, when it is too big, not UTF-8, not JSON, nested deeper than 40
    levels, of more than 100,000 objects and lists, or holds a repeated key, NaN, Infinity, a number
    of more than 18 digits or half a character.
    """
    raw = _bytes_of(data)
    if len(raw) > max_bytes:
        refuse("file", f"is larger than {_size(max_bytes)}; a file of ours is far smaller")
    if raw.startswith(b"\xef\xbb\xbf"):
        refuse("file", "starts with a byte order mark; save it as UTF-8 without one")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        refuse("file", f"is not UTF-8 text (byte {error.start + 1} cannot be read)")
    _refuse_nesting(raw)
    # Keyed by text: a million repeated keys are one line, and cost no more.
    faults: dict[str, None] = {}

    def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs) and len(faults) < MAX_PROBLEMS:
            for key, times in Counter(key for key, _ in pairs).items():
                if times > 1:
                    faults[f"has the key {shown(key)} twice in one object"] = None
        return value

    def constant(name: str) -> None:
        faults[f"has the number {name}, which JSON does not know"] = None

    def whole(digits: str) -> int:
        if len(digits) <= _MAX_DIGITS:
            return int(digits)
        faults[f"has a number of more than {_MAX_DIGITS} digits"] = None
        return 0

    def decimal(digits: str) -> float:
        value = float(digits) if len(digits) <= 2 * _MAX_DIGITS else math.inf
        if math.isinf(value):
            faults["has a number that is too long or too large"] = None
        return value

    try:
        value: object = json.loads(
            text,
            object_pairs_hook=unrepeated,
            parse_constant=constant,
            parse_int=whole,
            parse_float=decimal,
        )
    except json.JSONDecodeError as error:
        refuse("file", f"is not JSON: line {error.lineno}, column {error.colno}: {error.msg}")
    # An escape such as \ud800 reads as half a character, which no database and no page can hold.
    if "\\ud" in text.lower() and _has_half_character(value):
        faults["has half a character (a lone surrogate such as \\ud800)"] = None
    if faults:
        raise InvalidDocument(tuple(Problem("file", fault) for fault in faults))
    return value


def _bytes_of(data: bytes | str) -> bytes:
    if isinstance(data, bytes):
        return data
    try:
        return data.encode("utf-8")
    except UnicodeEncodeError:
        refuse("file", "has half a character (a lone surrogate)")


def _refuse_nesting(raw: bytes) -> None:
    """Refuse deep or endless nesting before Python's reader, which recurses, sees it."""
    depth = count = 0
    for match in _STRING_OR_BRACKET.finditer(raw):
        first = match.group()[:1]
        if first in b"[{":
            depth += 1
            count += 1
            if depth > _MAX_DEPTH:
                refuse("file", f"is nested deeper than {_MAX_DEPTH} levels")
            if count > _MAX_CONTAINERS:
                refuse("file", f"has more than {_MAX_CONTAINERS:,} objects and lists")
        elif first in b"]}":
            depth -= 1


def _has_half_character(value: object) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, dict):
        return any(_has_half_character(each) for pair in value.items() for each in pair)
    return isinstance(value, list) and any(_has_half_character(each) for each in value)


def _size(count: int) -> str:
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count} bytes"


def refuse(place: str, text: str) -> NoReturn:
    raise InvalidDocument((Problem(place, text),))
