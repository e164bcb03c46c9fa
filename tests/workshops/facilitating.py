"""A facilitator's buttons, pressed by tests."""

from typing import Any

from django.test import Client

from assessments.workshops.models import Round, Workshop


def url(room: Workshop, rest: str = "") -> str:
    return f"/workshops/{room.public_id}/{rest}"


def press(lead: Client, room: Workshop, do: str, *, expect: int = 302, **data: Any) -> str:
    response = lead.post(url(room, "act/"), {"do": do, **data})
    assert response.status_code == expect, response.content.decode()[:2000]
    text: str = response.content.decode()
    return text


def state(round_: Round) -> str:
    round_.refresh_from_db()
    return round_.state
