"""Slides that say what to do next, and how a stage is reached."""

from typing import Final

from pptx.presentation import Presentation as Deck

from maturity.web.words import joined
from reports.document.documents import Document, Horizon, StepFacts
from reports.document.tables.report import HORIZONS
from reports.exports.deck.base import HIGH, MAIN, SIDE, TABLE, TEXT
from reports.exports.deck.parts import (
    Grid,
    TableCell,
    add_grid,
    add_slide,
    shortened,
    stage_label,
    write_lines,
)
from reports.wording.basics import answers_text, effort_text
from reports.wording.method import method as rule_in_words

MOST_DIMENSIONS: Final = 10
MOST_STEPS: Final = 6
_ORDER: Final[tuple[Horizon, ...]] = ("now", "next", "later")


def three_steps(deck: Deck, document: Document) -> None:
    """Add the steps that matter most."""
    steps = document.three_steps
    titles = {1: "The step that matters most", 2: "The two steps that matter most"}
    title = titles.get(len(steps), "The three steps that matter most")
    notes = [
        f"{each.action} Today: {answers_text(document.matrix, each.item)}: “{each.statement}”"
        for each in steps
    ]
    slide = add_slide(deck, document, TABLE, title=title, notes=notes)
    write_lines(
        slide, SIDE, ["One from each of the dimensions with the longest way to go."], size=16
    )
    rows = tuple(_row_of(step, step.number, most=320) for step in steps)
    add_grid(slide, MAIN, _grid(rows, size=18, description=title), height=HIGH)


def at_a_glance(deck: Deck, document: Document) -> None:
    """Add how many steps of each dimension come now, next and later."""
    names = list(dict.fromkeys(step.dimension for step in document.steps))[:MOST_DIMENSIONS]
    notes = [
        "Now are the next gates of the most pressing dimensions; next and later follow.",
        *(f"{step.number}. {step.action}" for step in document.steps_now),
    ]
    slide = add_slide(deck, document, TABLE, title="The roadmap at a glance", notes=notes)
    sums = [f"{len(document.steps_in(each))} {each}" for each in _ORDER]
    write_lines(
        slide, SIDE, [f"{len(document.steps)} steps are suggested: {joined(sums)}."], size=16
    )
    rows = tuple(
        (
            TableCell(shortened(name, 40), is_bold=True),
            *(_lane(document, name, horizon) for horizon in _ORDER),
        )
        for name in names
    )
    grid = Grid(
        ("Dimension", *HORIZONS.values()),
        (3.4, 2.6, 2.6, 2.6),
        rows,
        size=14,
        description="How many steps of each dimension come now, next and later",
    )
    add_grid(slide, MAIN, grid, height=HIGH)


def _lane(document: Document, dimension: str, horizon: Horizon) -> TableCell:
    steps = [each for each in document.steps_in(horizon) if each.dimension == dimension]
    if not steps:
        return TableCell("")
    to = max((each.to for each in steps), key=lambda stage: stage.number)
    return TableCell(
        f"{len(steps)} {'step' if len(steps) == 1 else 'steps'} to {stage_label(to)}", to
    )


def now(deck: Deck, document: Document) -> None:
    """Add what to do first, as far as one slide holds it."""
    shown, whole = document.steps_now[:MOST_STEPS], len(document.steps_now)
    notes = [
        f"{step.number}. {step.action} Today: {answers_text(document.matrix, step.item)}."
        for step in shown
    ]
    slide = add_slide(deck, document, TABLE, title="What to do now", notes=notes)
    lead = "All of them lead to the next gates."
    if len(shown) < whole:
        lead = f"The first {len(shown)} of {whole} steps; the report has them all."
    write_lines(slide, SIDE, [lead], size=16)
    rows = tuple(_row_of(step, step.number, most=190) for step in shown)
    add_grid(slide, MAIN, _grid(rows, size=13, description="The steps of now"), height=HIGH)


def _grid(rows: tuple[tuple[TableCell, ...], ...], *, size: float, description: str) -> Grid:
    return Grid(
        ("", "What to do", "Dimension", "Towards", "Effort"),
        (0.45, 6.9, 2.2, 1.9, 1.5),
        rows,
        size=size,
        description=description,
    )


def _row_of(step: StepFacts, number: int, *, most: int) -> tuple[TableCell, ...]:
    return (
        TableCell(str(number), is_bold=True),
        TableCell(shortened(step.action, most)),
        TableCell(shortened(step.dimension, 40)),
        TableCell(stage_label(step.to), step.to),
        TableCell(effort_text(step.effort)),
    )


def method(deck: Deck, document: Document) -> None:
    """Add how a stage is reached."""
    told = rule_in_words(document.matrix)
    notes = [f"{each.heading}: {each.text}" for each in told]
    notes += [document.attribution]
    slide = add_slide(deck, document, TEXT, title="How a stage is reached", notes=notes)
    points = [f"{each.heading}:\u2002{each.text}" for each in told[:5]]
    write_lines(slide, MAIN, points, size=16)


def decisions(deck: Deck, document: Document) -> None:
    """Add a table to be filled in together."""
    notes = ["A step is decided when somebody owns it, or it has a date. Fill in the table."]
    slide = add_slide(deck, document, TABLE, title="What we decide today", notes=notes)
    write_lines(
        slide, SIDE, ["A suggestion becomes a decision when it has an owner or a date."], size=16
    )
    empty = (TableCell(""), TableCell(""), TableCell(""))
    rows = [(TableCell(shortened(step.action, 200)), *empty[1:]) for step in document.three_steps]
    grid = Grid(
        ("Step", "Who takes it on", "Done by"),
        (7.5, 2.6, 1.9),
        (*rows, empty, empty),
        size=15,
        description="Decisions, to be filled in",
    )
    add_grid(slide, MAIN, grid, height=HIGH, row_height=0.7)
