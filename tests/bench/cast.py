"""Who is there when the bench measures: a member, and a guest with every statement answered."""

import importlib
from pathlib import Path
from typing import Any

from tests.bench.server import Browser

SESSION_COOKIE = "waymark-session"
_NOTE = "Agreed in the June review; the list is in the shared folder and is looked at monthly."


def prepare(state: Path) -> None:
    """Point this process at a new database under `state`, with the journey loaded."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    connections.close_all()
    connections["default"].settings_dict["NAME"] = str(state / "bench.sqlite3")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    fixture = settings.BASE_DIR / "fixtures" / "social-engagement-journey.json"
    call_command("loaddata", str(fixture), verbosity=0)


def signed_in() -> dict[str, str]:
    """Return the cookies of a new member."""
    from maturity.workspaces.models import User

    return session_of(User.objects.create_user("member@example.org", None, name="Member"))


def session_of(user: Any) -> dict[str, str]:
    """Return the cookies of a member who has just signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    return _session(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )


def guest_browser(port: int) -> tuple[Browser, str]:
    """Return the browser of a guest who answered everything, and its assessment's address."""
    from django.utils import timezone

    from assessments.answering.services.answers import AnswerChange, record_changes
    from assessments.core.services.links import token_of
    from assessments.lifecycle.services.starting import start_assessment
    from maturity.catalogue.queries import matrix_of_version, newest_version

    now = timezone.now()
    version = newest_version("social-engagement-journey")
    link = start_assessment(
        organisation_name="Bench", model_version_id=version.pk, date=now.date(), now=now
    )
    ids = list(matrix_of_version(version.pk).descriptors)
    changes = [
        AnswerChange("rating", key, "value", (3, 2, 2, 1)[n % 4]) for n, key in enumerate(ids)
    ]
    changes += [AnswerChange("rating", key, "note", _NOTE) for key in ids[::4]]
    record_changes(link.respondent, changes, now=now)
    browser = Browser(port)
    browser.get(f"/link/{token_of(link)}/")
    return browser, f"/assessments/{link.respondent.assessment.public_id}/"


def _session(content: dict[str, str]) -> dict[str, str]:
    from django.conf import settings

    store = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(content)
    store.create()
    return {SESSION_COOKIE: store.session_key}
