"""Long lists, one page at a time, in a stable order."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from maturity.web.api.problems import ApiError, FieldProblem

MOST_PER_PAGE = 100


class PageQuery(Schema):
    """Which page of a list, and how many rows it has."""

    page: int = Field(1, ge=1, le=1_000_000, description="Page number, starting at 1.")
    per_page: int = Field(50, ge=1, le=MOST_PER_PAGE, description="Rows on a page.")


class Page(Schema):
    """One page of `pages`; the whole list has `count` rows."""

    page: int
    pages: int
    count: int


def page_of(
    rows: QuerySet[Any] | list[Any], query: PageQuery, shown: Callable[[Any], Any]
) -> dict[str, Any]:
    """Return one page of rows, each as `shown` gives it; beyond the last page there are none.

    Costs: 2 queries, 1 where there are no rows.
    """
    paginator = Paginator(rows, query.per_page)
    is_there = query.page <= paginator.num_pages
    return {
        "page": query.page,
        "pages": paginator.num_pages,
        "count": paginator.count,
        "items": [shown(each) for each in paginator.page(query.page)] if is_there else [],
    }


def refuse_unknown_parameters(request: HttpRequest, *known: str) -> None:
    """Refuse query parameters that are unknown or sent twice.

    Raises: ApiError.
    """
    wrong = [
        FieldProblem(name, "Unknown query parameter.") for name in request.GET if name not in known
    ]
    wrong += [
        FieldProblem(name, "Send this parameter only once.")
        for name in request.GET
        if name in known and len(request.GET.getlist(name)) > 1
    ]
    if wrong:
        raise ApiError(422, problems=wrong)
