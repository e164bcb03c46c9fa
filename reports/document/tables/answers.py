"""PURE. The tables of a report that hold what people answered and wrote."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from maturity.catalogue.matrix import Matrix
from maturity.web.files.tables import Cell, Column, Table
from reports.document.documents import DimensionFacts, Document, StatementFacts
from reports.wording.basics import NBSP, answer_text, answers_text

CHOSEN = "The stage, chosen directly"


def has_people(document: Document) -> bool:
    """Say whether the columns of the answers may be people.

    Of anonymous answers the sheet holds a heap for each question: its rows are nobody.
    """
    people = document.sheet.respondents
    return len(people) == 1 or any(person.name for person in people)


def answers_table(document: Document, matrix: Matrix, *, names_people: bool) -> Table:
    """Return every statement with its answer, and who gave which, or how many."""
    by_person = names_people and has_people(document)
    make = _people if by_person else _counts
    columns, values = make(document, matrix)
    return Table(
        "answers",
        "Answers",
        (
            Column("Dimension"),
            Column("Stage", "whole"),
            Column("Stage name"),
            Column("Aspect"),
            Column("Kind"),
            Column("Statement", "long"),
            Column("Answer"),
            *columns,
            Column("Id"),
        ),
        tuple(
            line
            for row in document.dimensions
            for line in (
                *_picks(document, matrix, row, by_person=by_person, width=len(columns)),
                *_ratings(row, matrix, values),
            )
        ),
    )


_Values = Callable[[StatementFacts], Sequence[Cell]]


def _ratings(row: DimensionFacts, matrix: Matrix, values: _Values) -> Iterator[tuple[Cell, ...]]:
    for cell in row.cells:
        for item in cell.statements:
            head = (row.name, cell.stage.number, cell.stage.name, item.facet, item.kind)
            yield (*head, item.statement, answers_text(matrix, item), *values(item), item.id)


def _picks(
    document: Document, matrix: Matrix, row: DimensionFacts, *, by_person: bool, width: int
) -> Iterator[tuple[Cell, ...]]:
    """Yield one line with the stages chosen directly, where anybody chose or the group agreed."""
    people, agreed = document.sheet.respondents, document.sheet.agreed_picks.get(row.key)
    picks = [person.picks.get(row.key) for person in people]
    if agreed is None and not any(pick is not None for pick in picks):
        return
    names = [_stage_of(matrix, pick) for pick in picks]
    if agreed is not None:
        answer = f"{_stage_of(matrix, agreed)} (agreed)"
    else:
        counted = sorted(Counter(name for name in names if name).items())
        answer = ", ".join(
            name if len(people) == 1 else f"{n}{NBSP}×{NBSP}{name}" for name, n in counted
        )
    each = names if by_person and width else [None] * width
    yield (row.name, None, None, "", "stage", CHOSEN, answer, *each, row.key)


def _stage_of(matrix: Matrix, number: int | None) -> str | None:
    return None if number is None else f"{number} {matrix.stage_by_number[number].name}"


def _people(document: Document, matrix: Matrix) -> tuple[list[Column], _Values]:
    """Return a column for each respondent, unless there is one: then the answer says it all."""
    people = document.sheet.respondents
    if len(people) < 2:
        return [], lambda _item: ()
    columns = [Column(person.name or f"Person {n}") for n, person in enumerate(people, start=1)]

    def values(item: StatementFacts) -> list[Cell]:
        descriptor = matrix.descriptors[item.id]
        return [
            answer_text(matrix, descriptor, person.ratings[item.id])
            if item.id in person.ratings
            else None
            for person in people
        ]

    return columns, values


def _counts(document: Document, matrix: Matrix) -> tuple[list[Column], _Values]:
    """Return how many gave which answer, from the worst step to the best."""
    steps: list[Answer] = [*range(len(matrix.scale)), NOT_APPLICABLE, UNKNOWN]
    names = [f"{index} {step.label}" for index, step in enumerate(matrix.scale)]
    columns = [Column(name, "whole") for name in (*names, "Does not apply", "Don’t know")]

    def values(item: StatementFacts) -> list[Cell]:
        counts = Counter(
            person.ratings[item.id]
            for person in document.sheet.respondents
            if item.id in person.ratings
        )
        return [counts[step] or None for step in steps]

    return columns, values


def notes_table(document: Document) -> Table:
    """Return every note, on a dimension or on a statement."""
    rows: list[tuple[Cell, ...]] = []
    for row in document.dimensions:
        rows += [(row.name, "The dimension as a whole", note.by, note.text) for note in row.notes]
        rows += [
            (row.name, item.statement, note.by, note.text)
            for cell in row.cells
            for item in cell.statements
            for note in item.notes
        ]
    columns = (Column("Dimension"), Column("About", "long"), Column("By"), Column("Note", "long"))
    return Table("notes", "Notes", columns, tuple(rows))
