"""Switches: what each does, and that a wrong one stops the start by name."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

import maturity.settings
from maturity import switches
from tests.conftest import ROOT

KEY = "kf83Jd72mQpz0vXy51LsWb9tRnCa64GhUe7TiOqPlM3xZ8wYvB2"
SHOWN = """
import json, django
from django.conf import settings
django.setup()
found = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
print(json.dumps(found, default=str))
"""


def _start(state: Path, **switched: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own, with these switches only."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WAYMARK_")}
    kept.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-c", SHOWN],
        cwd=ROOT,
        env=kept
        | {"DJANGO_SETTINGS_MODULE": "maturity.settings", "WAYMARK_STATE_DIR": str(state)}
        | switched,
        capture_output=True,
        text=True,
        check=False,
    )


def _settings(state: Path, **switched: str) -> dict[str, object]:
    done = _start(state, **switched)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


PUBLIC = {"WAYMARK_ALLOWED_HOSTS": "waymark.example.org", "WAYMARK_SECRET_KEY": KEY}


def test_nothing_set_is_a_local_installation(tmp_path):
    found = _settings(tmp_path / "state")

    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]
    assert (found["DEBUG"], found["IS_PUBLIC"], found["HTTPS"]) == (False, False, False)
    assert found["CAN_SEND_EMAIL"] is False
    assert found["SESSION_COOKIE_SECURE"] is False
    database = found["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "state" / "waymark.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_key_is_made_once_and_for_its_owner_alone(tmp_path):
    first = _settings(tmp_path)["SECRET_KEY"]

    assert _settings(tmp_path)["SECRET_KEY"] == first
    assert len(first) >= switches.KEY_LENGTH
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    names = ["secret-key", "static", "waymark.sqlite3"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def _modes(folder: Path) -> dict[str, str]:
    paths = [folder, *(path for path in folder.iterdir() if path.is_file())]
    return {path.name: oct(path.stat().st_mode & 0o7777) for path in paths}


def test_state_folder_and_database_are_closed_to_other_users(tmp_path):
    """Those of an earlier version as well, and what a transaction left beside the database."""
    folder = tmp_path / "state"
    closed = {"state": "0o700", "secret-key": "0o600", "waymark.sqlite3": "0o600"}

    _settings(folder)
    assert _modes(folder) == closed

    (folder / "waymark.sqlite3-journal").touch()
    for path in (folder, folder / "waymark.sqlite3", folder / "waymark.sqlite3-journal"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    _settings(folder)
    assert _modes(folder) == closed | {"waymark.sqlite3-journal": "0o600"}


def test_database_elsewhere_is_closed_and_a_shared_folder_stays_shared(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)

    _settings(shared, DATABASE_URL=f"sqlite:///{tmp_path / 'made' / 'own.sqlite3'}")

    assert _modes(shared) == {"shared": "0o1777", "secret-key": "0o600"}
    assert _modes(tmp_path / "made") == {"made": "0o700", "own.sqlite3": "0o600"}


def test_https_turns_on_all_that_belongs_to_it(tmp_path):
    found = _settings(tmp_path, **PUBLIC, WAYMARK_HTTPS="on")

    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert (found["SESSION_COOKIE_SECURE"], found["CSRF_COOKIE_SECURE"]) == (True, True)
    assert found["SESSION_COOKIE_NAME"] == "__Host-waymark-session"


def test_public_installation_names_static_files_by_content(tmp_path):
    found = _settings(tmp_path, **PUBLIC)

    assert found["IS_PUBLIC"] is True
    assert "Manifest" in found["STORAGES"]["staticfiles"]["BACKEND"]
    assert not (tmp_path / "secret-key").exists()


def test_postgres_has_limits_and_checked_connections(tmp_path):
    found = _settings(tmp_path, DATABASE_URL="postgres://ann:pass@db.example.org:5433/waymark")

    database = found["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "db.example.org",
        5433,
        "waymark",
    )
    assert database["CONN_HEALTH_CHECKS"] is True
    assert "lock_timeout=5000" in database["OPTIONS"]["options"]


def test_mail_address_is_taken_apart(tmp_path):
    found = _settings(tmp_path, WAYMARK_EMAIL_URL="smtp+tls://ann:pass@mail.example.org:587")

    assert found["CAN_SEND_EMAIL"] is True
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "mail.example.org",
        587,
        True,
    )


ADDRESSES: list[tuple[dict[str, str], str]] = [
    ({}, "http://127.0.0.1:8000/"),
    ({"WAYMARK_PORT": "8123"}, "http://127.0.0.1:8123/"),
    (PUBLIC, "http://waymark.example.org/"),
    (PUBLIC | {"WAYMARK_HTTPS": "on"}, "https://waymark.example.org/"),
    (PUBLIC | {"WAYMARK_ALLOWED_HOSTS": ".example.org,a.b"}, "http://example.org/"),
    (
        PUBLIC | {"WAYMARK_SITE_URL": "https://w.example.org:8443"},
        "https://w.example.org:8443/",
    ),
    (PUBLIC | {"WAYMARK_SITE_URL": "https://w.example.org/"}, "https://w.example.org/"),
]
WRONG: list[tuple[dict[str, str], list[str]]] = [
    ({"WAYMARK_DEBUG": "maybe"}, ["WAYMARK_DEBUG", "'maybe'", "on or off"]),
    ({"WAYMARK_DEBUG": "on"} | PUBLIC, ["WAYMARK_DEBUG", "public host"]),
    ({"WAYMARK_PORT": "80000"}, ["WAYMARK_PORT", "'80000'", "1 to 65535"]),
    ({"WAYMARK_PORT": "8000.5"}, ["WAYMARK_PORT", "whole number"]),
    ({"WAYMARK_RENDER_SECONDS": "0"}, ["WAYMARK_RENDER_SECONDS", "1 to 600"]),
    ({"WAYMARK_RENDER_MEMORY_MB": "12"}, ["WAYMARK_RENDER_MEMORY_MB", "256"]),
    ({"WAYMARK_LOG_LEVEL": "LOUD"}, ["WAYMARK_LOG_LEVEL", "'LOUD'", "WARNING"]),
    ({"WAYMARK_ALLOWED_HOSTS": "*"}, ["WAYMARK_ALLOWED_HOSTS", "'*'", "no *"]),
    ({"WAYMARK_ALLOWED_HOSTS": "http://a.b"}, ["WAYMARK_ALLOWED_HOSTS", "host names"]),
    ({"WAYMARK_ALLOWED_HOSTS": "waymark.example.org"}, ["WAYMARK_SECRET_KEY", "missing"]),
    ({"WAYMARK_SECRET_KEY": "short"}, ["WAYMARK_SECRET_KEY", "too short"]),
    ({"WAYMARK_SECRET_KEY": "a" * 60}, ["WAYMARK_SECRET_KEY", "too regular"]),
    ({"WAYMARK_SECRET_KEY_FALLBACKS": "old"}, ["WAYMARK_SECRET_KEY_FALLBACKS", "too short"]),
    ({"WAYMARK_CSRF_TRUSTED_ORIGINS": "a.b"}, ["WAYMARK_CSRF_TRUSTED_ORIGINS", "'a.b'"]),
    ({"WAYMARK_HTTPS": "2"}, ["WAYMARK_HTTPS", "on or off"]),
    ({"WAYMARK_EMAIL_URL": "gopher://x"}, ["WAYMARK_EMAIL_URL", "gopher://", "smtp+tls://"]),
    ({"WAYMARK_EMAIL_FROM": "nobody"}, ["WAYMARK_EMAIL_FROM", "'nobody'"]),
    ({"WAYMARK_SITE_URL": "waymark.example.org"}, ["WAYMARK_SITE_URL", "https://"]),
    ({"WAYMARK_SITE_URL": "https://a.b/path"}, ["WAYMARK_SITE_URL", "the home page"]),
    ({"WAYMARK_SITE_URL": "https://u:p@a.b"}, ["WAYMARK_SITE_URL", "plain address"]),
    ({"WAYMARK_SITE_URL": "https://a.b:x"}, ["WAYMARK_SITE_URL", "plain address"]),
    ({"WAYMARK_SITE_URL": "https://[a"}, ["WAYMARK_SITE_URL", "plain address"]),
    ({"WAYMARK_STATE_DIR": __file__}, ["WAYMARK_STATE_DIR", "a folder"]),
    ({"DATABASE_URL": "mysql://u:secretword@h/d"}, ["DATABASE_URL", "mysql://", "postgres://"]),
    ({"DATABASE_URL": "postgres://h:port/d"}, ["DATABASE_URL", "postgres://USER"]),
    ({"DATABASE_URL": "nonsense"}, ["DATABASE_URL", "without a scheme"]),
    ({"WAYMARK_DEBUGG": "on"}, ["WAYMARK_DEBUGG", "no switch", "WAYMARK_DEBUG,"]),
]
# The settings alone, loaded anew for each of many sets of switches: what Python and Django need to
# start is most of the time of a start.
EACH = """
import importlib, json, os, sys, traceback
kept, found = dict(os.environ), []
for switched in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(kept | switched)
    for name in [each for each in sys.modules if each.split(".")[0] == "maturity"]:
        del sys.modules[name]
    try:
        found.append([importlib.import_module("maturity.settings").SITE_URL, ""])
    except Exception:
        found.append(["", traceback.format_exc()])
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """Return what came of each set: the address of the home page, or what stopped it."""
    asked = [
        {"WAYMARK_STATE_DIR": str(tmp_path_factory.mktemp("state"))} | switched
        for switched, _ in [*ADDRESSES, *WRONG]
    ]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WAYMARK_")}
    kept.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", EACH],
        cwd=ROOT,
        env=kept,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[list[str]] = json.loads(done.stdout)
    assert len(found) == len(asked)
    return found


