"""PURE. What makes a document a model: every rule of its format, checked at once.

`problems_in` is the only judge: whatever it finds no fault with can be published, scored, drawn
and printed. `advice.advice_on` says what a model may do, but should not.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from maturity.catalogue.matrix import share_of
from maturity.web.validation import ID, KEY, Findings, Problem, TooMany, inside, kind_of, shown

FORMAT = "waymark-model/1"
RULES = ("gates", "every", "additive")
KINDS = ("practice", "condition")
EFFORTS = ("S", "M", "L")

# Ours: generous against the models we know (C2M2 has 10 dimensions of 4 stages and 356 practices),
# small enough that any model fits on a page and in memory.
MAX_KEY = 80
MAX_NAME = 80
MAX_TITLE = 120
MAX_SUMMARY = 600
MAX_STATEMENT = 300
MAX_ACTION = 400
MAX_STAGES = 10
MAX_STEPS = 11
MAX_DIMENSIONS = 60
MAX_FACETS = 30
MAX_DESCRIPTORS = 5_000
MAX_REFERENCES = 50

# The pages of a model use these words where a dimension's key would stand.
RESERVED_KEYS = ("print",)

_Keys = tuple[tuple[str, ...], tuple[str, ...]]
# What one could show is asked of a practice; for a way of working left behind there may be nothing.
_PRACTICE_KEYS: _Keys = (
    ("id", "kind", "statement", "action", "evidence"),
    ("facet", "effort", "requires", "source"),
)
_CONDITION_KEYS: _Keys = (_PRACTICE_KEYS[0][:-1], ("evidence", *_PRACTICE_KEYS[1]))

_VERSION = re.compile(r"[0-9A-Za-z]+(?:[.+-][0-9A-Za-z]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SHARE = re.compile(r"[0-9]{1,6}/[0-9]{1,6}|[01](?:\.[0-9]{1,6})?")
_MAX_DENOMINATOR = 1_000_000
_PATH_SHOWN = 12


@dataclass(slots=True)
class _Found(Findings):
    """The faults, and what the rules about the whole document need to know of its parts."""

    top: int | None = None
    facets: frozenset[str] = frozenset()
    stage_of: dict[str, int | None] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    bullets: dict[str, str] = field(default_factory=dict)
    requires: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[tuple[str, str], str] = field(default_factory=dict)

    def once(self, what: str, name: str, place: str, *, within: str = "") -> bool:
        """Note a name that is used twice, in whatever case; tell whether it was free."""
        first = self.taken.setdefault((f"{what} {within}", name.casefold()), place)
        if first != place:
            self.add(place, f"{shown(name)} is used already at {first}")
        return first == place


def problems_in(document: object) -> list[Problem]:
    """Return every fault of a model document, in its order; an empty list means it is sound.

    Takes any value JSON can hold and never raises. Of more than 1,000 faults the rest is summed up
    in a last line, so that a file that is something else altogether is refused quickly.
    """
    found = _Found()
    try:
        _check_document(found, document)
    except TooMany:
        return [*found.problems, Problem("document", "has more problems than those named so far")]
    return found.problems


def _check_document(found: _Found, document: object) -> None:
    fields = found.object_at(
        "",
        document,
        required=("format", "key", "version", "language", "title", "summary", "stages")
        + ("dimensions",),
        optional=("attribution", "scale", "rule", "plays"),
    )
    found.choice_at("", fields, "format", choices=(FORMAT,))
    found.name_at("", fields, "key", most=MAX_KEY, pattern=KEY)
    _check_pattern(found, fields, "version", _VERSION, 40, "such as 1.0.0")
    _check_pattern(found, fields, "language", _LANGUAGE, 35, "a language tag such as en or pt-BR")
    found.text_at("", fields, "title", most=MAX_TITLE)
    found.text_at("", fields, "summary", most=MAX_SUMMARY, may_be_empty=True)
    found.text_at("", fields, "attribution", most=MAX_SUMMARY, may_be_empty=True)
    _check_scale(found, fields)
    _check_rule(found, fields)
    stages = _check_stages(found, fields)
    for place, dimension in found.items_at("", fields, "dimensions", least=1, most=MAX_DIMENSIONS):
        _check_dimension(found, place, dimension, stages)
    if len(found.stage_of) > MAX_DESCRIPTORS:
        found.add(
            "dimensions",
            f"must have at most {MAX_DESCRIPTORS:,} descriptors, has {len(found.stage_of):,}",
        )
    if any(True for _ in found.items_at("", fields, "plays", most=MAX_DESCRIPTORS)):
        found.add("plays", "must be empty: plays are not read yet, and nothing is left out quietly")
    _check_requires(found)
    _check_cycles(found)


def _check_pattern(
    found: Findings,
    fields: Mapping[str, Any],
    key: str,
    pattern: re.Pattern[str],
    most: int,
    wanted: str,
) -> None:
    value = fields.get(key, "")
    if key in fields and not (
        isinstance(value, str) and len(value) <= most and pattern.fullmatch(value)
    ):
        found.add(key, f"must be {wanted}, is {shown(value)}")


def _check_share(found: Findings, place: str, value: object) -> Fraction | None:
    """Return a value from 0 to 1, exactly."""
    share = None
    if (isinstance(value, int | float) and not isinstance(value, bool)) or (
        isinstance(value, str) and _SHARE.fullmatch(value)
    ):
        try:
            share = share_of(value)
        except (ValueError, ZeroDivisionError):
            share = None
    if share is None or not 0 <= share <= 1 or share.denominator > _MAX_DENOMINATOR:
        found.add(
            place,
            f'must be a number from 0 to 1, or a fraction as text such as "2/3", is {shown(value)}',
        )
        return None
    return share


def _check_scale(found: _Found, fields: Mapping[str, Any]) -> None:
    last: Fraction | None = None
    steps = list(found.items_at("", fields, "scale", least=2, most=MAX_STEPS))
    for index, (place, item) in enumerate(steps):
        step = found.object_at(place, item, required=("value", "label"))
        if label := found.text_at(place, step, "label", most=MAX_NAME):
            found.once("labels", label, inside(place, "label"))
        if "value" not in step:
            continue
        value = _check_share(found, inside(place, "value"), step["value"])
        if value is None:
            continue
        if index == 0 and value != 0:
            found.add(
                inside(place, "value"), f"must be 0 at the first step, is {shown(step['value'])}"
            )
        elif index == len(steps) - 1 and value != 1:
            found.add(
                inside(place, "value"), f"must be 1 at the last step, is {shown(step['value'])}"
            )
        elif last is not None and value <= last:
            found.add(inside(place, "value"), "must be more than the step before")
        last = value


def _check_rule(found: _Found, fields: Mapping[str, Any]) -> None:
    if "rule" not in fields:
        return
    rule = found.object_at("rule", fields["rule"], required=("name",), optional=("threshold",))
    found.choice_at("rule", rule, "name", choices=RULES)
    if "threshold" in rule and _check_share(found, "rule.threshold", rule["threshold"]) == 0:
        found.add("rule.threshold", "must be more than 0")


def _check_stages(found: _Found, fields: Mapping[str, Any]) -> list[int] | None:
    """Return the numbers the stages should have, or None when there is no telling."""
    items = list(found.items_at("", fields, "stages", least=2, most=MAX_STAGES))
    first: int | None = None
    for index, (place, item) in enumerate(items):
        stage = found.object_at(
            place, item, required=("number", "name", "summary"), optional=("question",)
        )
        if name := found.text_at(place, stage, "name", most=MAX_NAME):
            found.once("stage names", name, inside(place, "name"))
        found.text_at(place, stage, "summary", most=MAX_SUMMARY, may_be_empty=True)
        found.text_at(place, stage, "question", most=MAX_STATEMENT, may_be_empty=True)
        number = found.whole_at(place, stage, "number")
        if number is None:
            continue
        if index == 0:
            first = 0 if number == 0 else 1
            if number not in (0, 1):
                found.add(
                    inside(place, "number"), f"must be 0 or 1 at the first stage, is {number}"
                )
        elif number != (first or 0) + index and first is not None:
            found.add(inside(place, "number"), f"must be {first + index}, is {number}")
    if first is None:
        return None
    found.top = first + len(items) - 1
    return [first + index for index in range(len(items))]


def _check_dimension(found: _Found, place: str, value: object, stages: list[int] | None) -> None:
    dimension = found.object_at(
        place, value, required=("key", "name", "summary", "cells"), optional=("facets",)
    )
    if key := found.name_at(place, dimension, "key", most=MAX_KEY, pattern=KEY):
        found.once("dimension keys", key, inside(place, "key"))
        if key in RESERVED_KEYS:
            found.add(inside(place, "key"), f"{shown(key)} is the name of a page; choose another")
    if name := found.text_at(place, dimension, "name", most=MAX_NAME):
        found.once("dimension names", name, inside(place, "name"))
    found.text_at(place, dimension, "summary", most=MAX_SUMMARY, may_be_empty=True)
    found.facets = frozenset(_check_facets(found, place, dimension))
    before = len(found.stage_of)
    faults = len(found.problems)
    cells = list(found.items_at(place, dimension, "cells", most=MAX_STAGES))
    if (
        stages is not None
        and isinstance(dimension.get("cells"), list)
        and len(cells) != len(stages)
    ):
        found.add(
            inside(place, "cells"),
            f"must have one cell for each of the {len(stages)} stages, has {len(cells)}",
        )
    for index, (cell_place, cell) in enumerate(cells):
        wanted = stages[index] if stages is not None and index < len(stages) else None
        _check_cell(found, cell_place, cell, wanted)
    if len(found.stage_of) == before and len(found.problems) == faults and "cells" in dimension:
        found.add(
            inside(place, "cells"), "have no descriptor at all; a cell may be empty, not a row"
        )


def _check_facets(found: _Found, place: str, dimension: Mapping[str, Any]) -> Iterator[str]:
    for at, item in found.items_at(place, dimension, "facets", most=MAX_FACETS):
        facet = found.object_at(at, item, required=("key", "name"), optional=("source",))
        found.text_at(at, facet, "name", most=MAX_NAME)
        _check_bullets(found, at, facet)
        if key := found.name_at(at, facet, "key", most=MAX_KEY, pattern=KEY):
            found.once("facet keys", key, inside(at, "key"), within=place)
            yield key


def _check_cell(found: _Found, place: str, value: object, wanted: int | None) -> None:
    cell = found.object_at(place, value, required=("stage", "summary", "descriptors"))
    found.text_at(place, cell, "summary", most=MAX_SUMMARY, may_be_empty=True)
    stage = found.whole_at(place, cell, "stage")
    if stage is not None and wanted is not None and stage != wanted:
        found.add(inside(place, "stage"), f"must be {wanted} (cells follow the stages), is {stage}")
    for at, item in found.items_at(place, cell, "descriptors", most=MAX_DESCRIPTORS):
        _check_descriptor(found, at, item, stage if wanted is None else wanted)


def _check_descriptor(found: _Found, place: str, value: object, stage: int | None) -> None:
    required, optional = _PRACTICE_KEYS
    if isinstance(value, dict) and value.get("kind") == "condition":
        required, optional = _CONDITION_KEYS
    descriptor = found.object_at(place, value, required=required, optional=optional)
    kind = found.choice_at(place, descriptor, "kind", choices=KINDS)
    if kind == "condition" and stage is not None and stage == found.top:
        found.add(
            inside(place, "kind"),
            'must be "practice" at the top stage: nothing above it could leave a condition behind',
        )
    found.text_at(place, descriptor, "statement", most=MAX_STATEMENT)
    found.text_at(place, descriptor, "action", most=MAX_ACTION)
    found.text_at(place, descriptor, "evidence", most=MAX_ACTION, may_be_empty=True)
    if descriptor.get("effort") != "":
        found.choice_at(place, descriptor, "effort", choices=EFFORTS)
    facet = descriptor.get("facet", "")
    if not isinstance(facet, str):
        found.add(inside(place, "facet"), f"must be a text, is {kind_of(facet)}")
    elif facet and facet not in found.facets:
        found.add(inside(place, "facet"), f"{shown(facet)} is no facet of this dimension")
    _check_bullets(found, place, descriptor)
    name = found.name_at(place, descriptor, "id", most=MAX_KEY, pattern=ID)
    others = [
        (at, other)
        for at, item in found.items_at(place, descriptor, "requires", most=MAX_REFERENCES)
        if (other := found.name(at, item, most=MAX_KEY, pattern=ID))
    ]
    # Without an id of its own a descriptor still counts, under a name no id can have.
    name = name if name and found.once("ids", name, inside(place, "id")) else f"@{place}"
    found.stage_of[name] = stage
    found.places[name] = place
    found.requires[name] = others


def _check_bullets(found: _Found, place: str, parent: Mapping[str, Any]) -> None:
    for at, item in found.items_at(place, parent, "source", most=MAX_REFERENCES):
        bullet = found.name(at, item, most=MAX_KEY, pattern=ID)
        if bullet and found.bullets.setdefault(bullet, at) != at:
            found.add(at, f"{shown(bullet)} is used already at {found.bullets[bullet]}")


def _check_requires(found: _Found) -> None:
    for name, required in found.requires.items():
        seen: set[str] = set()
        for place, other in required:
            if other in seen:
                found.add(place, f"{shown(other)} is named twice")
            elif other == name:
                found.add(place, "names the descriptor itself")
            elif other not in found.stage_of:
                found.add(place, f"{shown(other)} is no descriptor of this model")
            else:
                own, its = found.stage_of[name], found.stage_of[other]
                if own is not None and its is not None and its > own:
                    found.add(
                        place, f"{shown(other)} belongs to the later stage {its}, this one to {own}"
                    )
            seen.add(other)


def _check_cycles(found: _Found) -> None:
    """Note each circle that following the prerequisites closes; breaking these leaves none."""
    done: set[str] = set()
    for start in found.requires:
        if start in done:
            continue
        path = {start: 0}
        waiting = [(start, _others(found, start))]
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
                steps = circle[:_PATH_SHOWN] + ([f"… {more} more"] if more > 0 else []) + [other]
                found.add(
                    inside(found.places[other], "requires"),
                    f"goes in a circle: {' → '.join(steps)}",
                )
            elif other not in done:
                path[other] = len(waiting)
                waiting.append((other, _others(found, other)))


def _others(found: _Found, name: str) -> Iterator[str]:
    known = dict.fromkeys(other for _, other in found.requires[name])
    return iter([other for other in known if other != name and other in found.stage_of])
