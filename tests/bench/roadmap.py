"""The roadmap board with two hundred steps, against the simplest signed-in page."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.bench import cast
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure, medians

ROUNDS = 150
STEPS = 200


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        cookies, path = _board()
        with serving(Path(folder), workers=1) as (port, _):
            member = Browser(port, cookies)

            def get(address: str) -> None:
                status, _ = member.get(address)
                if status != 200:
                    raise RuntimeError(f"{address} answered {status}")

            simplest, board = medians(
                lambda: get("/bench/simplest/"),
                lambda: get(f"{path}steps/"),
                rounds=ROUNDS,
                warm_up=10,
            )
    return [Figure("roadmap board of 200 steps ÷ simplest signed-in page", board / simplest, 4)]


def _board() -> tuple[dict[str, str], str]:
    """Return a lead's cookies and the address of an organisation with its steps."""
    from maturity.catalogue.queries import matrix_of_version, newest_version
    from maturity.workspaces.roles import Role
    from tests.people import give_role, make_organisation, make_user, make_workspace
    from tests.roles_cast import make_result, make_step

    row = make_organisation(make_workspace())
    lead = make_user("lead@example.org", "Lea Lead")
    give_role(lead, Role.LEAD, row.workspace, row)
    version = newest_version("social-engagement-journey")
    make_result(row, version, picks=2)
    for number, each in enumerate(list(matrix_of_version(version.pk).descriptors.values())[:STEPS]):
        make_step(
            row,
            version,
            descriptor_id=each.id,
            dimension=each.dimension,
            words=each.as_step[:400],
            rank=number,
            days=8,
            due=date(2027, 1, 1) + timedelta(days=number),
        )
    return cast.session_of(lead), f"/organisations/{row.public_id}/"
