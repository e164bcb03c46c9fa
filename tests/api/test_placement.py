"""The placement: the same as everywhere; told again while nothing changes, anew when it does."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.core.queries.placements import placement_text
from assessments.core.queries.standing import standing_of
from assessments.lifecycle.services.targets import SettingChange, change_settings
from assessments.models import Assessment
from assessments.scoring.placement_file import placement_document
from maturity.workspaces.actors import Actor
from tests.assessments.voices import KEY
from tests.roles_cast import make_result

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BY = Actor("test")


@pytest.fixture
def place(assessment):
    """Return the address of a placement."""
    return f"/assessments/{assessment}/placement"


def test_it_is_what_every_page_says(program, assessment, place, journey):
    body = {
        "ratings": {KEY: 3, "strategy.1.02": 2, "strategy.2.01": "not_applicable"},
        "picks": {"metrics": 2},
        "notes": {KEY: "With a note"},
    }
    program.patch(f"/assessments/{assessment}/answers/mine", body)

    told = program.get(place)

    standing = standing_of(Assessment.objects.select_related("organisation").get())
    assert told.json() == placement_document(standing.placement)
    assert told["Content-Type"] == "application/json"
    assert "no-store" in told["Cache-Control"]


def test_it_changes_with_all_it_rests_on(program, assessment, place, owner):
    def told():
        program.get(place)
        return program.get(place).json()

    seen = [told()]
    answers = f"/assessments/{assessment}/answers/mine"
    for change in (
        lambda: program.patch(answers, {"picks": {"metrics": 2}}),
        lambda: program.patch(answers, {"ratings": {KEY: 3}}),
        lambda: program.patch(answers, {"ratings": {KEY: None}}),
        lambda: change_settings(
            Assessment.objects.select_related("organisation", "workspace").get(),
            organisation_name=None,
            date=None,
            changes=[SettingChange("metrics", {"target": 5})],
            now=NOW,
            by=BY,
        ),
        lambda: program.patch(answers, {"picks": {"metrics": None}}),
    ):
        change()
        seen.append(told())
        assert seen[-1] != seen[-2]
        current = Assessment.objects.select_related("organisation").get()
        assert seen[-1] == placement_document(standing_of(current).placement)


def test_it_is_computed_once_while_nothing_changes(program, place, organisation, version):
    closed = f"/assessments/{make_result(organisation, version).assessment.public_id}/placement"
    # The first call of all also notes the token's use.
    program.get("/token")

    # token, assessment with roles; respondents, ratings, picks, settings, agreed
    assert _queries(program, place) == 7
    assert _queries(program, place) == 2
    # token, assessment with roles, which result; what is frozen
    assert _queries(program, closed) == 4
    assert _queries(program, closed) == 3


def _queries(program, path):
    with CaptureQueriesContext(connection) as queries:
        assert program.get(path).status_code == 200
    # The call is counted, which is an update in a savepoint.
    return len(queries.captured_queries) - 3


def test_what_is_told_is_bytes_of_json(assessment):
    found = placement_text(Assessment.objects.select_related("organisation").get(), None)

    assert found.hidden is None
    assert json.loads(found.text)["format"] == "waymark-placement/1"
