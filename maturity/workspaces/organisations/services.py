"""Add, change, archive and bring back an organisation.

The organisation's workspace must be loaded.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Organisation, Workspace


class OneOrganisationOnly(RuntimeError):
    """A team's own workspace has one organisation: there is none to add and none to archive."""


@transaction.atomic
def add_organisation(
    workspace: Workspace,
    *,
    name: str,
    sector: str = "",
    size: str = "",
    country: str = "",
    tags: Iterable[str] = (),
    months_between: int = 12,
    now: datetime,
    by: Actor,
) -> Organisation:
    """Return a new organisation of the workspace. Raises: OneOrganisationOnly."""
    rows = Organisation.objects.filter(workspace=workspace)
    if workspace.kind == Workspace.Kind.TEAM and rows.exists():
        raise OneOrganisationOnly
    organisation = Organisation.objects.create(
        workspace=workspace,
        name=name,
        sector=sector,
        size=size,
        country=country,
        tags=unique_tags(tags),
        months_between=months_between,
        created_at=now,
    )
    _record("organisation.added", organisation, now=now, by=by)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    *,
    name: str,
    sector: str,
    size: str,
    country: str,
    tags: Iterable[str],
    months_between: int,
    now: datetime,
    by: Actor,
) -> None:
    """Give the organisation these particulars; what is the same already is no change."""
    wanted = {
        "name": name,
        "sector": sector,
        "size": size,
        "country": country,
        "tags": unique_tags(tags),
        "months_between": months_between,
    }
    changed = [field for field, value in wanted.items() if getattr(organisation, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(organisation, field, wanted[field])
    organisation.save(update_fields=changed)
    _record("organisation.changed", organisation, now=now, by=by, fields=changed)


@transaction.atomic
def rename_organisation(organisation: Organisation, *, name: str, now: datetime, by: Actor) -> None:
    """Give the organisation another name, and leave the rest of it as it is."""
    if organisation.name == name:
        return
    organisation.name = name
    organisation.save(update_fields=["name"])
    _record("organisation.changed", organisation, now=now, by=by, fields=["name"])


@transaction.atomic
def set_capacity(
    organisation: Organisation, *, days_a_month: int | None, now: datetime, by: Actor
) -> None:
    """Say how many days of work the organisation's team has a month; None when it is not known."""
    if organisation.days_a_month == days_a_month:
        return
    organisation.days_a_month = days_a_month
    organisation.save(update_fields=["days_a_month"])
    _record("organisation.changed", organisation, now=now, by=by, fields=["days_a_month"])


@transaction.atomic
def archive_organisation(organisation: Organisation, *, now: datetime, by: Actor) -> None:
    """Hide the organisation from its own people; workspace people can still read it.

    Raises: OneOrganisationOnly, for a team's own.
    """
    if organisation.workspace.kind == Workspace.Kind.TEAM:
        raise OneOrganisationOnly
    row = Organisation.objects.filter(pk=organisation.pk, archived_at=None)
    if row.update(archived_at=now):
        organisation.archived_at = now
        _record("organisation.archived", organisation, now=now, by=by)


@transaction.atomic
def unarchive_organisation(organisation: Organisation, *, now: datetime, by: Actor) -> None:
    """Bring an archived organisation back, with its people and all they could do."""
    row = Organisation.objects.filter(pk=organisation.pk, archived_at__isnull=False)
    if row.update(archived_at=None):
        organisation.archived_at = None
        _record("organisation.restored", organisation, now=now, by=by)


def unique_tags(tags: Iterable[str]) -> list[str]:
    """Return the tags without blanks, each once whatever its case, in their order."""
    found: dict[str, str] = {}
    for each in tags:
        if tag := " ".join(each.split()):
            found.setdefault(tag.casefold(), tag)
    return list(found.values())


def _record(
    verb: str, organisation: Organisation, *, now: datetime, by: Actor, **detail: list[str]
) -> None:
    record_event(
        verb,
        by=by,
        subject=organisation.public_id,
        workspace=organisation.workspace.public_id,
        at=now,
        detail=detail,
    )
