"""Slides that say where an organisation stands, and why."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from pptx.enum.dml import MSO_LINE
from pptx.presentation import Presentation as Deck

from maturity.web.words import capital, count_text, day_text
from reports.charts import palette
from reports.document.documents import CellFacts, DimensionFacts, Document
from reports.document.tables.report import score_cell
from reports.exports.deck.base import CHART, COVER, FIGURE, HIGH, MAIN, SIDE, TABLE, THIRD
from reports.exports.deck.charts import Series, add_bars, add_radar
from reports.exports.deck.parts import (
    Grid,
    TableCell,
    add_grid,
    add_slide,
    fit_title,
    shortened,
    stage_label,
    who_of,
    write_lines,
)
from reports.wording.basics import (
    change_text,
    gate_text,
    placed_text,
    score_text,
    state_text,
    weight_text,
)
from reports.wording.method import method
from reports.wording.overall import assessed_text

# What one slide shows of a long list, still to be read from the back row; the report has the rest.
MOST_DIMENSIONS: Final = 10
MOST_REASONS: Final = 8
MOST_SCORES: Final = 16
# The score on the slide for who sees no other, in points.
BIG: Final = 115
_BESIDE: Final = 5.0


def cover(deck: Deck, document: Document) -> None:
    """Add the cover: whom it is about, by which model, of which day."""
    occasion = document.occasion
    notes = [
        f"{document.model_title}. {document.model_summary}",
        " ".join(filter(None, (occasion.purpose, occasion.scope))),
    ]
    slide = add_slide(deck, document, COVER, title="", notes=notes)
    fit_title(slide, shortened(who_of(document), 160), size=40, width=10.4)
    lines = [
        document.model_title,
        " · ".join(filter(None, (day_text(document.date), state_text(occasion)))),
    ]
    write_lines(slide, MAIN, [line for line in lines if line], size=20)


def overall(deck: Deck, document: Document) -> None:
    """Add the one slide for who sees no other: the score, its stage, and what it means."""
    facts = document.overall
    notes = [facts.headline, *facts.sentences, method(document.matrix)[0].text]
    slide = add_slide(deck, document, FIGURE, title=facts.headline, notes=notes)
    if facts.stage is None:
        write_lines(
            slide, SIDE, ["As soon as one statement is answered, this says where you are."], size=20
        )
        write_lines(slide, MAIN, ["–"], size=BIG)
    else:
        people = count_text(document.respondents, "person", "people")
        covered = assessed_text(facts.assessed, len(document.dimensions))
        basis = f"It rests on the answers of {people} and covers {covered}."
        write_lines(slide, SIDE, [*facts.sentences, basis], size=20)
        write_lines(slide, MAIN, [score_text(facts.score or Fraction(0))], size=BIG)
    here = None if facts.stage is None else facts.stage.number
    stages = tuple(
        TableCell(
            stage_label(stage) + ("\n● We are here" if stage.number == here else ""),
            stage,
            is_bold=stage.number == here,
        )
        for stage in document.stages
    )
    blank = ("",) * len(stages)
    grid = Grid(blank, (1.0,) * len(stages), (stages,), size=14, description="The stages")
    add_grid(slide, THIRD, grid, height=1.2, has_head=False, row_height=0.9)


def radar(deck: Deck, document: Document) -> None:
    """Add the radar with its numbers beside it."""
    notes = [document.radar.description, *(row.headline for row in document.dimensions)]
    title = "Where every dimension stands"
    slide = add_slide(deck, document, CHART, title=title, notes=notes)
    # Names would run into each other; the table beside it says which number is which.
    is_numbered = document.radar.is_numbered
    numbers = [str(number) for number in range(1, len(document.dimensions) + 1)]
    add_radar(
        slide,
        numbers if is_numbered else _names(document.dimensions),
        _series(document, document.dimensions),
        stages=document.stages,
        description=document.radar.description,
    )
    has_target, has_before = document.radar.has_target, document.radar.has_before
    extra = [*["Target"] * has_target, *[document.radar.before_name] * has_before]
    rows = tuple(
        (
            TableCell(
                shortened(f"{number} {row.name}" if is_numbered else row.name, 34) + _times(row)
            ),
            TableCell(placed_text(row.placed) if row.stage else "–", row.stage, is_bold=True),
            *[TableCell(str(row.target.number) if row.target else "–")] * has_target,
            *[TableCell(_before(row) or "–")] * has_before,
        )
        for number, row in enumerate(document.dimensions[:MOST_SCORES], start=1)
    )
    grid = Grid(
        ("Dimension", "Now", *extra),
        (4.2, 1.2, *[1.4] * len(extra)),
        rows,
        size=13,
        description="The scores of the chart as a table",
        centred=frozenset(range(1, 2 + len(extra))),
    )
    add_grid(slide, SIDE, grid, height=_BESIDE)


def _times(row: DimensionFacts) -> str:
    """Return how often a dimension counts, where that is not once."""
    return "" if row.placed.weight == 1 else f" ×{weight_text(row.placed.weight)}"


def lowest_first(deck: Deck, document: Document) -> None:
    """Add the dimensions from the lowest score up, each with how far its next gate is."""
    shown = _lowest_first(document)[:MOST_DIMENSIONS]
    has_target = document.radar.has_target
    title = "From the lowest up: today beside the target" if has_target else "From the lowest up"
    slide = add_slide(deck, document, CHART, title=title, notes=[row.reason for row in shown])
    series = _series(document, shown)[: 1 + has_target]
    words = "; ".join(f"{row.name} {placed_text(row.placed)}" for row in shown)
    add_bars(slide, _names(shown), series, stages=document.stages, description=f"Scores: {words}")
    rows = []
    for row in shown:
        gates = [cell.gate for cell in row.cells if cell.gate]
        gate = next((g for g in gates if g.progress is not None and not g.is_open), None)
        rows.append(
            (
                TableCell(shortened(row.name, 34)),
                TableCell(stage_label(gate.to), gate.to) if gate else TableCell("–"),
                TableCell(
                    gate_text(gate.progress, gate.needed, is_open=gate.is_open) if gate else "–"
                ),
            )
        )
    grid = Grid(
        ("Dimension", "Next gate to", "In place"),
        (3.6, 2.6, 1.4),
        tuple(rows),
        size=13,
        description="How far the next gate of each dimension is in place",
        centred=frozenset((2,)),
    )
    add_grid(slide, SIDE, grid, height=_BESIDE)


def matrix(deck: Deck, document: Document) -> None:
    """Add the matrix, with where the organisation is."""
    shown = document.dimensions[:MOST_DIMENSIONS]
    notes = [f"{stage.number} {stage.name}: {stage.summary}" for stage in document.stages]
    slide = add_slide(deck, document, TABLE, title="The matrix, with where we are", notes=notes)
    write_lines(slide, SIDE, [_matrix_lead(document, len(shown))], size=16)
    rows = tuple(
        (TableCell(shortened(row.name, 34), is_bold=True), *(_marked(cell) for cell in row.cells))
        for row in shown
    )
    heads = [stage_label(stage) for stage in document.stages]
    grid = Grid(
        ("Dimension", *heads),
        (3.0, *[1.9] * len(heads)),
        rows,
        size=13,
        description=document.radar.description,
        centred=frozenset(range(1, len(heads) + 1)),
    )
    add_grid(slide, MAIN, grid, height=HIGH)


def _marked(cell: CellFacts) -> TableCell:
    marks = []
    if cell.position == "here":
        marks.append("● We are here")
    if cell.is_target:
        marks.append("◎ Target")
    if cell.was_here and cell.position != "here":
        marks.append("○ Before")
    is_behind = cell.position in ("passed", "here")
    return TableCell("\n".join(marks), cell.stage if is_behind else None, is_bold=True)


def _matrix_lead(document: Document, shown: int) -> str:
    if document.is_empty:
        return "Nothing is answered yet."
    count = len(document.dimensions)
    if shown < count:
        return f"The first {shown} of {count} dimensions; the report has them all."
    return "Coloured is what lies behind us and where we stand."


def reasons(deck: Deck, document: Document) -> None:
    """Add why the lowest dimensions stand where they stand."""
    shown = _lowest_first(document)[:MOST_REASONS]
    notes = [" ".join((row.headline, *(each.text for each in row.remarks))) for row in shown]
    slide = add_slide(deck, document, TABLE, title="Why we stand where we stand", notes=notes)
    lead = "A stage is reached when its gate, and every gate below it, is open."
    write_lines(slide, SIDE, [lead], size=16)
    rows = tuple(
        (
            TableCell(shortened(row.name, 34), is_bold=True),
            TableCell(placed_text(row.placed), row.stage),
            TableCell(shortened(row.reason, 220)),
        )
        for row in shown
    )
    grid = Grid(
        ("Dimension", "Score", "Why"),
        (2.9, 0.8, 8.4),
        rows,
        size=14,
        description="Each dimension with its reason",
        centred=frozenset((1,)),
    )
    add_grid(slide, MAIN, grid, height=HIGH)


def change(deck: Deck, document: Document) -> None:
    """Add what has moved since the earlier scores."""
    known = [row for row in document.dimensions if _before(row) and row.stage][:MOST_DIMENSIONS]
    before = document.radar.before_name
    notes = [
        f"{row.name}: {_before(row)} before, {placed_text(row.placed)} now, {_change(row)}."
        for row in known
    ]
    title = f"{capital(before)} and now: what has moved"
    slide = add_slide(deck, document, CHART, title=title, notes=notes)
    series = [
        Series(name, colour, tuple(map(score_cell, scores)))
        for name, colour, scores in (
            (before, palette.BEFORE, [row.placed.baseline for row in known]),
            ("Now", palette.now_of(document.radar), [row.placed.score for row in known]),
        )
    ]
    words = "; ".join(f"{row.name} {_before(row)} to {placed_text(row.placed)}" for row in known)
    add_bars(slide, _names(known), series, stages=document.stages, description=words)
    rows = tuple(
        (
            TableCell(shortened(row.name, 34)),
            TableCell(_before(row)),
            TableCell(placed_text(row.placed), row.stage),
            TableCell(_change(row)),
        )
        for row in known
    )
    grid = Grid(
        ("Dimension", "Before", "Now", "Change"),
        (3.4, 1.1, 1.0, 1.2),
        rows,
        size=13,
        description="Scores before and now",
        centred=frozenset((1, 2, 3)),
    )
    add_grid(slide, SIDE, grid, height=_BESIDE)


def _lowest_first(document: Document) -> list[DimensionFacts]:
    assessed = [row for row in document.dimensions if row.stage]
    return sorted(assessed, key=lambda row: row.placed.score or 0)


def _series(document: Document, dimensions: Sequence[DimensionFacts]) -> list[Series]:
    """Return today's scores, and targets and earlier scores where there are any."""
    scores = tuple(score_cell(row.placed.score) for row in dimensions)
    series = [Series("Now", palette.now_of(document.radar), scores)]
    if document.radar.has_target:
        targets = tuple(float(row.target.number) if row.target else None for row in dimensions)
        series.append(Series("Target", palette.TARGET, targets, dash=MSO_LINE.DASH))
    if document.radar.has_before:
        before = tuple(score_cell(row.placed.baseline) for row in dimensions)
        name = document.radar.before_name
        series.append(Series(name, palette.BEFORE, before, dash=MSO_LINE.ROUND_DOT))
    return series


def _before(row: DimensionFacts) -> str:
    return "" if row.placed.baseline is None else score_text(row.placed.baseline)


def _change(row: DimensionFacts) -> str:
    return change_text(row.placed.baseline, row.placed.score)[0]


def _names(dimensions: Sequence[DimensionFacts]) -> list[str]:
    """Return short names; one that came before gets a number, so that none is lost in a chart."""
    seen: Counter[str] = Counter()
    found = []
    for row in dimensions:
        name = shortened(row.name, 34)
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
