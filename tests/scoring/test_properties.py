"""What must hold for every model and every sheet."""

import json
from dataclasses import replace
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.scoring.answers_file import answers_of, read_answers
from assessments.scoring.guided import guide
from assessments.scoring.placement_file import placement_document
from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from tests.scoring import reference
from tests.scoring.models import WORKED, WORKED_RATINGS, one
from tests.scoring.strategies import models, quick, ratings, sheets


@quick
@given(st.data(), models())
def test_place_equals_the_slow_reference(data, matrix):
    sheet = data.draw(sheets(matrix))

    dimensions = score(matrix, sheet).placement.dimensions
    for found, dimension in zip(dimensions, matrix.dimensions, strict=True):
        stage, exact = reference.score(matrix, sheet, dimension)
        _, highest = reference.score(matrix, sheet, dimension, unanswered=1)
        rows = [
            [
                each.ratings[d.id]
                for each in sheet.respondents
                if isinstance(each.ratings.get(d.id), int)
            ]
            for d in dimension.descriptors
        ]
        assert found.coverage == reference.coverage(matrix, sheet, dimension)
        assert found.agreement.ratings == reference.agreement(rows, len(matrix.scale))
        assert [(gate.to, gate.progress) for gate in found.gates] == [
            (to, reference.progress(matrix, sheet, items, 0))
            for to, items in reference.groups(matrix, dimension)
        ]
        if found.derived:
            assert (found.derived.stage, found.derived.score) == (stage, exact)
            assert (found.lowest, found.highest) == (exact, highest)
        else:
            values = {reference.item(matrix, sheet, d.id) for d in dimension.descriptors}
            assert values <= {None, "not_applicable"}
            assert found.does_not_apply == (
                values == {"not_applicable"} and found.key not in sheet.agreed_picks
            )


@quick
@given(st.data(), models())
def test_a_better_answer_never_lowers_a_score(data, matrix):
    sheet = data.draw(sheets(matrix, picks=False))
    given_steps = [
        (index, name)
        for index, each in enumerate(sheet.respondents)
        for name, answer in each.ratings.items()
        if isinstance(answer, int) and answer < matrix.top_step
    ]
    assume(given_steps)
    index, name = data.draw(st.sampled_from(given_steps))
    who = sheet.respondents[index]
    better = data.draw(st.integers(who.ratings[name] + 1, matrix.top_step))
    respondents = list(sheet.respondents)
    respondents[index] = replace(who, ratings={**who.ratings, name: better})

    before = score(matrix, sheet).placement
    after = score(matrix, replace(sheet, respondents=tuple(respondents))).placement

    for was, now in zip(before.dimensions, after.dimensions, strict=True):
        assert was.score is None or (now.score >= was.score and now.stage >= was.stage)
        assert was.highest is None or now.highest >= was.highest
    assert before.overall.score is None or after.overall.score >= before.overall.score


@quick
@given(st.data(), models())
def test_the_order_of_respondents_does_not_matter(data, matrix):
    sheet = data.draw(sheets(matrix))
    respondents = data.draw(st.permutations(sheet.respondents))

    assert (
        score(matrix, replace(sheet, respondents=tuple(respondents))).placement
        == score(matrix, sheet).placement
    )


@quick
@given(st.data(), models())
def test_guided_answering_gives_what_answering_everything_gives(data, matrix):
    hidden = data.draw(ratings(matrix, full=True))
    given_answers = {}

    for dimension in matrix.dimension_by_key:
        while (asked := guide(matrix, dimension, given_answers).next_open) is not None:
            assert asked not in given_answers
            given_answers[asked] = hidden[asked]

    everything, guided = (
        score(matrix, one(hidden)).placement,
        score(matrix, one(given_answers)).placement,
    )
    for full, less in zip(everything.dimensions, guided.dimensions, strict=True):
        if full.derived and less.derived:
            assert less.derived == full.derived
            assert (less.lowest, less.highest) == (full.lowest, full.highest)
            assert (less.coverage, less.next_steps) == (full.coverage, full.next_steps)
        elif full.derived:
            # Everything asked was answered "don't know", and nothing more could change the stage.
            assert full.stage == matrix.first_stage
    assert all(guide(matrix, key, given_answers).is_done for key in matrix.dimension_by_key)


