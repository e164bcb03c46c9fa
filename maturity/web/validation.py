"""PURE. What values of a file may be, as pydantic types; every fault in our words, with its place.

A file's format is a `Shape`; `checked` takes a value apart by it, and lists all faults at once.
"""

import json
import re
import types
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, Self, TypeVar, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from maturity.web.text import refused_in, without_odd_blanks

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")

MAX_PROBLEMS = 1_000
_SHOWN = 60
_MAX_WHOLE = 10**9
_MAX_KEYS = 10_000
_KINDS = {
    type(None): "null",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}
_NAMES = {
    KEY: "must be small letters, digits and single hyphens, such as customer-engagement",
    ID: "must be letters and digits, joined by single dots, hyphens or underscores",
}
# By pydantic's names of what is wrong.
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here; known are {known}",
    "model_type": "must be an object, is {kind}",
    "dict_type": "must be an object, is {kind}",
    "list_type": "must be a list, is {kind}",
    "string_type": "must be a text, is {kind}",
    "string_unicode": "has half a character",
    "bool_type": "must be true or false, is {shown}",
    "int_type": "must be a whole number, is {shown}",
    "greater_than_equal": "must be {ge:,} or more, is {shown}",
    "less_than_equal": "must be {le:,} or less, is {shown}",
    "too_short": "must have at least {min_length:,}, has {actual_length:,}",
    "too_long": "must have at most {max_length:,}, has {actual_length:,}",
    "literal_error": "must be {expected}, is {shown}",
    "enum": "must be {expected}, is {shown}",
    "value_error": "{error}",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault and where it is, such as `dimensions[3].cells[1].stage`."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class InvalidDocument(ValueError):
    """A file that is not taken; `problems` holds every reason, each with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Shape(BaseModel):
    """An object of a file: these keys and no others, and no value converted (true is not 1)."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @model_validator(mode="wrap")
    @classmethod
    def stop_after_too_many(
        cls, value: Any, check: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        """Check no further object once there are more problems than are told."""
        given = info.context or {"problems": 0}
        before = given["problems"]
        if before > MAX_PROBLEMS:
            return cls.model_construct()
        try:
            return check(not_huge(value))
        except ValidationError as fault:
            given["problems"] = before + fault.error_count()
            raise


def not_huge(value: Any) -> Any:
    """Return the value. Raises: ValueError, for an object of more keys than any file needs."""
    if isinstance(value, dict) and len(value) > _MAX_KEYS:
        raise ValueError(f"must have at most {_MAX_KEYS:,} keys, has {len(value):,}")
    return value


_Shape = TypeVar("_Shape", bound=Shape)


@dataclass(frozen=True, slots=True)
class Checked(Generic[_Shape]):
    """A value taken apart: `value` is None where there are problems.

    `sound` is then what was given with None for whatever is at fault.
    """

    value: _Shape | None
    problems: list[Problem]
    sound: Any


def checked(
    shape: type[_Shape], value: object, *, place: str = "", **given: object
) -> Checked[_Shape]:
    """Return a value of JSON taken apart; `given` is what the shape's validators find in `context`.

    Takes linear time, and little of it where there are many problems.
    """
    try:
        return Checked(shape.model_validate(value, context={"problems": 0, **given}), [], value)
    except ValidationError as fault:
        errors = fault.errors(include_url=False)
    problems = [_problem(shape, place, each) for each in errors[: MAX_PROBLEMS + 1]]
    whole = [_copied(value)]
    for each in errors:
        _take_out(whole, (0, *each["loc"]))
    return Checked(None, problems, whole[0])


def shaped(shape: type[_Shape], value: object, *, place: str = "", **given: object) -> _Shape:
    """Return a value of JSON taken apart. Raises: InvalidDocument, with every problem."""
    found = checked(shape, value, place=place, **given)
    if found.value is None:
        raise InvalidDocument(at_most(found.problems))
    return found.value


def at_most(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems; of more than 1,000 the rest is summed up in a last one."""
    if len(problems) <= MAX_PROBLEMS:
        return tuple(problems)
    more = Problem("document", "has more problems than those named so far")
    return (*problems[:MAX_PROBLEMS], more)


def text(
    most: int, *, may_be_empty: bool = False, multiline: bool = False, tidied: bool = False
) -> AfterValidator:
    """Return what takes a text of at most so many characters, as `text.clean_text` would leave it.

    With `tidied` it is made so; otherwise a text that is not so is a fault.
    """

    def check(value: str) -> str:
        plain = without_odd_blanks(value)
        if not plain.strip():
            if not may_be_empty or (value and not tidied):
                raise ValueError("is blank" if value else "is empty")
            return ""
        if "\n" in plain and not multiline:
            raise ValueError("must be on one line")
        if fault := refused_in(plain if tidied else value):
            raise ValueError(f"has {fault}")
        plain = unicodedata.normalize("NFC", plain).strip()
        if len(plain) > most:
            raise ValueError(f"must have at most {most:,} characters, has {len(plain):,}")
        if plain != value.strip() and not tidied:
            raise ValueError("must be in Unicode form NFC, with plain line breaks")
        if plain != value and not tidied:
            raise ValueError("starts or ends with a space")
        return plain

    return AfterValidator(check)


def spelled(pattern: re.Pattern[str], wanted: str, *, most: int = 80) -> AfterValidator:
    """Return what takes a text of at most so many characters that is spelled like a pattern."""

    def check(value: str) -> str:
        if len(value) > most:
            raise ValueError(f"must have at most {most} characters, has {len(value):,}")
        if not pattern.fullmatch(value):
            raise ValueError(f"must be {wanted}, is {shown(value)}")
        return value

    return AfterValidator(check)


Key = Annotated[
    str,
    spelled(KEY, "small letters, digits and single hyphens, such as customer-engagement"),
]
Id = Annotated[
    str, spelled(ID, "letters and digits, joined by single dots, hyphens or underscores")
]


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


def _problem(shape: Any, place: str, error: Mapping[str, Any]) -> Problem:
    """Return an error of pydantic in our words."""
    known: Mapping[str, Any] = {}
    for step in error["loc"]:
        shape = _bare(shape)
        if isinstance(step, int):
            place += f"[{step}]"
            (shape,) = get_args(shape)
        elif get_origin(shape) is dict:
            place += f"[{shown(step)}]"
            shape = get_args(shape)[1]
        elif step != "[key]":
            place = inside(place, step if ID.fullmatch(step) else shown(step))
            known = shape.model_fields
            shape = known[step].annotation if step in known else None
    given = error.get("ctx", {}) | {
        "known": ", ".join(known),
        "kind": kind_of(error["input"]),
        "shown": shown(error["input"]),
    }
    given["expected"] = str(given.get("expected")).replace("'", '"')
    return Problem(place or "document", _WORDS[error["type"]].format(**given))


def _bare(kind: Any) -> Any:
    """Return an annotation without what only limits it: `list[int]` of `list[int] | None`."""
    while get_origin(kind) in (Annotated, Union, types.UnionType):
        kind = get_args(kind)[0]
    return kind


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def _take_out(whole: Any, way: Sequence[int | str]) -> None:
    """Put None where a way ends, if anything is there."""
    steps: list[Any] = [step for step in way if step != "[key]"]
    last = steps.pop()
    for step in steps:
        whole = whole and whole[step]
    if isinstance(whole, list) or (whole and last in whole):
        whole[last] = None


# --- going


class TooMany(Exception):
    """There are so many faults that looking for more helps nobody."""


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
        if fault := refused_in(value):
            self.add(place, f"has {fault}")
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
