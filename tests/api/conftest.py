"""A workspace with its people and one organisation, and a program of its owner."""

from typing import Any

import pytest
from django.utils import timezone

from maturity.catalogue.models import MaturityModel
from maturity.catalogue.services import publish
from maturity.workspaces.models import Organisation, User, Workspace
from maturity.workspaces.roles import Role
from tests.api.calling import Program, secret_of
from tests.people import give_role, make_organisation, make_user, make_workspace


@pytest.fixture
def version(db: None, journey: dict[str, Any]) -> MaturityModel:
    """Return the built-in model, published."""
    return publish(journey, now=timezone.now()).version


@pytest.fixture
def owner(db: None) -> User:
    """Return the owner of the workspace."""
    return make_user()


@pytest.fixture
def workspace(owner: User) -> Workspace:
    """Return a consultancy."""
    return make_workspace(owner=owner)


@pytest.fixture
def organisation(workspace: Workspace) -> Organisation:
    """Return its client, which Lea leads, Cora answers for and Vic looks at."""
    made = make_organisation(workspace)
    for name, role in (("lea", Role.LEAD), ("cora", Role.CONTRIBUTOR), ("vic", Role.VIEWER)):
        user = make_user(f"{name}@example.org", name.title())
        give_role(user, role, workspace, made)
    return made


@pytest.fixture
def program(workspace: Workspace, owner: User) -> Program:
    """Return a program with a token of the owner's that has every scope."""
    return Program(secret_of(workspace, owner))


@pytest.fixture
def assessment(program: Program, organisation: Organisation, version: MaturityModel) -> str:
    """Return the id of an assessment the owner answers alone."""
    response: Any = program.post("/assessments", {"organisation": organisation.public_id})
    assert response.status_code == 201
    found: str = response.json()["id"]
    return found
