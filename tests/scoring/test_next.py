"""What comes after a placement: why it is so, what to do, the shortest way, what if."""

from fractions import Fraction as F
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring.explanation import Contradiction
from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from assessments.scoring.whatif import what_if
from tests.scoring.models import WORKED, WORKED_RATINGS, model, one, picking, placed
from tests.scoring.strategies import models, quick, sheets


def standing(matrix, sheet):
    """Return the explanation of the first dimension."""
    return score(matrix, sheet).explanations[matrix.dimensions[0].key]


def roadmap(matrix, sheet):
    """Return the roadmap of a sheet."""
    return score(matrix, sheet).roadmap


def ways(matrix, sheet):
    """Return (id, horizon) of each step."""
    return [(step.descriptor, step.horizon) for step in roadmap(matrix, sheet).steps]


# --- explanation ---------------------------------------------------------------------------------


def test_explain_names_what_keeps_the_next_gate_closed():
    found = standing(WORKED, one(WORKED_RATINGS))

    assert (found.next_gate.to, found.next_gate.progress) == (3, F(2, 9))
    assert [gate.to for gate in found.passed] == [2]
    assert (found.missing, found.holding_back) == ((), ("a.2.3",))
    assert (found.unanswered, found.ahead, found.contradiction) == (("a.3.2",), (), None)


def test_explain_names_what_is_ahead_of_its_stage_worst_gap_first():
    ratings = {"a.1.1": 1, "a.1.2": 0, "a.2.1": 1, "a.2.2": 0, "a.2.3": 3, "a.3.1": 2, "a.3.2": 1}

    found = standing(WORKED, one(ratings))

    assert (found.missing, found.holding_back) == (("a.2.2", "a.2.1"), ("a.1.2", "a.1.1"))
    # The condition left behind is no practice ahead of its stage.
    assert found.ahead == ("a.3.1",)


def test_explain_has_nothing_next_at_the_top_and_nothing_at_all_without_answers():
    top = standing(WORKED, one(dict.fromkeys(WORKED_RATINGS, 3)))
    nothing = standing(WORKED, AnswerSheet())

    assert ([gate.to for gate in top.passed], top.next_gate, top.missing) == ([2, 3], None, ())
    assert (nothing.passed, nothing.next_gate, nothing.unanswered) == ((), None, ())


@pytest.mark.parametrize(
    ("settings", "contradiction"),
    [
        ({"picks": {"a": 2}}, None),
        ({"picks": {"a": 3}}, Contradiction("declared", 3, 2, ("a.2.3", "a.3.2"))),
        (
            {"picks": {"a": 1}},
            Contradiction("declared", 1, 2, ("a.1.1", "a.1.2", "a.2.1")),
        ),
        # What the group agreed on settles the matter, or is the contradiction itself.
        ({"picks": {"a": 3}, "agreed_picks": {"a": 2}}, None),
        (
            {"picks": {"a": 2}, "agreed_picks": {"a": 3}},
            Contradiction("agreed", 3, 2, ("a.2.3", "a.3.2")),
        ),
    ],
)
def test_explain_says_where_words_and_ticks_disagree(settings, contradiction):
    assert standing(WORKED, one(WORKED_RATINGS, **settings)).contradiction == contradiction


# --- roadmap -------------------------------------------------------------------------------------

FOUR = dict.fromkeys("abde", ("c", "p", "p"))


def test_roadmap_takes_the_next_gate_then_those_after_it_up_to_the_target():
    sheet = one({"a.1.1": 0, "a.2.1": 0, "a.3.1": 0})

    assert ways(model({"a": FOUR["a"]}), sheet) == [("a.1.1", "now"), ("a.2.1", "now")]
    assert ways(model({"a": FOUR["a"]}), one(sheet.respondents[0].ratings, targets={"a": 3})) == [
        ("a.1.1", "now"),
        ("a.2.1", "now"),
        ("a.3.1", "next"),
    ]


