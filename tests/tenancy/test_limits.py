"""Ways round: leaks by text and status, redirects, other people's figures, borrowed reports."""

import re

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.test import Client

from assessments.core.services.links import token_of
from maturity.workspaces.models import User
from maturity.workspaces.people.services.invitations import invitation_token
from maturity.workspaces.scopes import no_workspace
from reports.models import Report
from tests.tenancy.bodies import BODIES, body_for
from tests.tenancy.crawl import text_of
from tests.tenancy.filled import UNKNOWN_ID, values_for
from tests.tenancy.routes import all_routes
from tests.tenancy.table import outcome_of
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import World

TENANT = ("workspaces/", "organisations/", "assessments/")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROUTES = all_routes()


@pytest.mark.parametrize("name", ["anonymous", "other", "staff"])
def test_limits_make_what_is_not_yours_look_like_what_is_not_there(
    name: str, world: World, visitors: dict[str, Visitor]
) -> None:
    """Status, body and headers are the same for a row of A and for an id nobody has."""
    different = []
    for route in ROUTES.values():
        if not route.path.startswith(TENANT):
            continue
        values = values_for(route, world, "open")
        for method in METHODS:
            there = visitors[name].send(method, route.url(values))
            nowhere = visitors[name].send(method, route.url(values | {"public_id": UNKNOWN_ID}))
            same = (
                there.status_code == nowhere.status_code
                and there.content == nowhere.content
                and dict(there.headers) == dict(nowhere.headers)
                and there.cookies.output() == nowhere.cookies.output()
            )
            if not same or there.status_code not in (404, 405):
                different.append(f"{method} {route.name}: {outcome_of(there)}")
    assert different == []


def test_limits_of_a_report_are_those_of_what_it_tells(
    world: World, visitors: dict[str, Visitor]
) -> None:
    """A report asked for while an assessment was open is not one on its frozen result."""
    a = world.a
    one = f"/assessments/{a.assessments['closed'].public_id}/report/"
    for name in ("viewer", "contributor"):
        visitor = visitors[name]
        frozen = visitor.send("get", f"{one}{a.reports['result-closed'].pk}/download/")
        early = visitor.send("get", f"{one}{a.reports['closed'].pk}/download/")

        assert frozen.status_code == 200
        assert early.status_code == 404
        assert a.say("file-closed") not in text_of(visitor.send("get", one))


def test_limits_of_a_report_of_hidden_answers_hold_for_everybody(
    world: World, visitors: dict[str, Visitor]
) -> None:
    """While anonymous answers are collected nothing is made of them, whoever asks."""
    page = f"/assessments/{world.a.assessments['anonymous'].public_id}/report/"
    for name in ("owner", "consultant", "lead", "contributor", "viewer"):
        visitors[name].send("post", page, {"paper": "a4"})

    assert not Report.objects.filter(assessment=world.a.assessments["anonymous"]).exists()


_QUESTION = re.compile(r"""[?&]([a-z_]+)=|<(?:input|select)[^>]* name="([a-z_]+)""")
_TOKEN = re.compile(r'(?:name="csrfmiddlewaretoken" value|content|csrf-token)="[^"]{32,}"')


def _said(visitor: Visitor, url: str, data: dict[str, object]) -> tuple[object, ...]:
    """Return all that a form's answer says, and what the page after it says, without tokens."""
    response = visitor.send("post", url, data)
    told = [str(each) for each in get_messages(response.wsgi_request)]
    text = _TOKEN.sub("", text_of(response))
    return response.status_code, told, text


