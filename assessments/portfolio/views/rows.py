"""The portfolio's rows, drawn from pieces that each process draws once.

A cell looks the same in every row with the same figure, so a table of 500 organisations is a join
of texts; only what was typed is escaped per row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format

from assessments.core.views.options import SLOT
from assessments.portfolio.forms import Select
from assessments.portfolio.queries.filter import SOON_DAYS
from assessments.portfolio.queries.portfolio import Open, PortfolioRow, figures
from assessments.scoring.figures import score_text
from maturity.catalogue.matrix import Matrix, ramp_position
from maturity.catalogue.queries import matrix_of_version


@dataclass(frozen=True, slots=True)
class TableHeading:
    """One heading of the table; `url` sorts by it, the other way round when it is sorted so."""

    label: str
    url: str
    sorted: str
    css: str = ""


def rows_html(rows: Iterable[PortfolioRow], matrix: Matrix | None, *, today: date) -> str:
    """Return the table's rows; `matrix` is the model whose dimensions are the columns."""
    keys = tuple(matrix.dimension_by_key) if matrix else ()
    now, soon = today.isoformat(), (today + timedelta(days=SOON_DAYS)).isoformat()
    return "".join([_row(row, keys, _due_kind(row.due, now, soon)) for row in rows])


@lru_cache(maxsize=5_000)
def _row(row: PortfolioRow, keys: tuple[str, ...], due_kind: str) -> str:
    start, end = _organisation_url()
    values = (
        start + row.public_id + end,
        escape(row.name),
        _about(row.sector_label, row.is_archived),
        _figures(row.version_id, keys, row.stage, row.score, row.scores),
        day_words(row.assessed),
        _due(row.due, due_kind),
        _open(row.open),
        _steps(row.steps_overdue),
    )
    *pieces, last = _row_pieces()
    return "".join([part for pair in zip(pieces, values, strict=True) for part in pair]) + last


@lru_cache(maxsize=500)
def selects_html(selects: tuple[Select, ...]) -> str:
    """Return the filters with one choice each."""
    return render_to_string("portfolio/_portfolio_selects.html", {"selects": selects})


def _due_kind(due: str, now: str, soon: str) -> str:
    if not due:
        return "never"
    return "overdue" if due < now else "soon" if due <= soon else ""


@lru_cache(maxsize=5_000)
def day_words(iso: str) -> str:
    """Return "2026-10-14" as "14 Oct 2026"; no day is no word."""
    return date_format(date.fromisoformat(iso), "j M Y") if iso else ""


@lru_cache(maxsize=1)
def _organisation_url() -> tuple[str, str]:
    start, _, end = reverse("reports:organisation", args=["ID"]).partition("ID")
    return start, end


@lru_cache(maxsize=1)
def _row_pieces() -> tuple[str, ...]:
    row = render_to_string("portfolio/_portfolio_row.html", {"slot": SLOT})
    return tuple(row.strip().split(SLOT))


@lru_cache(maxsize=20_000)
def _figures(
    version_id: int, keys: tuple[str, ...], stage: int | None, score: float | None, scores: str
) -> str:
    if not scores:
        return _cell(None, "", "") * (len(keys) + 1)
    matrix = matrix_of_version(version_id)
    found = figures(scores)
    cells = [_stage_cell(matrix, stage, score, with_name=True)]
    cells += [_stage_cell(matrix, *found.get(key, (None, None))) for key in keys]
    return "".join(cells)


def _stage_cell(
    matrix: Matrix, stage: int | None, score: float | None, *, with_name: bool = False
) -> str:
    known = matrix.stage_by_number.get(stage) if stage is not None else None
    if known is None or score is None:
        return _cell(None, "", "")
    figure = score_text(Fraction(str(score)))
    return _cell(ramp_position(matrix, known.number), figure, known.name if with_name else "")


@lru_cache(maxsize=2_000)
def _cell(tone: int | None, figure: str, name: str) -> str:
    context = {"tone": tone, "figure": figure, "name": name}
    return render_to_string("portfolio/_portfolio_cell.html", context).strip()


@lru_cache(maxsize=2_000)
def _about(sector: str, is_archived: bool) -> str:
    if not (sector or is_archived):
        return ""
    return _part(part="about", sector=sector, is_archived=is_archived)


@lru_cache(maxsize=5_000)
def _due(iso: str, kind: str) -> str:
    return _part(part="due", day=day_words(iso), kind=kind)


@lru_cache(maxsize=2_000)
def _open(found: Open | None) -> str:
    # Which one it is does not show, so equal states share a drawing.
    return (
        _part(part="open", open=found)
        if found is None or not found.public_id
        else _open(found._replace(public_id=""))
    )


@lru_cache(maxsize=500)
def _steps(count: int) -> str:
    return _part(part="steps", count=count)


def _part(**context: object) -> str:
    return render_to_string("portfolio/_portfolio_part.html", context).strip()
