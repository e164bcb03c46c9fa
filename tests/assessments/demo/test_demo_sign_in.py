"""Who can sign in to the demo, and with what."""

import io
import re
import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.demo.accounts import account_of, fits, give_password, kept_password
from assessments.models import Assessment
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import User
from tests.assessments.demo.seeded import DEMO

OWNER = DEMO.workspace.owner.email
SIGN_INS = DEMO.workspace.sign_ins


@pytest.fixture(autouse=True)
def _own_state(settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path


@pytest.fixture
def five(db: None) -> None:
    """Make the accounts; a whole demo takes seconds."""
    for email in SIGN_INS:
        account_of(email, email.partition("@")[0])


def seeded(*options: str) -> str:
    out = StringIO()
    call_command("seed_demo", *options, stdout=out)
    return out.getvalue()


def test_password_is_made_by_chance_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    password, is_fresh = kept_password(tmp_path)
    again = kept_password(tmp_path)

    (file,) = tmp_path.iterdir()
    assert is_fresh
    assert again == (password, False)
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", password)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.usefixtures("db")
def test_new_account_cannot_sign_in() -> None:
    user = account_of(OWNER, "Helen Ashworth")

    assert not user.has_usable_password()
    assert account_of(OWNER, "Somebody else") == user
    assert user.emailaddress_set.get().verified


@pytest.mark.usefixtures("five")
def test_password_opens_all_five_and_each_hash_is_its_own() -> None:
    give_password("one for all of these", SIGN_INS)

    assert fits("one for all of these", OWNER)
    assert not fits("another", OWNER)
    assert User.objects.values("password").distinct().count() == 5


def test_public_demo_opens_only_with_a_password_that_was_given(
    version: MaturityModel, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.IS_PUBLIC = True

    without = seeded()

    assert "Nobody can sign in" in without
    assert not any(user.has_usable_password() for user in User.objects.all())

    monkeypatch.setattr("sys.stdin", io.StringIO("four walls and a roof\n"))
    printed = seeded("--password-from-stdin")

    assert fits("four walls and a roof", OWNER)
    assert "four walls" not in printed
    assert list(tmp_path.iterdir()) == []


def test_password_too_weak_makes_nothing(
    version: MaturityModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("password\n"))

    with pytest.raises(CommandError, match="Nothing was made"):
        seeded("--password-from-stdin")

    assert not Assessment.objects.exists()


@pytest.mark.usefixtures("db")
def test_demo_without_a_model_says_what_to_load() -> None:
    with pytest.raises(CommandError, match="loaddata fixtures/social-engagement-journey.json"):
        seeded()
