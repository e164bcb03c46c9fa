"""Who answered everything that is asked is done, without having to say so."""

import pytest

from assessments.answering.services.answers import AnswerChange, record_change, record_changes
from assessments.models import Respondent
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from tests.assessments.asking import Place, ask, make_assessment, make_place
from tests.assessments.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def _is_done() -> bool:
    return Respondent.objects.get().finished_at is not None


def test_last_pick_makes_one_done_and_taking_it_back_undoes_that(
    place: Place, version: MaturityModel, matrix: Matrix
) -> None:
    respondent = ask(make_assessment(place, version)).respondent
    *most, last = [AnswerChange("pick", row.key, "value", 2) for row in matrix.dimensions]

    record_changes(respondent, most, now=NOW)
    assert not _is_done()
    record_change(respondent, last, now=NOW)
    assert _is_done()
    respondent.refresh_from_db(fields=["finished_at"])
    record_change(respondent, AnswerChange("pick", last.key, "value", None), now=NOW)
    assert not _is_done()


def test_not_sure_is_an_answer_and_a_note_is_none(
    place: Place, version: MaturityModel, matrix: Matrix
) -> None:
    respondent = ask(make_assessment(place, version)).respondent
    *most, last = matrix.dimensions
    record_changes(
        respondent, [AnswerChange("pick", r.key, "value", "unknown") for r in most], now=NOW
    )

    record_change(respondent, AnswerChange("pick", last.key, "note", "to be asked"), now=NOW)
    assert not _is_done()
    record_change(respondent, AnswerChange("pick", last.key, "value", "unknown"), now=NOW)
    assert _is_done()


def test_only_what_is_asked_counts(place: Place, version: MaturityModel, matrix: Matrix) -> None:
    assessment = make_assessment(place, version, asked="gates", asked_up_to=2)
    respondent = ask(assessment).respondent
    asked = [
        each.id
        for each in matrix.descriptors.values()
        if each.stage == 1 or (each.stage == 2 and each.kind == "practice")
    ]
    changes = [AnswerChange("rating", key, "value", 3) for key in asked]

    record_changes(respondent, changes[:-1], now=NOW)
    assert not _is_done()
    record_changes(respondent, changes[-1:], now=NOW)
    assert _is_done()


def test_who_answers_freely_is_never_done(
    place: Place, version: MaturityModel, matrix: Matrix
) -> None:
    respondent = ask(make_assessment(place, version)).respondent
    respondent.assessment.asked = "free"
    respondent.assessment.save()

    record_changes(
        respondent,
        [AnswerChange("pick", row.key, "value", 2) for row in matrix.dimensions],
        now=NOW,
    )

    assert not _is_done()
