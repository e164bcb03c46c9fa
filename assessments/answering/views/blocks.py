"""Statements and cells as bytes, drawn once per process and joined for each request.

A statement looks the same for everybody who gave it the same answer. So each is drawn by its
template once for each answer it can have, and a page of 224 of them is a join; only notes are put
in per request. A published model version never changes, so nothing here ever has to be dropped.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape

from assessments.core.queries.answers import Given
from assessments.core.views.options import OTHER_ANSWERS, SLOT, options_of
from assessments.models.answer import NOTE_LENGTH
from maturity.catalogue.matrix import Descriptor
from maturity.catalogue.queries import matrix_of_version

_SLOT = SLOT.encode()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a change could not be taken: shown in its place, with what was typed still there."""

    problem: str
    note: str | None = None
    theirs: str = ""


def statement(
    version_id: int, descriptor: Descriptor, given: Given, trouble: Trouble | None = None
) -> bytes:
    """Return one statement with its answer and its note."""
    key = descriptor.id
    state, before, note = _state(given, key), _before(given, key), given.notes.get(key, "")
    if trouble:
        return _draw_statement(version_id, key, state, before, note, trouble)
    return _with_note(_statement_pieces(version_id, key, state, before, bool(note)), note)


def cells(version_id: int, dimension: str, given: Given, trouble: Trouble | None = None) -> bytes:
    """Return the cells of a dimension side by side with the one that was picked."""
    key = dimension
    state, before, note = _state(given, key), _before(given, key), given.notes.get(key, "")
    if trouble:
        return _draw_cells(version_id, key, state, before, note, trouble)
    return _with_note(_cell_pieces(version_id, key, state, before, bool(note)), note)


@lru_cache(maxsize=10_000)
def stage_head(version_id: int, dimension: str, stage: int, level: int) -> bytes:
    """Return the heading of a cell: its stage and what the cell is about."""
    matrix = matrix_of_version(version_id)
    row = matrix.dimension_by_key[dimension]
    position = stage - matrix.first_stage
    context = {
        "dimension": row,
        "stage": matrix.stage_by_number[stage],
        "position": position + 1,
        "cell": row.cells[position],
        "level": level,
    }
    return render_to_string("answering/_stage_head.html", context).encode()


def _state(given: Given, key: str) -> str:
    value = given.values.get(key)
    return "" if value is None else str(value)


def _before(given: Given, key: str) -> str:
    value = given.before.get(key)
    return "" if value is None else str(value)


def _with_note(pieces: tuple[bytes, ...], note: str) -> bytes:
    return pieces[0] if len(pieces) == 1 else escape(note).encode().join(pieces)


@lru_cache(maxsize=50_000)
def _statement_pieces(
    version_id: int, key: str, state: str, before: str, has_note: bool
) -> tuple[bytes, ...]:
    page = _draw_statement(version_id, key, state, before, SLOT if has_note else "", None)
    return tuple(page.split(_SLOT))


@lru_cache(maxsize=10_000)
def _cell_pieces(
    version_id: int, dimension: str, state: str, before: str, has_note: bool
) -> tuple[bytes, ...]:
    page = _draw_cells(version_id, dimension, state, before, SLOT if has_note else "", None)
    return tuple(page.split(_SLOT))


def _draw_statement(
    version_id: int, key: str, state: str, before: str, note: str, trouble: Trouble | None
) -> bytes:
    matrix = matrix_of_version(version_id)
    descriptor = matrix.descriptors[key]
    options = options_of(matrix, descriptor)
    labels = {each.value: each.label for each in options}
    context = {"d": descriptor, "options": options}
    context |= _answer_context(state, note, trouble)
    context |= {
        "before": before,
        "before_label": labels.get(before) or OTHER_ANSWERS.get(before, ""),
    }
    return render_to_string("answering/_statement.html", context).encode()


def _draw_cells(
    version_id: int, dimension: str, state: str, before: str, note: str, trouble: Trouble | None
) -> bytes:
    matrix = matrix_of_version(version_id)
    row = matrix.dimension_by_key[dimension]
    context = {
        "dimension": row,
        "cells": [
            {
                "value": str(stage.number),
                "name": stage.name,
                "summary": cell.summary,
                "statements": [descriptor.statement for descriptor in cell.descriptors],
            }
            for stage, cell in zip(matrix.stages, row.cells, strict=True)
        ],
    }
    context |= _answer_context(state, note, trouble)
    names = {str(stage.number): f"{stage.number} {stage.name}" for stage in matrix.stages}
    context |= {"before": before, "before_label": names.get(before, "Not sure")}
    return render_to_string("answering/_cells.html", context).encode()


def _answer_context(state: str, note: str, trouble: Trouble | None) -> dict[str, object]:
    typed = trouble.note if trouble else None
    return {
        "state": state,
        "note": note if typed is None else typed,
        "was_note": note,
        "note_length": NOTE_LENGTH,
        "problem": trouble.problem if trouble else "",
        "theirs": trouble.theirs if trouble else "",
    }
