"""PURE. Checks of a value's shape: objects, lists, texts. Each fault is noted with its place."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")

MAX_PROBLEMS = 1_000
_SHOWN = 60
_MAX_WHOLE = 10**9
_KINDS = {
    type(None): "null",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}
# Refused in any text: name → what to call it, and the characters, for a regular expression.
_REFUSED_CHARACTERS = {
    "control": ("a control character or line break", r"\x00-\x1f\x7f-\x9f\u2028\u2029"),
    # Half characters, and the 66 code points Unicode keeps out of every text.
    "none": (
        "something that is no character",
        r"\ud800-\udfff\ufdd0-\ufdef"
        + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17)),
    ),
    # A reader would see another text than the one that is stored.
    "turning": ("a character that turns the writing direction", r"\u202a-\u202e\u2066-\u2069"),
    "invisible": ("an invisible character", r"\u200b\u2060\ufeff"),
}
_REFUSED = re.compile("|".join(f"(?P<{n}>[{c}])" for n, (_, c) in _REFUSED_CHARACTERS.items()))


class TooMany(Exception):
    """There are so many faults that looking for more helps nobody."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault and where it is, such as `dimensions[3].cells[1].stage`."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(slots=True)
class Findings:
    """The faults found so far, in the order in which they were met."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, place: str, text: str) -> None:
        """Note a fault. Raises: TooMany, at the thousand-and-first."""
        if len(self.problems) == MAX_PROBLEMS:
            raise TooMany
        self.problems.append(Problem(place or "document", text))

    def object_at(
        self, place: str, value: object, *, required: Sequence[str], optional: Sequence[str] = ()
    ) -> Mapping[str, Any]:
        """Return the object's known keys; note missing and unknown ones, or that it is none."""
        if not isinstance(value, dict):
            self.add(place, f"must be an object, is {kind_of(value)}")
            return {}
        known = (*required, *optional)
        for key in value:
            if key not in known:
                name = key if ID.fullmatch(key) else shown(key)
                self.add(inside(place, name), f"is not known here; known are {', '.join(known)}")
        for key in required:
            if key not in value:
                self.add(inside(place, key), "is missing")
        return {key: value[key] for key in known if key in value}

    def items_at(
        self, place: str, parent: Mapping[str, Any], key: str, *, least: int = 0, most: int
    ) -> Iterator[tuple[str, object]]:
        """Return (place, value) of each item of the list under `key`; note what is no such list.

        A key that is left out gives nothing and is no fault here.
        """
        if key not in parent:
            return iter(())
        value, place = parent[key], inside(place, key)
        if not isinstance(value, list):
            self.add(place, f"must be a list, is {kind_of(value)}")
            return iter(())
        if len(value) < least:
            self.add(place, f"must have at least {least}, has {len(value)}")
        if len(value) > most:
            self.add(place, f"must have at most {most:,}, has {len(value):,}")
        return iter([(f"{place}[{index}]", item) for index, item in enumerate(value)])

    def text_at(
        self,
        place: str,
        parent: Mapping[str, Any],
        key: str,
        *,
        most: int,
        may_be_empty: bool = False,
    ) -> str:
        """Return the text under `key`, or an empty one if it is left out or no text at all."""
        if key not in parent:
            return ""
        return self.text(inside(place, key), parent[key], most=most, may_be_empty=may_be_empty)

    def text(self, place: str, value: object, *, most: int, may_be_empty: bool = False) -> str:
        """Return the value if it is a text; note what is wrong with it."""
        if not isinstance(value, str):
            self.add(place, f"must be a text, is {kind_of(value)}")
            return ""
        if not value.strip():
            if value or not may_be_empty:
                self.add(place, "is blank" if value else "is empty")
            return ""
        if len(value) > most:
            self.add(place, f"must have at most {most} characters, has {len(value):,}")
            return ""
        if value != value.strip():
            self.add(place, "starts or ends with a space")
        if fault := fault_of_characters(value):
            self.add(place, fault)
        return value

    def name_at(
        self,
        place: str,
        parent: Mapping[str, Any],
        key: str,
        *,
        most: int,
        pattern: re.Pattern[str],
    ) -> str:
        """Return the key or id under `key`, or an empty text if it cannot be one."""
        if key not in parent:
            return ""
        return self.name(inside(place, key), parent[key], most=most, pattern=pattern)

    def name(self, place: str, value: object, *, most: int, pattern: re.Pattern[str]) -> str:
        """Return the value if it is a key or id; note what is wrong with it."""
        if not isinstance(value, str):
            self.add(place, f"must be a text, is {kind_of(value)}")
            return ""
        if len(value) > most:
            self.add(place, f"must have at most {most} characters, has {len(value):,}")
            return ""
        if not pattern.fullmatch(value):
            self.add(place, f"{_WANTED[pattern]}, is {shown(value)}")
            return ""
        return value

    def choice_at(
        self, place: str, parent: Mapping[str, Any], key: str, *, choices: Sequence[str]
    ) -> str:
        """Return the text under `key` if it is one of the choices."""
        if key not in parent:
            return ""
        value = parent[key]
        if isinstance(value, str) and value in choices:
            return value
        wanted = " or ".join(", ".join(shown(each) for each in choices).rsplit(", ", 1))
        self.add(inside(place, key), f"must be {wanted}, is {shown(value)}")
        return ""

    def whole_at(self, place: str, parent: Mapping[str, Any], key: str) -> int | None:
        """Return the whole number under `key`."""
        if key not in parent:
            return None
        value = parent[key]
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _MAX_WHOLE:
            return value
        self.add(inside(place, key), f"must be a whole number, is {shown(value)}")
        return None


_WANTED = {
    KEY: "must be small letters, digits and single hyphens, such as customer-engagement",
    ID: "must be letters and digits, joined by single dots, hyphens or underscores",
}


def fault_of_characters(text: str) -> str:
    """Return what is wrong with the characters of a text, or an empty text."""
    match = _REFUSED.search(text)
    if match:
        what = next(name for name in _REFUSED_CHARACTERS if match[name] is not None)
        code = f"U+{ord(match.group()):04X}"
        return f"has {_REFUSED_CHARACTERS[what][0]} ({code}) at position {match.start() + 1}"
    if not unicodedata.is_normalized("NFC", text):
        return "has an accent stored apart from its letter; save the text in Unicode form NFC"
    return ""


def inside(place: str, key: str) -> str:
    """Return the place of a key inside the object at `place`."""
    return f"{place}.{key}" if place else key


def kind_of(value: object) -> str:
    """Return what kind of JSON value it is, for a message."""
    return _KINDS.get(type(value), type(value).__name__)


def shown(value: object) -> str:
    """Return the value as JSON, shortened, for a message."""
    if isinstance(value, list | dict):
        return kind_of(value)
    # Python refuses to write out a number of thousands of digits.
    if isinstance(value, int) and abs(value) > _MAX_WHOLE:
        return "a huge number"
    if isinstance(value, str) and len(value) > _SHOWN:
        value = value[: _SHOWN - 1] + "…"
    # What cannot be seen is written as an escape.
    return json.dumps(value, ensure_ascii=not str(value).isprintable())
