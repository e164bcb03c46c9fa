"""PURE. A report as tables: the sheets of its workbook, and the CSV files of the same names.

Figures are those printed everywhere else, as numbers: a score of "2.3" is the number 2.3, so that
a reader of the workbook and one of the PDF read the same. Exact ones stand beside them.
"""

from collections.abc import Iterator
from fractions import Fraction

from assessments.scoring.placement import DimensionPlacement
from assessments.scoring.placement_file import number
from assessments.workshops.rules.protocol_table import HEAD, protocol_rows
from maturity.catalogue.matrix import Matrix
from maturity.web.files.tables import Cell, Column, Kind, Table
from maturity.web.words import day_text
from reports.document.documents import DimensionFacts, Document
from reports.document.outcomes import held_text, share_in, verdict_text
from reports.document.tables.answers import answers_table, notes_table
from reports.wording.basics import (
    BELOW_START,
    NOT_ASSESSED,
    NOTHING_APPLIES,
    after_text,
    answers_text,
    basis_text,
    change_text,
    effort_text,
    placed_text,
    reach_of,
    shown_percent,
    shown_tenths,
    state_text,
)
from reports.wording.method import method
from reports.wording.overall import assessed_text

HORIZONS = {"now": "Now", "next": "Next", "later": "Later"}


def tables_of(
    document: Document, matrix: Matrix, *, names_people: bool = True
) -> tuple[Table, ...]:
    """Return every table of the report, in reading order; what has no content is left out.

    Without `names_people` answers are counted, and nobody learns who gave which.
    """
    tables = [
        _summary(document),
        _placement(document),
        _gates(document),
        answers_table(document, matrix, names_people=names_people),
        notes_table(document),
        _roadmap(document),
        _outcomes(document),
        _comparison(document),
        _workshops(document),
        _method(document),
    ]
    return tuple(table for table in tables if table.rows)


def score_cell(score: Fraction | None) -> float | None:
    """Return a score as it is printed, as a number."""
    return None if score is None else shown_tenths(score) / 10


def share_cell(share: Fraction | None, *, below: Fraction | None = None) -> float | None:
    """Return a share as it is printed, as a number: 0.86 for "86 %"."""
    return None if share is None else shown_percent(share, below=below) / 100


def _change_cell(before: Fraction | None, now: Fraction | None) -> Cell:
    """Return how a score moved between the scores as printed; what is less than shown, in words."""
    if before is None or now is None:
        return None
    difference = shown_tenths(now) - shown_tenths(before)
    return difference / 10 if difference or before == now else change_text(before, now)[0]


def _progress_cell(share: Fraction | None) -> Cell:
    return BELOW_START if share is not None and share < 0 else share_cell(share)


def _summary(document: Document) -> Table:
    overall, occasion = document.overall, document.occasion
    stage = overall.stage
    facts: list[tuple[str, Cell, Kind]] = [
        ("Organisation", document.organisation, "long"),
        ("Date", day_text(document.date), "long"),
        ("Purpose", occasion.purpose, "long"),
        ("Scope", occasion.scope, "long"),
        ("Result", state_text(occasion), "long"),
        ("Model", f"{document.model_title}, version {document.model_version}", "long"),
        ("People who answered", document.respondents, "whole"),
        ("Overall score", NOT_ASSESSED if stage is None else score_cell(overall.score), "score"),
        ("Overall stage", f"{stage.number} {stage.name}" if stage else NOT_ASSESSED, "long"),
        ("Way to the targets", _progress_cell(overall.percent_to_target), "share"),
        ("Progress to date", _progress_cell(overall.progress_to_date), "share"),
        ("Assessed", assessed_text(overall.assessed, len(document.dimensions)), "long"),
        ("In one sentence", overall.headline, "long"),
        *(("And", sentence, "long") for sentence in overall.sentences),
        *(("Strongest", _with_score(each), "long") for each in overall.strongest),
        *(("Weakest", _with_score(each), "long") for each in overall.weakest),
        *(("Matters most now", step.action, "long") for step in document.three_steps),
    ]
    known = [fact for fact in facts if fact[1] not in ("", None)]
    return Table(
        "summary",
        "Summary",
        (Column("What"), Column("Value", "long")),
        tuple((name, value) for name, value, _ in known),
        last_kinds=tuple(kind for _, _, kind in known),
    )


def _with_score(dimension: DimensionFacts) -> str:
    return f"{dimension.name}, {placed_text(dimension.placed)}"


def _placement(document: Document) -> Table:
    columns = (
        Column("Dimension"),
        Column("Stage", "whole"),
        Column("Stage name"),
        Column("Score", "score"),
        Column("Target", "whole"),
        Column(document.radar.before_name, "score"),
        Column("Rests on"),
        Column("Weight", "score"),
        Column("Lowest", "score"),
        Column("Highest", "score"),
        Column("Answered", "share"),
        Column("From answers", "score"),
        Column("Chosen directly", "score"),
        Column("Agreement on statements", "exact"),
        Column("Agreement on the stage", "exact"),
        Column("People", "whole"),
        Column("Exact score", "exact"),
        Column("Why", "long"),
    )
    return Table(
        "placement",
        "Placement",
        columns,
        tuple(
            (
                row.name,
                row.stage.number if row.stage else None,
                row.stage.name if row.stage else placed_text(placed),
                score_cell(placed.score),
                row.target.number if row.target else None,
                score_cell(placed.baseline),
                basis_text(placed),
                float(placed.weight),
                *map(score_cell, reach_of(placed) or (None, None)),
                share_cell(placed.coverage) if placed.derived else None,
                score_cell(placed.derived.score if placed.derived else None),
                score_cell(placed.declared.score if placed.declared else None),
                number(placed.agreement.ratings),
                number(placed.agreement.picks),
                placed.agreement.n,
                number(placed.score),
                row.reason,
            )
            for row, placed in zip(document.dimensions, document.placement.dimensions, strict=True)
        ),
    )


