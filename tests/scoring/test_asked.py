"""What everybody is asked."""

import json

import pytest

from assessments.scoring.asked import asked_of
from maturity.catalogue.matrix import Matrix, matrix_of
from tests.conftest import JOURNEY

MATRIX: Matrix = matrix_of(json.loads(JOURNEY.read_text(encoding="utf-8"))[0]["fields"]["document"])


def test_free_asks_for_everything_in_every_way() -> None:
    asked = asked_of(MATRIX, "free")

    assert asked.ratings == frozenset(MATRIX.descriptors)
    assert asked.picks == frozenset(MATRIX.dimension_by_key)
    assert asked.ways == ("quick", "guided", "everything")
    assert asked.is_free


def test_picks_ask_for_a_stage_of_each_dimension() -> None:
    asked = asked_of(MATRIX, "picks")

    assert (asked.ratings, asked.size) == (frozenset(), len(MATRIX.dimensions))
    assert asked.ways == ("quick",)
    assert asked.is_asked("pick", "strategy")
    assert not asked.is_asked("rating", "strategy.1.01")


@pytest.mark.parametrize("up_to", [2, 3, 4, 5])
def test_gates_up_to_a_stage_hold_its_practices_and_the_conditions_below(up_to: int) -> None:
    asked = asked_of(MATRIX, "gates", up_to)

    assert asked.ratings == {
        d.id
        for d in MATRIX.descriptors.values()
        if (d.stage <= up_to if d.kind == "practice" else d.stage <= up_to - 1)
    }
    assert asked.picks == frozenset()
    assert asked.ways == ("everything",)


def test_all_gates_are_those_up_to_the_top() -> None:
    assert asked_of(MATRIX, "gates") == asked_of(MATRIX, "gates", MATRIX.top_stage)


def test_open_counts_what_is_asked_and_not_answered() -> None:
    row = MATRIX.dimension_by_key["strategy"]
    gates = asked_of(MATRIX, "gates", 2)
    size = len(gates.descriptors_of(row))
    first = gates.descriptors_of(row)[0].id

    assert gates.open_of(row, {first: "unknown", "strategy.5.01": 3}, {}) == size - 1
    assert asked_of(MATRIX, "picks").open_of(row, {}, {"strategy": 2}) == 0


def test_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="some"):
        asked_of(MATRIX, "some")
