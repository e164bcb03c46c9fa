"""PURE. What makes a document a model: every rule of its format, checked at once.

`problems_in` is the only judge: whatever it finds no fault with can be published, scored, drawn
and printed. `advice.advice_on` says what a model may do, but should not.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PlainValidator

from maturity.catalogue.matrix import Kind, RuleName, share_of
from maturity.web.validation import (
    Id,
    Key,
    Problem,
    Shape,
    at_most,
    checked,
    inside,
    shown,
    spelled,
    text,
)

# Ours: generous against the models we know (C2M2 has 10 dimensions of 4 stages and 356 practices),
# small enough that any model fits on a page and in memory.
MAX_NAME = 80
MAX_SUMMARY = 600
MAX_STATEMENT = 300
MAX_ACTION = 400
MAX_STAGES = 10
MAX_DESCRIPTORS = 5_000
MAX_REFERENCES = 50

# The pages of a model use these words where a dimension's key would stand.
RESERVED_KEYS = ("print",)

_VERSION = re.compile(r"[0-9A-Za-z]+(?:[.+-][0-9A-Za-z]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SHARE = re.compile(r"[0-9]{1,6}/[0-9]{1,6}|[01](?:\.[0-9]{1,6})?")
_MAX_DENOMINATOR = 1_000_000
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_PATH_SHOWN = 12


# --- the shape ------------------------------------------------------------------------------------


def _share(value: Any) -> Fraction:
    """Return a value from 0 to 1, exactly."""
    if type(value) in (int, float) or (isinstance(value, str) and _SHARE.fullmatch(value)):
        try:
            share = share_of(value)
        except (ValueError, ZeroDivisionError):
            share = Fraction(-1)
        if 0 <= share <= 1 and share.denominator <= _MAX_DENOMINATOR:
            return share
    raise ValueError(
        f'must be a number from 0 to 1, or a fraction as text such as "2/3", is {shown(value)}'
    )


def _threshold(share: Fraction) -> Fraction:
    if not share:
        raise ValueError("must be more than 0")
    return share


def _visible(value: str) -> str:
    if found := _INVISIBLE.search(value):
        code = f"U+{ord(found[0]):04X}"
        raise ValueError(f"has an invisible character ({code}) at position {found.start() + 1}")
    return value


def _none_yet(plays: list[Any]) -> list[Any]:
    if plays:
        raise ValueError("must be empty: plays are not read yet, and nothing is left out quietly")
    return plays


_Seen = AfterValidator(_visible)
_Name = Annotated[str, text(MAX_NAME), _Seen]
_Summary = Annotated[str, text(MAX_SUMMARY, may_be_empty=True), _Seen]
_References = Annotated[list[Id], Field(max_length=MAX_REFERENCES)]
_Share = Annotated[Fraction, PlainValidator(_share)]


class _Step(Shape):
    value: _Share
    label: _Name


class _Rule(Shape):
    name: RuleName
    threshold: Annotated[_Share, AfterValidator(_threshold)] = Fraction(1)


class _Stage(Shape):
    number: Annotated[int, Field(ge=0, le=MAX_STAGES)]
    name: _Name
    summary: _Summary
    question: Annotated[str, text(MAX_STATEMENT, may_be_empty=True), _Seen] = ""


class _Facet(Shape):
    key: Key
    name: _Name
    source: _References = []


class _Descriptor(Shape):
    id: Id
    kind: Kind
    statement: Annotated[str, text(MAX_STATEMENT), _Seen]
    action: Annotated[str, text(MAX_ACTION), _Seen]
    # Required of a practice; for a way of working left behind there may be nothing to show.
    evidence: Annotated[str, text(MAX_ACTION, may_be_empty=True), _Seen] = ""
    facet: str = ""
    effort: Literal["S", "M", "L", ""] = ""
    requires: _References = []
    source: _References = []


class _Cell(Shape):
    stage: int
    summary: _Summary
    descriptors: Annotated[list[_Descriptor], Field(max_length=MAX_DESCRIPTORS)]


class _Dimension(Shape):
    key: Key
    name: _Name
    summary: _Summary
    facets: Annotated[list[_Facet], Field(max_length=30)] = []
    cells: Annotated[list[_Cell], Field(max_length=MAX_STAGES)]


class _Model(Shape):
    format: Literal["waymark-model/1"]
    key: Key
    version: Annotated[str, spelled(_VERSION, "such as 1.0.0", most=40)]
    language: Annotated[str, spelled(_LANGUAGE, "a language tag such as en or pt-BR", most=35)]
    title: Annotated[str, text(120), _Seen]
    summary: _Summary
    attribution: _Summary = ""
    scale: Annotated[list[_Step], Field(min_length=2, max_length=11)] = []
    rule: _Rule = _Rule(name="gates")
    stages: Annotated[list[_Stage], Field(min_length=2, max_length=MAX_STAGES)]
    dimensions: Annotated[list[_Dimension], Field(min_length=1, max_length=60)]
    plays: Annotated[list[Any], AfterValidator(_none_yet)] = []


def problems_in(document: object) -> list[Problem]:
    """Return every fault of a model document; an empty list means it is sound.

    Takes any value JSON can hold and never raises. Of more than 1,000 faults the rest is summed up
    in a last line. Takes linear time.
    """
    found = checked(_Model, document)
    if isinstance(found.sound, dict):
        found.problems.extend(_Relations(found.sound).problems)
    return list(at_most(found.problems))


# --- how the parts relate -------------------------------------------------------------------------


class _Relations:
    """The faults in how parts relate; a part that is at fault itself is left out of `document`."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.problems: list[Problem] = []
        self.bullets: dict[str, str] = {}
        self.taken: dict[tuple[str, str], str] = {}
        self.stage_of: dict[str, int | None] = {}
        self.places: dict[str, str] = {}
        self.requires: dict[str, list[tuple[str, str]]] = {}
        self.check_scale(document)
        self.stages = self.check_stages(document)
        for _, place, dimension in _parts("", document, "dimensions"):
            self.check_dimension(place, dimension)
        if (count := len(self.stage_of)) > MAX_DESCRIPTORS:
            self.add(
                "dimensions", f"must have at most {MAX_DESCRIPTORS:,} descriptors, has {count:,}"
            )
        self.check_requires()
        self.check_cycles()

    def add(self, place: str, text: str) -> None:
        self.problems.append(Problem(place, text))

    def once(self, what: str, place: str, name: str | None) -> bool:
        """Note a name that is used twice, in whatever case; tell whether it is there and free."""
        if name is None:
            return False
        first = self.taken.setdefault((what, name.casefold()), place)
        if first != place:
            self.add(place, f"{shown(name)} is used already at {first}")
        return first == place

    def check_scale(self, document: Mapping[str, Any]) -> None:
        last, before = len(document.get("scale") or ()) - 1, Fraction(-1)
        for index, place, step in _parts("", document, "scale"):
            self.once("labels", f"{place}.label", step.get("label"))
            if step.get("value") is None:
                continue
            place, value = f"{place}.value", share_of(step["value"])
            if index == 0 and value != 0:
                self.add(place, f"must be 0 at the first step, is {shown(step['value'])}")
            elif index == last and value != 1:
                self.add(place, f"must be 1 at the last step, is {shown(step['value'])}")
            elif value <= before:
                self.add(place, "must be more than the step before")
            before = value

    def check_stages(self, document: Mapping[str, Any]) -> range | None:
        """Return the numbers the stages should have, or None when there is no telling."""
        numbers: range | None = None
        for index, place, stage in _parts("", document, "stages"):
            self.once("stage names", f"{place}.name", stage.get("name"))
            if (number := stage.get("number")) is None:
                continue
            if index == 0:
                first = min(number, 1)
                numbers = range(first, first + len(document["stages"]))
                if number > 1:
                    self.add(f"{place}.number", f"must be 0 or 1 at the first stage, is {number}")
            elif numbers and number != numbers[index]:
                self.add(f"{place}.number", f"must be {numbers[index]}, is {number}")
        return numbers

    def check_dimension(self, place: str, dimension: Mapping[str, Any]) -> None:
        self.once("dimension keys", f"{place}.key", dimension.get("key"))
        if dimension.get("key") in RESERVED_KEYS:
            name = shown(dimension["key"])
            self.add(f"{place}.key", f"{name} is the name of a page; choose another")
        self.once("dimension names", f"{place}.name", dimension.get("name"))
        facets = set()
        for _, at, facet in _parts(place, dimension, "facets"):
            self.once(f"facets of {place}", f"{at}.key", facet.get("key"))
            self.check_source(at, facet)
            facets.add(facet.get("key"))
        cells = dimension.get("cells")
        if cells is None:
            return
        if self.stages and len(cells) != len(self.stages):
            self.add(
                f"{place}.cells",
                f"must have one cell for each of the {len(self.stages)} stages, has {len(cells)}",
            )
        for index, at, cell in _parts(place, dimension, "cells"):
            stage = cell.get("stage")
            if self.stages and index < len(self.stages):
                wanted = self.stages[index]
                if stage not in (None, wanted):
                    self.add(
                        f"{at}.stage",
                        f"must be {wanted} (cells follow the stages), is {shown(stage)}",
                    )
                stage = wanted
            for _, at_item, item in _parts(at, cell, "descriptors"):
                self.check_descriptor(at_item, item, stage, facets)
        if all(cell and cell.get("descriptors") == [] for cell in cells):
            self.add(f"{place}.cells", "have no descriptor at all; a cell may be empty, not a row")

    def check_descriptor(
        self, place: str, item: Mapping[str, Any], stage: int | None, facets: set[str | None]
    ) -> None:
        if item.get("kind") == "practice" and "evidence" not in item:
            self.add(f"{place}.evidence", "is missing")
        if item.get("kind") == "condition" and self.stages and stage == self.stages[-1]:
            self.add(
                f"{place}.kind",
                'must be "practice" at the top stage: nothing above it could leave a condition'
                " behind",
            )
        if (facet := item.get("facet")) and facet not in facets:
            self.add(f"{place}.facet", f"{shown(facet)} is no facet of this dimension")
        self.check_source(place, item)
        # Without an id of its own a descriptor still counts, under a name no id can have.
        name = item.get("id")
        if name is None or not self.once("ids", f"{place}.id", name):
            name = f"@{place}"
        self.stage_of[name] = stage
        self.places[name] = place
        self.requires[name] = list(_references(place, item, "requires"))

    def check_source(self, place: str, parent: Mapping[str, Any]) -> None:
        for at, bullet in _references(place, parent, "source"):
            first = self.bullets.setdefault(bullet, at)
            if first != at:
                self.add(at, f"{shown(bullet)} is used already at {first}")

    def check_requires(self) -> None:
        for name, required in self.requires.items():
            seen: set[str] = set()
            for place, other in required:
                if other in seen:
                    self.add(place, f"{shown(other)} is named twice")
                elif other == name:
                    self.add(place, "names the descriptor itself")
                elif other not in self.stage_of:
                    self.add(place, f"{shown(other)} is no descriptor of this model")
                else:
                    own, its = self.stage_of[name], self.stage_of[other]
                    if own is not None and its is not None and its > own:
                        self.add(
                            place,
                            f"{shown(other)} belongs to the later stage {its}, this one to {own}",
                        )
                seen.add(other)

    def check_cycles(self) -> None:
        """Note each circle that following the prerequisites closes; breaking these leaves none."""
        done: set[str] = set()
        for start in self.requires:
            if start in done:
                continue
            path = {start: 0}
            waiting = [(start, self.others(start))]
            while waiting:
                name, others = waiting[-1]
                other = next(others, None)
                if other is None:
                    waiting.pop()
                    path.popitem()
                    done.add(name)
                elif other in path:
                    circle = [each for each, _ in waiting[path[other] :]]
                    more = len(circle) - _PATH_SHOWN
                    steps = circle[:_PATH_SHOWN] + ([f"… {more} more"] if more > 0 else [])
                    self.add(
                        f"{self.places[other]}.requires",
                        f"goes in a circle: {' → '.join([*steps, other])}",
                    )
                elif other not in done:
                    path[other] = len(waiting)
                    waiting.append((other, self.others(other)))

    def others(self, name: str) -> Iterator[str]:
        known = dict.fromkeys(other for _, other in self.requires[name])
        return iter([other for other in known if other != name and other in self.stage_of])


def _parts(
    place: str, parent: Mapping[str, Any], key: str
) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Yield (index, place, object) of each sound object of the list under `key`."""
    for index, part in enumerate(parent.get(key) or ()):
        if part is not None:
            yield index, inside(place, f"{key}[{index}]"), part


def _references(place: str, parent: Mapping[str, Any], key: str) -> Iterator[tuple[str, str]]:
    for index, name in enumerate(parent.get(key) or ()):
        if name is not None:
            yield f"{place}.{key}[{index}]", name
