"""A published journey and an assessment of it, for the browser tests."""

from collections.abc import Iterator
from typing import Any

import pytest

from assessments.models import SecretLink
from maturity.catalogue.models import MaturityModel
from tests.browser import answering


@pytest.fixture
def version(live_server: Any, journey: dict[str, Any]) -> Iterator[MaturityModel]:
    """Return the published journey."""
    answering.forget_parsed_models()
    yield answering.publish(journey)
    answering.forget_parsed_models()


@pytest.fixture
def link(version: MaturityModel) -> SecretLink:
    """Return the link of a new assessment."""
    return answering.start(version)
