"""Targets to start from: filled in on the page, and nothing saved before they are."""

import re

import pytest

from assessments.core.queries.sheets import answer_sheet_of
from assessments.models import DimensionSetting
from assessments.scoring.scored import score
from tests.assessments.lifecycle.test_targets import fields_of
from tests.reports.sheets import journey_matrix
from tests.tenancy.crawl import text_of

pytestmark = pytest.mark.django_db


def shown(guest, query):
    """Return the targets the page shows, by dimension, for those that are not the next stage."""
    page = guest.get(f"targets/{query}").content.decode()
    chosen = re.findall(
        r'<select name="target:([^"]+)".*?<option value="([^"]*)" selected', page, re.S
    )
    return {key: int(stage) for key, stage in chosen if stage}


def test_each_way_fills_in_and_saves_nothing(answered):
    placement = score(journey_matrix(), answer_sheet_of(answered.assessment)).placement
    today = {each.key: each.stage for each in placement.dimensions}

    assert shown(answered, "?start=stage-4") == dict.fromkeys(today, 4)
    assert shown(answered, "?start=next") == {key: stage + 1 for key, stage in today.items()}
    assert shown(answered, "?start=year&days=999") == dict.fromkeys(today, 5)
    little = shown(answered, "?start=year&days=1")
    assert all(today[key] <= little[key] <= today[key] + 1 for key in today)
    assert DimensionSetting.objects.count() == 0
    assert "Filled in, not saved yet." in answered.get("targets/?start=next").content.decode()


def test_what_was_filled_in_is_saved_as_it_was_shown(answered):
    fields = fields_of(answered, "?start=stage-4")

    answered.post("targets/", fields)

    found = dict(DimensionSetting.objects.values_list("dimension", "target"))
    assert len(found) == 8
    assert set(found.values()) == {4}


@pytest.mark.parametrize(
    "query", ["?start=", "?start=stage-9", "?start=stage-x", "?start=stage-²", "?start=<b>"]
)
def test_what_is_not_offered_fills_in_nothing(answered, query):
    assert shown(answered, query) == {}
    assert "Filled in" not in text_of(answered.get(f"targets/{query}"))


def test_nothing_assessed_has_no_next_stage(guest):
    for query in ("?start=next", "?start=year"):
        page = guest.get(f"targets/{query}").content.decode()
        assert "Nothing is assessed yet, so there is no next stage to propose." in page
