"""Which rows of the portfolio are wanted, and in which order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from assessments.portfolio.queries.portfolio import PortfolioRow, figures, tags_in

SOON_DAYS: Final = 60
OVERALL: Final = "overall"

Test = Callable[[PortfolioRow], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked to see; whatever is empty asks for nothing.

    `stage` is of the dimension named, or of the whole: exactly that one, or with `or_below` any up
    to it; `is_not_assessed` asks for those without one. `state` is a key of STATES.
    """

    text: str = ""
    sector: str = ""
    size: str = ""
    tag: str = ""
    assessed_from: date | None = None
    assessed_to: date | None = None
    dimension: str = OVERALL
    stage: int | None = None
    or_below: bool = False
    is_not_assessed: bool = False
    state: str = ""
    with_archived: bool = False


def states(today: date) -> dict[str, Test]:
    """Return what an organisation can be waiting for, each with the question whether it is."""
    now, soon = today.isoformat(), (today + timedelta(days=SOON_DAYS)).isoformat()
    return {
        "overdue": lambda row: bool(row.due) and row.due < now,
        "due": lambda row: bool(row.due) and row.due <= soon,
        "soon": lambda row: bool(row.due) and now <= row.due <= soon,
        "never": lambda row: not row.assessed,
        "open": lambda row: row.open is not None,
        "close": lambda row: row.open is not None and row.open.waits_to_be_closed,
        "steps": lambda row: row.steps_overdue > 0,
    }


def chosen(rows: Iterable[PortfolioRow], wanted: Wanted, *, today: date) -> list[PortfolioRow]:
    """Return the rows that fit everything asked for, in the order they came in."""
    tests = list(_tests(wanted, today))
    return [row for row in rows if all(test(row) for test in tests)]


def _tests(wanted: Wanted, today: date) -> Iterable[Test]:
    if not wanted.with_archived:
        yield lambda row: not row.is_archived
    if words := wanted.text.casefold().split():
        yield lambda row: all(
            word in f"{row.name} {row.sector_label} {' '.join(tags_in(row.tags))}".casefold()
            for word in words
        )
    if wanted.sector:
        yield lambda row: row.sector == wanted.sector
    if wanted.size:
        yield lambda row: row.size == wanted.size
    if wanted.tag:
        yield lambda row: wanted.tag in tags_in(row.tags)
    if wanted.assessed_from:
        first = wanted.assessed_from.isoformat()
        yield lambda row: bool(row.assessed) and row.assessed >= first
    if wanted.assessed_to:
        last = wanted.assessed_to.isoformat()
        yield lambda row: bool(row.assessed) and row.assessed <= last
    if wanted.stage is not None or wanted.is_not_assessed:
        yield _stage_test(wanted)
    if wanted.state:
        yield states(today)[wanted.state]


def _stage_test(wanted: Wanted) -> Test:
    def stage_of(row: PortfolioRow) -> int | None:
        if wanted.dimension == OVERALL:
            return row.stage
        return figures(row.scores).get(wanted.dimension, (None, None))[0]

    def fits(row: PortfolioRow) -> bool:
        stage = stage_of(row)
        if stage is None or wanted.stage is None:
            return stage is None and wanted.is_not_assessed
        return stage == wanted.stage or (wanted.or_below and stage < wanted.stage)

    return fits


SORTS: Final = ("name", "overall", "assessed", "due", "state", "steps")


def sorted_rows(rows: list[PortfolioRow], *, sort: str) -> list[PortfolioRow]:
    """Return the rows by a column: one of SORTS or a dimension; a minus in front turns it round.

    Rows without a value come last either way; equals stay by name.
    """
    column = sort.removeprefix("-")
    value = _VALUES.get(column) or _score_on(column)
    pairs = [(value(row), row) for row in rows]
    with_value = [pair for pair in pairs if pair[0] is not None]
    with_value.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
    return [row for _, row in with_value] + [row for found, row in pairs if found is None]


def _score_on(dimension: str) -> Callable[[PortfolioRow], Any]:
    return lambda row: figures(row.scores).get(dimension, (None, None))[1]


def _state_of(row: PortfolioRow) -> tuple[bool, float] | None:
    """Order by how near an open assessment is to being closed, the nearest first."""
    if row.open is None:
        return None
    share = row.open.finished / row.open.asked if row.open.asked else 0
    return (not row.open.waits_to_be_closed, -share)


# Of one column all values can be compared.
_VALUES: Final[dict[str, Callable[[PortfolioRow], Any]]] = {
    "name": lambda row: row.name.casefold(),
    OVERALL: lambda row: row.score,
    "assessed": lambda row: row.assessed or None,
    "due": lambda row: row.due or None,
    "state": _state_of,
    "steps": lambda row: -row.steps_overdue or None,
}
