"""The rows as the answer sheet a placement is computed from."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.core.queries.sheets import answer_sheet_of, collected_in, figures_in
from assessments.demo.guest import seed_guest
from assessments.models import DimensionSetting, Rating, Respondent, SecretLink
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import AppendOnly, AuditEvent
from tests.assessments.conftest import NOW
from tests.assessments.demo.seeded import DEMO
from tests.assessments.voices import KEY, add_person, make_assessment


def test_sheet_holds_everything_answered(link: SecretLink) -> None:
    assessment = link.respondent.assessment
    ann = Respondent.objects.create(assessment=assessment, name="Ann")
    record_changes(
        link.respondent,
        [
            AnswerChange("rating", "strategy.1.01", "value", 0),
            AnswerChange("rating", "strategy.1.02", "value", "not_applicable"),
            AnswerChange("rating", "strategy.1.03", "note", "later"),
            AnswerChange("pick", "strategy", "value", "unknown"),
            AnswerChange("pick", "metrics", "value", 2),
            AnswerChange("pick", "metrics", "note", "why"),
        ],
        now=NOW,
    )
    record_changes(ann, [AnswerChange("rating", "strategy.1.01", "value", 3)], now=NOW)
    DimensionSetting.objects.create(
        assessment=assessment, dimension="strategy", target=4, weight="0.5", baseline="2.3333"
    )

    # Parses the model.
    answer_sheet_of(assessment)
    with CaptureQueriesContext(connection) as captured:
        sheet = answer_sheet_of(assessment)

    # Notes on statements, respondents, ratings, picks, settings.
    assert len(captured) == 5
    assert sheet == AnswerSheet(
        respondents=(
            RespondentAnswers(
                ratings={"strategy.1.01": 0, "strategy.1.02": "not_applicable"},
                picks={"metrics": 2},
                notes={"strategy.1.03": "later", "metrics": "why"},
            ),
            RespondentAnswers(name="Ann", ratings={"strategy.1.01": 3}),
        ),
        targets={"strategy": 4},
        weights={"strategy": Fraction(1, 2)},
        baseline={"strategy": Fraction(23333, 10000)},
        organisation="Alder Books",
        date="2026-11-22",
    )


def test_sheet_of_another_assessment_stays_out(
    link: SecretLink, version: MaturityModel, matrix: Matrix
) -> None:
    seed_guest(DEMO.workspace.guest, model_version_id=version.pk, matrix=matrix, now=NOW)

    sheet = answer_sheet_of(link.respondent.assessment)

    assert sheet.respondents == (RespondentAnswers(),)
    assert sheet.targets == {}


def test_audit_trail_only_grows(link: SecretLink) -> None:
    event = AuditEvent.objects.get(verb="assessment.started")
    event.verb = "nothing happened"

    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    with pytest.raises(AppendOnly):
        AuditEvent.objects.all().delete()
    with pytest.raises(AppendOnly):
        AuditEvent.objects.update(verb="nothing happened")
    assert AuditEvent.objects.get().verb == "assessment.started"


def test_figures_are_the_same_without_the_notes(version: MaturityModel, matrix: Matrix) -> None:
    assessment = make_assessment(version)
    add_person(
        assessment,
        "Ann",
        {KEY: 3, "strategy.1.02": "unknown", "metrics.1.01": "not_applicable"},
        picks={"metrics": 2},
        notes={KEY: "Because", "strategy.2.01": "Only a note"},
    )
    add_person(assessment, "Bob", picks={"strategy": 4})
    add_person(assessment, "Cem", {KEY: 0})
    Rating.objects.filter(respondent__name="Cem").update(is_from_before=True)

    whole, figures = collected_in(assessment), figures_in(assessment)

    assert figures.ids == whole.ids
    without = tuple(replace(each, notes={}) for each in whole.sheet.respondents)
    assert figures.sheet == replace(whole.sheet, respondents=without)
    assert [each.ratings for each in figures.sheet.respondents][1:] == [{}, {}]
