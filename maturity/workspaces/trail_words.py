"""PURE. The events of the audit trail in plain words."""

from collections.abc import Mapping
from typing import Final

from maturity.workspaces.actors import Actor

DELETED: Final = "deleted account"
_ACTORS: Final = {"link": "somebody with a link", "guest": "a guest"}
_KEYS: Final = {"person": "who", "to": "to", "was": "before"}
_PEOPLE: Final = ("person", "to")


def actor_in_words(actor: Actor, names: Mapping[int, str]) -> str:
    """Return who acted; `names` holds those of the accounts that still exist, by their ids."""
    if actor.user_id is not None:
        return names.get(actor.user_id, DELETED)
    return _ACTORS.get(actor.label, f"Waymark ({actor.label})")


def verb_in_words(verb: str) -> str:
    """Return what was done, as a sentence begins."""
    return verb[:1].upper() + verb[1:]


def details_in_words(
    detail: Mapping[str, object], names: Mapping[int, str], places: Mapping[str, str]
) -> str:
    """Return an event's figures and keys as "role: lead; before: viewer".

    `places` holds the names of what public ids stand for.
    """
    return "; ".join(
        f"{_KEYS.get(key, key.replace('_', ' '))}: {_value(key, value, names, places)}"
        # By name, because not every database keeps the order they were written in.
        for key, value in sorted(detail.items())
    )


def _value(key: str, value: object, names: Mapping[int, str], places: Mapping[str, str]) -> str:
    if key in _PEOPLE and isinstance(value, int):
        return names.get(value, DELETED)
    if isinstance(value, str):
        return places.get(value, value)
    if isinstance(value, list):
        return ", ".join(str(each).replace("_", " ") for each in value)
    return str(value)
