"""An organisation with a lead, and assessments of it that are answered and closed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.core.services.assessments import new_assessment
from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.models import Assessment, Respondent, Result
from assessments.scoring.sheets import Answer
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Organisation, User, Workspace
from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.reports.sheets import spread

BY = Actor("user:1")
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@dataclass
class House:
    """A workspace with one organisation, and who belongs to it."""

    workspace: Workspace
    organisation: Organisation
    version: MaturityModel
    people: dict[str, User]

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.people[who])
        return client

    def url(self, rest: str) -> str:
        return f"/organisations/{self.organisation.public_id}/{rest}"


def make_house(version: MaturityModel, name: str = "Fernhill Outdoor") -> House:
    """Return a house with an owner, a consultant, a lead, a contributor, a viewer, a stranger."""
    workspace = make_workspace()
    organisation = make_organisation(workspace, name)
    tag = workspace.public_id
    people = {"stranger": make_user(f"stranger-{tag}@example.org", "Sam Stranger")}
    for role in (Role.OWNER, Role.CONSULTANT, Role.LEAD, Role.CONTRIBUTOR, Role.VIEWER):
        people[role.value] = make_user(f"{role.value}-{tag}@example.org", f"{role.value} person")
        give_role(people[role.value], role, workspace, organisation)
    return House(workspace, organisation, version, people)


def begin(house: House, day: date = date(2026, 11, 22), **changes: Any) -> Assessment:
    """Return a new assessment that asks for everything."""
    wanted: dict[str, Any] = {
        "model_version_id": house.version.pk,
        "date": day,
        "purpose": "Yearly review",
        "scope": "All channels",
        "voices": "named",
        "fewest_answers": 5,
        "asked": "gates",
        "asked_up_to": None,
        "groups": [],
        "now": NOW,
        "by": BY,
    }
    return new_assessment(house.organisation, **(wanted | changes))


def answered_by(
    assessment: Assessment,
    name: str,
    ratings: dict[str, Answer] | None = None,
    *,
    user: User | None = None,
    notes: dict[str, str] | None = None,
) -> Respondent:
    """Return a respondent who answered; left out, everything by `spread`."""
    respondent = Respondent.objects.create(assessment=assessment, name=name, user=user)
    changes = [
        AnswerChange("rating", key, "value", step)
        for key, step in (spread() if ratings is None else ratings).items()
    ]
    changes += [AnswerChange("rating", key, "note", text) for key, text in (notes or {}).items()]
    record_changes(respondent, changes, now=NOW)
    return respondent


def closed(
    house: House, day: date, steps: tuple[int, ...] = (3, 3, 1, 0, 0), **changes: Any
) -> Result:
    """Return the result of an assessment that one person answered."""
    assessment = begin(house, day, **changes)
    answered_by(assessment, "Ana", spread(steps))
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    end_answers(assessment, now=now, by=BY)
    return close_assessment(assessment, user=house.people["lead"], now=now, by=BY)
