"""PURE. Rows as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet would take for the beginning of a formula.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


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
