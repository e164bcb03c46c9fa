"""The demo as its tests handle it: make it, and look at all of it at once."""

import re
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import call_command

from assessments.core.queries.sheets import answer_sheet_of
from assessments.demo.reading import read_demo
from assessments.models import AgreedAnswer, Assessment, DimensionSetting, Respondent, Result, Step
from maturity.catalogue.importing import read_model
from maturity.catalogue.matrix import matrix_of
from maturity.workspaces.models import (
    AuditEvent,
    Invitation,
    Membership,
    Organisation,
    User,
    Workspace,
)
from tests.conftest import JOURNEY

FOLDER = JOURNEY.parent / "demo"
DEMO = read_demo(FOLDER, matrix_of(read_model(JOURNEY.read_bytes())))
NAME = DEMO.workspace.name


@dataclass(frozen=True)
class MadeDemo:
    """What the command printed, and how many queries it took to make everything."""

    printed: str
    queries: int

    @property
    def password(self) -> str:
        return str(re.findall(r"Password of all five: (\S+)", self.printed)[0])


class Counter:
    """Counts queries without keeping their texts, which hold every answer."""

    count = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.count += 1
        return execute(*arguments)


def seeded(*options: str) -> str:
    """Run the command and return what it prints."""
    out = StringIO()
    call_command("seed_demo", "--base", "http://127.0.0.1:8000/", *options, stdout=out)
    return out.getvalue()


def snapshot() -> dict[str, Any]:
    """Return all the demo holds, but for what chance names: keys, links, passwords."""
    assessments = Assessment.objects.filter(organisation__workspace__name=NAME)
    return {
        "sheets": {
            (each.organisation.name, each.date): answer_sheet_of(each)
            for each in assessments.select_related("organisation")
        },
        "respondents": list(
            Respondent.objects.filter(assessment__in=assessments)
            .order_by("pk")
            .values_list("name", "groups", "begun_at", "finished_at")
        ),
        "agreed": list(
            AgreedAnswer.objects.order_by("pk").values_list(
                "what", "key", "number", "reason", "dissent", "decided_at"
            )
        ),
        "settings": list(
            DimensionSetting.objects.filter(assessment__in=assessments)
            .order_by("pk")
            .values_list("dimension", "target", "weight", "baseline")
        ),
        "results": [
            (each.date, each.closed_at, each.overall_score, each.people, each.scores)
            + (each.frozen["placement"], each.frozen["values"])
            for each in Result.objects.order_by("pk")
        ],
        "steps": list(
            Step.objects.order_by("pk").values_list(
                "descriptor_id", "words", "owner", "due", "done_at"
            )
        ),
    }


def counts() -> list[int]:
    """Return how many rows there are of each kind a second run could add."""
    kinds = (Workspace, Organisation, Membership, Invitation, User, Assessment, AuditEvent)
    return [kind.objects.count() for kind in kinds]
