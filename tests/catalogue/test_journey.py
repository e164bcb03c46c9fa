"""The built-in model: every source bullet accounted for, and nothing to advise."""

import re
from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command

from maturity.catalogue.advice import advice_on
from maturity.catalogue.checks import problems_in
from maturity.catalogue.importing import read_model
from maturity.catalogue.matrix import matrix_of
from maturity.catalogue.models import MaturityModel
from tests.conftest import JOURNEY

# Bullets of the source per row, stage 1 to 5. Those of the last row name its four facets.
BULLETS = {
    "strategy": [4, 5, 12, 6, 4],
    "customer-engagement": [6, 6, 7, 6, 4],
    "employee-engagement": [4, 8, 7, 5, 4],
    "people-profiles": [2, 6, 6, 3, 6],
    "crisis-management": [8, 5, 7, 7, 5],
    "metrics": [2, 7, 12, 12, 7],
    "tools-integration": [2, 3, 7, 4, 5],
    "internal-use": [4, 0, 0, 0, 0],
}


def bullets_of(row: str) -> set[str]:
    """Return the ids of a row's bullets."""
    return {
        f"{row}.{stage}.{number:02}"
        for stage, count in enumerate(BULLETS[row], start=1)
        for number in range(1, count + 1)
    }


def test_journey_is_sound_and_there_is_nothing_to_advise(journey: dict[str, Any]) -> None:
    assert problems_in(journey) == []
    assert advice_on(journey) == []


def test_journey_has_its_shape(journey_text: str) -> None:
    matrix = matrix_of(read_model(journey_text))

    assert [stage.name for stage in matrix.stages] == [
        "Traditional",
        "Experimental",
        "Operational",
        "Value Expansion",
        "Fully Integrated",
    ]
    assert [dimension.key for dimension in matrix.dimensions] == list(BULLETS)
    assert len(matrix.descriptors) == 224


def test_journey_uses_each_of_the_208_bullets_once(journey: dict[str, Any]) -> None:
    matrix = matrix_of(journey)
    used = Counter(bullet for each in matrix.descriptors.values() for bullet in each.source)
    used.update(
        bullet for row in matrix.dimensions for facet in row.facets for bullet in facet.source
    )

    assert used == Counter({bullet: 1 for row in BULLETS for bullet in bullets_of(row)})
    assert used.total() == 208


def test_journey_turns_a_bullet_into_the_descriptor_of_the_same_id(journey: dict[str, Any]) -> None:
    matrix = matrix_of(journey)

    for dimension in matrix.dimensions[:7]:
        assert {each.id for each in dimension.descriptors} == bullets_of(dimension.key)
        assert all(each.source == (each.id,) for each in dimension.descriptors)
        assert [len(cell.descriptors) for cell in dimension.cells] == BULLETS[dimension.key]


def test_journey_s_last_row_has_one_descriptor_for_each_facet_and_stage(
    journey: dict[str, Any],
) -> None:
    row = matrix_of(journey).dimension_by_key["internal-use"]
    facets = [facet.key for facet in row.facets]

    assert {bullet for facet in row.facets for bullet in facet.source} == bullets_of(row.key)
    assert [len(facet.source) for facet in row.facets] == [1, 1, 1, 1]
    assert [sorted(each.facet for each in cell.descriptors) for cell in row.cells] == [
        sorted(facets)
    ] * 5
    assert all(each.source == () for each in row.descriptors)


def test_journey_leaves_nothing_blank(journey: dict[str, Any]) -> None:
    matrix = matrix_of(journey)

    for each in matrix.descriptors.values():
        assert each.evidence != ""
        assert each.effort in ("S", "M", "L")
        assert (each.facet != "") == (matrix.dimension_by_key[each.dimension].facets != ()), each.id
    assert all(stage.summary and stage.question for stage in matrix.stages)
    assert all(cell.summary for row in matrix.dimensions for cell in row.cells)


def test_journey_s_statements_speak_for_us_and_end_like_sentences(journey: dict[str, Any]) -> None:
    for each in matrix_of(journey).descriptors.values():
        assert re.fullmatch(r"[A-Z].*\.", each.statement), each.id
        assert re.fullmatch(r"[A-Z].*\.", each.action), each.id


@pytest.mark.django_db
def test_journey_is_loaded_by_loaddata_as_often_as_one_likes(journey: dict[str, Any]) -> None:
    call_command("loaddata", JOURNEY, verbosity=0)
    call_command("loaddata", JOURNEY, verbosity=0)

    row = MaturityModel.objects.get_by_natural_key("social-engagement-journey", "1.0.0")
    assert MaturityModel.objects.count() == 1
    assert row.document == journey
    assert row.natural_key() == (journey["key"], journey["version"])