def test_limits_of_a_form_tell_nothing_about_ids_of_others(
    world: World, visitors: dict[str, Visitor]
) -> None:
    """Somebody else's account or place is spoken of like one that does not exist."""
    a, b = world.a, world.b
    one = f"/assessments/{a.assessments['open'].public_id}/"
    over = f"/workspaces/{a.workspace.public_id}/people/hand-over/"
    owner, lead = visitors["owner"], visitors["lead"]
    theirs, nobody = b.users["owner"].pk, 999_999_999

    assert _said(owner, over, {"user": theirs}) == _said(owner, over, {"user": nobody})
    for members in ({"members": [theirs]}, {"members": [a.users["lead-other"].pk]}):
        nobodys = _said(lead, f"{one}respondents/members/", {"members": [nobody]})
        assert _said(lead, f"{one}respondents/members/", members) == nobodys

    guest = visitors["guest"]
    guest.client.cookies = guest.cookies
    guest.client.force_login(a.users["lead-other"])
    signed = Visitor("holder", guest.client, guest.client.cookies)
    claim = f"/assessments/{world.started.respondent.assessment.public_id}/claim/"
    unknown = _said(signed, claim, {"place": f"organisation:{UNKNOWN_ID}"})
    for place in (
        f"organisation:{b.organisations['main'].public_id}",
        f"organisation:{a.organisations['main'].public_id}",
    ):
        assert _said(signed, claim, {"place": place}) == unknown
    assert unknown[0] == 422


def test_limits_of_inviting_know_a_member_by_any_capitals(
    world: World, visitors: dict[str, Visitor]
) -> None:
    people = f"/organisations/{world.a.organisations['main'].public_id}/people/"
    for name in ("contributor", "consultant"):
        form = {"emails": world.a.email(name).upper(), "role": "lead"}
        assert visitors["lead"].send("post", people, form).status_code == 422
    waiting = {"emails": world.a.email("invited-waiting").title(), "role": "lead"}
    assert visitors["lead"].send("post", people, waiting).status_code == 422
    # Of B's people nothing is known here: to them it is an invitation like any other.
    theirs = {"emails": world.b.email("owner"), "role": "viewer"}
    assert visitors["lead"].send("post", people, theirs).status_code == 302


def test_limits_of_a_list_hold_whatever_it_is_asked(
    world: World, visitors: dict[str, Visitor]
) -> None:
    """Filters, orders and page numbers widen nothing, and nonsense in them breaks nothing."""
    a, b = world.a, world.b
    names = {"workspace", "organisation", "user", "id", "order", "archived", "done", "result"}
    values = [
        b.workspace.public_id,
        b.organisations["main"].public_id,
        str(b.workspace.pk),
        "-1",
        "0",
        "9" * 30,
        "workspace__name",
        "-workspace__memberships__user__password",
        "\x00",
        "' OR 1=1 --",
        "٣",
        "2026-13-45",
        "",
    ]
    pages = [
        f"/workspaces/{a.workspace.public_id}/",
        f"/workspaces/{a.workspace.public_id}/people/",
        f"/workspaces/{a.workspace.public_id}/trail/",
        f"/organisations/{a.organisations['main'].public_id}/compare/",
        f"/assessments/{a.assessments['closed'].public_id}/consensus/",
        f"/assessments/{a.assessments['closed'].public_id}/report/",
    ]
    for url in pages:
        text = text_of(visitors["owner"].send("get", url))
        names |= {"".join(each) for each in _QUESTION.findall(text)}
    assert {"sort", "tag", "sector", "from", "to", "kind", "person"} <= names
    wrong = []
    for url in pages:
        for value in values:
            question = dict.fromkeys(sorted(names), value)
            response = visitors["owner"].send("get", url, question)
            text = text_of(response).lower()
            if response.status_code >= 500 or "canary-b-" in text:
                wrong.append(f"{url} with {value!r}: {response.status_code}")
        for name in names:
            response = visitors["owner"].send("get", f"{url}?{name}=%ff%ed%a0%80%00")
            if response.status_code >= 500:
                wrong.append(f"{url} with bytes in {name}: {response.status_code}")
    assert wrong == []


ODD = ("%00", "a%00b", "%ff", "%2e%2e", "x" * 5_000, "%F0%9F%8C%B1", "%E2%80%AE", "0", "-1")


