"""An organisation with a result, and its steps."""

from typing import Any

from django.test import Client
from django.utils import timezone

from assessments.models import Step
from assessments.roadmap.queries.steps import steps_of, suggestions_of
from assessments.roadmap.services.steps import StepPlan, decide_step
from assessments.roadmap.views.step_rows import Row, rows_of
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Organisation, User
from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import NOW, client_of, make_result

BY = Actor("user:1", "192.0.2.1")
TODAY = timezone.localdate()


def make_place(version: MaturityModel) -> Organisation:
    """Make an organisation with a result, in a consultant's workspace."""
    place = make_organisation(make_workspace(owner=make_user("owner@example.org", "Olga Owner")))
    make_result(place, version, picks=2)
    return place


def make_lead(place: Organisation) -> Client:
    """Return the browser of somebody who leads the organisation."""
    user = make_user("lead@example.org", "Lena Lead")
    give_role(user, Role.LEAD, place.workspace, place)
    return client_of(user)


def make_contributor(place: Organisation) -> User:
    """Make somebody who answers for the organisation, and may own a step of it."""
    user = make_user("ines@example.org", "Ines")
    give_role(user, Role.CONTRIBUTOR, place.workspace, place)
    return user


def url(place: Organisation, rest: str = "") -> str:
    return f"/organisations/{place.public_id}/steps/{rest}"


def own(place: Organisation, words: str, **plan: Any) -> Step:
    """Decide on a step of the organisation's own."""
    return decide_step(
        place,
        assessment=None,
        model_version_id=None,
        descriptor=None,
        words=words,
        plan=StepPlan(**({"owner": "Ines"} | plan)),
        now=NOW,
        by=BY,
    )


def order(place: Organisation) -> list[str]:
    return [step.words for step in steps_of(place)]


def rows(place: Organisation, **more: Any) -> list[Row]:
    shown: dict[str, Any] = {"place": place.public_id, "today": TODAY, "may_change": True} | more
    return rows_of(steps_of(place), suggestions_of(place), **shown)
