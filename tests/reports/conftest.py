"""The cast: a guest with some answers, and a stranger; both come from the answering tests."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from assessments.answering.services.answers import AnswerChange, record_changes
from reports.rendering.client import shared_renderer
from tests.assessments.conftest import (
    Guest,
    guest,
    link,
    matrix,
    publish,
    stranger,
    version,
)
from tests.reports.sheets import spread

__all__ = ["guest", "link", "matrix", "publish", "stranger", "version"]


@pytest.fixture
def answered(guest: Guest) -> Guest:
    """Return the guest with every statement answered."""
    changes = [AnswerChange("rating", key, "value", step) for key, step in spread().items()]
    record_changes(guest.respondent, changes, now=datetime.now(UTC))
    return guest


@pytest.fixture(scope="session", autouse=True)
def _end_render_process() -> Iterator[None]:
    """End the shared render process with the run, if a test started it."""
    yield
    shared_renderer().close()
