"""A report on what does not apply: words where there is no figure, in every format."""

import json
from functools import lru_cache
from io import BytesIO

from pptx import Presentation

from assessments.scoring.plan import plan_of
from assessments.scoring.scored import score
from assessments.scoring.sheets import NOT_APPLICABLE
from reports.core.services.layout import report_html
from reports.document.composing import build_document
from reports.document.tables.report import tables_of
from reports.jobs.services.files import report_bytes
from reports.templatetags.figures import gate_state, in_place
from reports.wording.basics import basis_text, placed_text, reach_text
from tests.reports.sheets import journey_matrix, sheet, spread
from tests.scoring.models import WORKED, model, one


def remarks(document):
    return {remark.kind: remark.text for remark in document.dimensions[0].remarks}


def test_a_dimension_of_which_nothing_applies_has_no_figure_and_says_why():
    matrix = model(dict.fromkeys("abd", ("c", "p", "p")))
    ratings = {each: NOT_APPLICABLE if each.startswith("a.") else 0 for each in matrix.descriptors}
    document = build_document(score(matrix, one(ratings)))

    row, *others = document.dimensions
    assert (placed_text(row.placed), basis_text(row.placed)) == ("does not apply",) * 2
    assert (row.stage, reach_text(row.placed), row.remarks[0].kind) == (None, "", "unanswered")
    assert row.headline == "Row a does not apply: that is the answer to all of its statements."
    assert [each.placed.score for each in others] == [1, 1]
    assert document.placement.overall.score == 1
    assert document.overall.assessed == 2
    assert document.overall.sentences[-1] == "Row a does not apply and counts for nothing here."
    axis = document.radar.axes[0]
    assert (axis.figure, axis.now, axis.lowest, axis.highest) == ("does not apply", *[None] * 3)
    assert "Row a does not apply; Row b 1.0" in document.radar.description
    assert not any(step.dimension_key == "a" for step in document.steps)


def test_a_model_of_which_nothing_applies_has_no_stage():
    ratings = dict.fromkeys(WORKED.descriptors, NOT_APPLICABLE)

    document = build_document(score(WORKED, one(ratings)))

    assert document.overall.headline == (
        "Nothing in this model applies, so there is no stage to show."
    )


def test_a_gate_of_which_nothing_applies_has_words_in_place_of_a_figure():
    matrix = model({"a": ("c", "p", "p", "p")})
    ratings = {"a.1.1": NOT_APPLICABLE, "a.2.1": NOT_APPLICABLE, "a.3.1": 0, "a.4.1": 0}
    document = build_document(score(matrix, one(ratings)))

    (row,) = document.dimensions
    assert [(in_place(cell.gate), gate_state(cell.gate)) for cell in row.cells[1:]] == [
        ("", "nothing here applies"),
        ("0\u00a0%", "closed"),
        ("0\u00a0%", "closed"),
    ]
    assert row.next_gate.number == 3
    gates = next(table for table in tables_of(document, matrix) if table.key == "gates")
    assert [each[3:6] for each in gates.rows] == [
        (None, 0.67, "nothing here applies"),
        (0, 0.67, "no"),
        (0, 0.67, "no"),
    ]


def test_where_nothing_above_applies_the_dimension_says_so():
    ratings = {"a.1.1": 3, "a.2.1": 3, "a.3.1": NOT_APPLICABLE}
    document = build_document(score(model({"a": ("c", "p", "p")}), one(ratings)))

    assert document.dimensions[0].placed.score == 2
    assert remarks(document)["gate"] == (
        "Nothing above this stage applies, so it cannot rise further."
    )


@lru_cache(maxsize=1)
def excused():
    """One dimension of which nothing applies, and one whose first gate holds nothing that does."""
    matrix = journey_matrix()
    first, *_ = plan_of(matrix).dimension_by_key["metrics"].gates
    away = {each for each in matrix.descriptors if each.startswith("strategy.")}
    away |= set(plan_of(matrix).ids[first.start : first.stop])
    answers = sheet(spread((1, 1, 1, 0, 0)) | dict.fromkeys(away, NOT_APPLICABLE))
    return build_document(score(matrix, answers)), matrix


HEADLINE = "Strategy does not apply: that is the answer to all of its statements."


def test_the_workbook_says_what_does_not_apply():
    tables = {table.key: table.rows for table in tables_of(*excused())}

    strategy, *_ = tables["placement"]
    assert strategy[:4] == ("Strategy", None, "does not apply", None)
    assert ("Metrics", 2, "nothing here applies") in {
        (row[0], row[1], row[5]) for row in tables["gates"]
    }


def test_data_says_what_does_not_apply():
    document, matrix = excused()

    data = json.loads(report_bytes(document, matrix, kind="json"))

    assert data["dimensions"][0]["score"] is None
    assert data["dimensions"][0]["headline"] == HEADLINE
    metrics = next(each for each in data["placement"]["dimensions"] if each["key"] == "metrics")
    assert (metrics["gates"][0]["progress"], metrics["gates"][0]["open"]) == (None, False)


def test_paper_and_slides_say_what_does_not_apply():
    document, matrix = excused()

    html = report_html(document, paper="a4")
    slides = Presentation(BytesIO(report_bytes(document, matrix, kind="pptx"))).slides
    words = [s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame]

    assert HEADLINE in html
    assert "Nothing here applies" in html
    assert "Strategy does not apply and counts for nothing here." in "\n".join(words)
