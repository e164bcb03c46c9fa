"""Organisations with results, for the tests of the pages each role has."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.test import Client

from assessments.models import Assessment, Respondent, Result, Step
from assessments.scoring.frozen import FORMAT, frozen_placement, frozen_sheet, frozen_values
from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet, RespondentAnswers
from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.models import Organisation, User

NOW = datetime.now(UTC)


def client_of(user: User) -> Client:
    """Return a browser somebody is signed in with."""
    client = Client()
    client.force_login(user)
    return client


def make_assessment(
    organisation: Organisation, version: MaturityModel, **fields: Any
) -> Assessment:
    """Return an assessment of the organisation, open unless the fields say otherwise."""
    defaults = {"date": date(2026, 3, 14), "created_at": NOW, "asked": "picks"}
    assessment = Assessment(
        workspace=organisation.workspace,
        organisation=organisation,
        model_version=version,
        **(defaults | fields),
    )
    assessment.save()
    return assessment


def make_respondent(
    assessment: Assessment, user: User | None = None, *, is_finished: bool = False
) -> Respondent:
    """Return somebody who is asked, finished or not."""
    finished_at = NOW if is_finished else None
    respondent = Respondent(assessment=assessment, user=user, begun_at=NOW, finished_at=finished_at)
    respondent.save()
    return respondent


def make_result(
    organisation: Organisation,
    version: MaturityModel,
    *,
    picks: dict[str, int] | int = 2,
    day: date = date(2026, 3, 14),
    number: int = 1,
) -> Result:
    """Return the frozen result of a new, closed assessment in which one person chose stages.

    `picks` is a stage for every dimension, or one by dimension; the others are not assessed.
    """
    assessment = make_assessment(
        organisation, version, date=day, answers_ended_at=NOW, closed_at=NOW
    )
    matrix = matrix_of_version(version.pk)
    if isinstance(picks, int):
        picks = dict.fromkeys(matrix.dimension_by_key, picks)
    sheet = AnswerSheet(respondents=(RespondentAnswers(picks=picks),), date=day.isoformat())
    placement = score(matrix, sheet).placement
    overall = placement.overall
    result = Result(
        assessment=assessment,
        number=number,
        date=day,
        closed_at=NOW,
        model_version=version,
        frozen={
            "format": FORMAT,
            "sheet": frozen_sheet(sheet, ids=None),
            "placement": frozen_placement(placement),
            "values": frozen_values(score(matrix, sheet).settled),
            "hidden": None,
            "purpose": assessment.purpose,
            "scope": assessment.scope,
            "counts_from_first": False,
        },
        scores={
            each.key: None if each.score is None else [each.stage, float(each.score)]
            for each in placement.dimensions
        },
        overall_score=None
        if overall.score is None
        else Decimal(str(round(float(overall.score), 4))),
        overall_stage=overall.stage,
        people=1,
    )
    result.save()
    return result


def make_step(organisation: Organisation, version: MaturityModel, **fields: Any) -> Step:
    """Return a decided step."""
    defaults = {
        "dimension": "strategy",
        "descriptor_id": "strategy.2.01",
        "words": "Name one owner for all channels",
        "owner": "Ines",
        "created_at": NOW,
    }
    if fields.get("done_at"):
        defaults["status"] = "done"
    step = Step(organisation=organisation, model_version=version, **(defaults | fields))
    step.save()
    return step