def _gates(document: Document) -> Table:
    columns = (
        Column("Dimension"),
        Column("To stage", "whole"),
        Column("Stage name"),
        Column("In place", "share"),
        Column("Opens at", "share"),
        Column("Open"),
        Column("Statements", "whole"),
        Column("That apply", "whole"),
        Column("Answered", "whole"),
    )
    return Table(
        "gates",
        "Gates",
        columns,
        tuple(
            (
                row.name,
                gate.to.number,
                gate.to.name,
                None
                if gate.progress is None
                else share_cell(gate.progress, below=None if gate.is_open else gate.needed),
                share_cell(gate.needed),
                NOTHING_APPLIES if gate.progress is None else "yes" if gate.is_open else "no",
                gate.items,
                gate.applicable,
                gate.answered,
            )
            for row in document.dimensions
            for cell in row.cells
            if (gate := cell.gate) is not None
        ),
    )


def _roadmap(document: Document) -> Table:
    columns = (
        Column("Step", "whole"),
        Column("When"),
        Column("Dimension"),
        Column("What to do", "long"),
        Column("To stage", "whole"),
        Column("Stage name"),
        Column("Effort"),
        Column("After"),
        Column("Opens the gate"),
        Column("Statement", "long"),
        Column("Today"),
        Column("Id"),
    )
    return Table(
        "roadmap",
        "Roadmap",
        columns,
        tuple(
            (
                step.number,
                HORIZONS[step.horizon],
                step.dimension,
                step.action,
                step.to.number,
                step.to.name,
                effort_text(step.effort),
                after_text(step),
                "yes" if step.opens_gate else "",
                step.statement,
                answers_text(document.matrix, step.item),
                step.id,
            )
            for step in document.steps
        ),
    )


def _outcomes(document: Document) -> Table:
    """Return the steps that were done since the result before, and whether they moved anything."""
    columns = (
        Column("Dimension"),
        Column("What was done", "long"),
        Column("Done on"),
        Column("Statement", "long"),
        Column("Before", "share"),
        Column("Now", "share"),
        Column("Outcome"),
        Column("Id"),
    )
    rows = tuple(
        (
            each.dimension,
            each.words,
            day_text(each.done_date),
            each.statement,
            _held_cell(each.share_before),
            _held_cell(each.share_now),
            verdict_text(each.verdict),
            each.id,
        )
        for each in document.outcomes
    )
    return Table("steps-done", "Steps done", columns, rows)


def _held_cell(value: str | None) -> Cell:
    share = share_in(value)
    return held_text(value) if share is None else share_cell(share)


def _comparison(document: Document) -> Table:
    """Return today's scores beside the earlier ones, and what lies between; none without those."""
    columns = (
        Column("Dimension"),
        Column(document.radar.before_name, "score"),
        Column("Now", "score"),
        Column("Change", "change"),
        Column("Stage", "whole"),
        Column("Stage name"),
        Column("Target", "whole"),
        Column("Exact change", "exact"),
    )
    rows = tuple(
        (
            row.name,
            NOT_ASSESSED if placed.baseline is None else score_cell(placed.baseline),
            placed_text(placed) if placed.score is None else score_cell(placed.score),
            _change_cell(placed.baseline, placed.score),
            row.stage.number if row.stage else None,
            row.stage.name if row.stage else None,
            row.target.number if row.target else None,
            number(_difference(placed)),
        )
        for row, placed in zip(document.dimensions, document.placement.dimensions, strict=True)
    )
    is_known = any(row.placed.baseline is not None for row in document.dimensions)
    return Table("comparison", "Comparison", columns, rows if is_known else ())


def _difference(placed: DimensionPlacement) -> Fraction | None:
    if placed.score is None or placed.baseline is None:
        return None
    return placed.score - placed.baseline


def _workshops(document: Document) -> Table:
    kinds: dict[str, Kind] = {"Votes": "whole", "Answered": "whole", "Agreement (r_wg)": "score"}
    columns = [Column("Workshop"), *(Column(head, kinds.get(head, "text")) for head in HEAD)]
    return Table("workshops", "Workshops", tuple(columns), tuple(_of_workshops(document)))


def _of_workshops(document: Document) -> Iterator[tuple[Cell, ...]]:
    for protocol in document.workshops:
        for row in protocol_rows(protocol):
            yield (protocol.name, *row)


def _method(document: Document) -> Table:
    rows = [(item.heading, item.text) for item in method(document.matrix)]
    if document.attribution:
        rows.append(("Source", document.attribution))
    return Table(
        "method", "Method", (Column("Point"), Column("How it is done", "long")), tuple(rows)
    )
