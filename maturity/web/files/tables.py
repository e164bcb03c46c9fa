"""PURE. Tables as values, and rows as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "long", "whole", "score", "exact", "share", "change"]
Cell = str | int | float | None

# What a spreadsheet would take for the beginning of a formula.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and what stands below it.

    `text` is a few words, `long` sentences, `whole` a count or a stage, `score` has one decimal,
    `exact` four, `share` is from 0 to 1 and shown in percent, `change` is a score's with its sign.
    A cell may be a text in any of them.
    """

    heading: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` is its file's name, `title` its sheet's.

    `last_kinds` says for each row what its last cell is, where that is not the same in every row.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    last_kinds: tuple[Kind, ...] = ()


def safe_cell(value: object) -> str:
    """Return the text of a cell that no spreadsheet runs as a formula; None is the empty text.

    A number is left as it is; a text that looks like the start of a formula gets an apostrophe.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Return the rows as CSV in UTF-8, marked as such, so that spreadsheets read it rightly."""
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