def test_roadmap_takes_three_dimensions_at_once_by_weight_times_distance():
    ratings = {f"{key}.{rest}": 0 for key in "abde" for rest in ("1.1", "2.1")}
    sheet = one(ratings, weights={"b": F(1, 2), "e": F(2)})

    found = roadmap(model(FOUR), sheet)

    assert found.pressing == ("e", "a", "d", "b")
    assert [step.dimension for step in found.at("now")] == ["e", "e", "a", "a", "d", "d"]
    assert [step.dimension for step in found.at("next")] == ["b", "b"]
    assert found.at("later") == ()
    assert [step.order for step in found.steps] == list(range(1, 9))


def test_roadmap_leaves_for_later_what_has_no_weight():
    assert ways(model({"a": FOUR["a"]}), one({"a.1.1": 0}, weights={"a": F(0)})) == [
        ("a.1.1", "later"),
        ("a.2.1", "later"),
    ]


def test_roadmap_pulls_in_what_is_required_elsewhere():
    matrix = model(
        {"a": ("c", "p", "p"), "b": ("c", "p", "p")},
        requires={"a.2.1": ["b.2.1"], "b.2.1": ["b.1.1"]},
    )
    sheet = one({"a.1.1": 3, "a.2.1": 0, "b.1.1": 3, "b.2.1": 1, "b.3.1": 0}, targets={"b": 1})

    steps = roadmap(matrix, sheet).steps

    assert [(step.descriptor, step.is_pulled_in) for step in steps] == [
        ("b.2.1", True),
        ("a.2.1", False),
    ]
    assert (steps[1].requires, steps[0].requires) == (("b.2.1",), ())


def test_roadmap_marks_the_step_that_opens_the_gate():
    steps = roadmap(model({"a": ("ccc", "ppp")}), one({"a.1.1": 2, "a.2.1": 1})).steps

    assert [(step.descriptor, step.opens_gate, step.is_beyond) for step in steps] == [
        ("a.1.2", False, False),
        ("a.1.3", False, False),
        ("a.2.2", True, False),
        ("a.2.3", False, True),
        ("a.2.1", False, True),
    ]
    assert [step.value for step in steps] == [None, None, None, None, F(1, 3)]


def test_roadmap_starts_from_a_pick_where_nothing_is_rated():
    matrix = model({"a": ("c", "p", "pp")}, requires={"a.3.1": ["a.2.1"]})

    # The gate behind the pick counts as passed, so what it holds is not asked for again.
    assert ways(matrix, picking(2)) == [("a.3.1", "now"), ("a.3.2", "now")]


def test_roadmap_of_a_sheet_without_answers_is_empty():
    assert roadmap(WORKED, AnswerSheet()).steps == ()
    assert score(WORKED, AnswerSheet()).three_steps == ()


def test_roadmap_survives_a_chain_of_thousands():
    count = 1500
    chain = {f"a.2.{n}": [f"a.2.{n + 1}"] for n in range(1, count)}
    matrix = model({"a": ("c", "p" * count)}, requires=chain)

    steps = roadmap(matrix, one({"a.2.1": 0})).steps

    assert [step.descriptor for step in steps[:2]] == ["a.2.1500", "a.2.1499"]
    assert len(steps) == count + 1


def test_three_steps_are_ready_to_start_one_a_dimension():
    matrix = model(FOUR, requires={"a.2.1": ["b.1.1"], "a.1.1": ["b.1.1"]})
    ratings = {f"{key}.{rest}": 0 for key in "abde" for rest in ("1.1", "2.1")}
    sheet = one(ratings, weights={"a": F(5), "e": F(0)})

    found = score(matrix, sheet).three_steps

    # Dimension a waits for b; e has no weight; the third comes from the roadmap's own order.
    assert [step.descriptor for step in found] == ["b.1.1", "a.1.1", "d.1.1"]


