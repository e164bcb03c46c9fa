"""What if: figures before and after."""

from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet
from reports.comparing.what_if import compare
from tests.reports.sheets import journey_matrix, sheet, spread
from tests.scoring.models import WORKED, WORKED_RATINGS, model, one


def test_nothing_ticked_changes_nothing():
    comparison = compare(score(WORKED, one(WORKED_RATINGS)), ())

    assert comparison.summary == "No step is ticked yet: these are today’s figures."
    assert not comparison.overall.is_changed
    assert [axis.now for axis in comparison.radar.axes] == [
        axis.before for axis in comparison.radar.axes
    ]


def test_steps_move_the_figures_and_say_so():
    comparison = compare(score(WORKED, one(WORKED_RATINGS)), {"a.2.3", "a.3.2"})

    (row,) = comparison.dimensions
    assert (row.before, row.after) == ("2.3", "3.0")
    assert (row.stage_before.number, row.stage_after.number) == (2, 3)
    assert comparison.summary == (
        "With 2 steps done the overall score goes from 2.3 to 3.0; Row a reaches stage 3, Stage 3."
    )
    assert comparison.radar.now_name == "With these steps"


def test_unknown_ids_count_for_nothing():
    comparison = compare(score(WORKED, one(WORKED_RATINGS)), {"nonsense", "<script>"})

    assert comparison.done == 0
    assert not comparison.overall.is_changed


def test_way_to_the_targets_moves_too():
    targets = {row.key: 4 for row in journey_matrix().dimensions}
    answers = sheet(spread(), targets=targets)
    done = [key for key in journey_matrix().descriptors if key.startswith("strategy.")]

    comparison = compare(score(journey_matrix(), answers), done)

    assert comparison.to_target.is_changed


def test_a_dimension_of_which_nothing_applies_says_so():
    matrix = model({"a": ("c", "p"), "b": ("c", "p")})
    answers = one({"a.1.1": 0, "b.1.1": "not_applicable", "b.2.1": "not_applicable"})

    comparison = compare(score(matrix, answers), ("a.1.1", "b.1.1"))

    excused = comparison.dimensions[1]
    assert (excused.before, excused.after) == ("does not apply", "does not apply")
    assert not excused.is_changed


def test_nothing_answered_stays_not_assessed():
    comparison = compare(score(WORKED, AnswerSheet()), ())

    assert comparison.overall.after == "not assessed"
    assert comparison.to_target is None
