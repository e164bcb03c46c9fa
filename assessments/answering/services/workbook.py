"""One respondent's questions as an Excel workbook to fill in offline, and its answers taken in.

Nothing is half-imported: a workbook with one problem changes nothing. An empty cell says nothing,
so what is answered already stays.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.core.queries.answers import Given, picks_of, ratings_of
from assessments.models import Respondent
from assessments.models.answer import NOTE_LENGTH
from assessments.scoring.answers_table import Offer, listed, offers_of
from assessments.scoring.asked import asked_of
from assessments.scoring.sheets import AnswerKind
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrix_of_version
from maturity.web.files.workbooks import MOST_BYTES as MOST_BYTES
from maturity.web.files.workbooks import (
    Filled,
    Sheet,
    SheetColumn,
    WorkbookCell,
    read_filled,
    workbook_to_fill_in,
)
from maturity.web.files.workbooks import WrongWorkbook as WrongWorkbook
from maturity.web.text import TextProblem, clean_text

FORMAT: Final = "waymark-answers-workbook/1"
STATEMENTS: Final = "Answers"
STAGES: Final = "Stages"
MOST_PROBLEMS: Final = 100
_LEAD: Final = "Choose in the green cells; what you leave empty stays as it is."
_KEY, _STATEMENT_ANSWER, _STATEMENT_NOTE = 1, 6, 7
_STAGE_ANSWER, _STAGE_NOTE = 4, 5


@dataclass
class Taken:
    """What came of a workbook; with problems nothing was taken."""

    answers: int = 0
    notes: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, place: str, problem: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(f"{place}: {problem}")


def answers_workbook(respondent: Respondent) -> bytes:
    """Return the workbook with everything the respondent is asked, and what they answered so far.

    Costs: 2 queries.
    """
    matrix = matrix_of_version(respondent.assessment.model_version_id)
    offers = offers_of(matrix)
    sheets = list(_sheets(respondent, matrix, offers))
    choices = {name: offer.words for name, offer in offers.items()}
    return workbook_to_fill_in(sheets, choices, about=_about(matrix))


def take_workbook(respondent: Respondent, data: bytes, *, now: datetime) -> Taken:
    """Take the answers of a workbook, all of them or none.

    Raises: WrongWorkbook, NotAsked, AnswersEnded, AssessmentGone. Costs: 2 queries, and those of
    `record_changes` when there is anything new.
    """
    matrix = matrix_of_version(respondent.assessment.model_version_id)
    filled = read_filled(
        data,
        titles=(STATEMENTS, STAGES),
        most_rows=len(matrix.descriptors) + len(matrix.dimensions) + 200,
        most_columns=26,
    )
    taken = Taken()
    if filled.about != _about(matrix):
        taken.add("The workbook", _other(filled, matrix))
        return taken
    changes = [*_changes(respondent, matrix, filled, taken)]
    if taken.problems:
        return taken
    record_changes(respondent, changes, now=now)
    taken.answers = sum(change.part == "value" for change in changes)
    taken.notes = len(changes) - taken.answers
    return taken


def _about(matrix: Matrix) -> tuple[str, ...]:
    return (FORMAT, matrix.key, matrix.version)


def _other(filled: Filled, matrix: Matrix) -> str:
    if filled.about[:1] != (FORMAT,):
        return "is not one that was downloaded here. Please download it and fill that one in."
    return (
        f"was made for another model, {' '.join(filled.about[1:])}. This assessment is on"
        f" {matrix.key} {matrix.version}."
    )


def _sheets(respondent: Respondent, matrix: Matrix, offers: Mapping[str, Offer]) -> Iterator[Sheet]:
    assessment = respondent.assessment
    asked = asked_of(matrix, assessment.asked, assessment.asked_up_to)
    ratings, picks = ratings_of(respondent), picks_of(respondent)
    rated = [d for d in matrix.descriptors.values() if asked.is_asked("rating", d.id)]
    if rated:
        yield Sheet(
            title=STATEMENTS,
            lead=_LEAD,
            fields=(
                SheetColumn("Id", 22),
                SheetColumn("Dimension", 22),
                SheetColumn("Stage", 18),
                SheetColumn("Statement", 60),
                SheetColumn("Asked", 14),
                SheetColumn("Answer", 24, is_open=True),
                SheetColumn("Note", 40, is_open=True),
            ),
            rows=tuple(
                (
                    each.id,
                    matrix.dimension_by_key[each.dimension].name,
                    f"{each.stage} {matrix.stage_by_number[each.stage].name}",
                    each.statement,
                    "In place?" if each.kind == "practice" else "Still true?",
                    offers[each.kind].text_of(ratings.values.get(each.id)),
                    ratings.notes.get(each.id, ""),
                )
                for each in rated
            ),
            choice_at=_STATEMENT_ANSWER - 1,
            lists=tuple(each.kind for each in rated),
        )
    picked = [row for row in matrix.dimensions if asked.is_asked("pick", row.key)]
    if picked:
        yield Sheet(
            title=STAGES,
            lead="Instead of its statements: the stage a whole dimension is at. " + _LEAD,
            fields=(
                SheetColumn("Id", 22),
                SheetColumn("Dimension", 28),
                SheetColumn("What it is about", 60),
                SheetColumn("Stage", 28, is_open=True),
                SheetColumn("Note", 40, is_open=True),
            ),
            rows=tuple(
                (
                    row.key,
                    row.name,
                    row.summary,
                    offers["stage"].text_of(picks.values.get(row.key)),
                    picks.notes.get(row.key, ""),
                )
                for row in picked
            ),
            choice_at=_STAGE_ANSWER - 1,
            lists=("stage",) * len(picked),
        )


def _changes(
    respondent: Respondent, matrix: Matrix, filled: Filled, taken: Taken
) -> Iterator[AnswerChange]:
    """Yield what the workbook says and the respondent has not said so far; note every problem."""
    offers = offers_of(matrix)
    parts: tuple[tuple[str, AnswerKind, int, int], ...] = (
        (STATEMENTS, "rating", _STATEMENT_ANSWER, _STATEMENT_NOTE),
        (STAGES, "pick", _STAGE_ANSWER, _STAGE_NOTE),
    )
    for title, what, answer_at, note_at in parts:
        given = ratings_of(respondent) if what == "rating" else picks_of(respondent)
        seen: dict[str, str] = {}
        for line in _lines(filled.sheets.get(title, ())):
            key = line.get(_KEY)
            cells = [
                line[at] for at in (answer_at, note_at) if at in line and line[at].text.strip()
            ]
            if not cells:
                continue
            name = key.text if key else ""
            offer = _offer(matrix, offers, what, name)
            if key is None or offer is None:
                place = key.place if key else f"{title}!A{cells[0].row}"
                taken.add(place, f"“{name[:60]}” is nothing this assessment asks.")
                continue
            if name in seen:
                taken.add(key.place, f"is answered in {seen[name]} already.")
                continue
            seen[name] = key.place
            for cell in cells:
                part = "value" if cell.column == answer_at else "note"
                yield from _change(cell, what, name, part, offer, given, taken)


def _offer(
    matrix: Matrix, offers: Mapping[str, Offer], what: AnswerKind, name: str
) -> Offer | None:
    if what == "pick":
        return offers["stage"] if name in matrix.dimension_by_key else None
    descriptor = matrix.descriptors.get(name)
    return offers[descriptor.kind] if descriptor else None


def _change(
    cell: WorkbookCell,
    what: AnswerKind,
    key: str,
    part: str,
    offer: Offer,
    given: Given,
    taken: Taken,
) -> Iterator[AnswerChange]:
    if cell.is_formula:
        taken.add(cell.place, "holds a formula. Please type what it should say.")
        return
    if part == "value":
        answer = offer.answer_of(cell.text)
        if answer is None:
            taken.add(
                cell.place, f"“{cell.text[:60]}” is not on offer. Choose {listed(offer.words)}."
            )
        elif given.values.get(key) != answer:
            yield AnswerChange(what, key, "value", answer)
        return
    try:
        note = clean_text(cell.text, max_length=NOTE_LENGTH, multiline=True)
    except TextProblem as problem:
        taken.add(cell.place, str(problem))
        return
    if given.notes.get(key, "") != note:
        yield AnswerChange(what, key, "note", note)


def _lines(cells: tuple[WorkbookCell, ...]) -> Iterator[dict[int, WorkbookCell]]:
    """Yield the cells line by line, by their column."""
    line: dict[int, WorkbookCell] = {}
    for cell in cells:
        if line and cell.row != next(iter(line.values())).row:
            yield line
            line = {}
        line[cell.column] = cell
    if line:
        yield line
