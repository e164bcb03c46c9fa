"""Workshops, rounds, participants and votes as rows, for tests."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from assessments.models import Assessment
from assessments.workshops.models import Participant, Round, Vote, Workshop
from maturity.web.secrets.tokens import hash_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def make_workshop(assessment: Assessment, **fields: Any) -> Workshop:
    """Return a prepared workshop, a named one unless told otherwise."""
    fields = {"voices": "named", "created_at": NOW, **fields}
    return Workshop.objects.create(assessment=assessment, **fields)


def make_live(assessment: Assessment, *, now: datetime, **fields: Any) -> Workshop:
    """Return a workshop whose doors opened just now; its code is BCD346."""
    fields = {
        "code": "BCD346",
        "nonce": "0" * 64,
        "token_hash": hash_of(secrets.token_hex()),
        "opened_at": now,
        "expires_at": now + timedelta(hours=12),
        **fields,
    }
    return make_workshop(assessment, **fields)


def add_round(workshop: Workshop, kind: str, dimension: str = "", **fields: Any) -> Round:
    """Add a planned round at the end of the agenda."""
    position = fields.pop("position", workshop.rounds.count() + 1)
    return Round.objects.create(
        workshop=workshop, position=position, kind=kind, dimension=dimension, **fields
    )


def add_participant(workshop: Workshop, name: str = "", **fields: Any) -> tuple[Participant, str]:
    """Add somebody who is in the room, and return the token of their phone."""
    token = secrets.token_urlsafe(32)
    fields = {"joined_at": NOW, "admitted_at": NOW, **fields}
    person = Participant.objects.create(
        workshop=workshop, name=name, token_hash=hash_of(token), **fields
    )
    return person, token


def vote(participant: Participant, round_: Round, answers: dict[str, Any], note: str = "") -> Vote:
    """Keep a vote without asking whether it may be given."""
    return Vote.objects.create(
        round=round_,
        participant=participant,
        answers=answers,
        groups=participant.groups,
        note=note,
    )
