"""Two complete tenants, A and B, and an assessment that belongs to no account.

Each text of a tenant says whose it is and which field it stands in: "CANARY-B-purpose". So a text
of B in anything A gets to see is found by looking for "CANARY-B", in capitals or not.
"""

from dataclasses import dataclass, field, replace
from typing import Any, cast

from django.apps import apps
from django.db import connection, models

from assessments.lifecycle.services.starting import start_assessment
from assessments.models import (
    AgreedAnswer,
    Assessment,
    OpenLink,
    Respondent,
    Result,
    SecretLink,
    Step,
    StepFeed,
    Webhook,
)
from assessments.workshops.models import Participant, Round, Workshop
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import (
    ApiToken,
    AuditEvent,
    Invitation,
    Membership,
    Organisation,
    User,
    Workspace,
)
from maturity.workspaces.scopes import ScopedManager
from reports.models import Report, Share
from tests.people import make_user
from tests.tenancy.filling import DAY, NOW, fill


@dataclass
class Tenant:
    """One workspace with everything in it; `mark` is A or B."""

    mark: str
    version: MaturityModel
    matrix: Matrix
    workspace: Workspace = field(init=False)
    actor: Actor = field(init=False)
    users: dict[str, User] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    agreed: dict[str, AgreedAnswer] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    tokens: dict[str, tuple[ApiToken, str]] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    open_links: dict[str, OpenLink] = field(default_factory=dict)
    people: dict[str, Respondent] = field(default_factory=dict)
    links: dict[str, SecretLink] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    webhooks: dict[str, Webhook] = field(default_factory=dict)
    feeds: dict[str, tuple[StepFeed, str]] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    workshops: dict[str, Workshop] = field(default_factory=dict)
    rounds: dict[str, dict[str, Round]] = field(default_factory=dict)
    phones: dict[str, tuple[Participant, str]] = field(default_factory=dict)
    queries: dict[str, tuple[str, tuple[Any, ...]]] = field(default_factory=dict)

    def say(self, what: str) -> str:
        """Return the text of a field: it names the tenant and the field."""
        return f"CANARY-{self.mark}-{what}"

    def email(self, who: str) -> str:
        """Return an address that names the tenant."""
        return f"canary-{self.mark}-{who}@example.org".lower()


@dataclass
class World:
    """Both tenants, the assessment without an account, and somebody who is staff."""

    a: Tenant
    b: Tenant
    started: SecretLink
    staff: User
    version: MaturityModel

    def mirrored(self) -> "World":
        """Return the world as B sees it: A and B exchanged."""
        return replace(self, a=self.b, b=self.a)


def build_world(version: MaturityModel) -> World:
    """Make everything; whoever calls opens the scope and the transaction."""
    staff = make_user("staff@example.org", "Staff Member")
    staff.is_staff = staff.is_superuser = True
    staff.save()
    a, b = (Tenant(mark, version, matrix_of_version(version.pk)) for mark in "AB")
    fill(a)
    fill(b)
    started = start_assessment(
        organisation_name="Started without an account",
        model_version_id=version.pk,
        date=DAY,
        now=NOW,
    )
    return World(a, b, started, staff, version)


def scoped_models() -> list[type[models.Model]]:
    """Return the models whose rows belong to a workspace, by their manager."""
    return [each for each in apps.get_models() if hasattr(each._default_manager, "path")]


def rows_of(tenant: Tenant) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of a tenant by the name of its model, to see that none has changed."""
    found = {}
    with connection.cursor() as cursor:
        for name, (sql, parameters) in _queries_of(tenant).items():
            cursor.execute(sql, parameters)
            found[name] = cursor.fetchall()
    return found


def _queries_of(tenant: Tenant) -> dict[str, tuple[str, tuple[Any, ...]]]:
    """Return what reads them, put into words once: it is asked before and after each request."""
    if not tenant.queries:
        for model in scoped_models():
            of = {cast(ScopedManager[Any], model._default_manager).path: tenant.workspace.pk}
            tenant.queries[model._meta.label] = _words(model._base_manager.filter(**of))
        trail = AuditEvent.objects.filter(workspace=tenant.workspace.public_id)
        accounts = User.objects.filter(email__startswith=f"canary-{tenant.mark.lower()}-")
        tenant.queries |= {"audit": _words(trail), "accounts": _words(accounts)}
    return tenant.queries


def _words(rows: models.QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    words: tuple[str, tuple[Any, ...]] = rows.order_by("pk").values_list().query.sql_with_params()
    return words


def rights_of(tenant: Tenant) -> dict[str, object]:
    """Return who may do what in a tenant and what belongs to what, without what changes anyhow."""
    of = {"workspace": tenant.workspace.pk}
    people = {"assessment__workspace": tenant.workspace.pk}
    return {
        "roles": _sorted(Membership.objects.filter(**of), "user_id", "organisation_id", "role"),
        "offers": _sorted(Invitation.objects.filter(**of), "organisation_id", "role", "email"),
        "organisations": _sorted(Organisation.objects.filter(**of), "name", "archived_at"),
        "assessments": _sorted(
            Assessment.objects.filter(**of), "organisation_id", "voices", "asked", "follows_id"
        ),
        "people": _sorted(Respondent.objects.filter(**people), "user_id", "email", "name"),
        "results": _sorted(Result.objects.filter(**people), "number", "overall_score"),
        "workspaces": _sorted(Workspace.objects.all(), "name", "kind"),
        "accounts": _sorted(User.objects.all(), "pk", "is_staff", "is_superuser", "is_active"),
    }


def _sorted(rows: models.QuerySet[Any], *fields: str) -> list[tuple[object, ...]]:
    return sorted(rows.values_list(*fields), key=repr)
