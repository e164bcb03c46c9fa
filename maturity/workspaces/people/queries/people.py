"""Who holds which role in a workspace, for the pages about people."""

from dataclasses import dataclass, field

from maturity.workspaces.models import Membership, Organisation, User, Workspace
from maturity.workspaces.roles import ORGANISATION_ROLES, WORKSPACE_ROLES, Role


@dataclass(frozen=True, slots=True)
class Member:
    """One membership: who, and as what."""

    membership_id: int
    user_id: int
    name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True)
class OrganisationPeople:
    """An organisation with its people."""

    organisation: Organisation
    people: list[Member] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in a workspace: those of the workspace itself, and by organisation the others."""

    of_workspace: list[Member]
    places: list[OrganisationPeople]


def people_of_workspace(workspace: Workspace) -> People:
    """Return everybody; organisations by name, archived ones left out. Costs: 2 queries."""
    organisations = Organisation.objects.filter(workspace=workspace, archived_at=None)
    places = {row.pk: OrganisationPeople(row) for row in organisations.order_by("name", "pk")}
    of_workspace: list[Member] = []
    for row in Membership.objects.select_related("user").filter(workspace=workspace):
        if row.organisation_id is None:
            of_workspace.append(_person(row))
        elif row.organisation_id in places:
            places[row.organisation_id].people.append(_person(row))
    for place in places.values():
        _sort(place.people)
    return People(_sort(of_workspace), list(places.values()))


def people_of_organisation(organisation: Organisation) -> list[Member]:
    """Return who holds a role in the organisation itself. Costs: 1 query."""
    rows = Membership.objects.select_related("user").filter(organisation=organisation)
    return _sort([_person(row) for row in rows])


def workspace_people(workspace: Workspace) -> list[Member]:
    """Return the owners and consultants of the workspace. Costs: 1 query."""
    rows = Membership.objects.select_related("user").filter(workspace=workspace, organisation=None)
    return _sort([_person(row) for row in rows])


def member_account(user_id: int, *, workspace: Workspace) -> User | None:
    """Return the account of somebody who holds any role in the workspace. Costs: 1 query."""
    rows = Membership.objects.select_related("user").filter(workspace=workspace, user=user_id)
    found: Membership | None = rows.first()
    return found.user if found else None


def heirs_of(workspace: Workspace, *, of_user_id: int) -> list[tuple[int, str]]:
    """Return whom somebody could hand the workspace over to: account id and name.

    Everybody else in the workspace, each once; in one with clients only its own people, not those
    of a client. Costs: 1 query.
    """
    rows = Membership.objects.filter(workspace=workspace).exclude(user=of_user_id)
    if workspace.kind == Workspace.Kind.CLIENTS:
        rows = rows.filter(organisation=None)
    found = {row.user_id: str(row.user) for row in rows.select_related("user")}
    return sorted(found.items(), key=lambda each: each[1].casefold())


def membership_in(
    membership_id: int, *, workspace: Workspace, organisation: Organisation | None
) -> Membership | None:
    """Return a membership of just this place, with account and workspace. Costs: 1 query."""
    return (
        Membership.objects.select_related("user", "workspace", "organisation")
        .filter(pk=membership_id, workspace=workspace, organisation=organisation)
        .first()
    )


def membership_of(
    user_id: int, *, workspace: Workspace, organisation: Organisation | None
) -> Membership | None:
    """Return somebody's own membership of just this place. Costs: 1 query."""
    return (
        Membership.objects.select_related("user", "workspace", "organisation")
        .filter(user=user_id, workspace=workspace, organisation=organisation)
        .first()
    )


def _person(row: Membership) -> Member:
    return Member(row.pk, row.user_id, row.user.name, row.user.email, Role(row.role))


def _sort(people: list[Member]) -> list[Member]:
    order = [*WORKSPACE_ROLES, *ORGANISATION_ROLES]
    people.sort(key=lambda each: (order.index(each.role), (each.name or each.email).casefold()))
    return people
