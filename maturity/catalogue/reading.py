"""PURE. A matrix laid out for reading: the whole sheet, and one dimension with its gates."""

from dataclasses import dataclass

from maturity.catalogue.matrix import Cell, Descriptor, Dimension, Matrix, Stage, ramp_position

EFFORT_WORDS = {"S": "small", "M": "medium", "L": "large", "": ""}


@dataclass(frozen=True, slots=True)
class Column:
    """A stage with its colour; `ramp` is its place on the ramp of five."""

    stage: Stage
    ramp: int


@dataclass(frozen=True, slots=True)
class Box:
    """A cell under its column."""

    column: Column
    cell: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension and its cells, from the first stage to the top."""

    dimension: Dimension
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole matrix."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    practice_count: int
    condition_count: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A descriptor somewhere in the model, to be linked to."""

    descriptor: Descriptor
    dimension_name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A descriptor with everything it refers to spelled out.

    `source_text` names the bullets it comes from, and is empty when that is just its own id.
    """

    descriptor: Descriptor
    facet_name: str
    effort_word: str
    source_text: str
    requires: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """What it takes to reach a stage: practices in place, conditions of the stage below behind."""

    practices: tuple[Descriptor, ...]
    conditions: tuple[Descriptor, ...]
    below: Column
    first_practices: tuple[Descriptor, ...]
    """Practices of the first stage, which the first gate asks for as well; else none."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One stage of a dimension; `gate` is what stands before it, None for the first stage."""

    column: Column
    summary: str
    entries: tuple[Entry, ...]
    gate: Gate | None


@dataclass(frozen=True, slots=True)
class DimensionPage:
    """One dimension, stage by stage, and its neighbours in the model."""

    dimension: Dimension
    chapters: tuple[Chapter, ...]
    before: Dimension | None
    after: Dimension | None


def columns_of(matrix: Matrix) -> tuple[Column, ...]:
    """Return the stages with their colours, first to top."""
    return tuple(Column(stage, ramp_position(matrix, stage.number)) for stage in matrix.stages)


def sheet_of(matrix: Matrix) -> Sheet:
    """Return the whole matrix, row by row."""
    columns = columns_of(matrix)
    rows = tuple(
        Row(dimension, tuple(map(Box, columns, dimension.cells))) for dimension in matrix.dimensions
    )
    practices = sum(each.kind == "practice" for each in matrix.descriptors.values())
    return Sheet(columns, rows, practices, len(matrix.descriptors) - practices)


def dimension_page_of(matrix: Matrix, key: str) -> DimensionPage:
    """Return one dimension, stage by stage.

    Raises: KeyError, when the model has no such dimension.
    """
    dimension = matrix.dimension_by_key[key]
    columns = columns_of(matrix)
    chapters = tuple(
        Chapter(
            column=columns[index],
            summary=cell.summary,
            entries=tuple(_entry_of(matrix, each) for each in cell.descriptors),
            gate=_gate_to(dimension, columns, index) if index else None,
        )
        for index, cell in enumerate(dimension.cells)
    )
    position = matrix.dimensions.index(dimension)
    return DimensionPage(
        dimension=dimension,
        chapters=chapters,
        before=matrix.dimensions[position - 1] if position else None,
        after=matrix.dimensions[position + 1] if position + 1 < len(matrix.dimensions) else None,
    )


def threshold_label(matrix: Matrix) -> str:
    """Return the threshold in the words of the answer scale ("mostly"), else as a percentage."""
    threshold = matrix.rule.threshold
    for step in matrix.scale:
        if step.value == threshold:
            return step.label.lower()
    return f"{round(threshold * 100)} %"


def _entry_of(matrix: Matrix, descriptor: Descriptor) -> Entry:
    required = [matrix.descriptors[each] for each in descriptor.requires]
    return Entry(
        descriptor=descriptor,
        facet_name=matrix.dimension_by_key[descriptor.dimension].facet_name(descriptor.facet),
        effort_word=EFFORT_WORDS[descriptor.effort],
        source_text="" if descriptor.source == (descriptor.id,) else ", ".join(descriptor.source),
        requires=tuple(
            Reference(each, matrix.dimension_by_key[each.dimension].name) for each in required
        ),
    )


def _gate_to(dimension: Dimension, columns: tuple[Column, ...], index: int) -> Gate:
    """Split the items of the gate to the stage at `index` by what they ask."""
    items = dimension.gates[index - 1].descriptors
    practices = [each for each in items if each.kind == "practice"]
    return Gate(
        practices=tuple(each for each in practices if each.stage == columns[index].stage.number),
        conditions=tuple(each for each in items if each.kind == "condition"),
        below=columns[index - 1],
        first_practices=tuple(
            each for each in practices if each.stage == columns[index - 1].stage.number
        ),
    )
