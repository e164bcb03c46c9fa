"""The cast of the tests of workspaces."""

import pytest

from maturity.workspaces.models import User, Workspace
from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace


@pytest.fixture
def ada() -> User:
    """Return the owner of everything here."""
    return make_user()


@pytest.fixture
def workspace(ada: User) -> Workspace:
    """Return Ada's consultancy: Con works there; one client, which Lea leads and Vic looks at."""
    made = make_workspace(owner=ada)
    organisation = make_organisation(made)
    give_role(make_user("con@example.org", "Con"), Role.CONSULTANT, made)
    give_role(make_user("lea@example.org", "Lea"), Role.LEAD, made, organisation)
    give_role(make_user("vic@example.org", "Vic"), Role.VIEWER, made, organisation)
    return made
