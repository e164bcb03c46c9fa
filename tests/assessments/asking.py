"""What the tests of asking share: an organisation with its people, assessments, and guests."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from assessments.core.services.assessments import new_assessment
from assessments.core.services.links import token_of
from assessments.models import Assessment, Respondent, SecretLink
from assessments.respondents.services.respondents import add_guest, add_member_respondent
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Organisation, User, Workspace
from maturity.workspaces.roles import Role
from tests.assessments.conftest import DAY, NOW
from tests.people import give_role, make_organisation, make_user, make_workspace

GROUPS = [
    {"name": "Function", "options": ["Service", "IT", "Marketing"]},
    {"name": "Site", "options": ["North", "South"]},
]


@dataclass
class Place:
    """A client of a consultancy: its lead, a contributor and a viewer, and the consultant."""

    workspace: Workspace
    organisation: Organisation
    consultant: User
    lead: User
    contributor: User
    viewer: User

    @property
    def by(self) -> Actor:
        return Actor(f"user:{self.lead.pk}")


def make_place(name: str = "Fernhill Outdoor") -> Place:
    consultant = make_user("cora@example.org", "Cora Consultant")
    workspace = make_workspace(owner=consultant)
    organisation = make_organisation(workspace, name)
    people = {}
    for role in (Role.LEAD, Role.CONTRIBUTOR, Role.VIEWER):
        people[role.value] = make_user(f"{role.value}@example.org", f"{role.value.title()} Person")
        give_role(people[role.value], role, workspace, organisation)
    return Place(workspace, organisation, consultant, **people)


def make_assessment(
    place: Place,
    version: MaturityModel,
    *,
    asked: str = "picks",
    voices: str = "named",
    **fields: Any,
) -> Assessment:
    values: dict[str, Any] = {
        "date": DAY,
        "purpose": "",
        "scope": "",
        "fewest_answers": 5,
        "asked_up_to": None,
        "groups": [],
        "now": NOW,
        "by": place.by,
    }
    return new_assessment(
        place.organisation,
        model_version_id=version.pk,
        asked=asked,
        voices=voices,
        **(values | fields),
    )


def ask(assessment: Assessment, name: str = "Gina Guest", email: str = "") -> SecretLink:
    """Ask a guest by a personal link."""
    by = Actor("user:1")
    return add_guest(assessment, name=name, email=email, groups={}, now=NOW, by=by)


def ask_member(assessment: Assessment, user: User, *, has_begun: bool = False) -> Respondent:
    respondent = add_member_respondent(
        assessment, user=user, groups={}, now=NOW, by=Actor("user:1")
    )
    if has_begun:
        respondent.begun_at = NOW
        respondent.save()
    return respondent


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def opened(link: SecretLink, *, has_begun: bool = True) -> Client:
    """Return a browser that opened a personal link, and began."""
    client = Client()
    client.get(f"/link/{token_of(link)}/")
    if has_begun:
        client.post(url(link.respondent.assessment, "begin/"))
    return client


def url(assessment: Assessment, rest: str = "") -> str:
    return f"/assessments/{assessment.public_id}/{rest}"
