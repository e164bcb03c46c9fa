"""Each id of an address or a form, exchanged on its own for one of somebody else's."""

from typing import Any

import pytest
from django.db import transaction

from tests.tenancy.bodies import BODIES, body_for
from tests.tenancy.filled import UNKNOWN_ID, values_for
from tests.tenancy.routes import Route, all_routes
from tests.tenancy.table import outcome_of
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import World, rights_of, rows_of

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
ROUTES = all_routes()
# Parameters that name no tenant's row: parts of a model, ways to answer, numbers counted from one
# within their parent, secrets that are themselves the permission, and what is allauth's.
NO_IDS = {
    "dimension",
    "mode",
    "ending",
    "key",
    "number",
    "token",
    "ticket",
    "code",
    "pk",
    "uidb36",
    "provider_id",
}
IDS = {
    "public_id",
    "membership_id",
    "invitation_id",
    "respondent_id",
    "report_id",
    "share_id",
    "step_id",
    "webhook_id",
    "round_id",
    "organisation_id",
    "assessment_id",
    "token_id",
}
WITH_IDS = [each for each in ROUTES.values() if set(each.parameters) & IDS]
FOLK = ("owner", "lead", "guest")
UNKNOWN_NUMBER = 999_999_999


def _subject(route: Route) -> str:
    return "closed" if "results/<number>/" in route.path else "open"


def _foreign(world: World, route: Route, name: str) -> list[object]:
    """Return what a parameter is exchanged for: B's, A's own elsewhere, and one nobody has."""
    subject = _subject(route)
    found = [values_for(route, world.mirrored(), subject)[name]]
    if name == "public_id" or route.path.startswith("api/"):
        return [*found, UNKNOWN_ID]
    if not route.path.startswith("workspaces/"):
        found.append(values_for(route, world, "other-closed")[name])
    return [*found, UNKNOWN_NUMBER]


def test_swaps_know_every_parameter() -> None:
    assert {name for route in ROUTES.values() for name in route.parameters} <= NO_IDS | IDS


@pytest.mark.parametrize("route", WITH_IDS, ids=[each.name for each in WITH_IDS])
def test_swaps_in_an_address_find_nothing(
    route: Route, world: World, visitors: dict[str, Visitor]
) -> None:
    before = rows_of(world.b)
    subject = _subject(route)
    own = values_for(route, world, subject)
    body = body_for(route.name, world, subject)
    wrong = []
    for name in sorted(set(route.parameters) & IDS):
        # Of a row below, one's own parent is allowed or not as ever; the row itself is not there.
        refused = {"404", "405"} if name == "public_id" else {"403", "404", "405"}
        if route.path.startswith("room/"):
            # A phone that is not known is sent to joining, whoever holds it.
            refused = {">join", "405"}
        if route.path.startswith("api/"):
            # Without a token there is nothing; with one, see test_api.py.
            refused = {"401", "405"}
        for value in _foreign(world, route, name):
            url = route.url(own | {name: value})
            assert value != own[name]
            for folk in FOLK:
                sent = [(method, None) for method in METHODS] + [("POST", body)] * bool(body)
                for method, data in sent:
                    outcome = outcome_of(visitors[folk].send(method, url, data))
                    if outcome not in refused:
                        wrong.append(f"{method} {url} as {folk}, {name} of another: {outcome}")
    assert wrong == []
    assert rows_of(world.b) == before