@pytest.mark.parametrize("number", range(len(ADDRESSES)))
def test_address_of_the_home_page(loaded, number):
    assert loaded[number] == [ADDRESSES[number][1], ""]


@pytest.mark.parametrize("number", range(len(WRONG)), ids=lambda n: next(iter(WRONG[n][0])))
def test_wrong_switch_is_refused_by_name(loaded, number):
    address, said = loaded[len(ADDRESSES) + number]

    last = said.strip().splitlines()[-1]
    assert address == ""
    assert last.startswith("django.core.exceptions.ImproperlyConfigured")
    assert [part for part in WRONG[number][1] if part not in last] == []
    assert "secretword" not in said


def test_wrong_switch_stops_the_start(tmp_path):
    switched, named = WRONG[0]

    done = _start(tmp_path, **switched)

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert last.startswith("django.core.exceptions.ImproperlyConfigured")
    assert [part for part in named if part not in last] == []


def test_passwords_of_people_are_hashed_by_argon2_with_its_own_cost():
    """Those of tests are not (tests/hashing.py)."""
    first = import_string(maturity.settings.PASSWORD_HASHERS[0])

    assert (first.algorithm, first.__module__) == ("argon2", "django.contrib.auth.hashers")
    assert first.memory_cost >= 100_000
