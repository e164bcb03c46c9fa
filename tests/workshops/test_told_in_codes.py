"""Workshops told by a file of an earlier version are taken over without the words in them."""

import copy
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from assessments.workshops.models import Workshop
from assessments.workshops.queries.protocol import protocol_of
from assessments.workshops.rules.kinds import State
from assessments.workshops.rules.protocol_checks import check_protocol
from maturity.web.validation import Findings
from tests.workshops.room import NOW, make_workshop

pytestmark = pytest.mark.django_db
EARLIER: dict[str, Any] = {
    "title": "Workshop of 20 November 2026",
    "date": "2026-11-20",
    "time": "from 10:00 UTC",
    "began_at": "2026-11-20T09:00Z",
    "ended_at": None,
    "run_by": ["Ada Byron"],
    "is_anonymous": True,
    "fewest": 3,
    "joined": 4,
    "removed": 0,
    "names": [],
    "rounds": [
        {
            "number": number,
            "attempt": 1,
            "kind": "stage",
            "dimension": "metrics",
            "gate_to": None,
            "title": "Metrics",
            "question": "Where do we stand?",
            "state": state,
            "votes": 4 * (state == "shown"),
            "phones": 4 * (state == "shown"),
            "hands": 0,
            "at_least": False,
            "hidden": False,
            "words": ["Four people see Operational."],
            "asked": [
                {
                    "key": "metrics",
                    "name": "",
                    "counts": [
                        {"answer": f"Stage {stage}", "value": stage, "votes": 4 * (stage == 3)}
                        for stage in range(1, 6)
                    ],
                    "median": "Operational",
                    "agreement": "1.00",
                    "words": "Four people see Operational.",
                    "hidden": False,
                    "groups": ["By Team: IT sees Operational (median), Service Strategic."],
                    "decision": "",
                }
            ]
            if state == "shown"
            else [],
            "steps": [],
            "notes": [],
            "decided": "",
            "decision": {},
            "reason": "",
            "dissent": "",
        }
        for number, state in enumerate(("shown", "left out", "coming"), start=1)
    ],
}


def test_words_go_and_what_is_told_stays(assessment, matrix):
    rows = [
        make_workshop(assessment, title=title, told=told, opened_at=NOW, ended_at=NOW)
        for title, told in (
            ("", copy.deepcopy(EARLIER)),
            ("Kick-off", copy.deepcopy(EARLIER) | {"title": "Kick-off"}),
            ("Held here", None),
        )
    ]
    migration = import_module("assessments.workshops.migrations.0003_told_in_codes")
    at = ("workshops", "0002_told_by_a_file")
    before = MigrationLoader(connection).project_state(at).apps

    def told() -> list[Any]:
        return list(Workshop.objects.order_by("pk").values_list("told", flat=True))

    for _ in range(2):
        migration.to_codes(before, None)
    for row, document in zip(rows, told(), strict=True):
        if document is None:
            continue
        assert document["title"] == row.title
        row.refresh_from_db()
        rounds = protocol_of(row, now=NOW).rounds
        assert [each.state for each in rounds] == [State.REVEALED, State.SKIPPED, State.PLANNED]
        assert rounds[0].texts[0].startswith("All four see Operational")
        assert rounds[0].asked[0].groups == ()
        found = Findings()
        check_protocol(found, "w", document, matrix, latest=NOW)
        assert found.problems == []

    for _ in range(2):
        migration.to_words(before, None)
    first, second, third = told()
    assert (first["title"], second["title"], third) == (EARLIER["title"], "Kick-off", None)
    for document in (first, second):
        assert document.keys() == EARLIER.keys()
        states = [each["state"] for each in document["rounds"]]
        assert states == ["shown", "left out", "coming"]
        for each in document["rounds"]:
            assert each.keys() == EARLIER["rounds"][0].keys()
        assert document["rounds"][0]["asked"][0].keys() == EARLIER["rounds"][0]["asked"][0].keys()
