"""A matrix laid out for its pages."""

import pytest

from maturity.catalogue.matrix import Matrix, matrix_of, ramp_position
from maturity.catalogue.reading import dimension_page_of, sheet_of, threshold_label
from tests.catalogue.documents import small_model, spoil


@pytest.fixture
def matrix() -> Matrix:
    """Return the small model's matrix."""
    return matrix_of(small_model())


@pytest.mark.parametrize(
    ("numbers", "ramp"),
    [
        ([1, 2], [1, 5]),
        ([0, 1, 2], [1, 3, 5]),
        ([0, 1, 2, 3], [1, 2, 4, 5]),
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([0, 1, 2, 3, 4, 5], [1, 2, 3, 3, 4, 5]),
    ],
)
def test_ramp_position_spreads_the_stages(numbers: list[int], ramp: list[int]) -> None:
    document = small_model()
    document["stages"] = [{"number": n, "name": str(n), "summary": ""} for n in numbers]
    matrix = matrix_of(document)

    assert [ramp_position(matrix, number) for number in numbers] == ramp


def test_sheet_of_puts_each_cell_under_its_stage(matrix: Matrix) -> None:
    sheet = sheet_of(matrix)

    assert [column.ramp for column in sheet.columns] == [1, 3, 5]
    assert [[box.column.stage.number for box in row.boxes] for row in sheet.rows] == [[1, 2, 3]] * 2
    assert (sheet.practice_count, sheet.condition_count) == (4, 1)


def test_dimension_page_of_says_what_each_gate_asks(matrix: Matrix) -> None:
    first, second, third = dimension_page_of(matrix, "alpha").chapters

    assert first.gate is None
    assert second.gate is not None
    assert [each.id for each in second.gate.practices] == ["a.2.1", "a.2.2"]
    assert [each.id for each in second.gate.conditions] == ["a.1.1"]
    assert second.gate.first_practices == ()
    assert third.gate is not None
    assert [each.id for each in third.gate.practices] == ["a.3.1"]
    assert third.gate.conditions == ()


def test_dimension_page_of_asks_for_the_first_stage_s_practices_at_the_first_gate() -> None:
    document = spoil(small_model(), "dimensions[0].cells[0].descriptors[0].kind", "practice")

    gate = dimension_page_of(matrix_of(document), "alpha").chapters[1].gate

    assert gate is not None
    assert [each.id for each in gate.first_practices] == ["a.1.1"]
    assert gate.conditions == ()


def test_dimension_page_of_spells_out_what_a_descriptor_refers_to(matrix: Matrix) -> None:
    page = dimension_page_of(matrix, "alpha")
    first, second = page.chapters[0].entries[0], page.chapters[1].entries[0]

    assert (second.facet_name, second.effort_word, second.source_text) == ("People", "small", "")
    assert [(each.descriptor.id, each.dimension_name) for each in second.requires] == [
        ("a.1.1", "Alpha")
    ]
    assert first.source_text == "s.1"


def test_dimension_page_of_knows_its_neighbours(matrix: Matrix) -> None:
    alpha, beta = dimension_page_of(matrix, "alpha"), dimension_page_of(matrix, "beta")

    assert (alpha.before, alpha.after) == (None, matrix.dimensions[1])
    assert (beta.before, beta.after) == (matrix.dimensions[0], None)


def test_dimension_page_of_refuses_an_unknown_dimension(matrix: Matrix) -> None:
    with pytest.raises(KeyError):
        dimension_page_of(matrix, "gamma")


@pytest.mark.parametrize(("threshold", "label"), [("1/2", "half"), ("2/3", "67 %"), (1, "yes")])
def test_threshold_label_takes_the_scale_s_word(threshold: object, label: str) -> None:
    matrix = matrix_of(spoil(small_model(), "rule.threshold", threshold))

    assert threshold_label(matrix) == label
