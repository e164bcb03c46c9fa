"""Every page and screen of a workshop in light, in dark and on a small phone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.workshops.access import cookie_name
from assessments.workshops.models import Participant, Round, Workshop
from assessments.workshops.queries.rounds import matrix_of, question_of_round
from assessments.workshops.services.doors import end_workshop, open_doors
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User
from maturity.workspaces.roles import Role
from tests.assessments.voices import make_assessment
from tests.people import give_role, make_user, sign_in
from tests.workshops.room import add_participant, add_round, make_workshop, vote

pytestmark = pytest.mark.browser
BY = Actor("user:1")
DESK = {"width": 1280, "height": 900}
LONG = "Donaudampfschifffahrtsgesellschaftskapitaen"[:40]
KINDS: dict[str, dict[str, Any]] = {
    "stage": {"dimension": "strategy"},
    "gate": {"dimension": "strategy", "gate_to": 2},
    "importance": {"dimension": "metrics"},
    "target": {"dimension": "strategy"},
    "steps": {"candidates": ["strategy.2.01", "strategy.2.02", "metrics.2.01", "metrics.2.02"]},
}


class Room:
    """A workshop with everything in it, moved from state to state by its rows."""

    def __init__(self, assessment: Any, lena: User, token_of: Callable[[str], None]) -> None:
        groups = [{"name": "Function", "options": ["Service", "IT"]}]
        prepared = make_workshop(
            assessment,
            title=f"Autumn {LONG * 2}",
            groups=groups,
            takes_addresses=True,
            created_by=lena,
            entry="lobby",
        )
        self.workshop = open_doors(prepared, now=timezone.now(), by=BY)
        people = [
            add_participant(
                self.workshop,
                name,
                groups={"Function": ("Service", "IT")[number % 2]},
                seen_at=timezone.now(),
            )
            for number, name in enumerate(("Ada Byron", LONG, "", "Dee", "Eve"))
        ]
        add_participant(self.workshop, LONG, admitted_at=None)
        token_of(people[0][1])
        self.people = [person for person, _ in people]
        self.rounds: dict[str, Round] = {}
        matrix = matrix_of(self.workshop)
        for kind, fields in KINDS.items():
            round_ = self.rounds[kind] = add_round(self.workshop, kind, minutes=5, **fields)
            question = question_of_round(matrix, round_)
            for number, person in enumerate(self.people):
                keys = question.keys if kind != "steps" else question.keys[number % 2 :][:2]
                values = question.values
                answers = {key: values[(number * 2) % len(values)] for key in keys}
                vote(person, round_, answers, note=f"A note of many words, {LONG}" * 2)

    def at(self, kind: str, state: str, **fields: Any) -> None:
        """Bring the room to a round in a state."""
        now = timezone.now()
        round_ = self.rounds[kind]
        times = {"opened_at": now, "ends_at": now} if state == "open" else {}
        Round.objects.filter(workshop=self.workshop).update(state="planned", decision={})
        Round.objects.filter(pk=round_.pk).update(state=state, **times, **fields)
        Workshop.objects.filter(pk=self.workshop.pk).update(current=round_)


@pytest.fixture
def assessment(version: MaturityModel) -> Any:
    """Return a named assessment."""
    return make_assessment(version)


@pytest.fixture
def lena(assessment: Any) -> User:
    """Return its lead."""
    user = make_user("lena@example.org", "Lena Lead")
    give_role(user, Role.LEAD, assessment.workspace, assessment.organisation)
    return user


def test_pages_have_no_violation_in_any_look(
    new_page: Callable[..., Page],
    every_look: Callable[[Page], list[str]],
    faults: Any,
    live_server: Any,
    assessment: Any,
    lena: User,
) -> None:
    faults.allow("404")
    faults.allow("409")
    page = new_page(viewport=DESK)
    sign_in(page, lena, live_server.url)
    tokens: list[str] = []
    room = Room(assessment, lena, tokens.append)
    page.context.add_cookies(
        [
            {
                "name": cookie_name(room.workshop.public_id),
                "value": tokens[0],
                "url": live_server.url,
            }
        ]
    )
    found: dict[str, list[str]] = {}
    for name, url in _states(room, assessment):
        page.goto(url)
        expect(page.locator("h1").first).to_be_visible()
        found[name] = every_look(page)

    assert {name: each for name, each in found.items() if each} == {}


def _states(room: Room, assessment: Any) -> Iterator[tuple[str, str]]:
    """Bring the room from state to state and yield what is to be looked at in each."""
    one, phone = f"/workshops/{room.workshop.public_id}/", f"/room/{room.workshop.public_id}/"
    of = f"/assessments/{assessment.public_id}/workshops/"
    workshop = Workshop.objects.filter(pk=room.workshop.pk)
    for name, url in (("list", of), ("new", f"{of}new/"), ("join", "/join/")):
        yield name, url
    for name in ("setup", "agenda", "delete"):
        yield name, f"{one}{name}/"
    yield "no door", "/join/BCD346/"
    for name, url in (("desk", one), ("wall", f"{one}wall/"), ("phone", phone)):
        yield f"{name}, welcome", url
    for state in ("planned", "open", "closed"):
        room.at("stage", state)
        for name, url in (("desk", one), ("wall", f"{one}wall/"), ("phone", phone)):
            yield f"{name}, {state}", url
    yield "hands", f"{one}rounds/{room.rounds['stage'].pk}/hands/"
    for kind in KINDS:
        if kind != "stage":
            room.at(kind, "open")
            yield f"phone, {kind} open", phone
        room.at(kind, "revealed")
        for name, url in (("desk", one), ("wall", f"{one}wall/"), ("phone", phone)):
            yield f"{name}, {kind} revealed", url
    reason = {"reason": f"Because {LONG}. " * 9, "dissent": "Not all."}
    room.at("stage", "agreed", decision={"strategy": 3}, **reason)
    for name, url in (("desk", one), ("wall", f"{one}wall/"), ("phone", phone)):
        yield f"{name}, agreed", url
    yield "the protocol so far", f"{one}after/"
    end_workshop(workshop.select_related("assessment__workspace").get(), now=timezone.now(), by=BY)
    for name, url in (("desk", one), ("wall", f"{one}wall/"), ("phone", phone)):
        yield f"{name}, over", url
    room.at("steps", "agreed", decision={"strategy.2.01": 1, "metrics.2.01": 1}, **reason)
    others = Round.objects.filter(workshop=room.workshop).exclude(kind="steps")
    others.update(state="revealed", reason=reason["reason"])
    Participant.objects.filter(pk=room.people[0].pk).update(email="ada@example.org")
    yield "afterwards", f"{one}after/"


def test_the_door_in_every_look(
    new_page: Callable[..., Page],
    every_look: Callable[[Page], list[str]],
    assessment: Any,
    lena: User,
) -> None:
    groups = [{"name": "Function", "options": ["Service", LONG]}]
    for voices in ("named", "anonymous"):
        prepared = make_workshop(assessment, groups=groups, voices=voices, title=LONG * 3)
        workshop = open_doors(prepared, now=timezone.now(), by=BY)
        page = new_page(viewport=DESK)
        page.goto(f"/join/{workshop.code}/")
        assert every_look(page) == []


def test_the_wall_fits_a_projector(
    new_page: Callable[..., Page], live_server: Any, assessment: Any, lena: User
) -> None:
    """Of the built-in model nothing lies below the edge while it has to be read."""
    page = new_page(viewport={"width": 1280, "height": 720})
    sign_in(page, lena, live_server.url)
    room = Room(assessment, lena, lambda token: None)
    Workshop.objects.update(title="Autumn workshop")
    wall = f"/workshops/{room.workshop.public_id}/wall/"
    below = []
    page.goto(wall)
    for kind in KINDS:
        for state in ("planned", "open", "closed", "revealed"):
            room.at(kind, state)
            page.goto(wall)
            height = page.evaluate("document.documentElement.scrollHeight")
            if height > 720:
                below.append(f"{kind} {state}: {height}")
    for key in matrix_of(room.workshop).dimension_by_key:
        Round.objects.filter(pk=room.rounds["stage"].pk).update(dimension=key)
        room.at("stage", "open")
        page.goto(wall)
        height = page.evaluate("document.documentElement.scrollHeight")
        if height > 720:
            below.append(f"{key} open: {height}")

    assert below == []
