"""The portfolio with 50 and with 500 organisations, and the page of each role."""

import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.bench import cast
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure, medians

ROUNDS = 80
FEW, MANY = 50, 500
YEARS = 3
# A frozen result is large in real life, and reading past it must cost the list nothing.
FROZEN_BYTES = 60_000
SECTORS = ("education", "retail", "health", "other")


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        few, few_url = consultant_with(FEW)
        many, many_url = consultant_with(MANY)
        roles = role_pages()
        with serving(Path(folder), workers=1) as (port, _):
            return _measure(port, (few, few_url), (many, many_url), roles)


def _measure(port: int, few: Any, many: Any, roles: dict[str, Any]) -> list[Figure]:
    def get(browser: Browser, path: str) -> bytes:
        status, body = browser.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return body

    def page(cookies: dict[str, str], path: str) -> Any:
        browser = Browser(port, cookies)
        return lambda: get(browser, path)

    simplest, small, large, *others = medians(
        page(many[0], "/bench/simplest/"),
        page(*few),
        page(*many),
        *(page(*each) for each in roles.values()),
        rounds=ROUNDS,
        warm_up=10,
    )
    lead, contributor, viewer = others
    return [
        Figure("portfolio of 500 organisations ÷ simplest signed-in page", large / simplest, 5),
        Figure("portfolio of 500 organisations ÷ portfolio of 50", large / small, 2),
        Figure("a lead's page ÷ simplest signed-in page", lead / simplest, 3),
        Figure("a contributor's page ÷ simplest signed-in page", contributor / simplest, 3),
        Figure("a viewer's page ÷ simplest signed-in page", viewer / simplest, 3),
    ]


def consultant_with(count: int) -> tuple[dict[str, str], str]:
    """Return the cookies of a consultant with so many organisations, and their portfolio."""
    from maturity.workspaces.models import Organisation, User
    from tests.people import make_workspace

    user = User.objects.create_user(f"consultant-{count}@example.org", None, name="Consultant")
    workspace = make_workspace("clients", f"Advisers {count}", owner=user)
    rows = Organisation.objects.bulk_create(
        Organisation(
            workspace=workspace,
            name=f"Organisation {number:03} of the North",
            sector=SECTORS[number % 4],
            size="50-249",
            tags=[f"tag {number % 5}"],
            created_at=workspace.created_at,
        )
        for number in range(count)
    )
    _fill(workspace, rows)
    return cast.session_of(user), f"/workspaces/{workspace.public_id}/"


def _fill(workspace: Any, rows: list[Any]) -> None:
    """Give each organisation three yearly results; some have an open assessment or late steps."""
    from django.utils import timezone

    from assessments.models import Assessment, Respondent, Result, Step
    from maturity.catalogue.queries import matrix_of_version, newest_version

    version = newest_version("social-engagement-journey")
    keys = list(matrix_of_version(version.pk).dimension_by_key)
    now = timezone.now()
    today = now.date()

    def assessment(row: Any, day: date, *, is_closed: bool) -> Assessment:
        ended = now if is_closed else None
        return Assessment(
            workspace=workspace,
            organisation=row,
            model_version=version,
            date=day,
            asked="picks",
            created_at=now,
            answers_ended_at=ended,
            closed_at=ended,
        )

    closed = Assessment.objects.bulk_create(
        assessment(row, today - timedelta(days=365 * year + number % 300), is_closed=True)
        for number, row in enumerate(rows)
        for year in range(YEARS)
    )
    Result.objects.bulk_create(
        Result(
            assessment=each,
            number=1,
            date=each.date,
            closed_at=now,
            model_version=version,
            frozen={"filling": "x" * FROZEN_BYTES},
            scores={
                key: [1 + (at + n) % 5, 1 + (at + n) % 5 + (at * n % 10) / 10]
                for n, key in enumerate(keys)
            },
            overall_score=Decimal("2.3"),
            overall_stage=2,
            people=8,
        )
        for at, each in enumerate(closed)
    )
    opened = Assessment.objects.bulk_create(
        assessment(row, today, is_closed=False) for row in rows[::5]
    )
    Respondent.objects.bulk_create(
        Respondent(assessment=each, finished_at=now if n % 2 else None)
        for each in opened
        for n in range(8)
    )
    Step.objects.bulk_create(
        Step(
            organisation=row,
            model_version=version,
            dimension=keys[0],
            descriptor_id="strategy.2.01",
            words="Name one owner",
            due=today - timedelta(days=5),
            created_at=now,
        )
        for row in rows[::7]
    )


def role_pages() -> dict[str, tuple[dict[str, str], str]]:
    """Return, by role, the cookies of somebody and the address of their page."""
    from django.utils import timezone

    from assessments.models import Rating
    from maturity.catalogue.queries import matrix_of_version, newest_version
    from maturity.workspaces.models import User
    from maturity.workspaces.roles import Role
    from tests.people import give_role, make_organisation, make_workspace
    from tests.roles_cast import make_assessment, make_respondent, make_result, make_step

    version = newest_version("social-engagement-journey")
    row = make_organisation(make_workspace())
    for year, stage in enumerate((1, 2, 3)):
        make_result(row, version, picks=stage, day=date(2024 + year, 3, 14))
    ids = list(matrix_of_version(version.pk).descriptors)
    for number in range(1, 5):
        make_step(row, version, descriptor_id=f"strategy.2.0{number}", due=date(2027, number, 1))
    assessment = make_assessment(row, version, asked="gates")
    pages = {}
    for role in (Role.LEAD, Role.CONTRIBUTOR, Role.VIEWER):
        user = User.objects.create_user(f"{role}@example.org", None, name=role.capitalize())
        give_role(user, role, row.workspace, row)
        if role != Role.VIEWER:
            make_respondent(assessment, user)
        pages[role.value] = (cast.session_of(user), f"/organisations/{row.public_id}/")
    for number in range(6):
        make_respondent(assessment, is_finished=number % 2 == 0)
    now = timezone.now()
    Rating.objects.bulk_create(
        Rating(respondent=person, descriptor_id=key, step=2, updated_at=now)
        for person in assessment.respondents.all()
        for key in ids[: len(ids) // 2]
    )
    return pages
