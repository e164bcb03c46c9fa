"""The consensus page with 30 respondents on all descriptors ÷ the simplest signed-in page."""

import tempfile
from pathlib import Path
from typing import Any

from tests.bench import cast
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure, medians

ROUNDS = 80
PEOPLE = 30


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        owner, assessment = answered_by_many()
        path = f"/assessments/{assessment.public_id}/consensus/"
        with serving(Path(folder), workers=1) as (port, _):
            return _measure(Browser(port, cast.session_of(owner)), path)


def _measure(lead: Browser, path: str) -> list[Figure]:
    def get(path: str) -> None:
        status, _ = lead.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")

    simplest, overview = medians(
        lambda: get("/bench/simplest/"),
        lambda: get(path),
        rounds=ROUNDS,
        warm_up=5,
    )
    return [
        Figure(
            "the consensus page, 30 respondents on all statements ÷ simplest signed-in page",
            overview / simplest,
            6,
        )
    ]


def answered_by_many(email: str = "lead@example.org") -> tuple[Any, Any]:
    """Return an owner with this address, and an assessment that 30 people answered."""
    from django.utils import timezone

    from assessments.models import Assessment, Rating, Respondent
    from maturity.catalogue.queries import matrix_of_version, newest_version
    from maturity.workspaces.models import User
    from tests.people import make_organisation, make_workspace

    now = timezone.now()
    version = newest_version("social-engagement-journey")
    ids = list(matrix_of_version(version.pk).descriptors)
    owner = User.objects.create_user(email, name="Ada Byron")
    organisation = make_organisation(make_workspace(owner=owner))
    assessment: Any = Assessment(
        workspace=organisation.workspace,
        organisation=organisation,
        model_version_id=version.pk,
        date=now.date(),
        asked="gates",
        created_at=now,
    )
    assessment.save()
    for person in range(PEOPLE):
        respondent: Any = Respondent(assessment=assessment, name=f"Person Number {person}")
        respondent.save()
        Rating.objects.bulk_create(
            Rating(
                respondent=respondent,
                descriptor_id=key,
                step=(3, 2, 2, 1, 0)[(n * 7 + person * 3 + n // 9) % 5],
                updated_at=now,
            )
            for n, key in enumerate(ids)
        )
    return owner, assessment