@quick
@given(st.data(), models())
def test_roadmap_puts_first_what_comes_first_and_leads_to_the_goal(data, matrix):
    sheet = data.draw(sheets(matrix))
    placement = score(matrix, sheet).placement

    steps = score(matrix, sheet).roadmap.steps

    seen = set()
    lowest_own: dict[str, int] = {}
    for step in steps:
        assert seen.issuperset(step.requires)
        seen.add(step.descriptor)
        if not step.is_pulled_in and not any(step.descriptor in s.requires for s in steps):
            assert lowest_own.setdefault(step.dimension, step.to) <= step.to
            lowest_own[step.dimension] = step.to
    assert len(seen) == len(steps)
    ranks = [("now", "next", "later").index(step.horizon) for step in steps]
    assert ranks == sorted(ranks)
    assert len(score(matrix, sheet).three_steps) == min(3, len(steps))
    done = what_if(score(matrix, sheet), seen).placement
    for was, now in zip(placement.dimensions, done.dimensions, strict=True):
        if was.basis == "derived":
            goal = min(was.stage + 1, matrix.top_stage) if was.target is None else was.target
            assert now.stage >= min(goal, highest_stage(matrix, sheet, was.key))


def highest_stage(matrix, sheet, key):
    """Return the stage with everything done: below the top where nothing of a gate applies."""
    return what_if(score(matrix, sheet), matrix.descriptors).placement.of(key).stage


# --- shortest way --------------------------------------------------------------------------------


def test_shortest_way_takes_the_fewest_steps():
    matrix = model({"a": ("ccc", "ppp", "p")})
    sheet = one({"a.1.1": 2, "a.1.2": 1, "a.2.1": 1, "a.2.2": 0, "a.2.3": 0})

    # 4 of 18 are there and 12 are needed: 3 + 3 + 3 more, then the last stage's own.
    assert score(matrix, sheet).shortest_way("a", 2) == ("a.2.2", "a.2.3", "a.1.3")
    assert score(matrix, sheet).shortest_way("a", 3) == ("a.2.2", "a.2.3", "a.1.3", "a.3.1")
    assert score(matrix, sheet).shortest_way("a", 1) == ()


def test_shortest_way_goes_round_what_requires_much():
    # The largest gain needs two more from elsewhere; the two smaller ones need nothing.
    matrix = model(
        {"a": ("ccc", "", "p"), "b": ("cc", "", "p")}, requires={"a.1.1": ["b.1.1", "b.1.2"]}
    )
    sheet = one({"a.1.1": 0, "a.1.2": 1, "a.1.3": 1})

    assert score(matrix, sheet).shortest_way("a", 2) == ("a.1.2", "a.1.3")


def test_shortest_way_under_the_other_rules():
    ratings = {"a.1.1": 1, "a.1.2": 2, "a.2.1": 3, "a.2.2": 0}
    additive = model({"a": ("", "ppp", "pp")}, rule="additive", first=0)

    assert score(model({"a": ("cc", "pp")}, rule="every"), one(ratings)).shortest_way("a", 2) == (
        "a.2.2",
        "a.1.1",
    )
    # Two of the last stage bring a half each: the shorter way to a whole stage.
    assert score(additive, one({"a.1.1": 0})).shortest_way("a", 1) == ("a.2.1", "a.2.2")


@quick
@given(st.data(), models(rules=("gates", "every")))
def test_shortest_way_to_the_next_stage_is_the_shortest(data, matrix):
    sheet = data.draw(sheets(matrix, people=2, picks=False))
    for key, dimension in matrix.dimension_by_key.items():
        found = placed(matrix, sheet, key)
        if found.stage is None or found.stage == highest_stage(matrix, sheet, key):
            continue
        goal = found.stage + 1

        way = score(matrix, sheet).shortest_way(key, goal)

        assert what_if(score(matrix, sheet), way).placement.of(key).stage >= goal
        for count in range(len(way)):
            for fewer in combinations([d.id for d in dimension.descriptors], count):
                if what_if(score(matrix, sheet), fewer).placement.of(key).stage >= goal:
                    # It must have skipped a requirement that is not met.
                    assert any(
                        required not in fewer
                        for name in fewer
                        for required in matrix.descriptors[name].requires
                    )


