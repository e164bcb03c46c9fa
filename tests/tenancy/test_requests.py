"""What holds for every request: the scope opens and closes, headers, tokens, and who is asked."""

import ast
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from maturity.workspaces.models import Organisation
from maturity.workspaces.scopes import OutOfScope, every_workspace, no_workspace
from tests.architecture import Module, product_modules
from tests.tenancy.filled import values_for
from tests.tenancy.headers import faults_of_headers
from tests.tenancy.routes import all_routes
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import World


@pytest.fixture
def loud(visitors: dict[str, Visitor]) -> Iterator[Visitor]:
    """Return A's owner, in a browser whose requests raise what went wrong."""
    owner = visitors["owner"]
    owner.client.raise_request_exception = True
    yield owner
    owner.client.raise_request_exception = False


WRONG = override_settings(ROOT_URLCONF="tests.tenancy.urls")

# --- the scope -----------------------------------------------------------------------------------


@WRONG
def test_requests_of_a_view_that_forgets_access_fail(visitors: dict[str, Visitor]) -> None:
    for visitor in visitors.values():
        response = visitor.send("get", "/wrong/forgets/")
        assert response.status_code == 500
        assert b"CANARY" not in response.content


@WRONG
def test_requests_see_the_one_workspace_that_was_opened(
    world: World, visitors: dict[str, Visitor]
) -> None:
    mine = world.a.organisations["main"].public_id

    seen = visitors["owner"].send("get", f"/wrong/peeks/{mine}/").content.decode()

    assert set(seen.splitlines()) == {each.name for each in world.a.organisations.values()}


@WRONG
def test_requests_close_their_scope_also_after_a_fault(world: World, loud: Visitor) -> None:
    mine = world.a.organisations["main"].public_id
    with no_workspace():
        with pytest.raises(ZeroDivisionError):
            loud.client.get(f"/wrong/breaks/{mine}/")

        with pytest.raises(OutOfScope):
            Organisation.objects.all()
        with pytest.raises(OutOfScope):
            loud.client.get("/wrong/forgets/")


@WRONG
def test_requests_start_without_what_the_one_before_opened(world: World, loud: Visitor) -> None:
    mine = world.a.organisations["main"].public_id
    with every_workspace():
        assert loud.client.get(f"/wrong/peeks/{mine}/").status_code == 200

        with pytest.raises(OutOfScope):
            loud.client.get("/wrong/forgets/")


# --- headers -------------------------------------------------------------------------------------


def test_requests_of_nothing_get_the_headers_that_keep_a_page_to_itself(
    visitors: dict[str, Visitor],
) -> None:
    """Every page that is there has them too, see test_routes.py."""
    for url in ("/nothing/here/", f"/assessments/{'2' * 12}/", "/organisations/x/"):
        response = visitors["owner"].send("get", url)

        assert response.status_code == 404
        assert faults_of_headers(response, "organisations/") == []


# --- forms ---------------------------------------------------------------------------------------

# Without a session there is nothing a forged form could do that its sender could not do directly;
# still each of these refuses too. None is exempt.


def test_requests_that_change_something_need_a_token(
    world: World, visitors: dict[str, Visitor]
) -> None:
    let_through = []
    for name in ("anonymous", "guest", "owner"):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = visitors[name].cookies
        for route in all_routes().values():
            url = route.url(values_for(route, world, "open"))
            for method in ("post", "put", "patch", "delete"):
                with no_workspace():
                    response = getattr(strict, method)(url)
                # What is not allowed at all may say so first.
                # And the API knows nobody by a cookie, so a forged request is nobody's.
                refusals = (401, 403, 405) if route.path.startswith("api/") else (403, 405)
                if response.status_code not in refusals:
                    let_through.append(f"{method} {url} as {name}: {response.status_code}")
    assert let_through == []


# --- nobody forgets ------------------------------------------------------------------------------

# Views that ask nobody who they are, and why.
PUBLIC = {
    "maturity.web.views": "pages for machines",
    "maturity.catalogue.views": "published models are everybody's to read",
    "reports.kit.views": "a kit says what a published model says",
    "assessments.answering.views.home.home": "what Waymark is, and what this browser's grants open",
    "assessments.answering.views.home.start": "an assessment without an account",
    "assessments.answering.views.home.open_by_link": "the token is what lets in",
    "maturity.workspaces.accounts.views.forgotten": "who has forgotten how to sign in",
    "maturity.workspaces.accounts.views.to_profile": "a redirect to where one is asked",
}
ASKING = {
    "signed_in_user",
    "places_of",
    "invitation_of_token",
    "open_link_for",
    "workshop_by_code",
    "workshop_by_token",
    "pulse_for_screen",
}
SPOTS = {"workspace_spot", "organisation_spot"}


def _asks(function: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> bool:
    """Say whether a view, or a private function of its module it calls, asks who is there."""
    called = {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    if any(name.startswith("access_") and name != "access_of" for name in called):
        return True
    if called & (ASKING | SPOTS):
        return True
    return any(
        _asks(functions[n], functions) for n in called if n in functions and n != function.name
    )


def _views() -> Iterator[tuple[Module, ast.FunctionDef, dict[str, ast.FunctionDef]]]:
    used = {
        f"{view.__module__}.{view.__name__}"
        for view in (route.view for route in all_routes().values())
    }
    for module in product_modules():
        functions = {n.name: n for n in module.tree.body if isinstance(n, ast.FunctionDef)}
        for name, function in functions.items():
            if f"{module.name}.{name}" in used:
                yield module, function, functions


def test_requests_are_asked_who_they_are_by_every_view() -> None:
    silent = [
        f"{module.name}.{function.name}"
        for module, function, functions in _views()
        if not _asks(function, functions)
        and module.name not in PUBLIC
        and f"{module.name}.{function.name}" not in PUBLIC
    ]
    assert silent == []
