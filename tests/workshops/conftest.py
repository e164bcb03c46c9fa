"""A workshop's cast: an assessment, its lead, and others who look in."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment
from assessments.workshops.models import Workshop
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.models import User
from maturity.workspaces.roles import Role
from tests.assessments.closed import House, make_house
from tests.assessments.voices import client_of, make_assessment
from tests.browser.answering import publish
from tests.people import give_role, make_user
from tests.workshops.room import make_live

NOW = timezone.now()


@pytest.fixture
def version(db: None, journey: dict[str, Any]) -> MaturityModel:
    """Return the published journey."""
    return MaturityModel.objects.create(
        key=journey["key"], version=journey["version"], document=journey, published_at=NOW
    )


@pytest.fixture
def matrix(version: MaturityModel) -> Matrix:
    """Return the journey's frozen values."""
    return matrix_of_version(version.pk)


@pytest.fixture
def assessment(version: MaturityModel) -> Assessment:
    """Return a named assessment that is open."""
    found: Assessment = make_assessment(version)
    return found


@pytest.fixture
def lena(assessment: Assessment) -> User:
    """Return the organisation's lead."""
    user = make_user("lena@example.org", "Lena Lead")
    give_role(user, Role.LEAD, assessment.workspace, assessment.organisation)
    return user


@pytest.fixture
def lead(lena: User) -> Client:
    """Return the lead's browser."""
    return client_of(lena)


@pytest.fixture
def room(assessment: Assessment) -> Workshop:
    """Return a named workshop that is live."""
    return make_live(assessment, now=timezone.now())


@pytest.fixture
def visitors(assessment: Assessment, lead: Client) -> dict[str, Client]:
    """Return a browser of each who has something or nothing to do with the assessment."""
    found = {"lead": lead, "nobody": Client()}
    for role in (Role.CONTRIBUTOR, Role.VIEWER):
        user = make_user(f"{role.value}@example.org", role.value)
        give_role(user, role, assessment.workspace, assessment.organisation)
        found[role.value] = client_of(user)
    found["stranger"] = client_of(make_user("stranger@example.org", "Stranger"))
    return found


@pytest.fixture
def house(db: None, journey: dict[str, Any]) -> House:
    """Return an organisation with somebody in each role, for workshops that were held."""
    return make_house(publish(journey))