# --- what if -------------------------------------------------------------------------------------


def after(matrix, sheet, *done):
    """Return (stage, score) of dimension a with some steps done."""
    found = what_if(score(matrix, sheet), done).placement.of("a")
    return found.stage, found.score


def test_what_if_nothing_is_done_changes_nothing():
    sheet = one(WORKED_RATINGS)

    assert what_if(score(WORKED, sheet), ()).sheet is sheet
    assert what_if(score(WORKED, sheet), ("gone",)).sheet is sheet


def test_what_if_counts_a_step_as_fully_done_for_everyone():
    sheet = AnswerSheet(respondents=(RespondentAnswers(ratings=WORKED_RATINGS),) * 2)

    assert after(WORKED, sheet, "a.2.3") == (2, 2 + F(5, 9) / F(2, 3))
    assert after(WORKED, sheet, "a.2.3", "a.3.2") == (3, 3)


@pytest.mark.parametrize(
    ("picks", "agreed", "before", "then"),
    [
        # Declared alone: the pick is taken at its word and the step comes on top.
        ((2,), {}, (2, F(2)), (2, F(5, 2))),
        ((2, 3), {}, (2, F(5, 2)), (3, F(3))),
        # Agreed without ratings.
        ((), {"a": 2}, (2, F(2)), (2, F(5, 2))),
    ],
)
def test_what_if_goes_on_from_a_pick(picks, agreed, before, then):
    sheet = picking(*picks, agreed_picks=agreed)

    assert (placed(WORKED, sheet).stage, placed(WORKED, sheet).score) == before
    assert after(WORKED, sheet, "a.3.1") == then


def test_what_if_shows_through_an_agreed_pick_above_the_ratings():
    matrix = model({"a": ("c", "p", "p", "pp")})
    sheet = one({"a.1.1": 0, "a.2.1": 0, "a.3.1": 0}, agreed_picks={"a": 3})

    assert after(matrix, sheet, "a.4.1") == (3, F(15, 4))
    assert after(matrix, sheet, "a.4.1", "a.4.2") == (4, F(4))


def test_what_if_raises_an_agreed_pick_below_the_ratings_with_them():
    matrix = model({"a": ("c", "p", "p", "pp")})
    sheet = one({"a.1.1": 3, "a.2.1": 3, "a.3.1": 0}, agreed_picks={"a": 1})

    assert placed(matrix, sheet).stage == 1
    assert after(matrix, sheet, "a.3.1") == (2, F(2))


def test_what_if_leaves_alone_what_does_not_apply():
    sheet = one({**WORKED_RATINGS, "a.3.2": "not_applicable"})

    assert what_if(score(WORKED, sheet), ("a.3.2",)).sheet is sheet


@quick
@given(st.data(), models())
def test_what_if_never_looks_like_a_fall(data, matrix):
    sheet = data.draw(sheets(matrix, people=3))
    done = data.draw(st.sets(st.sampled_from(list(matrix.descriptors))))

    before, after = score(matrix, sheet).placement, what_if(score(matrix, sheet), done).placement

    for was, now in zip(before.dimensions, after.dimensions, strict=True):
        if was.stage is not None:
            assert now.stage >= was.stage
            assert now.score >= was.score


@quick
@given(st.data(), models())
def test_what_if_gives_what_its_answers_give_from_the_start(data, matrix):
    sheet = data.draw(sheets(matrix, people=3))
    done = data.draw(st.sets(st.sampled_from(list(matrix.descriptors))))

    found = what_if(score(matrix, sheet), done)

    again = score(matrix, found.sheet)
    assert found.settled == again.settled
    assert found.placement == again.placement
