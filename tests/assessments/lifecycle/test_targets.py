"""Organisation, date, targets, weights and baseline."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessments.models import Assessment, DimensionSetting, SecretLink
from maturity.workspaces.models import AuditEvent
from tests.assessments.conftest import Guest


def fields_of(guest: Guest, query: str = "") -> dict[str, str]:
    """Return what a browser would send for the page as it stands."""
    page = guest.get(f"targets/{query}").content.decode()
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        fields[attributes["name"]] = attributes.get("value", "")
    for name, inner in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        (chosen,) = re.findall(r'<option value="([^"]*)" selected', inner)
        fields[name] = chosen
    return fields


def settings() -> list[tuple[Any, ...]]:
    return list(
        DimensionSetting.objects.order_by("dimension").values_list(
            "dimension", "target", "weight", "baseline"
        )
    )


def test_targets_keep_what_was_changed(guest: Guest) -> None:
    response = guest.post(
        "targets/",
        fields_of(guest)
        | {
            "organisation": "Alder & Sons",
            "date": "2026-10-01",
            "target:strategy": "4",
            "weight:metrics": "0.5",
            "baseline:metrics": "2.3333",
        },
    )

    assessment = Assessment.objects.select_related("organisation").get()
    assert response.status_code == 302
    assert (assessment.organisation.name, assessment.date.isoformat()) == (
        "Alder & Sons",
        "2026-10-01",
    )
    assert settings() == [
        ("metrics", None, Decimal("0.50"), Decimal("2.3333")),
        ("strategy", 4, Decimal("1.00"), None),
    ]
    assert assessment.revision == 1
    event = AuditEvent.objects.get(verb="assessment.targets_changed")
    assert event.detail == {"dimensions": ["strategy", "metrics"]}


def test_targets_untouched_change_nothing(guest: Guest) -> None:
    guest.post("targets/", fields_of(guest) | {"weight:metrics": "0.5", "target:strategy": "2"})

    guest.post("targets/", fields_of(guest))

    assert Assessment.objects.get().revision == 1


def test_targets_can_be_taken_back(guest: Guest) -> None:
    guest.post("targets/", fields_of(guest) | {"target:strategy": "4", "baseline:strategy": "2"})

    guest.post("targets/", fields_of(guest) | {"target:strategy": "", "baseline:strategy": ""})

    assert settings() == [("strategy", None, Decimal("1.00"), None)]


def test_targets_in_two_tabs_do_not_undo_each_other(guest: Guest) -> None:
    first, second = fields_of(guest), fields_of(guest)

    guest.post("targets/", first | {"target:strategy": "4", "organisation": "Alder"})
    guest.post("targets/", second | {"weight:strategy": "3"})

    assert settings() == [("strategy", 4, Decimal("3.00"), None)]
    assert Assessment.objects.get().organisation.name == "Alder"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation", ""),
        ("organisation", "x" * 201),
        ("organisation", "a\u202eb"),
        ("date", ""),
        ("date", "22.11.2026"),
        ("target:strategy", "6"),
        ("target:strategy", "one"),
        ("weight:strategy", ""),
        ("weight:strategy", "-1"),
        ("weight:strategy", "11"),
        ("weight:strategy", "NaN"),
        ("weight:strategy", "1e308"),
        ("baseline:strategy", "0.9"),
        ("baseline:strategy", "5.1"),
        ("baseline:strategy", "Infinity"),
    ],
)
def test_targets_refuse_wrong_values(guest: Guest, field: str, value: str) -> None:
    response = guest.post("targets/", fields_of(guest) | {field: value, "target:metrics": "3"})

    assert response.status_code == 422
    assert b"Nothing was saved yet" in response.content
    assert b"invalid-feedback" in response.content
    assert settings() == []


def test_weights_may_not_all_be_nothing(guest: Guest) -> None:
    fields = fields_of(guest)
    nothing = {name: "0" for name in fields if name.startswith("weight:")}

    response = guest.post("targets/", fields | nothing)

    assert response.status_code == 422
    assert b"At least one dimension needs a weight above 0" in response.content


def test_typed_values_stay_after_a_mistake(guest: Guest) -> None:
    response = guest.post(
        "targets/", fields_of(guest) | {"organisation": "Alder{{ 7 }}", "weight:strategy": "eleven"}
    )

    page = response.content.decode()
    assert 'value="Alder{{ 7 }}"' in page
    assert 'value="eleven"' in page


@pytest.mark.parametrize("fields", [{"weight": -1}, {"weight": 11}, {"baseline": -1}])
def test_database_refuses_settings_that_make_no_sense(
    link: SecretLink, fields: dict[str, int]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DimensionSetting.objects.create(
            assessment=link.respondent.assessment, dimension="strategy", **fields
        )
