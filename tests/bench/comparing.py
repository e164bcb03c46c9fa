"""Two results side by side, and the trend, against the simplest signed-in page."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from tests.bench import cast
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure, medians

ROUNDS = 150
# Five years, eight people each, every statement answered with a note to every fourth.
YEARS = range(2022, 2027)
PEOPLE = 8
_NOTE = "Agreed in the June review; the list is in the shared folder and is looked at monthly."


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        cookies, path = _organisation()
        with serving(Path(folder), workers=1) as (port, _):
            member = Browser(port, cookies)

            def get(address: str) -> None:
                status, _ = member.get(address)
                if status != 200:
                    raise RuntimeError(f"{address} answered {status}")

            simplest, compared, trend = medians(
                lambda: get("/bench/simplest/"),
                lambda: get(f"{path}compare/"),
                lambda: get(f"{path}history/"),
                rounds=ROUNDS,
                warm_up=10,
            )
    return [
        Figure("comparing two results ÷ simplest signed-in page", compared / simplest, 3),
        Figure("trend over five results ÷ simplest signed-in page", trend / simplest, 5),
    ]


def _organisation() -> tuple[dict[str, str], str]:
    """Return a lead's cookies and the address of an organisation with a result a year."""
    from assessments.answering.services.answers import AnswerChange, record_changes
    from assessments.core.services.assessments import new_assessment
    from assessments.lifecycle.services.closing import close_assessment
    from assessments.models import Respondent
    from maturity.catalogue.queries import matrix_of_version, newest_version
    from maturity.workspaces.actors import Actor
    from maturity.workspaces.roles import Role
    from tests.people import give_role, make_organisation, make_user, make_workspace

    workspace = make_workspace()
    organisation = make_organisation(workspace)
    lead = make_user("lead@example.org", "Lea Lead")
    give_role(lead, Role.LEAD, workspace, organisation)
    by = Actor(f"user:{lead.pk}")
    version = newest_version("social-engagement-journey")
    ids = list(matrix_of_version(version.pk).descriptors)
    for n, year in enumerate(YEARS):
        now = datetime(year, 3, 1, 12, tzinfo=UTC)
        assessment = new_assessment(
            organisation,
            model_version_id=version.pk,
            date=date(year, 3, 1),
            purpose="Yearly review",
            scope="All channels",
            voices="named",
            fewest_answers=5,
            asked="gates",
            asked_up_to=None,
            groups=[],
            now=now,
            by=by,
        )
        for person in range(PEOPLE):
            respondent = Respondent.objects.create(assessment=assessment, name=f"Person {person}")
            changes = [
                AnswerChange("rating", key, "value", (place + person + n) * (place + n) % 4)
                for place, key in enumerate(ids)
            ]
            changes += [AnswerChange("rating", key, "note", _NOTE) for key in ids[::4]]
            record_changes(respondent, changes, now=now)
        close_assessment(assessment, user=lead, now=now, by=by)
    return cast.session_of(lead), f"/organisations/{organisation.public_id}/"
