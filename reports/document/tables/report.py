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
from reports.document.documents import DimensionFacts, Document
from reports.document.tables.answers import answers_table, notes_table
from reports.wording.basics import NBSP, NOT_ASSESSED

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


def figure(text: str) -> Cell:
    """Return a printed figure as a number; other words stay words.

    "2.3" is 2.3, "86 %" is 0.86, "−0.3" is -0.3, "±0.0" is 0.
    """
    bare, is_share = text.removesuffix(f"{NBSP}%"), text.endswith(f"{NBSP}%")
    bare = bare.replace("−", "-").removeprefix("±")
    try:
        return int(bare) / 100 if is_share else float(bare)
    except ValueError:
        return text or None


def _summary(document: Document) -> Table:
    overall, occasion = document.overall, document.occasion
    stage = overall.stage
    facts: list[tuple[str, Cell, Kind]] = [
        ("Organisation", document.organisation, "long"),
        ("Date", document.date, "long"),
        ("Purpose", occasion.purpose, "long"),
        ("Scope", occasion.scope, "long"),
        ("Result", occasion.state, "long"),
        ("Model", f"{document.model_title}, version {document.model_version}", "long"),
        ("People who answered", document.respondents, "whole"),
        ("Overall score", figure(overall.score), "score"),
        ("Overall stage", f"{stage.number} {stage.name}" if stage else overall.score, "long"),
        ("Way to the targets", figure(overall.percent_to_target), "share"),
        ("Progress to date", figure(overall.progress_to_date), "share"),
        ("Assessed", overall.assessed, "long"),
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
    return f"{dimension.name}, {dimension.score}"


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
                row.stage.name if row.stage else row.score,
                figure(row.score) if row.stage else None,
                row.target.number if row.target else None,
                figure(row.before),
                row.basis,
                float(placed.weight),
                *_range_of(row),
                figure(row.coverage),
                figure(row.derived),
                figure(row.declared),
                number(placed.agreement.ratings),
                number(placed.agreement.picks),
                placed.agreement.n,
                number(placed.score),
                row.reason,
            )
            for row, placed in zip(document.dimensions, document.placement.dimensions, strict=True)
        ),
    )


def _range_of(row: DimensionFacts) -> tuple[Cell, Cell]:
    low, _, high = row.reach.partition(" to ")
    return figure(low), figure(high)


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
                figure(gate.progress),
                figure(gate.needed),
                "yes" if gate.is_open else "no",
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
                step.effort,
                step.after,
                "yes" if step.opens_gate else "",
                step.statement,
                step.answer,
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
            each.done,
            each.statement,
            figure(each.before),
            figure(each.now),
            each.verdict_words,
            each.id,
        )
        for each in document.outcomes
    )
    return Table("steps-done", "Steps done", columns, rows)


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
            figure(row.before) if row.before else NOT_ASSESSED,
            figure(row.score),
            figure(row.change),
            row.stage.number if row.stage else None,
            row.stage.name if row.stage else None,
            row.target.number if row.target else None,
            number(_difference(placed)),
        )
        for row, placed in zip(document.dimensions, document.placement.dimensions, strict=True)
    )
    is_known = any(row.before for row in document.dimensions)
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
    rows = [(item.heading, item.text) for item in document.method]
    if document.attribution:
        rows.append(("Source", document.attribution))
    return Table(
        "method", "Method", (Column("Point"), Column("How it is done", "long")), tuple(rows)
    )
