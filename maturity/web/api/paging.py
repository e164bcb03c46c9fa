"""Long lists, a page at a time, in an order that stays the same."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from maturity.web.api.problems import Place, Refused

MOST_ON_A_PAGE = 100


class Asked(Schema):
    """Which page, and how many on it."""

    page: int = Field(1, ge=1, le=1_000_000, description="Which page, from 1.")
    per_page: int = Field(50, ge=1, le=MOST_ON_A_PAGE, description="How many on a page.")


AskedPage = Query[Asked]


class Page(Schema):
    """Where this page lies: of `pages` pages with `count` rows in all."""

    page: int
    pages: int
    count: int


def page_of(
    rows: QuerySet[Any] | list[Any], asked: Asked, shown: Callable[[Any], Any]
) -> dict[str, Any]:
    """Return one page of rows, each as `shown` gives it; beyond the last page there are none.

    Costs: 2 queries, 1 where there are no rows.
    """
    paginator = Paginator(rows, asked.per_page)
    is_there = asked.page <= paginator.num_pages
    return {
        "page": asked.page,
        "pages": paginator.num_pages,
        "count": paginator.count,
        "items": [shown(each) for each in paginator.page(asked.page)] if is_there else [],
    }


def refuse_other_questions(request: HttpRequest, *known: str) -> None:
    """Refuse what an endpoint does not know in the query, or finds there twice.

    Raises: Refused.
    """
    wrong = [Place(name, "There is no such question.") for name in request.GET if name not in known]
    wrong += [
        Place(name, "Please ask this once.")
        for name in request.GET
        if name in known and len(request.GET.getlist(name)) > 1
    ]
    if wrong:
        raise Refused(422, problems=wrong)