def _ids_in_forms(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    """Return a route, the visitor, and a form of A's in which one id is not for A."""
    a, b = world.a, world.b
    theirs = b.assessments["closed"]
    lead_elsewhere = a.users["lead-other"].pk
    return [
        ("workspaces:hand-over", "owner", {"user": b.users["owner"].pk}),
        ("workspaces:hand-over", "owner", {"user": b.users["consultant"].pk}),
        ("workspaces:hand-over", "owner", {"user": a.users["viewer"].pk}),
        ("workspaces:hand-over", "owner", {"user": UNKNOWN_NUMBER}),
        ("assessments:ask-members", "lead", {"members": [b.users["lead"].pk]}),
        ("assessments:ask-members", "lead", {"members": [lead_elsewhere]}),
        (
            "assessments:ask-members",
            "owner",
            {"members": [a.users["lead"].pk, b.users["lead"].pk]},
        ),
        # A role that is not held there, and is more than one's own.
        *(
            (route, "lead", {"role": role})
            for route in ("workspaces:organisation-people", "workspaces:change-organisation-role")
            for role in ("owner", "consultant", "holder", "guest", "", "Owner")
        ),
        *(
            (route, "owner", {"role": role})
            for route in ("workspaces:people", "workspaces:change-role")
            for role in ("lead", "viewer", "holder", "")
        ),
        ("assessments:new", "lead", {"follows": theirs.pk, "model": UNKNOWN_NUMBER}),
        ("assessments:agree", "lead", {"what": "pick", "key": "nothing", "value": "2"}),
        ("assessments:decide-step", "lead", {"descriptor": "nothing", "owner": "Ann"}),
    ]


def test_swaps_in_a_form_change_nothing(world: World, visitors: dict[str, Visitor]) -> None:
    wrong = []
    for route, folk, change in _ids_in_forms(world):
        before, own = rows_of(world.b), rights_of(world.a)
        found = ROUTES[route]
        url = found.url(values_for(found, world, "open"))
        point = transaction.savepoint()
        response = visitors[folk].send("post", url, body_for(route, world, "open") | change)
        changed = rows_of(world.b) != before or (
            route != "assessments:new" and rights_of(world.a) != own
        )
        transaction.savepoint_rollback(point)
        if changed or outcome_of(response) == "500":
            wrong.append(f"{route} as {folk} with {change}: {outcome_of(response)}")
    assert wrong == []


def test_swaps_of_what_is_compared_find_nothing(world: World, visitors: dict[str, Visitor]) -> None:
    a, b = world.a, world.b
    compare = f"/organisations/{a.organisations['main'].public_id}/compare/"
    mine = a.results["closed"].pk
    others = [
        b.results["closed"].pk,
        a.results["other-closed"].pk,
        a.results["archived"].pk,
        f"now-{b.assessments['open'].public_id}",
        f"now-{a.assessments['other'].public_id}",
        f"now-{a.assessments['anonymous'].public_id}",
        UNKNOWN_NUMBER,
        "now-",
        "x",
    ]
    for folk in ("owner", "lead", "viewer"):
        for other in others:
            for question in ({"from": other, "to": mine}, {"from": mine, "to": other}):
                assert visitors[folk].send("get", compare, question).status_code == 404
    # What is open is compared by those who may see it only.
    question = {"from": mine, "to": f"now-{a.assessments['open'].public_id}"}
    assert visitors["lead"].send("get", compare, question).status_code == 200
    assert visitors["viewer"].send("get", compare, question).status_code == 404


def test_swaps_of_where_to_claim_find_nothing(world: World, visitors: dict[str, Visitor]) -> None:
    """The holder of the assessment without an account signs in as A's lead, and aims at B."""
    lead = visitors["lead"]
    lead.open_link(world.started)
    started = world.started.respondent.assessment.public_id
    a, b = world.a, world.b
    before = rows_of(b)

    for place in (
        f"workspace:{b.workspace.public_id}",
        f"organisation:{b.organisations['main'].public_id}",
        f"organisation:{a.organisations['other'].public_id}",
        f"workspace:{a.workspace.public_id}",
        f"organisation:{UNKNOWN_ID}",
        "team",
        "",
    ):
        response = lead.send("post", f"/assessments/{started}/claim/", {"place": place})
        assert response.status_code in (403, 404, 422), place

    assert rows_of(b) == before
    world.started.refresh_from_db()
    assert world.started.respondent.assessment.workspace.kind == "guest"


EXTRA = {
    "role": "owner",
    "is_staff": "1",
    "is_superuser": "1",
    "is_active": "1",
    "score": "5",
    "overall_score": "5",
    "stage": "5",
    "closed_at": "2020-01-01",
    "deletion_asked_at": "2020-01-01",
    "archived_at": "2020-01-01",
    "token_hash": "0" * 64,
    "kind": "guest",
    "password": "x",
    "revision": "99",
    "step": "3",
}


@pytest.mark.parametrize("route", sorted(BODIES))
def test_swaps_by_extra_fields_change_nothing_more(
    route: str, world: World, visitors: dict[str, Visitor]
) -> None:
    """Fields nobody asked for, with B's ids in them, leave the rights of A and all of B alone."""
    b = world.b
    extra = EXTRA | {
        "workspace": b.workspace.pk,
        "workspace_id": b.workspace.pk,
        "organisation_id": b.organisations["main"].pk,
        "assessment": b.assessments["open"].pk,
        "assessment_id": b.assessments["open"].pk,
        "public_id": b.assessments["open"].public_id,
        "respondent": b.people["guest-open"].pk,
        "respondent_id": b.people["guest-open"].pk,
        "membership_id": b.memberships["owner"].pk,
        "user": b.users["owner"].pk,
        "user_id": b.users["owner"].pk,
        "owner_id": b.users["owner"].pk,
        "pk": b.assessments["open"].pk,
        "id": b.assessments["open"].pk,
        "result_id": b.results["closed"].pk,
        "follows": b.assessments["closed"].pk,
    }
    folk = {"assessments:answer": "contributor", "assessments:my-account": "viewer"}.get(
        route, "owner"
    )
    found = ROUTES[route]
    url = found.url(values_for(found, world, "open"))
    body, before = body_for(route, world, "open"), rows_of(b)
    rights = []
    for sent in (body, extra | body):
        point = transaction.savepoint()
        response = visitors[folk].send("post", url, sent)
        rights.append((outcome_of(response), rights_of(world.a)))
        assert rows_of(b) == before
        transaction.savepoint_rollback(point)
    assert rights[0] == rights[1]
    assert rights[0][0] != "500"
