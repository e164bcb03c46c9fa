"""An API call for a placement, against the simplest signed-in page."""

import itertools
import json
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import cast
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure, medians

ROUNDS = 200
# Every statement answered, with a note to every fourth.
_NOTE = "Agreed in the June review; the list is in the shared folder and is looked at monthly."
PEOPLE = 8


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        cookies, secret, *ids = _placements()
        opened, closed = (f"/api/v1/assessments/{each}" for each in ids)
        steps = itertools.count()
        with serving(Path(folder), workers=1) as (port, _):
            member = Browser(port, cookies)
            program = Browser(port, headers={"Authorization": f"Bearer {secret}"})

            def get(browser: Browser, address: str) -> None:
                status, body = browser.get(address)
                if status != 200:
                    raise RuntimeError(f"{address} answered {status}: {body[:200]!r}")

            def save() -> None:
                body = json.dumps({"ratings": {"metrics.3.01": next(steps) % 4}})
                status, answer = program.send("PATCH", f"{opened}/answers/mine", body)
                if status != 200:
                    raise RuntimeError(f"saving answered {status}: {answer!r}")

            # In each round the placement has not changed since the round before, then it has.
            simplest, of_open, of_closed, _, changed = medians(
                lambda: get(member, "/bench/simplest/"),
                lambda: get(program, f"{opened}/placement"),
                lambda: get(program, f"{closed}/placement"),
                save,
                lambda: get(program, f"{opened}/placement"),
                rounds=ROUNDS,
                warm_up=10,
            )
    return [
        Figure("an API call for a placement ÷ simplest signed-in page", of_open / simplest, 2),
        Figure(
            "an API call for a frozen placement ÷ simplest signed-in page", of_closed / simplest, 2
        ),
        Figure(
            "an API call for a placement, just after an answer ÷ simplest signed-in page",
            changed / simplest,
            3,
        ),
    ]


def _placements() -> tuple[dict[str, str], str, str, str]:
    """Return an owner's cookies and token, and the ids of an open and a closed assessment."""
    from django.utils import timezone

    from assessments.lifecycle.services.closing import close_assessment
    from maturity.catalogue.queries import newest_version
    from maturity.workspaces.actors import Actor
    from maturity.workspaces.tokens.services import make_token
    from tests.people import make_organisation, make_user, make_workspace

    owner = make_user("owner@example.org", "Olga Owner")
    workspace = make_workspace(owner=owner)
    organisation, by = make_organisation(workspace), Actor(f"user:{owner.pk}")
    now, version = timezone.now(), newest_version("social-engagement-journey")
    _, secret = make_token(
        workspace, user=owner, name="Bench", scopes=["read", "answer"], days=30, now=now, by=by
    )
    opened = _answered(organisation, version, people=1, first=owner)
    closed = _answered(organisation, version, people=PEOPLE)
    close_assessment(closed, user=owner, now=now, by=by)
    return cast.session_of(owner), secret, opened.public_id, closed.public_id


def _answered(organisation: Any, version: Any, *, people: int, first: Any = None) -> Any:
    from django.utils import timezone

    from assessments.answering.services.answers import AnswerChange, record_changes
    from assessments.models import Respondent
    from maturity.catalogue.queries import matrix_of_version
    from tests.roles_cast import make_assessment

    assessment = make_assessment(organisation, version, asked="gates")
    ids = list(matrix_of_version(version.pk).descriptors)
    for person in range(people):
        respondent = Respondent(
            assessment=assessment,
            user=None if person else first,
            name=f"Person {person}",
            begun_at=timezone.now(),
        )
        respondent.save()
        changes = [
            AnswerChange("rating", key, "value", (3, 2, 2, 1)[(at + person) % 4])
            for at, key in enumerate(ids)
        ]
        changes += [AnswerChange("rating", key, "note", _NOTE) for key in ids[::4]]
        record_changes(respondent, changes, now=timezone.now())
    return assessment
