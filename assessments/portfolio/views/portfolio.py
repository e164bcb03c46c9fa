"""The portfolio: every organisation of a workspace by every dimension, and what needs attention."""

from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.core.views.options import SLOT
from assessments.portfolio.forms import PortfolioForm, sort_of
from assessments.portfolio.queries.filter import chosen, sorted_rows, states
from assessments.portfolio.queries.portfolio import Portfolio, PortfolioRow, UsedModel, tags_in
from assessments.portfolio.views.rows import TableHeading, day_words, rows_html, selects_html
from maturity.catalogue.matrix import Matrix, Stage, ramp_position
from maturity.catalogue.queries import BUILT_IN_MODEL, matrix_of_version, newest_versions
from maturity.workspaces.access import access_workspace
from maturity.workspaces.models import Workspace
from maturity.workspaces.models.workspace import Sector, Size
from maturity.workspaces.roles import Action

MOST_SHOWN = 4


class Concern(NamedTuple):
    """One thing that needs attention, in a sentence around the organisation's name."""

    name: str
    url: str
    words: str


class ConcernGroup(NamedTuple):
    """What needs attention of one kind: the first few, and where the others are."""

    title: str
    concerns: list[Concern]
    total: int
    more_url: str

    @property
    def further(self) -> int:
        """How many there are beyond those shown."""
        return self.total - len(self.concerns)


@require_safe
def portfolio(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show all organisations as a heat map, as far as the address's filters let them through."""
    workspace = access_workspace(request, public_id, Action.SEE_PORTFOLIO)
    today = timezone.localdate()
    read = Portfolio(workspace, today=today)
    model = _model(read.models, request.GET.get("model", ""))
    # None only where no model at all was ever loaded.
    matrix = matrix_of_version(model.version_id) if model else None
    rows = read.rows(model_key=model.key if model else "")
    active = [row for row in rows if not row.is_archived]
    if workspace.kind == Workspace.Kind.TEAM and active:
        # A team's own organisation is all there is: the client layer stays out of sight.
        return HttpResponseRedirect(reverse("reports:organisation", args=[active[0].public_id]))
    form = PortfolioForm(request.GET, matrix=matrix)
    is_valid = form.is_valid()
    sort = sort_of(request.GET.get("sort", ""), matrix)
    shown = sorted_rows(chosen(rows, form.wanted, today=today), sort=sort)
    of = rows if form.wanted.with_archived else active
    context = {
        "workspace": workspace,
        "part": "portfolio",
        "form": form,
        "selects": selects_html(form.selects(**_in_use(rows))),
        "is_filtered": bool(request.GET.get("q") or form.further),
        "count": len(shown),
        "total": len(of),
        "archived": len(rows) - len(active),
        "columns": _columns(request.GET, matrix, sort),
        "sort": request.GET.get("sort", ""),
        "groups": _groups(active, request.path, today=today),
        "matrix": matrix,
        "model": model,
        "models": [(each, matrix_of_version(each.version_id).title) for each in read.models],
        "stages": _stages(matrix),
        "slot": SLOT,
    }
    page = render_to_string("portfolio/portfolio.html", context, request)
    head, _, tail = page.partition(SLOT)
    body = "".join((head, rows_html(shown, matrix, today=today) if tail else "", tail))
    return HttpResponse(body, status=200 if is_valid else 422)


def _model(used: list[UsedModel], key: str) -> UsedModel | None:
    """Return the model asked for, else the one most used, else the built-in one or any other."""
    for each in used:
        if each.key == key:
            return each
    if used:
        return used[0]
    newest = sorted(newest_versions(), key=lambda each: each.key != BUILT_IN_MODEL)
    return UsedModel(newest[0].key, newest[0].pk, 0) if newest else None


def _stages(matrix: Matrix | None) -> list[tuple[int, Stage]]:
    """Return the stages, each with its colour."""
    if matrix is None:
        return []
    return [(ramp_position(matrix, each.number), each) for each in matrix.stages]


def _in_use(rows: list[PortfolioRow]) -> dict[str, dict[str, str]]:
    sectors, sizes = {row.sector for row in rows}, {row.size for row in rows}
    tags = sorted({tag for text in {row.tags for row in rows} for tag in tags_in(text)})
    return {
        "sector": {each.value: each.label for each in Sector if each in sectors},
        "size": {each.value: each.label for each in Size if each in sizes},
        "tag": {tag: tag for tag in tags},
    }


def _columns(asked: QueryDict, matrix: Matrix | None, sort: str) -> dict[str, object]:
    rest = [(name, value) for name, value in asked.items() if name != "sort" and value]

    def column(key: str, label: str) -> TableHeading:
        is_up = sort == key
        url = f"?{urlencode([*rest, ('sort', f'-{key}' if is_up else key)])}"
        return TableHeading(
            label, url, "ascending" if is_up else "descending" if sort == f"-{key}" else ""
        )

    return {
        "name": column("name", "Organisation"),
        "overall": column("overall", "Overall"),
        "dimensions": [column(row.key, row.name) for row in (matrix.dimensions if matrix else ())],
        "rest": [
            column("assessed", "Last assessed"),
            column("due", "Next due"),
            column("state", "Open assessment"),
            column("steps", "Steps overdue"),
        ],
    }


def _groups(rows: list[PortfolioRow], path: str, *, today: date) -> list[ConcernGroup]:
    """Return what needs attention, the most urgent of each kind first."""
    test = states(today)
    now = today.isoformat()
    due = [row for row in rows if row.open is None and test["due"](row)]
    close = [row for row in rows if test["close"](row)]
    steps = [row for row in rows if row.steps_overdue]
    groups = [
        ConcernGroup(
            "Due for an assessment",
            [
                Concern(row.name, _page(row), _due_words(row, now))
                for row in sorted(due, key=lambda row: row.due)[:MOST_SHOWN]
            ],
            len(due),
            f"{path}?state=due&sort=due",
        ),
        ConcernGroup(
            "Waiting to be closed",
            [Concern(row.name, _closing(row), _closing_words(row)) for row in close[:MOST_SHOWN]],
            len(close),
            f"{path}?state=close",
        ),
        ConcernGroup(
            "Steps overdue",
            [
                Concern(row.name, _steps(row), _steps_words(row))
                for row in sorted(steps, key=lambda row: -row.steps_overdue)[:MOST_SHOWN]
            ],
            len(steps),
            f"{path}?state=steps&sort=steps",
        ),
    ]
    return [group for group in groups if group.total]


def _due_words(row: PortfolioRow, now: str) -> str:
    return f"{'was' if row.due < now else 'is'} due on {day_words(row.due)}."


def _page(row: PortfolioRow) -> str:
    return reverse("reports:organisation", args=[row.public_id])


def _steps(row: PortfolioRow) -> str:
    return reverse("assessments:steps", args=[row.public_id])


def _closing(row: PortfolioRow) -> str:
    return reverse("assessments:close", args=[row.open.public_id]) if row.open else _page(row)


def _closing_words(row: PortfolioRow) -> str:
    if row.open and row.open.is_settling:
        return "takes no more answers and can be closed."
    return "can be closed: everybody has finished."


def _steps_words(row: PortfolioRow) -> str:
    return (
        "has one step overdue."
        if row.steps_overdue == 1
        else (f"has {row.steps_overdue} steps overdue.")
    )
