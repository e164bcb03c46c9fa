"""The cast: a guest who started an assessment, and a stranger."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from assessments.core.services.links import token_of
from assessments.lifecycle.services.starting import start_assessment
from assessments.models import Assessment, Respondent, SecretLink
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import matrix_of_version

# The real time: views take theirs from the clock, and a link ends 400 days after its last use.
NOW = datetime.now(UTC)
DAY = date(2026, 11, 22)


@pytest.fixture
def publish(db: None) -> Callable[[dict[str, Any]], MaturityModel]:
    """Return a function that publishes a model document."""

    def published(document: dict[str, Any]) -> MaturityModel:
        return MaturityModel.objects.create(
            key=document["key"], version=document["version"], document=document, published_at=NOW
        )

    return published


@pytest.fixture
def version(publish: Callable[[dict[str, Any]], MaturityModel], journey: Any) -> MaturityModel:
    """Return the published journey."""
    return publish(journey)


@pytest.fixture
def matrix(version: MaturityModel) -> Matrix:
    """Return the journey's frozen values."""
    return matrix_of_version(version.pk)


@pytest.fixture
def link(version: MaturityModel) -> SecretLink:
    """Return the link of a new assessment of Alder Books."""
    return start_assessment(
        organisation_name="Alder Books", model_version_id=version.pk, date=DAY, now=NOW
    )


@dataclass
class Guest:
    """A browser that may open one assessment."""

    client: Client
    link: SecretLink

    @property
    def respondent(self) -> Respondent:
        return self.link.respondent

    @property
    def assessment(self) -> Assessment:
        return self.link.respondent.assessment

    def url(self, rest: str = "") -> str:
        return f"/assessments/{self.assessment.public_id}/{rest}"

    def get(self, rest: str = "", **options: Any) -> Any:
        return self.client.get(self.url(rest), **options)

    def post(self, rest: str, data: dict[str, Any], **options: Any) -> Any:
        return self.client.post(self.url(rest), data, **options)


def guest_of(link: SecretLink) -> Guest:
    client = Client()
    response = client.get(f"/link/{token_of(link)}/")
    assert response.status_code == 302
    return Guest(client, link)


@pytest.fixture
def guest(link: SecretLink) -> Guest:
    """Return a browser that opened the link."""
    return guest_of(link)


@pytest.fixture
def stranger(version: MaturityModel) -> Guest:
    """Return a browser that may open another assessment, and nothing else."""
    other = start_assessment(
        organisation_name="Birch Bank", model_version_id=version.pk, date=DAY, now=NOW
    )
    return guest_of(other)
