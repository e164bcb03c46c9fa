"""A published journey and an assessment of it, for the browser tests."""

from typing import Any

import pytest

from assessments.models import SecretLink
from maturity.catalogue.models import MaturityModel
from tests.browser import answering


@pytest.fixture
def version(live_server: Any, journey: dict[str, Any]) -> MaturityModel:
    """Return the published journey."""
    return answering.publish(journey)


@pytest.fixture
def link(version: MaturityModel) -> SecretLink:
    """Return the link of a new assessment."""
    return answering.start(version)
