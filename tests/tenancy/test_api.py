"""A token reaches the rows of its own workspace, and of those what its account may see."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from maturity.workspaces.models import ApiToken
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import no_workspace
from tests.people import give_role
from tests.tenancy.crawl import text_of
from tests.tenancy.filled import UNKNOWN_ID, values_for
from tests.tenancy.routes import Route, all_routes
from tests.tenancy.world import Tenant, World, rows_of

ROUTES = [each for each in all_routes().values() if each.path.startswith("api/v1/")]
WITH_IDS = [each for each in ROUTES if {"organisation_id", "assessment_id"} & {*each.parameters}]
FOLK = ("owner", "consultant", "lead", "contributor", "viewer", "lead-other")
# What each endpoint that takes a body is sent, filled in right.
BODIES: dict[str, dict[str, Any]] = {
    "api:create_step": {"words": "Do it", "owner": "Ann"},
    "api:read_step": {"owner": "Ann"},
    "api:read_own_answers": {"picks": {"strategy": 2}},
    "api:list_reports": {"kind": "csv"},
    "api:list_organisations": {"name": "New"},
}


def send(tenant: Tenant, name: str, method: str, address: str, body: Any = None) -> Any:
    """Return the answer to a program with the token of one of a tenant's people."""
    _, secret = tenant.tokens[name]
    client = Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)
    data = "" if body is None else json.dumps(body)
    with no_workspace():
        return client.generic(method, address, data, content_type="application/json")


def _tries(route: Route) -> Iterator[tuple[str, Any]]:
    yield "GET", None
    for method in ("POST", "PATCH"):
        yield method, BODIES.get(route.name, {})


@pytest.mark.parametrize("route", WITH_IDS, ids=[each.name for each in WITH_IDS])
def test_a_token_finds_nothing_of_another_workspace(route: Route, world: World) -> None:
    """Each id in an address, exchanged on its own for B's, and for one that nobody has."""
    before = rows_of(world.b)
    own = values_for(route, world, "open")
    theirs = values_for(route, world.mirrored(), "open")
    wrong = []
    for name in route.parameters:
        for value in (theirs[name], UNKNOWN_ID if isinstance(own[name], str) else 999_999_999):
            for folk in FOLK:
                for method, body in _tries(route):
                    url = route.url(own | {name: value})
                    response = send(world.a, folk, method, url, body)
                    # Of a row below, one's own parent may be refused first.
                    is_parent = name in ("organisation_id", "assessment_id")
                    fine = {404, 405} if is_parent else {403, 404, 405}
                    if response.status_code not in fine:
                        wrong.append(f"{method} {url} as {folk}: {response.status_code}")
                    if "canary-b" in text_of(response).lower():
                        wrong.append(f"{method} {url} as {folk} tells of B")
    assert wrong == []
    assert rows_of(world.b) == before


def test_a_token_in_a_body_and_a_question_finds_nothing_of_another_workspace(
    world: World,
) -> None:
    b = world.b
    for value in (b.organisations["main"].public_id, UNKNOWN_ID):
        started = send(world.a, "owner", "POST", "/api/v1/assessments", {"organisation": value})
        listed = send(world.a, "owner", "GET", f"/api/v1/assessments?organisation={value}")
        assert started.status_code == listed.status_code == 404
        assert started.json() == listed.json()


@pytest.mark.parametrize("folk", FOLK)
def test_whatever_a_token_reads_has_nothing_of_another_workspace(folk: str, world: World) -> None:
    """Every address there is, for every assessment of A, and every page of every list."""
    read = []
    subjects = ("open", "settling", "closed", "anonymous", "anonymous-settling", "other")
    for route in ROUTES:
        for subject in subjects:
            url = route.url(values_for(route, world, subject))
            response = send(world.a, folk, "GET", url)
            assert response.status_code in (200, 403, 404, 405, 409), url
            if response.status_code == 200:
                read.append(text_of(response).lower())
    whole = "\n".join(read)
    assert "canary-a-" in whole
    assert "canary-b-" not in whole
    for row in (*world.b.organisations.values(), *world.b.assessments.values()):
        assert row.public_id not in whole


def test_an_account_with_two_workspaces_has_a_token_for_one(world: World) -> None:
    """B's owner becomes A's owner as well; the token of A still ends where A ends."""
    both = world.a.users["owner"]
    give_role(both, Role.OWNER, world.b.workspace)
    before = rows_of(world.b)
    for route in WITH_IDS:
        url = route.url(values_for(route, world.mirrored(), "open"))
        for method, body in _tries(route):
            response = send(world.a, "owner", method, url, body)
            assert response.status_code in (404, 405), f"{method} {url}"
    assert send(world.a, "owner", "GET", "/api/v1/organisations").json()["count"] == 3
    assert rows_of(world.b) == before


# What the pages let each of A's people do in the open assessment of their organisation.
ALLOWED = {
    "api:read_organisation": ("owner", "consultant", "lead", "contributor", "viewer"),
    "api:read_roadmap": ("owner", "consultant", "lead"),
    "api:read_step": ("owner", "consultant", "lead"),
    "api:read_placement": ("owner", "consultant", "lead"),
    "api:read_answers": ("owner", "consultant", "lead"),
    "api:list_reports": ("owner", "consultant", "lead"),
    "api:read_assessment": ("owner", "consultant", "lead", "contributor"),
    "api:read_own_answers": ("contributor",),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_token_reads_what_its_account_reads_on_the_pages(name: str, world: World) -> None:
    route = all_routes()[name]
    url = route.url(values_for(route, world, "open"))

    found = {folk: send(world.a, folk, "GET", url).status_code for folk in FOLK}

    for folk, status in found.items():
        if folk in ALLOWED[name]:
            assert status == 200, folk
        elif folk == "lead-other":
            assert status == 404, folk
        else:
            # Who runs it may answer too, but was not told yet who sees what.
            assert status == (409 if name == "api:read_own_answers" and folk != "viewer" else 403)


_RUN = ("owner", "consultant", "lead")
CHANGES = {
    "api:create_step": ("POST", {"words": "Do it", "owner": "Ann"}, _RUN),
    "api:read_step": ("PATCH", {"owner": "Ann"}, _RUN),
    "api:close_assessment": ("POST", None, _RUN),
    "api:list_reports": ("POST", {"kind": "csv"}, _RUN),
    "api:list_organisations": ("POST", {"name": "New"}, ("owner", "consultant")),
    "api:read_own_answers": ("PATCH", {"picks": {}}, ("contributor",)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_token_changes_what_its_account_changes_on_the_pages(name: str, world: World) -> None:
    method, body, allowed = CHANGES[name]
    route = all_routes()[name]
    url = route.url(values_for(route, world, "open"))
    for folk in FOLK:
        before = rows_of(world.a)
        point = transaction.savepoint()
        response = send(world.a, folk, method, url, body)
        after = rows_of(world.a)
        transaction.savepoint_rollback(point)
        if folk in allowed:
            assert response.status_code in (200, 201, 202), folk
        else:
            assert response.status_code in (403, 404, 409), folk
            # Only that the token was used.
            of_tokens = ApiToken._meta.label
            assert after | {of_tokens: ()} == before | {of_tokens: ()}
