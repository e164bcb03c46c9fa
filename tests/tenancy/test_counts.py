"""Every page costs the same number of queries, however much there is to show."""

import datetime as dt

from django.utils import timezone

from assessments.models import Step
from assessments.respondents.services.respondents import add_guest
from maturity.workspaces.organisations.services import add_organisation, archive_organisation
from maturity.workspaces.people.services.invitations import invite
from maturity.workspaces.people.services.members import add_member
from maturity.workspaces.roles import Role
from maturity.workspaces.tokens.services import make_token
from tests.counting import counted_queries
from tests.people import make_user
from tests.tenancy.filled import values_for
from tests.tenancy.filling import DAY, NOW, add_assessment
from tests.tenancy.routes import all_routes
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import Tenant, World

SUBJECTS = ("open", "closed", "settling", "anonymous-settling")
WHO = ("owner", "lead", "contributor", "viewer")
MORE = 3


def _costs(visitor: Visitor, world: World) -> dict[str, tuple[int, int]]:
    """Return the queries and the bytes of every page a visitor may read, pictures left aside."""
    found = {}
    for route in all_routes().values():
        if not route.path.startswith(("assessments/", "organisations/", "workspaces/", "my/")):
            continue
        for subject in SUBJECTS if route.path.startswith("assessments/") else ("open",):
            url = route.url(values_for(route, world, subject))
            if visitor.send("get", url).status_code != 200:
                continue
            with counted_queries() as queries:
                size = len(visitor.send("get", url).content)
            found[url] = (sum(map(_counts, queries)), size)
    return found


def _counts(sql: str) -> bool:
    # A picture is kept in the cache under what it shows: another one is drawn and kept anew.
    return "waymark_cache" not in sql and not sql.startswith(("SAVEPOINT", "RELEASE"))


def _more(tenant: Tenant) -> None:
    """Add three of everything."""
    by, main = tenant.actor, tenant.organisations["main"]
    row = tenant.matrix.dimensions[1]
    for number in range(MORE):
        for state in ("closed", "collecting", "settling"):
            add_assessment(tenant, f"more-{state}-{number}", "main", "named", "picks", state, 0)
        for kind in ("more", "gone"):
            organisation = add_organisation(
                tenant.workspace, name=f"{kind} {number}", tags=["one"], now=NOW, by=by
            )
            tenant.organisations[f"{kind}-{number}"] = organisation
            for role in (Role.LEAD, Role.VIEWER):
                user = make_user(f"{kind}-{role}-{number}@example.org", f"{kind} {number}")
                add_member(
                    tenant.workspace,
                    user=user,
                    role=role,
                    organisation=organisation,
                    now=NOW,
                    by=by,
                )
                if kind == "more":
                    add_member(
                        tenant.workspace, user=user, role=role, organisation=main, now=NOW, by=by
                    )
        add_assessment(tenant, f"far-{number}", f"more-{number}", "named", "picks", "closed", 0)
        archive_organisation(tenant.organisations[f"gone-{number}"], now=NOW, by=by)
        for role in (Role.OWNER, Role.CONSULTANT):
            user = make_user(f"more-{role}-{number}@example.org", f"{role} {number}")
            add_member(tenant.workspace, user=user, role=role, now=NOW, by=by)
        for role, place in ((Role.CONSULTANT, None), (Role.LEAD, main)):
            invite(
                tenant.workspace,
                emails=[f"invited-{role}-{number}@example.org"],
                role=role,
                organisation=place,
                invited_by=tenant.users["consultant"],
                now=NOW,
                by=by,
            )
        make_token(
            tenant.workspace,
            user=tenant.users["consultant"],
            name=f"More {number}",
            scopes=["read"],
            days=30,
            now=timezone.now(),
            by=by,
        )
        for done_at in (None, NOW):
            Step.objects.create(
                organisation=main,
                assessment=tenant.assessments["closed"],
                model_version=tenant.version,
                dimension=row.key,
                descriptor_id=row.descriptors[number].id,
                words="To be done",
                owner="Ann",
                due=DAY - dt.timedelta(days=1),
                done_at=done_at,
                status="done" if done_at else "planned",
                created_at=NOW,
            )
        add_guest(
            tenant.assessments["open"],
            name=f"Guest {number}",
            email=f"guest-{number}@example.org",
            groups={},
            now=NOW,
            by=by,
        )


def test_counts_stay_the_same_with_more_of_everything(
    world: World, visitors: dict[str, Visitor]
) -> None:
    before = {name: _costs(visitors[name], world) for name in WHO}

    _more(world.a)

    after = {name: _costs(visitors[name], world) for name in WHO}
    for name in WHO:
        then, now = before[name], after[name]
        assert set(then) == set(now), name
        assert sum(now[url][1] > then[url][1] for url in then) >= 2, name
        dearer = {
            url: f"{then[url][0]} queries became {now[url][0]}"
            for url in then
            if now[url][0] > then[url][0]
        }
        assert dearer == {}, name
