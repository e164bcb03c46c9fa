"""A workshop that ended, in which three left an address."""

from typing import Any

import pytest
from django.test import Client

from assessments.models import Assessment
from assessments.workshops.models import Workshop
from tests.assessments.closed import House, answered_by, begin
from tests.workshops.held import hold
from tests.workshops.sending.mails import Hub, leave_addresses


@pytest.fixture(autouse=True)
def _mailing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CAN_SEND_EMAIL = True
    settings.EMAIL_BACKEND = f"{Hub.__module__}.Hub"
    monkeypatch.setattr(Hub, "refused", ())
    monkeypatch.setattr(Hub, "gone_after", None)


@pytest.fixture
def assessment(house: House) -> Assessment:
    found = begin(house)
    answered_by(found, "Respondent")
    return found


@pytest.fixture
def workshop(house: House, assessment: Assessment) -> Workshop:
    """Return a workshop that ended, in which three left an address."""
    held = hold(assessment, by=house.people["consultant"])
    leave_addresses(held.people)
    return held.end()


@pytest.fixture
def client(house: House) -> Client:
    return house.client("lead")
