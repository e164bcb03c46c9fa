"""PURE. A matrix laid out for reading: the whole sheet, and one dimension with its gates."""

from dataclasses import dataclass

from maturity.catalogue.matrix import Cell, Descriptor, Dimension, Matrix, Stage, ramp_position

EFFORT_WORDS = {"S": "small", "M": "medium", "L": "large", "": ""}


@dataclass(frozen=True, slots=True)
class StageColumn:
    """A stage with its colour; `ramp` is its place on the ramp of five."""

    stage: Stage
    ramp: int


@dataclass(frozen=True, slots=True)
class Box:
    """A cell under its column."""

    column: StageColumn
    cell: Cell


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A dimension and its cells, from the first stage to the top."""

    dimension: Dimension
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """The whole matrix."""

    columns: tuple[StageColumn, ...]
    rows: tuple[DimensionRow, ...]
    practice_count: int
    condition_count: int


@dataclass(frozen=True, slots=True)
class DescriptorReference:
    """A descriptor somewhere in the model, to be linked to."""

    descriptor: Descriptor
    dimension_name: str


@dataclass(frozen=True, slots=True)
class DescriptorEntry:
    """A descriptor with everything it refers to spelled out.

    `source_text` names the bullets it comes from, and is empty when that is just its own id.
    """

    descriptor: Descriptor
    facet_name: str
    effort_word: str
    source_text: str
    requires: tuple[DescriptorReference, ...]


@dataclass(frozen=True, slots=True)
class GateEntry:
    """What it takes to reach a stage: practices in place, conditions of the stage below behind."""

    practices: tuple[Descriptor, ...]
    conditions: tuple[Descriptor, ...]
    below: StageColumn
    first_practices: tuple[Descriptor, ...]
    """Practices of the first stage, which the first gate asks for as well; else none."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One stage of a dimension; `gate` is what stands before it, None for the first stage."""

    column: StageColumn
    summary: str
    entries: tuple[DescriptorEntry, ...]
    gate: GateEntry | None


@dataclass(frozen=True, slots=True)
class DimensionPage:
    """One dimension, stage by stage, and its neighbours in the model."""

    dimension: Dimension
    chapters: tuple[Chapter, ...]
    before: Dimension | None
    after: Dimension | None


def columns_of(matrix: Matrix) -> tuple[StageColumn, ...]:
    """Return the stages with their colours, first to top."""
    return tuple(StageColumn(stage, ramp_position(matrix, stage.number)) for stage in matrix.stages)


def sheet_of(matrix: Matrix) -> MatrixPage:
    """Return the whole matrix, row by row."""
    columns = columns_of(matrix)
    rows = tuple(
        DimensionRow(dimension, tuple(map(Box, columns, dimension.cells)))
        for dimension in matrix.dimensions
    )
    practices = sum(each.kind == "practice" for each in matrix.descriptors.values())
    return MatrixPage(columns, rows, practices, len(matrix.descriptors) - practices)


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


def _entry_of(matrix: Matrix, descriptor: Descriptor) -> DescriptorEntry:
    required = [matrix.descriptors[each] for each in descriptor.requires]
    return DescriptorEntry(
        descriptor=descriptor,
        facet_name=matrix.dimension_by_key[descriptor.dimension].facet_name(descriptor.facet),
        effort_word=EFFORT_WORDS[descriptor.effort],
        source_text="" if descriptor.source == (descriptor.id,) else ", ".join(descriptor.source),
        requires=tuple(
            DescriptorReference(each, matrix.dimension_by_key[each.dimension].name)
            for each in required
        ),
    )


def _gate_to(dimension: Dimension, columns: tuple[StageColumn, ...], index: int) -> GateEntry:
    """Split the items of the gate to the stage at `index` by what they ask."""
    items = dimension.gates[index - 1].descriptors
    practices = [each for each in items if each.kind == "practice"]
    return GateEntry(
        practices=tuple(each for each in practices if each.stage == columns[index].stage.number),
        conditions=tuple(each for each in items if each.kind == "condition"),
        below=columns[index - 1],
        first_practices=tuple(
            each for each in practices if each.stage == columns[index - 1].stage.number
        ),
    )
