"""The demo of somebody without an account: one assessment under a secret link.

Where it stands is written down as a plan per dimension, one letter a descriptor in the order of
its stage: 0 to 3 for a step, `u` for don't know, `-` for does not apply, `.` for no answer. The
last letter goes on to the end of the stage.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from assessments.models import Assessment, Respondent, SecretLink
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer, NotStep
from assessments.services.answers import Change, record_changes
from assessments.services.deletion import delete_assessment
from assessments.services.demo.marks import SEED, is_ours
from assessments.services.links import make_link
from assessments.services.settings import SettingChange, change_settings
from assessments.services.starting import start_assessment
from maturity.catalogue.matrix import Matrix
from maturity.workspaces.scopes import every_workspace

NAME = "Fernhill Outdoor (demo)"
DEMO_DATE = date(2026, 10, 14)

_PLANS: dict[str, tuple[str, ...]] = {
    "strategy": ("3323", "33232", "3322331u22", "110100", "0"),
    "customer-engagement": ("333332", "333233", "3323223", "332232", "2110"),
    "employee-engagement": ("3323", "32212u21", "110100", ".", "."),
    "people-profiles": ("32", "211201", "100000", "-0", "."),
    "crisis-management": ("33332333", "22321", "12u0110", "0", "."),
    "metrics": ("33", "3322323", "332223132u22", "2211030", "0"),
    "tools-integration": ("23", "32-", "2132231", "1100", "."),
    "internal-use": ("1102", "1000", ".", ".", "."),
}
_WORDS: dict[str, NotStep] = {"u": UNKNOWN, "-": NOT_APPLICABLE}
_PICKS: dict[str, Answer] = {
    "strategy": 3,
    "customer-engagement": 4,
    "crisis-management": 4,
    "metrics": 4,
    "tools-integration": "unknown",
}
_NOTES = {
    ("rating", "strategy", 3): "Agreed in the spring review; the budget line runs until June.",
    ("rating", "customer-engagement", 3): "Two shops still answer on their own accounts.",
    ("rating", "people-profiles", 2): "Legal wants to see this before we go any further.",
    ("rating", "metrics", 4): "The dashboard exists, but only marketing looks at it.",
    ("pick", "crisis-management", 0): "After the recall in March we felt well prepared.",
}
_TARGETS = {"strategy": 4, "customer-engagement": 5, "crisis-management": 4, "metrics": 4}
_WEIGHTS = {"customer-engagement": Decimal(2), "internal-use": Decimal("0.5")}
_BASELINE = {
    "strategy": Decimal("2.1"),
    "customer-engagement": Decimal("2.6"),
    "employee-engagement": Decimal("1.8"),
    "crisis-management": Decimal("2.0"),
    "metrics": Decimal("2.4"),
}


@transaction.atomic
@every_workspace()
def seed_guest(
    *, model_version_id: int, matrix: Matrix, now: datetime, is_reset: bool = False
) -> SecretLink:
    """Make the assessment unless it is there; return a link that opens it.

    `is_reset` deletes what is there first, with whatever visitors changed in it.
    """
    named = Assessment.objects.filter(organisation__name=NAME).order_by("pk")
    found = [each for each in named if is_ours(each.public_id, "assessment.started")]
    if is_reset:
        for assessment in found:
            delete_assessment(assessment, with_results=True, by=SEED, now=now)
    elif found:
        return _link_of(found[0], now=now)
    link = start_assessment(
        organisation_name=NAME, model_version_id=model_version_id, date=DEMO_DATE, now=now, by=SEED
    )
    record_changes(link.respondent, list(_changes(matrix)), now=now)
    change_settings(
        link.respondent.assessment,
        organisation_name=None,
        date=None,
        changes=list(_settings(matrix)),
        now=now,
        by=SEED,
    )
    return link


def _link_of(assessment: Assessment, *, now: datetime) -> SecretLink:
    respondent = Respondent.objects.select_related("assessment").filter(assessment=assessment)[0]
    link: SecretLink | None = (
        SecretLink.objects.select_related("respondent__assessment")
        .filter(respondent=respondent, revoked_at=None, expires_at__gt=now)
        .order_by("pk")
        .first()
    )
    return link or make_link(respondent, now=now)


def _changes(matrix: Matrix) -> Iterator[Change]:
    for row in matrix.dimensions:
        # Another model has other rows; they are answered like the first ones here.
        plan = _PLANS.get(row.key, _PLANS["strategy"])
        for cell, letters in zip(row.cells, plan, strict=False):
            for at, descriptor in enumerate(cell.descriptors):
                value = _value(letters[min(at, len(letters) - 1)], matrix.top_step)
                if value is not None:
                    yield Change("rating", descriptor.id, "value", value)
            note = _NOTES.get(("rating", row.key, cell.stage))
            if note and cell.descriptors:
                yield Change("rating", cell.descriptors[0].id, "note", note)
        if row.key in _PICKS:
            yield Change("pick", row.key, "value", _PICKS[row.key])
        if note := _NOTES.get(("pick", row.key, 0)):
            yield Change("pick", row.key, "note", note)


def _value(letter: str, top_step: int) -> Answer | None:
    return min(int(letter), top_step) if letter.isdigit() else _WORDS.get(letter)


def _settings(matrix: Matrix) -> Iterator[SettingChange]:
    for row in matrix.dimensions:
        fields: dict[str, int | Decimal | None] = {}
        for name, values in (("target", _TARGETS), ("weight", _WEIGHTS), ("baseline", _BASELINE)):
            if row.key in values:
                fields[name] = values[row.key]
        if fields:
            yield SettingChange(row.key, fields)
