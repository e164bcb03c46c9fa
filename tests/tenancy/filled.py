"""What fills the parameters of an address: the rows of one tenant that a subject stands for."""

from assessments.core.services.links import token_of
from assessments.models import SecretLink
from assessments.respondents.services.open_links import open_token_of
from assessments.workshops.access import screen_ticket
from assessments.workshops.services.doors import scan_token_of
from maturity.workspaces.people.services.invitations import invitation_token
from reports.sharing.services import token_of_share
from tests.tenancy.routes import Route
from tests.tenancy.world import Tenant, World

UNKNOWN_ID = "23456789abcd"


def values_for(route: Route, world: World, subject: str) -> dict[str, object]:
    """Return a value for each parameter of a route.

    `subject` names an assessment of A, or "main", "other" or "archived" for an organisation;
    "started" is the assessment without an account, "-" where nothing depends on it. What lies
    below it in the address is its own.
    """
    if subject == "started":
        return _of_started(world)
    return _of_tenant(route, world.a, "open" if subject in ("main", "-") else subject)


def _of_tenant(route: Route, tenant: Tenant, subject: str) -> dict[str, object]:
    assessment = tenant.assessments[subject]
    result = tenant.results.get(subject)
    report = tenant.reports.get(f"result-{subject}") or tenant.reports.get(subject)
    organisation = assessment.organisation
    ids = {
        "workspaces": tenant.workspace.public_id,
        "organisations": organisation.public_id,
        "assessments": assessment.public_id,
        "workshops": tenant.workshops[subject].public_id,
        "room": tenant.workshops[subject].public_id,
    }
    row = tenant.matrix.dimensions[0]
    # Below a workspace stand its own people, below an organisation those of the organisation.
    of_workspace = route.path.startswith("workspaces/")
    is_other = organisation == tenant.organisations["other"]
    member = "consultant" if of_workspace else "lead-other" if is_other else "contributor"
    offer = "of-workspace" if of_workspace else "other" if is_other else "waiting"
    return {
        "public_id": ids.get(route.path.split("/")[0], ""),
        "dimension": row.key,
        "mode": "everything",
        "ending": "svg",
        "report_id": report.pk if report else 0,
        "number": result.number if result else 1,
        "respondent_id": tenant.people[f"guest-{subject}"].pk,
        "token": _token(route, tenant, subject),
        "key": "social-engagement-journey",
        "membership_id": tenant.memberships[member].pk,
        "invitation_id": tenant.invitations[offer].pk,
        "share_id": tenant.shares[subject].pk,
        "step_id": tenant.steps["other" if is_other else "open"].pk,
        "webhook_id": tenant.webhooks["one"].pk,
        "organisation_id": organisation.public_id,
        "assessment_id": assessment.public_id,
        "token_id": tenant.tokens["consultant"][0].public_id,
        "round_id": tenant.rounds[subject]["voted-on"].pk,
        "ticket": screen_ticket(tenant.workshops[subject]),
        # Of a workshop that is over, one that leads nowhere.
        "code": tenant.workshops[subject].code or "BCD346",
        # allauth's: of no account
        "pk": 1,
        "uidb36": "1",
        "provider_id": "none",
    }


def _token(route: Route, tenant: Tenant, subject: str) -> str | None:
    if "invitation" in route.name:
        return invitation_token(tenant.invitations["waiting"])
    if route.path.startswith("shared/"):
        return token_of_share(tenant.shares[subject])
    if route.path.startswith("calendar/"):
        return tenant.feeds["owner"][1]
    if route.path.startswith("open/"):
        return open_token_of(tenant.open_links[subject])
    if route.path.startswith("join/"):
        return scan_token_of(tenant.workshops[subject]) or "gone"
    link: SecretLink = tenant.links[f"second-{subject}"]
    return token_of(link)


def _of_started(world: World) -> dict[str, object]:
    respondent = world.started.respondent
    return {
        "public_id": respondent.assessment.public_id,
        "dimension": world.a.matrix.dimensions[0].key,
        "mode": "quick",
        "ending": "svg",
        "report_id": 0,
        "number": 1,
        "respondent_id": respondent.pk,
        "share_id": 0,
        "token": token_of(world.started),
        # It has no workshop: whoever holds it may answer, and not run one.
        "round_id": 0,
        "ticket": "none",
        "code": "BCD346",
    }