def test_limits_of_an_address_hold_whatever_stands_in_it(
    world: World, visitors: dict[str, Visitor]
) -> None:
    """Where an id, a secret or a name is expected anything else is not there, and no fault."""
    wrong = []
    for route in ROUTES.values():
        values = values_for(route, world, "closed")
        for name in route.parameters:
            for odd in (*ODD, "9" * 30):
                response = visitors["owner"].send("get", route.url(values | {name: odd}))
                if response.status_code >= 500:
                    wrong.append(f"{route.name} with {name}={odd[:20]}: {response.status_code}")
    assert wrong == []


def test_limits_of_a_form_hold_whatever_stands_in_it(
    world: World, visitors: dict[str, Visitor]
) -> None:
    """Each field of each form, filled in wrong on its own: refused or taken, never a fault."""
    wrong = []
    for name in BODIES:
        route = ROUTES[name]
        url = route.url(values_for(route, world, "open"))
        body = body_for(name, world, "open")
        folk = "contributor" if name == "assessments:answer" else "owner"
        # Of a long form the first fields; the others are like them.
        for field in [*body][:6]:
            for odd in ("\0", "9" * 40, "-1", "x" * 30_000):
                point = transaction.savepoint()
                response = visitors[folk].send("post", url, body | {field: odd})
                transaction.savepoint_rollback(point)
                if response.status_code >= 500:
                    wrong.append(f"{name} with {field}={odd[:20]!r}")
    assert wrong == []


EVIL = (
    "https://evil.example/",
    "//evil.example/",
    "https:evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "%0d%0aLocation:%20https://evil.example/",
)


@pytest.mark.parametrize("place", EVIL)
def test_limits_of_next_are_this_site(
    place: str, world: World, visitors: dict[str, Visitor]
) -> None:
    """Whatever stands in `next`, signing in stays here."""
    for name in ("owner", "anonymous"):
        for route in ("/account/login/", "/account/signup/", "/account/logout/"):
            for method in ("get", "post"):
                url = f"{route}?next={place}" if method == "get" else route
                response = visitors[name].send(method, url, {"next": place})
                goes = response.headers.get("Location", "")
                assert "evil" not in goes, f"{method} {route} as {name}"
                assert "javascript" not in goes
                assert "evil" not in response.headers.get("Set-Cookie", "")


def test_limits_of_where_to_come_back_are_the_path_that_was_asked_for(
    world: World, visitors: dict[str, Visitor]
) -> None:
    response = visitors["anonymous"].send("get", "//evil.example/../welcome/")
    assert response.status_code in (302, 404)
    assert not response.headers.get("Location", "").startswith(("//", "http"))

    response = visitors["anonymous"].send("get", "/welcome/?next=//evil.example/")
    assert response["Location"].startswith("/account/login/?next=%2Fwelcome%2F")


def test_limits_of_an_address_ignore_its_capitals(world: World) -> None:
    """One person is one account, however the address is typed."""
    email = world.a.email("owner").upper()

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(email)
    with pytest.raises(IntegrityError), transaction.atomic():
        # Past the manager, which would have made it small.
        User(email=email).save()


def test_limits_of_tokens_are_their_purpose(world: World, visitors: dict[str, Visitor]) -> None:
    """A token of one kind opens nothing of another, and none is found by its hash."""
    a = world.a
    link = a.links["second-open"]
    offered = a.invitations["waiting"]
    tokens = [token_of(link), invitation_token(offered)]
    hashes = [link.token_hash, link.nonce, offered.token_hash, offered.nonce]
    places = {"/link/": 0, "/invitations/": 1, "/open/": None}
    for place, own in places.items():
        others = [token for number, token in enumerate(tokens) if number != own]
        for token in [*others, *hashes, "x", "-" * 43]:
            response = visitors["anonymous"].send("get", f"{place}{token}/")
            assert response.status_code in (404, 429), f"{place}{token}"
            assert "CANARY" not in text_of(response)


def test_limits_of_a_new_session_hold_at_signing_in(world: World) -> None:
    """A session id from before signing in is not one from after."""
    client = Client()
    with no_workspace():
        client.get(f"/link/{token_of(world.started)}/")
        before = client.session.session_key
        client.force_login(world.a.users["owner"])
    assert client.session.session_key != before
