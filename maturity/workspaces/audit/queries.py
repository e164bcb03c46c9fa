"""Read the audit trail.

It is kept by the workspace's public id and not scoped, so every function here filters by that id
itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from maturity.web.words import day_text
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.words import DELETED, actor_in_words, details_in_words, verb_in_words
from maturity.workspaces.models import ApiToken, AuditEvent, Organisation, User, Workspace

PAGE_LENGTH = 50
MOST_EXPORTED = 50_000
# Keys of an event's detail that hold an account's id.
_PEOPLE_KEYS = ("person", "to")


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One event in plain words; `on` is empty for what has no name any more."""

    at: datetime
    who: str
    verb: str
    what: str
    on: str
    details: str
    address: str


def events_since(since: datetime, *, subject: str, verb: str) -> int:
    """Return how often this was done to the subject since then. Costs: 1 query."""
    return AuditEvent.objects.filter(subject=subject, verb=verb, at__gt=since).count()


def events_of_workspace_since(since: datetime, *, workspace: str, verbs: Iterable[str]) -> int:
    """Return how often one of these was done in the workspace since then. Costs: 1 query."""
    return AuditEvent.objects.filter(
        workspace=workspace, verb__in=list(verbs), at__gt=since
    ).count()


def trail_page(
    workspace: Workspace, *, person: str = "", kind: str = "", number: str | int | None = 1
) -> tuple[list[TrailRow], Page[AuditEvent]]:
    """Return a page of the workspace's trail, the newest first, and where it lies among the others.

    `person` is an actor's label and `kind` a verb; a number beyond the last means the last.
    Costs: 6 queries.
    """
    paginator = Paginator(_events(workspace, person=person, kind=kind), PAGE_LENGTH)
    page = paginator.get_page(number)
    return _in_words(workspace, list(page)), page


def whole_trail(workspace: Workspace, *, person: str = "", kind: str = "") -> list[TrailRow]:
    """Return the whole trail, the newest first, 50,000 events at most. Costs: 5 queries."""
    events = _events(workspace, person=person, kind=kind)[:MOST_EXPORTED]
    return _in_words(workspace, list(events))


def trail_choices(workspace: Workspace) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return who acted in the workspace and what was done, each as value and words.

    Costs: 3 queries.
    """
    events = AuditEvent.objects.filter(workspace=workspace.public_id).order_by()
    labels = list(events.values_list("actor", flat=True).distinct())
    names = _names([Actor(label).user_id for label in labels])
    verbs = events.values_list("verb", flat=True).distinct()
    return (
        _sorted((label, actor_in_words(Actor(label), names)) for label in labels),
        _sorted((verb, verb_in_words(verb)) for verb in verbs),
    )


def _events(workspace: Workspace, *, person: str, kind: str) -> QuerySet[AuditEvent]:
    events = AuditEvent.objects.filter(workspace=workspace.public_id)
    if person:
        events = events.filter(actor=person)
    if kind:
        events = events.filter(verb=kind)
    return events.order_by("-at", "-pk")


def _in_words(workspace: Workspace, events: Sequence[AuditEvent]) -> list[TrailRow]:
    mentioned = [event.detail.get(key) for event in events for key in _PEOPLE_KEYS]
    actors = [Actor(label).user_id for each in events for label in (each.actor, each.subject)]
    names = _names([*actors, *mentioned])
    texts = {text for each in events for text in each.detail.values() if isinstance(text, str)}
    subjects = _subjects(workspace, {each.subject for each in events} | texts)
    return [
        TrailRow(
            at=event.at,
            who=actor_in_words(Actor(event.actor), names),
            verb=event.verb,
            what=verb_in_words(event.verb),
            on=subjects.get(event.subject, "") or _account(event.subject, names),
            details=details_in_words(event.detail, names, subjects),
            address=event.address or "",
        )
        for event in events
    ]


def _account(subject: str, names: Mapping[int, str]) -> str:
    user_id = Actor(subject).user_id
    return "" if user_id is None else names.get(user_id, DELETED)


def _names(user_ids: Iterable[object]) -> dict[int, str]:
    wanted = {each for each in user_ids if isinstance(each, int)}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=wanted)}


def _subjects(workspace: Workspace, public_ids: Iterable[str]) -> Mapping[str, str]:
    """Return the names of what still exists. Costs: 3 queries."""
    wanted = list(public_ids)
    of_this = Organisation.objects.filter(workspace=workspace)
    named = dict(of_this.filter(public_id__in=wanted).values_list("public_id", "name"))
    # Assessments stand above this app; their organisation can be asked for them all the same.
    for public_id, name, day in of_this.filter(assessments__public_id__in=wanted).values_list(
        "assessments__public_id", "name", "assessments__date"
    ):
        named[public_id] = f"{name}, assessment of {day_text(day)}"
    tokens = ApiToken.objects.filter(workspace=workspace, public_id__in=wanted)
    named |= dict(tokens.values_list("public_id", "name"))
    return {workspace.public_id: workspace.name, **named}


def _sorted(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda each: each[1].casefold())
