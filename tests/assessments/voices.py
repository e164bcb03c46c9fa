"""Assessments that several people answered, for the tests of the consensus pages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.test import Client

from assessments.models import Assessment, Pick, Rating, Respondent
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import User
from maturity.workspaces.roles import Role
from tests.people import NOW, give_role, make_organisation, make_user, make_workspace

DAY = date(2026, 11, 22)
KEY = "strategy.1.01"


def make_assessment(version: MaturityModel, *, owner: User | None = None, **fields: Any) -> Any:
    """Return an assessment of Fernhill Outdoor in a workspace of its own."""
    organisation = make_organisation(make_workspace(owner=owner))
    values: dict[str, Any] = {
        "workspace": organisation.workspace,
        "organisation": organisation,
        "model_version": version,
        "date": DAY,
        "asked": "gates",
        "created_at": NOW,
    }
    assessment = Assessment(**values | fields)
    assessment.save()
    return assessment


def add_person(
    assessment: Any,
    name: str,
    ratings: Mapping[str, int | str] | None = None,
    *,
    picks: Mapping[str, int] | None = None,
    notes: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Any:
    """Return a respondent with answers; `notes` by descriptor."""
    respondent = Respondent(assessment=assessment, name=name, groups=dict(groups or {}))
    respondent.save()
    notes = notes or {}
    ratings = ratings or {}
    for key in {*ratings, *notes}:
        answer = ratings.get(key)
        Rating(
            respondent=respondent,
            descriptor_id=key,
            step=answer if isinstance(answer, int) else None,
            word=answer if isinstance(answer, str) else "",
            note=notes.get(key, ""),
            updated_at=NOW,
        ).save()
    for key, stage in (picks or {}).items():
        Pick(respondent=respondent, dimension=key, stage=stage, updated_at=NOW).save()
    return respondent


def people_say(assessment: Any, answers: Sequence[int | str], key: str = KEY) -> list[Any]:
    """Return one respondent for each answer to one statement: Person 1, Person 2, …"""
    return [add_person(assessment, f"Person {n}", {key: a}) for n, a in enumerate(answers, 1)]


def client_of(user: User) -> Client:
    """Return a browser that is signed in."""
    client = Client()
    client.force_login(user)
    return client


def lead_of(assessment: Any, email: str = "lead@example.org", name: str = "Lena Lead") -> Client:
    """Return the browser of a new lead of the assessment's organisation."""
    user = make_user(email, name)
    give_role(user, Role.LEAD, assessment.workspace, assessment.organisation)
    return client_of(user)


def url(assessment: Any, rest: str = "") -> str:
    """Return the address of the consensus page, or of one below it."""
    return f"/assessments/{assessment.public_id}/consensus/{rest}"