@quick
@given(st.data(), models())
def test_lowest_is_at_most_the_score_is_at_most_highest(data, matrix):
    sheet = data.draw(sheets(matrix))

    for found in score(matrix, sheet).placement.dimensions:
        if found.derived:
            assert matrix.first_stage <= found.lowest == found.derived.score <= found.highest
            assert found.highest <= matrix.top_stage
        assert 0 <= found.coverage <= 1


@quick
@given(st.data(), models())
def test_the_whole_part_of_every_score_is_its_stage(data, matrix):
    found = score(matrix, data.draw(sheets(matrix))).placement

    for placed in (found.overall, *found.dimensions):
        assert (placed.score is None) == (placed.stage is None)
        assert placed.score is None or int(placed.score) == placed.stage
    for placed in found.dimensions:
        for said in filter(None, (placed.derived, placed.declared)):
            assert int(said.score) == said.stage


@quick
@given(st.data(), models())
def test_a_dimension_of_which_nothing_applies_counts_as_if_it_were_not_there(data, matrix):
    sheet = data.draw(sheets(matrix))
    excused, *others = data.draw(st.permutations(matrix.dimensions))
    answered = dict.fromkeys((each.id for each in excused.descriptors), "not_applicable")
    sheet = replace(
        sheet,
        agreed_ratings={**sheet.agreed_ratings, **answered},
        agreed_picks={k: v for k, v in sheet.agreed_picks.items() if k != excused.key},
    )

    found = score(matrix, sheet).placement

    assert found.of(excused.key).does_not_apply
    assert (
        found.overall == score(replace(matrix, dimensions=tuple(others)), sheet).placement.overall
    )


@quick
@given(st.data(), models())
def test_what_does_not_apply_equals_what_is_not_there(data, matrix):
    given_ratings = data.draw(ratings(matrix))
    excused = {name for name, answer in given_ratings.items() if answer == "not_applicable"}
    smaller = replace(
        matrix,
        dimensions=tuple(
            replace(
                dimension,
                cells=tuple(
                    replace(
                        cell,
                        descriptors=tuple(d for d in cell.descriptors if d.id not in excused),
                    )
                    for cell in dimension.cells
                ),
            )
            for dimension in matrix.dimensions
        ),
    )

    with_them, without = (
        score(matrix, one(given_ratings)).placement,
        score(smaller, one(given_ratings)).placement,
    )

    for dimension, less in zip(matrix.dimensions, smaller.dimensions, strict=True):
        one_way, other_way = with_them.of(dimension.key), without.of(dimension.key)
        # An empty gate is open; one of which nothing applies is passed and lifts nobody by itself.
        left = dict(reference.groups(smaller, less))
        is_one_emptied = any(
            items and not left.get(to) for to, items in reference.groups(matrix, dimension)
        )
        if one_way.derived and other_way.derived and not is_one_emptied:
            assert one_way.derived == other_way.derived
            assert (one_way.lowest, one_way.highest) == (other_way.lowest, other_way.highest)
            assert one_way.next_steps == other_way.next_steps


@quick
@given(st.data(), models())
def test_agreed_ratings_win_over_whatever_people_said(data, matrix):
    agreed = data.draw(ratings(matrix, full=True))
    sheet = replace(data.draw(sheets(matrix, picks=False)), agreed_ratings=agreed)
    alone = AnswerSheet(
        respondents=(RespondentAnswers(ratings=agreed),),
        targets=sheet.targets,
        weights=sheet.weights,
        baseline=sheet.baseline,
    )

    found, expected = score(matrix, sheet).placement, score(matrix, alone).placement

    assert found.overall == expected.overall
    assert [(d.derived, d.gates, d.next_steps) for d in found.dimensions] == [
        (d.derived, d.gates, d.next_steps) for d in expected.dimensions
    ]


@quick
@given(st.data(), models())
def test_an_answers_file_reads_back_as_the_same_sheet(data, matrix):
    sheet = data.draw(sheets(matrix))

    document = answers_of(sheet, matrix.key)

    assert read_answers(json.dumps(document), matrix) == sheet
    assert answers_of(read_answers(json.dumps(document), matrix), matrix.key) == document


@quick
@given(st.data(), models())
def test_a_placement_document_is_plain_json(data, matrix):
    document = placement_document(score(matrix, data.draw(sheets(matrix))).placement)

    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_answers_in_another_order_are_the_same_answers():

    shuffled = list(WORKED_RATINGS.items())
    Random(1).shuffle(shuffled)

    assert (
        score(WORKED, one(dict(shuffled))).placement == score(WORKED, one(WORKED_RATINGS)).placement
    )
