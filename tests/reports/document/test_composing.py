"""A matrix and a sheet made into a document: what it says, and that it says it plainly."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from maturity.catalogue.matrix import ramp_position
from reports.document.composing import build_document
from reports.wording.basics import after_text, answers_text, placed_text, reach_text
from reports.wording.method import method
from tests.reports.sheets import journey_matrix, sheet, spread
from tests.scoring.models import WORKED, WORKED_RATINGS, model, one, picking, several


def remarks(document, index=0):
    return {remark.kind: remark.text for remark in document.dimensions[index].remarks}


def test_worked_example_is_explained():
    document = build_document(score(WORKED, one(WORKED_RATINGS)))

    (row,) = document.dimensions
    assert row.headline == "Row a stands at stage 2, Stage 2, with a score of 2.3."
    assert row.placed.score == Fraction(7, 3)
    assert reach_text(row.placed) == "2.3 to 2.8"
    assert row.placed.coverage == Fraction(6, 7)
    assert remarks(document) == {
        "gate": (
            "The gate to stage 3, Stage 3, is 22\u00a0% in place; it opens at 67\u00a0%. "
            "The shortest way to open it takes 2 steps."
        ),
        "holding": "One way of working still holds it back: “Statement a.2.3”.",
        "unanswered": (
            "One statement of its next gate is unanswered. It counts as not in place; once "
            "answered, the score could be as high as 2.8."
        ),
    }
    assert [item.id for item in row.to_do] == ["a.2.3", "a.3.2"]
    assert [(cell.gate.progress, cell.gate.is_open) for cell in row.cells[1:]] == [
        (Fraction(3, 4), True),
        (Fraction(2, 9), False),
    ]
    assert [cell.position for cell in row.cells] == ["passed", "here", "ahead"]


def test_nothing_answered_says_what_to_do_and_never_a_number():
    document = build_document(score(journey_matrix(), AnswerSheet()))

    assert document.is_empty
    assert document.overall.score is None
    assert document.overall.headline == "Nothing is answered yet, so there is no stage to show."
    assert {row.placed.score for row in document.dimensions} == {None}
    assert {cell.position for row in document.dimensions for cell in row.cells} == {None}
    assert document.steps == ()
    assert document.three_steps == ()
    assert all(axis.now is None for axis in document.radar.axes)
    assert document.dimensions[0].headline == (
        "Strategy is not assessed yet: no statement is answered, no stage chosen."
    )


def test_one_dimension_only_counts_alone_and_the_others_are_named():
    ratings = {key: step for key, step in spread().items() if key.startswith("metrics.")}
    document = build_document(score(journey_matrix(), sheet(ratings)))

    assert document.overall.assessed == 1
    assert "across 1 of 8 dimensions" in document.overall.headline
    assert "are not assessed and count for nothing here." in document.overall.sentences[-1]
    assert "Metrics" not in document.overall.sentences[-1]
    assert (document.overall.strongest, document.overall.weakest) == ((), ())


def test_top_stage_has_nothing_left():
    document = build_document(score(journey_matrix(), sheet(spread((3, 3, 3, 3, 3)))))

    assert document.overall.score == 5
    assert document.dimensions[0].headline == (
        "Strategy has reached stage 5, Fully Integrated, the last one: every gate is open."
    )
    assert document.dimensions[0].to_do == ()
    assert document.steps == ()


def test_contradiction_is_said_with_what_it_rests_on():
    document = build_document(
        score(journey_matrix(), sheet(spread((3, 3, 0, 0, 0)), picks={"strategy": 4}))
    )

    text = remarks(document)["disagree"]
    assert text.startswith(
        "As chosen directly it stands at stage 4, Value Expansion; from the answers, at stage 2,"
    )
    assert f"rests on {len(document.dimensions[0].rests_on)} statements not yet met" in text
    assert document.dimensions[0].rests_on


def test_declared_alone_says_what_it_rests_on():
    document = build_document(score(model({"a": ("c", "p", "p")}), picking(2, 2, 3)))

    (row,) = document.dimensions
    assert row.headline == (
        "Row a stands at stage 2, Stage 2, as chosen directly by 3 people; its statements are not "
        "answered."
    )
    assert row.placed.basis == "declared"
    assert row.placed.derived is None
    assert "their agreement is" in remarks(document)["people"]


def test_practices_ahead_of_their_stage_are_shown():
    document = build_document(score(model({"a": ("c", "p", "p")}), one({"a.1.1": 0, "a.3.1": 3})))

    assert remarks(document)["ahead"] == (
        "One practice is ahead of this stage: “Statement a.3.1”. "
        "It counts as soon as the gates below are open."
    )


def test_overall_names_the_extremes_and_the_ways():
    ratings = spread() | {
        key: 3 for key in journey_matrix().descriptors if key.startswith("tools-integration.")
    }
    targets = {row.key: 4 for row in journey_matrix().dimensions}
    document = build_document(
        score(
            journey_matrix(),
            sheet(ratings, targets=targets, baseline={"strategy": Fraction("1.5")}),
        )
    )

    text = " ".join(document.overall.sentences)
    assert "Furthest along: Tools and Integration (5.0) and" in text
    assert re.search(
        r"Of the way from stage 1, Traditional, to the targets [0-9]+\s% is done;"
        r" of what was left last time, [0-9]+\s%\.",
        text,
    )
    assert document.dimensions[0].target.number == 4
    assert document.dimensions[0].placed.baseline == Fraction("1.5")


@pytest.mark.parametrize(
    ("rule", "part"), [("every", "statements of its gate"), ("additive", "Of")]
)
def test_other_rules_have_their_own_words(rule, part):
    document = build_document(
        score(model({"a": ("pp", "pp", "pp")}, rule=rule), one({"a.1.1": 3, "a.1.2": 1}))
    )

    assert part in remarks(document)["gate"]
    assert method(document.matrix)[0].heading == "How a stage is reached"


@pytest.mark.parametrize("count", range(2, 13))
def test_stages_have_the_same_colours_in_a_report_as_on_pages(count):
    matrix = model({"a": ("p",) * count})
    document = build_document(score(matrix, AnswerSheet()))

    on_pages = [ramp_position(matrix, stage.number) for stage in matrix.stages]
    assert [stage.tone for stage in document.stages] == on_pages
    assert (on_pages[0], on_pages[-1]) == (1, 5)


def test_nine_stages_share_colours_from_the_second_on():
    document = build_document(score(model({"a": ("p",) * 9}), AnswerSheet()))

    assert [stage.tone for stage in document.stages] == [1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_notes_name_their_writer_only_among_several():
    matrix = model({"a": ("c", "p")})
    alone = one({"a.1.1": 1})
    alone = replace(alone, respondents=(replace(alone.respondents[0], notes={"a.1.1": "Hm."}),))
    pair = AnswerSheet(
        respondents=(
            RespondentAnswers(
                name="Amina", ratings={"a.1.1": 1}, notes={"a": "Row.", "a.1.1": "x"}
            ),
            RespondentAnswers(name="Jonas", ratings={"a.1.1": 2}),
        )
    )

    first = build_document(score(matrix, alone)).dimensions[0].cells[0].statements[0]
    second = build_document(score(matrix, pair)).dimensions[0]
    assert [(note.by, note.text) for note in first.notes] == [("", "Hm.")]
    assert [(note.by, note.text) for note in second.notes] == [("Amina", "Row.")]


def test_agreed_answer_is_marked():
    matrix = model({"a": ("c", "p")})
    document = build_document(
        score(matrix, several({"a.2.1": 0}, {"a.2.1": 1}, agreed_ratings={"a.2.1": 3}))
    )

    item = document.dimensions[0].cells[1].statements[0]
    assert (item.answers, item.is_agreed) == (((3, 1),), True)
    assert answers_text(matrix, item) == "Step 1 (agreed)"


def test_steps_name_what_comes_first_by_number():
    matrix = model({"a": ("c", "pp")}, requires={"a.2.1": ["a.2.2"]})
    document = build_document(score(matrix, one(dict.fromkeys(matrix.descriptors, 0))))

    later = next(step for step in document.steps if step.id == "a.2.1")
    first = next(step for step in document.steps if step.id == "a.2.2")
    assert later.needs == (first.number,)
    assert after_text(later) == f"step {first.number}"


def test_same_answers_give_the_same_document():
    assert build_document(score(journey_matrix(), sheet())) == build_document(
        score(journey_matrix(), sheet())
    )


def test_no_sentence_is_broken():
    """Whatever is answered: no doubled words or marks, no missing full stop."""
    levels = [(0, 0, 0, 0, 0), (3, 1, 0, 0, 0), (3, 3, 2, 1, 0), (2, 2, 2, 2, 2), (3, 3, 3, 3, 1)]
    for level in levels:
        for picks in ({}, {"strategy": 1, "metrics": 5}):
            document = build_document(score(journey_matrix(), sheet(spread(level), picks=picks)))
            texts = [document.overall.headline, *document.overall.sentences]
            for row in document.dimensions:
                texts += [row.headline, *(remark.text for remark in row.remarks)]
            for text in texts:
                assert text.endswith("."), text
                assert not any(bad in text for bad in ("..", "  ", " ,", ",,", ".,", "None")), text


def test_the_whole_says_what_it_rests_on():
    def first(answers):
        return build_document(score(journey_matrix(), answers)).overall.sentences[0]

    few = sheet({"metrics.1.01": 3, "metrics.1.02": 0})
    assert first(few) == "It rests on 2 of 224 statements, answered by one person."
    chosen = replace(few, respondents=(sheet({}, picks={"metrics": 3}).respondents[0],) * 2)
    assert first(chosen) == (
        "It rests on stages chosen directly by 2 people; no statement is answered."
    )


def test_the_whole_names_the_dimensions_that_count_more_or_less():
    def text(**more):
        return " ".join(build_document(score(journey_matrix(), sheet(**more))).overall.sentences)

    weights = {"strategy": Fraction(2), "metrics": Fraction("1.5")}
    assert (
        "In the overall score Strategy counts twice and Metrics counts 1.5 times;"
        " every other dimension once."
    ) in text(weights=weights)
    assert "counts" not in text()
    every = {row.key: Fraction("1.5") for row in journey_matrix().dimensions}
    assert "by their weights, which stand beside their names" in text(weights=every)


def test_what_the_score_could_be_takes_every_open_answer():
    def metrics(ratings):
        document = build_document(score(journey_matrix(), sheet(ratings)))
        return next(each for each in document.dimensions if each.key == "metrics")

    few = {"metrics.1.01": 3, "metrics.1.02": 0}
    opened = {each: 3 for each in journey_matrix().descriptors if each.startswith("metrics.")}
    opened = {key: step for key, step in opened.items() if key not in few}

    (text,) = [each.text for each in metrics(few).remarks if each.kind == "unanswered"]

    best = placed_text(metrics(few | opened).placed)
    assert f"With {len(opened)} open in all, the score could be as high as {best}" in text
