"""What takes somebody's right away does so at their next request, on every page they had."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from assessments.core.services.links import renew_link, token_of
from assessments.models import SecretLink
from assessments.respondents.services.open_links import open_token_of
from assessments.respondents.services.respondents import remove_respondent
from maturity.workspaces.actors import Actor
from maturity.workspaces.lifecycle.services import ask_deletion, undo_deletion
from maturity.workspaces.models import User
from maturity.workspaces.organisations.services import archive_organisation, unarchive_organisation
from maturity.workspaces.people.services.invitations import invitation_token
from maturity.workspaces.people.services.members import change_role, hand_over, remove_member
from maturity.workspaces.roles import Role
from tests.tenancy.conftest import loaded
from tests.tenancy.crawl import text_of
from tests.tenancy.filled import values_for
from tests.tenancy.routes import all_routes
from tests.tenancy.table import outcome_of
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import World

# Routes of a tenant: below a workspace, an organisation, an assessment.
TENANT = ("workspaces/", "organisations/", "assessments/")
NOW = timezone.now()
BY = Actor("test")
PLACES = [
    (route, subject)
    for route in all_routes().values()
    if route.path.startswith(TENANT)
    for subject in (("open", "closed") if route.path.startswith("assessments/") else ("open",))
]


@pytest.fixture
def _own_world(
    _whole_world: tuple[bytes, dict[str, str]],
) -> tuple[World, dict[str, Visitor]]:
    """Return both for one test alone: what is deleted in here has no key afterwards."""
    return loaded(*_whole_world)


def _reached(visitor: Visitor, world: World) -> dict[str, str]:
    """Return what of A answers with anything but that it is missing or forbidden."""
    found = {}
    for route, subject in PLACES:
        url = route.url(values_for(route, world, subject))
        for method in ("GET", "POST"):
            point = transaction.savepoint()
            outcome = outcome_of(visitor.send(method, url))
            transaction.savepoint_rollback(point)
            if outcome not in ("403", "404", "405"):
                found[f"{method} {url}"] = outcome
    return found


Change = Callable[[World], object]
REMOVALS: dict[str, tuple[str, Change]] = {
    "the owner removed a consultant": (
        "consultant",
        lambda w: remove_member(w.a.memberships["consultant"], now=NOW, by=BY),
    ),
    "the owner removed a lead": (
        "lead",
        lambda w: remove_member(w.a.memberships["lead"], now=NOW, by=BY),
    ),
    "a contributor was removed": (
        "contributor",
        lambda w: remove_member(w.a.memberships["contributor"], now=NOW, by=BY),
    ),
    "a viewer was removed": (
        "viewer",
        lambda w: remove_member(w.a.memberships["viewer"], now=NOW, by=BY),
    ),
    "the organisation of a lead was archived": ("lead", lambda w: _archive(w)),
    "the organisation of a contributor was archived": ("contributor", lambda w: _archive(w)),
    "the organisation of a viewer was archived": ("viewer", lambda w: _archive(w)),
    "the workspace of a consultant is going": ("consultant", lambda w: _ask(w)),
    "the workspace of a lead is going": ("lead", lambda w: _ask(w)),
    "the workspace of a contributor is going": ("contributor", lambda w: _ask(w)),
    "the workspace of a viewer is going": ("viewer", lambda w: _ask(w)),
    "the workspace of a guest is going": ("guest", lambda w: _ask(w)),
    "a guest's link was revoked": (
        "guest",
        lambda w: renew_link(w.a.links["guest-open"].respondent, now=NOW),
    ),
    "a guest's link has expired": (
        "guest",
        lambda w: SecretLink.objects.filter(pk=w.a.links["guest-open"].pk).update(
            expires_at=NOW - dt.timedelta(seconds=1)
        ),
    ),
    "a guest was removed": (
        "guest",
        lambda w: remove_respondent(w.a.links["guest-open"].respondent, now=NOW, by=BY),
    ),
    "an owner's account was shut": ("owner", lambda w: _shut(w, "owner")),
    "a lead's account was shut": ("lead", lambda w: _shut(w, "lead")),
    "a viewer's account was deleted": (
        "viewer",
        lambda w: User.objects.filter(pk=w.a.users["viewer"].pk).delete(),
    ),
    "the organisation of a guest was archived": ("guest", lambda w: _archive(w)),
}


def _archive(world: World) -> None:
    archive_organisation(world.a.organisations["main"], now=NOW, by=BY)


def _ask(world: World) -> None:
    ask_deletion(world.a.workspace, now=NOW, by=BY)


def _shut(world: World, name: str) -> None:
    User.objects.filter(pk=world.a.users[name].pk).update(is_active=False)


@pytest.mark.parametrize("what", REMOVALS)
def test_effects_are_there_at_the_next_request(
    what: str, world: World, visitors: dict[str, Visitor]
) -> None:
    """Not one page and not one form is left of all there are; the table says which there were."""
    name, change = REMOVALS[what]
    visitor = visitors[name]
    rest = f"assessments/{world.a.assessments['open'].public_id}/everything/"
    if name != "guest":
        rest = f"organisations/{world.a.organisations['main'].public_id}/"
    assert visitor.send("get", f"/{rest}").status_code == 200

    change(world)

    # Whose account is shut is asked to sign in, where anybody would be; whoever still holds a link
    # to what was archived is told so, and nothing else.
    after = _reached(visitor, world)
    is_told = what == "the organisation of a guest was archived"
    told = {">begin", "410"} if is_told else {">login"}
    assert {place: outcome for place, outcome in after.items() if outcome not in told} == {}
    if is_told:
        page = visitor.send("get", f"/{rest.replace('everything', 'begin')}")
        assert page.status_code == 410
        assert "No more answers are taken" in text_of(page)


def test_effects_of_a_lower_role_are_there_at_the_next_request(
    world: World, visitors: dict[str, Visitor]
) -> None:
    lead, one = visitors["lead"], f"/assessments/{world.a.assessments['open'].public_id}/"
    assert lead.send("get", f"{one}result/").status_code == 200

    change_role(world.a.memberships["lead"], role=Role.CONTRIBUTOR, now=NOW, by=BY)
    assert lead.send("get", f"{one}result/").status_code == 403
    assert lead.send("post", f"{one}targets/").status_code == 403
    assert outcome_of(lead.send("get", f"{one}quick/")) == ">begin"

    change_role(world.a.memberships["lead"], role=Role.VIEWER, now=NOW, by=BY)
    assert lead.send("get", f"{one}quick/").status_code == 403


def test_effects_of_handing_over_are_there_at_the_next_request(
    world: World, visitors: dict[str, Visitor]
) -> None:
    a = world.a
    place = f"/workspaces/{a.workspace.public_id}/settings/"

    hand_over(
        a.workspace,
        from_user=a.users["owner"],
        to_user=a.users["consultant"],
        now=NOW,
        by=BY,
    )

    assert visitors["owner"].send("get", place).status_code == 403
    assert visitors["consultant"].send("get", place).status_code == 200


def test_effects_end_when_a_deletion_or_an_archive_is_undone(
    world: World, visitors: dict[str, Visitor]
) -> None:
    place = f"/assessments/{world.a.assessments['open'].public_id}/result/"
    main = world.a.organisations["main"]

    _ask(world)
    assert outcome_of(visitors["owner"].send("get", place)) == ">delete"
    undo_deletion(world.a.workspace, now=NOW, by=BY)
    assert visitors["lead"].send("get", place).status_code == 200

    _archive(world)
    assert visitors["lead"].send("get", place).status_code == 404
    assert visitors["owner"].send("get", place).status_code == 200
    unarchive_organisation(main, now=NOW, by=BY)
    assert visitors["lead"].send("get", place).status_code == 200


def test_effects_of_removing_a_member_take_their_links_along(
    world: World, visitors: dict[str, Visitor]
) -> None:
    """Somebody who may answer makes a link for themselves, keeps it, and is removed."""
    one = f"/assessments/{world.a.assessments['open'].public_id}/"
    contributor, respondent = visitors["contributor"], world.a.people["contributor-open"]
    contributor.send("post", f"{one}link/new/")
    kept = list(SecretLink.objects.filter(respondent=respondent, revoked_at=None))

    remove_member(world.a.memberships["contributor"], now=NOW, by=BY)

    for link in kept:
        assert visitors["anonymous"].send("get", f"/link/{token_of(link)}/").status_code == 404
    assert contributor.send("get", f"{one}everything/").status_code == 404


@pytest.mark.parametrize("change", [_archive, _ask])
def test_effects_reach_the_pages_that_list_what_one_has(
    change: Change, world: World, visitors: dict[str, Visitor]
) -> None:
    """Neither the home page of a guest nor the first page of a member speaks of it any more."""
    secret = world.a.say("organisation-main")
    lists = [("guest", "/"), ("contributor", "/my/"), ("lead", "/my/"), ("viewer", "/my/")]
    for name, url in lists:
        visitor = visitors[name]
        assert secret in text_of(visitor.client.get(url, follow=True)), name

    change(world)

    for name, url in lists:
        visitor = visitors[name]
        assert secret not in text_of(visitor.client.get(url, follow=True)), name


@pytest.mark.parametrize("name", ["taken", "revoked", "expired"])
def test_effects_of_an_invitation_end_with_it(
    name: str, world: World, visitors: dict[str, Visitor]
) -> None:
    place = f"/invitations/{invitation_token(world.a.invitations[name])}/"

    for method in ("get", "post"):
        response = visitors["staff"].send(method, place)
        assert response.status_code == 404
        assert "CANARY" not in text_of(response)
    assert not world.staff.memberships.exists()


@pytest.mark.parametrize("change", [_archive, _ask])
def test_effects_of_archiving_reach_invitations_and_open_links(
    change: Change, world: World, visitors: dict[str, Visitor]
) -> None:
    change(world)
    waiting = f"/invitations/{invitation_token(world.a.invitations['waiting'])}/"
    link = f"/link/{token_of(world.a.links['second-open'])}/"
    opened = f"/open/{open_token_of(world.a.open_links['open'])}/"

    assert visitors["staff"].send("post", waiting).status_code == 404
    visitors["anonymous"].send("get", link)
    for each in (link, opened):
        response = visitors["anonymous"].send("get", each)
        while response.status_code in (301, 302):
            response = visitors["anonymous"].client.get(response["Location"])
        assert response.status_code == (410 if change is _archive else 404)
