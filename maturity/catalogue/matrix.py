"""PURE. A maturity model as frozen values: stages × dimensions with their descriptors.

`matrix_of` turns a checked model document (see `importing`) into a `Matrix`. Everything that
scores, asks or draws works on these values and never on the JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

Kind = Literal["practice", "condition"]
RuleName = Literal["gates", "every", "additive"]
Effort = Literal["S", "M", "L"]

DEFAULT_SCALE: tuple[tuple[str, str], ...] = (
    ("0", "Not yet"),
    ("1/3", "Partly"),
    ("2/3", "Mostly"),
    ("1", "Fully"),
)
DEFAULT_RULE: tuple[RuleName, str] = ("gates", "2/3")


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """One step of the answer scale; `value` is its share from 0 to 1."""

    value: Fraction
    label: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How gates open. `threshold` is a share from 0 (excluded) to 1."""

    name: RuleName
    threshold: Fraction


@dataclass(frozen=True, slots=True)
class Stage:
    number: int
    name: str
    summary: str
    question: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A named aspect within a dimension; `source` names the bullets it comes from."""

    key: str
    name: str
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Descriptor:
    """One statement in a cell. `effort`, `facet` and `evidence` may be empty strings."""

    id: str
    dimension: str
    stage: int
    kind: Kind
    statement: str
    action: str
    evidence: str
    facet: str
    effort: Effort | Literal[""]
    requires: tuple[str, ...]
    source: tuple[str, ...]

    @property
    def as_step(self) -> str:
        """Return it as a step: what to do, or the statement itself where the model says nothing."""
        return self.action or self.statement


@dataclass(frozen=True, slots=True)
class Cell:
    stage: int
    summary: str
    descriptors: tuple[Descriptor, ...]


@dataclass(frozen=True)
class Dimension:
    """A row of the model: one cell per stage, in stage order."""

    key: str
    name: str
    summary: str
    facets: tuple[Facet, ...]
    cells: tuple[Cell, ...]

    @cached_property
    def descriptors(self) -> tuple[Descriptor, ...]:
        """Every descriptor of the row, by stage, in the document's order."""
        return tuple(descriptor for cell in self.cells for descriptor in cell.descriptors)

    @cached_property
    def gates(self) -> tuple["GateItems", ...]:
        """What stands before each stage above the first, lowest gate first.

        The gate to stage k holds the practices of stage k and the conditions of stage k-1; the
        first gate also holds the practices of the first stage (docs/reference/scoring.md, rule 3).
        """
        gates = []
        for below, cell in zip(self.cells, self.cells[1:], strict=False):
            first = below is self.cells[0]
            left_behind = [d for d in below.descriptors if d.kind == "condition" or first]
            asked_for = [d for d in cell.descriptors if d.kind == "practice"]
            gates.append(GateItems(to=cell.stage, descriptors=(*left_behind, *asked_for)))
        return tuple(gates)

    def facet_name(self, key: str) -> str:
        """Return the facet's name, or an empty string for no facet."""
        return next((facet.name for facet in self.facets if facet.key == key), "")


@dataclass(frozen=True, slots=True)
class GateItems:
    """The descriptors a gate is made of; `to` is the stage it leads to."""

    to: int
    descriptors: tuple[Descriptor, ...]


@dataclass(frozen=True)
class Matrix:
    """One version of a model, complete and checked."""

    key: str
    version: str
    language: str
    title: str
    summary: str
    attribution: str
    scale: tuple[ScaleStep, ...]
    rule: Rule
    stages: tuple[Stage, ...]
    dimensions: tuple[Dimension, ...]

    @cached_property
    def descriptors(self) -> Mapping[str, Descriptor]:
        """Every descriptor by id, in the document's order."""
        return {d.id: d for dimension in self.dimensions for d in dimension.descriptors}

    @cached_property
    def dimension_by_key(self) -> Mapping[str, Dimension]:
        return {dimension.key: dimension for dimension in self.dimensions}

    @cached_property
    def stage_by_number(self) -> Mapping[int, Stage]:
        return {stage.number: stage for stage in self.stages}

    @property
    def first_stage(self) -> int:
        return self.stages[0].number

    @property
    def top_stage(self) -> int:
        return self.stages[-1].number

    @property
    def top_step(self) -> int:
        """The best step of the scale, as its index; the worst is 0."""
        return len(self.scale) - 1


def share_of(value: int | float | str) -> Fraction:
    """Return a document's share (a number, or a fraction as text such as "2/3") exactly.

    A float is taken by its shortest decimal spelling, so 0.1 in a document means one tenth.
    Raises: ValueError or ZeroDivisionError, when it is neither.
    """
    return Fraction(str(value))


def ramp_position(matrix: Matrix, stage: int) -> int:
    """Return which of the five colours stands for a stage: 1 (palest) to 5 (deepest).

    The first stage always takes the palest colour and the top stage the deepest; those between
    are spread evenly, so that a model of 2 to 10 stages uses the whole ramp and never goes back.
    With more than five stages neighbours share a colour, which is why a stage is never shown
    without its number or name.
    """
    span = matrix.top_stage - matrix.first_stage
    # Halves go up: a plain round() would send both halves of a six-stage model to even numbers.
    return 1 + (2 * 4 * (stage - matrix.first_stage) + span) // (2 * span)


def matrix_of(document: Mapping[str, Any]) -> Matrix:
    """Return the frozen values of a document that `checks.problems_in` found no fault with."""
    scale = document.get("scale") or [{"value": v, "label": label} for v, label in DEFAULT_SCALE]
    rule = document.get("rule") or {"name": DEFAULT_RULE[0], "threshold": DEFAULT_RULE[1]}
    return Matrix(
        key=document["key"],
        version=document["version"],
        language=document["language"],
        title=document["title"],
        summary=document.get("summary", ""),
        attribution=document.get("attribution", ""),
        scale=tuple(ScaleStep(share_of(step["value"]), step["label"]) for step in scale),
        rule=Rule(rule["name"], share_of(rule.get("threshold", DEFAULT_RULE[1]))),
        stages=tuple(
            Stage(s["number"], s["name"], s.get("summary", ""), s.get("question", ""))
            for s in document["stages"]
        ),
        dimensions=tuple(_dimension_of(dimension) for dimension in document["dimensions"]),
    )


def _dimension_of(document: Mapping[str, Any]) -> Dimension:
    return Dimension(
        key=document["key"],
        name=document["name"],
        summary=document.get("summary", ""),
        facets=tuple(
            Facet(f["key"], f["name"], tuple(f.get("source", ())))
            for f in document.get("facets", ())
        ),
        cells=tuple(
            Cell(
                stage=cell["stage"],
                summary=cell.get("summary", ""),
                descriptors=tuple(
                    _descriptor_of(d, dimension=document["key"], stage=cell["stage"])
                    for d in cell["descriptors"]
                ),
            )
            for cell in document["cells"]
        ),
    )


def _descriptor_of(document: Mapping[str, Any], *, dimension: str, stage: int) -> Descriptor:
    return Descriptor(
        id=document["id"],
        dimension=dimension,
        stage=stage,
        kind=document["kind"],
        statement=document["statement"],
        action=document.get("action", ""),
        evidence=document.get("evidence", ""),
        facet=document.get("facet", ""),
        effort=document.get("effort", ""),
        requires=tuple(document.get("requires", ())),
        source=tuple(document.get("source", ())),
    )
