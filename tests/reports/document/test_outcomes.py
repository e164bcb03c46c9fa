"""Steps that were done, next to the statements they were to move: moved, or not; in the report."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from assessments.core.queries.standing import standing_of
from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.models import Step
from assessments.roadmap.queries.outcomes import done_steps
from assessments.roadmap.services.steps import StepPlan, decide_step, finish_step, reopen_step
from assessments.scoring.scored import score
from reports.core.services.documents import document_of
from reports.document.composing import build_document
from reports.document.outcomes import held_text, outcomes_lead, outcomes_of
from reports.document.tables.report import tables_of
from reports.exports.json import json_report
from reports.jobs.services.making import request_report
from tests.assessments.closed import BY, answered_by, begin, closed, make_house
from tests.reports.sheets import journey_matrix, sheet, spread

KEYS = ("strategy.3.01", "strategy.3.02", "strategy.2.01", "metrics.4.01", "metrics.3.01")


@dataclass(frozen=True)
class Did:
    descriptor_id: str
    before: str | None
    now: str | None
    words: str = "We did it"
    done: str = "2026-05-04"


@pytest.mark.parametrize(
    ("before", "now", "verdict", "texts"),
    [
        ("1/3", "1", "moved", ("33\u00a0%", "100\u00a0%")),
        ("0", "1/3", "moved", ("0\u00a0%", "33\u00a0%")),
        ("1", "1", "kept", ("100\u00a0%", "100\u00a0%")),
        ("2/3", "2/3", "same", ("67\u00a0%", "67\u00a0%")),
        ("2/3", "1/3", "fell", ("67\u00a0%", "33\u00a0%")),
        (None, "1", "open", ("not answered", "100\u00a0%")),
        ("1/3", None, "open", ("33\u00a0%", "not answered")),
        ("1/3", "not_applicable", "open", ("33\u00a0%", "does not apply")),
    ],
)
def test_verdict(before, now, verdict, texts):
    (outcome,) = outcomes_of(journey_matrix(), [Did("strategy.3.01", before, now)])

    assert outcome.verdict == verdict
    assert (outcome.share_before, outcome.share_now) == (before, now)
    assert (held_text(outcome.share_before), held_text(outcome.share_now)) == texts
    assert (outcome.dimension, outcome.done_date) == ("Strategy", "2026-05-04")


def test_whole_in_one_sentence():
    done = [Did("strategy.3.01", "0", "1")] * 2 + [Did("strategy.3.02", "0", "0")]

    assert outcomes_lead(outcomes_of(journey_matrix(), done)) == (
        "3 steps were done since the result before: 2 moved and one not moved."
    )
    assert outcomes_lead(outcomes_of(journey_matrix(), done[:1])) == (
        "One step was done since the result before: one moved."
    )


def test_every_format_tells_it():
    done = [Did("strategy.3.01", "1/3", "1", words="Wrote the =plan")]
    document = build_document(score(journey_matrix(), sheet()), done=done)

    table = next(t for t in tables_of(document, journey_matrix()) if t.key == "steps-done")
    data = json.loads(json_report(document))

    assert table.rows[0][1] == "Wrote the =plan"
    assert table.rows[0][4:7] == (0.33, 1.0, "Moved")
    assert data["steps_done"][0]["verdict"] == "moved"
    assert "steps_done" not in json.loads(
        json_report(build_document(score(journey_matrix(), sheet())))
    )


# --- from the rows -------------------------------------------------------------------------------


@pytest.fixture
def house(version):
    return make_house(version)


def at(month, day):
    return datetime(2026, month, day, 9, tzinfo=UTC)


def did(house, key, when, matrix):
    """Decide on a step and finish it."""
    step = decide_step(
        house.organisation,
        assessment=None,
        model_version_id=house.version.pk,
        descriptor=matrix.descriptors[key],
        plan=StepPlan(owner="Ines"),
        now=when,
        by=BY,
    )
    finish_step(step, now=when, by=BY)
    return step


@pytest.fixture
def second(house, matrix):
    """Return a second assessment; between it and a result five steps were done, or not quite."""
    did(house, KEYS[4], at(2, 1), matrix)
    closed(house, date(2026, 3, 3), (3, 3, 1, 0, 0))
    for key in KEYS[:4]:
        did(house, key, at(5, 4), matrix)
    assessment = begin(house, date(2026, 11, 22))
    answers = spread((3, 3, 1, 0, 0)) | {KEYS[0]: 3, KEYS[1]: 0, KEYS[3]: "unknown"}
    answered_by(assessment, "Ana", answers)
    return assessment


@pytest.mark.django_db
def test_what_was_done_since_the_last_result_stands_beside_its_statement(second):
    found = done_steps(second, standing_of(second))

    assert [(step.descriptor_id, step.before, step.now) for step in found] == [
        (KEYS[0], "1/3", "1"),
        (KEYS[1], "1/3", "0"),
        (KEYS[2], "1", "1"),
        (KEYS[3], "0", None),
    ]
    document = document_of(standing_of(second), done=found)
    assert [each.verdict for each in document.outcomes] == ["moved", "fell", "kept", "open"]


@pytest.mark.django_db
def test_report_has_a_chapter_and_the_result_page_costs_no_more(second):
    report = request_report(second, paper="a4", now=at(11, 23), by=BY)

    assert "What became of the steps" in report.html
    assert "4 steps were done since the result before" in report.html
    assert report.html.count('href="#outcomes"') == 1


@pytest.mark.django_db
def test_closing_freezes_them_whatever_becomes_of_the_steps(house, second):
    end_answers(second, now=at(11, 23), by=BY)
    result = close_assessment(second, user=None, now=at(11, 23), by=BY)
    before = done_steps(second, standing_of(second))
    assert len(before) == 4
    step = Step.objects.get(descriptor_id=KEYS[0])

    reopen_step(step, now=at(11, 24), by=BY)
    Step.objects.filter(descriptor_id=KEYS[1]).delete()

    assert done_steps(second, standing_of(second)) == before
    assert result.frozen["steps"][0]["descriptor_id"] == KEYS[0]
    assert "Ines" not in json.dumps(result.frozen["steps"])


@pytest.mark.django_db
def test_first_result_and_steps_of_ones_own_have_none(house, matrix):
    did(house, KEYS[0], at(5, 4), matrix)
    first = begin(house)
    answered_by(first, "Ana")
    assert done_steps(first, standing_of(first)) == ()
    closed(house, date(2026, 3, 3))
    Step.objects.update(descriptor_id="")

    assert done_steps(first, standing_of(first)) == ()


@pytest.mark.django_db
def test_result_frozen_before_there_were_any_has_none(house, second):
    end_answers(second, now=at(11, 23), by=BY)
    result = close_assessment(second, user=None, now=at(11, 23), by=BY)
    del result.frozen["steps"]
    result.save()

    assert done_steps(second, standing_of(second)) == ()
