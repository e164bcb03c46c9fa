"""An assessment made from what another one was exported as: its answers, and its frozen result."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from assessments.core.queries.standing import Standing
from assessments.lifecycle.services.closing import freeze
from assessments.models import (
    AgreedAnswer,
    Assessment,
    DimensionSetting,
    Pick,
    Rating,
    Respondent,
)
from assessments.models.assessment import FEWEST_EVER
from assessments.scoring.confidential import people_who_answered
from assessments.scoring.frozen import DoneStep
from assessments.scoring.scored import score
from assessments.scoring.sheets import Answer, AnswerSheet, RespondentAnswers
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Organisation

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class FrozenAs:
    """What was frozen: which result of its assessment it was, and when that was closed."""

    number: int
    closed_at: datetime


@transaction.atomic
def import_assessment(
    organisation: Organisation,
    sheet: AnswerSheet,
    *,
    model_version_id: int,
    purpose: str,
    scope: str,
    is_anonymous: bool,
    counts_from_first: bool,
    steps: tuple[DoneStep, ...],
    frozen: FrozenAs | None,
    now: datetime,
    by: Actor,
) -> Assessment:
    """Return a new assessment with every answer of a sheet that was checked; its date is set.

    `steps` are those done since the result before, and `counts_from_first` says that this was the
    organisation's first. Nobody is asked by it and no answers are taken: people are in it by name
    only, and those of an anonymous one not at all. With `frozen` it is closed, with that result and
    no other. Costs: 10 queries, and 1 for each thousand answers.
    """
    matrix = matrix_of_version(model_version_id)
    moment = frozen.closed_at if frozen else now
    done = [asdict(step) for step in steps]
    has_ratings = any(each.ratings for each in sheet.respondents)
    assessment = Assessment.objects.create(
        workspace=organisation.workspace,
        organisation=organisation,
        model_version_id=model_version_id,
        date=date.fromisoformat(sheet.date),
        purpose=purpose,
        scope=scope,
        voices=Assessment.Voices.ANONYMOUS if is_anonymous else Assessment.Voices.NAMED,
        # It was held back already whatever too few had said.
        fewest_answers=FEWEST_EVER if is_anonymous else 5,
        asked=Assessment.Asked.GATES if has_ratings else Assessment.Asked.PICKS,
        told={"counts_from_first": counts_from_first, "steps": done},
        created_at=moment,
        answers_ended_at=moment,
        closed_at=moment if frozen else None,
    )
    people = [Respondent(assessment=assessment, name=each.name) for each in sheet.respondents]
    people = Respondent.objects.bulk_create(people, batch_size=_BATCH)
    said_by = list(zip(people, sheet.respondents, strict=True))
    Rating.objects.bulk_create(_ratings(said_by, matrix, at=moment), batch_size=_BATCH)
    Pick.objects.bulk_create(_picks(said_by, matrix, at=moment), batch_size=_BATCH)
    AgreedAnswer.objects.bulk_create(_agreed(assessment, sheet, at=moment))
    DimensionSetting.objects.bulk_create(_settings(assessment, sheet))
    if frozen is not None:
        standing = Standing(
            scored=score(matrix, sheet),
            result=None,
            hidden=None,
            people=people_who_answered(sheet),
            ids=None if is_anonymous else tuple(each.pk for each in people),
            purpose=purpose,
            scope=scope,
            counts_from_first=counts_from_first,
        )
        freeze(assessment, standing, number=frozen.number, steps=done, user=None, now=moment)
    record_event(
        "assessment.imported",
        by=by,
        subject=assessment.public_id,
        workspace=organisation.workspace.public_id,
        at=now,
        detail={"organisation": organisation.public_id, "closed": frozen is not None},
    )
    return assessment


_Said = Iterable[tuple[Respondent, RespondentAnswers]]


def _ratings(said_by: _Said, matrix: Matrix, *, at: datetime) -> Iterator[Rating]:
    for person, said in said_by:
        for key in sorted({*said.ratings, *said.notes} & matrix.descriptors.keys()):
            step, word = _split(said.ratings.get(key))
            yield Rating(
                respondent=person,
                descriptor_id=key,
                step=step,
                word=word,
                note=said.notes.get(key, ""),
                updated_at=at,
            )


def _picks(said_by: _Said, matrix: Matrix, *, at: datetime) -> Iterator[Pick]:
    for person, said in said_by:
        for key in sorted({*said.picks, *said.notes} & matrix.dimension_by_key.keys()):
            yield Pick(
                respondent=person,
                dimension=key,
                stage=said.picks.get(key),
                note=said.notes.get(key, ""),
                updated_at=at,
            )


def _agreed(assessment: Assessment, sheet: AnswerSheet, *, at: datetime) -> Iterator[AgreedAnswer]:
    found = [("rating", key, value) for key, value in sheet.agreed_ratings.items()]
    for what, key, value in (*found, *(("pick", k, v) for k, v in sheet.agreed_picks.items())):
        number, word = _split(value)
        yield AgreedAnswer(
            assessment=assessment, what=what, key=key, number=number, word=word, decided_at=at
        )


def _settings(assessment: Assessment, sheet: AnswerSheet) -> Iterator[DimensionSetting]:
    for key in sorted({*sheet.targets, *sheet.weights, *sheet.baseline}):
        baseline = sheet.baseline.get(key)
        yield DimensionSetting(
            assessment=assessment,
            dimension=key,
            target=sheet.targets.get(key),
            weight=_decimal(sheet.weights.get(key, Fraction(1))),
            baseline=None if baseline is None else _decimal(baseline),
        )


def _split(value: Answer | None) -> tuple[int | None, str]:
    return (value, "") if isinstance(value, int) else (None, value or "")


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
