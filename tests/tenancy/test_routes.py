"""Every route, for every visitor and method, does what the table says, and nothing else exists."""

from collections import defaultdict

import pytest
from django.db import transaction

from tests.tenancy.bodies import body_for
from tests.tenancy.filled import values_for
from tests.tenancy.headers import faults_of_headers
from tests.tenancy.routes import all_routes
from tests.tenancy.table import Line, outcome_of, read_table
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import World

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
# No route takes these; so they are tried by the most powerful, by a stranger and by nobody.
NOWHERE = ("PUT", "DELETE")
WHO_TRIES = ("owner", "other", "anonymous")
LINES = read_table()
ROUTES = all_routes()


def _by_place() -> dict[tuple[str, str], dict[str, Line]]:
    found: dict[tuple[str, str], dict[str, Line]] = defaultdict(dict)
    for line in LINES:
        assert line.method not in found[line.route, line.subject], f"{line.label} stands twice"
        found[line.route, line.subject][line.method] = line
    return found


PLACES = _by_place()


FIRST = dict(reversed(PLACES))


def test_table_declares_every_route_and_no_other() -> None:
    assert sorted({line.route for line in LINES}) == sorted(ROUTES)
    # All methods are tried where most is to be had: in the open assessment, or its organisation.
    assert set(FIRST.values()) == {"open", "main", "-"}


@pytest.mark.parametrize(("route", "subject"), PLACES, ids=[" ".join(each) for each in PLACES])
def test_table_holds(route: str, subject: str, world: World, visitors: dict[str, Visitor]) -> None:
    """All methods for a route's first subject; for the others those that are declared.

    To HEAD no more is said than to GET, and every page comes with the headers that keep it to
    itself.
    """
    declared = PLACES[route, subject]
    is_first = FIRST[route] == subject
    methods = dict.fromkeys([*METHODS, "POST+"] if is_first else declared)
    url = ROUTES[route].url(values_for(ROUTES[route], world, subject))
    body = body_for(route, world, subject)
    wrong = []
    for method in methods:
        tried = WHO_TRIES if method in NOWHERE else visitors
        for visitor in map(visitors.__getitem__, tried):
            point = transaction.savepoint()
            sent = body if method == "POST+" else None
            response = visitor.send(method.removesuffix("+"), url, sent)
            transaction.savepoint_rollback(point)
            outcome = outcome_of(response)
            expected = _expected(declared, method, visitor.name)
            faults = [] if outcome == expected else [f"{outcome}, not {expected}"]
            if method == "HEAD" and response.content:
                faults.append("it has a body")
            if method == "GET":
                faults += faults_of_headers(response, ROUTES[route].path)
            wrong += [f"{method} {url} as {visitor.name}: {fault}" for fault in faults]
    assert wrong == []


def _expected(declared: dict[str, Line], method: str, visitor: str) -> str:
    """A page answers HEAD as it answers GET; what is not declared is not allowed, for anybody."""
    assert "HEAD" not in declared
    line = declared.get({"HEAD": "GET", "POST+": "POST"}.get(method, method))
    line = declared.get(method, line)
    return line.cells[visitor] if line else "405"
