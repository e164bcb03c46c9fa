"""A phone that is in a room, and rounds at a state, for tests."""

from typing import Any

from django.test import Client
from django.utils import timezone

from assessments.workshops.access import cookie_name
from assessments.workshops.models import Round, Workshop
from assessments.workshops.services.rounds import close_round, open_round, reveal_round
from maturity.workspaces.actors import Actor
from tests.workshops.room import add_participant, add_round

BY = Actor("user:1")


class Phone:
    """A browser that is in a room."""

    def __init__(self, room: Workshop, name: str = "Ada", **fields: Any) -> None:
        self.person, token = add_participant(room, name, **fields)
        self.client = Client()
        self.client.cookies[cookie_name(room.public_id)] = token
        self.base = f"/room/{room.public_id}/"

    def get(self, rest: str = "", **options: Any) -> Any:
        return self.client.get(self.base + rest, **options)

    def post(self, rest: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        return self.client.post(self.base + rest, data or {}, **options)

    def text(self) -> str:
        found: str = self.get().content.decode()
        return found


def at(room: Workshop, kind: str = "stage", state: str = "open", **fields: Any) -> Round:
    """Bring the room to a round."""
    round_ = add_round(room, kind, "" if kind == "steps" else "strategy", **fields)
    if state != "planned":
        open_round(room, round_id=round_.pk, now=timezone.now(), by=BY)
    if state == "closed":
        close_round(room, round_id=round_.pk, now=timezone.now(), by=BY)
    if state == "revealed":
        reveal_round(room, round_id=round_.pk, now=timezone.now(), by=BY)
    round_.refresh_from_db()
    return round_
