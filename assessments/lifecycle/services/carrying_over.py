"""Begin from the last assessment's answers, each marked to be confirmed."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import floor

from django.db import transaction

from assessments.core.queries.results import figures_of, results_of_organisation, without_superseded
from assessments.core.queries.settings import settings_of
from assessments.models import Assessment, DimensionSetting, Pick, Rating, Respondent
from assessments.scoring.asked import QuestionSet, asked_of
from assessments.scoring.placement import Placement
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.models import Membership


@transaction.atomic
def carry_over(new: Assessment, last: Assessment, *, now: datetime) -> None:
    """Copy into a new assessment what still holds of the last one.

    Members of it who still belong to the organisation are asked again. Of their answers those come
    along that the new version of the same model still asks; each is marked as from before, and
    counts for nothing until it is confirmed. Guests are not asked again by this. No answer and no
    choice of a group leaves an anonymous assessment for a named one; notes come along only from a
    named one to a named one.
    Targets and weights are copied. The baseline is what the organisation's first result with this
    model says: progress is counted from there. Without one it stays empty. Of another model only
    the people come along.
    Costs: 12 queries at most, and 1 for each member asked again.
    """
    matrix = matrix_of_version(new.model_version_id)
    old_matrix = matrix_of_version(last.model_version_id)
    may_cross = new.is_anonymous or not last.is_anonymous
    people = _copy_people(new, last, with_groups=may_cross)
    if matrix.key != old_matrix.key:
        return
    if may_cross:
        # A step means another thing on another scale.
        has_same_scale = [step.value for step in matrix.scale] == [
            step.value for step in old_matrix.scale
        ]
        asked = asked_of(matrix, new.asked, new.asked_up_to)
        with_notes = not (new.is_anonymous or last.is_anonymous)
        _copy_answers(people, matrix, asked, with_ratings=has_same_scale, with_notes=with_notes)
    _copy_settings(new, last, matrix)


def _copy_people(new: Assessment, last: Assessment, *, with_groups: bool) -> dict[int, Respondent]:
    """Return the new respondent by the old one's id."""
    places = Membership.objects.filter(workspace=new.workspace_id)
    belonging = set(places.filter(organisation=None).values_list("user_id", flat=True)) | set(
        places.filter(organisation=new.organisation_id).values_list("user_id", flat=True)
    )
    options = {group["name"]: set(group["options"]) for group in new.groups}
    there = {
        each.user_id: each for each in Respondent.objects.filter(assessment=new, user__isnull=False)
    }
    if new.asked == Assessment.Asked.FREE:
        # One person answers it: nobody else comes along.
        belonging &= set(there)
    people: dict[int, Respondent] = {}
    for old in Respondent.objects.filter(assessment=last, user__in=belonging).order_by("pk"):
        people[old.pk] = there.get(old.user_id) or Respondent.objects.create(
            assessment=new,
            user_id=old.user_id,
            name=old.name,
            email=old.email,
            groups={
                name: chosen
                for name, chosen in old.groups.items()
                if with_groups and chosen in options.get(name, ())
            },
        )
    return people


def _copy_answers(
    people: dict[int, Respondent],
    matrix: Matrix,
    asked: QuestionSet,
    *,
    with_ratings: bool,
    with_notes: bool,
) -> None:
    # The time stays that of the answer: a note written since is known by its own.
    if with_ratings:
        Rating.objects.bulk_create(
            Rating(
                respondent=people[old.respondent_id],
                descriptor_id=old.descriptor_id,
                step=old.step,
                word=old.word,
                note=old.note if with_notes else "",
                is_from_before=True,
                updated_at=old.updated_at,
            )
            for old in Rating.objects.filter(respondent__in=people).order_by("pk")
            if (old.word or old.step is not None or (with_notes and old.note))
            and old.descriptor_id in matrix.descriptors
            and asked.is_asked("rating", old.descriptor_id)
        )
    Pick.objects.bulk_create(
        Pick(
            respondent=people[old.respondent_id],
            dimension=old.dimension,
            stage=old.stage,
            word=old.word,
            note=old.note if with_notes else "",
            is_from_before=True,
            updated_at=old.updated_at,
        )
        for old in Pick.objects.filter(respondent__in=people).order_by("pk")
        if (old.word or old.stage is not None or (with_notes and old.note))
        and old.dimension in matrix.dimension_by_key
        and asked.is_asked("pick", old.dimension)
        and (old.stage is None or old.stage in matrix.stage_by_number)
    )


def _copy_settings(new: Assessment, last: Assessment, matrix: Matrix) -> None:
    stored = settings_of(last)
    first = _first_result(new, matrix.key)
    scores = {each.key: each.score for each in first.dimensions} if first else {}
    rows = []
    for key in matrix.dimension_by_key:
        setting, score = stored.get(key), scores.get(key)
        target = setting.target if setting else None
        if setting is None and score is None:
            continue
        rows.append(
            DimensionSetting(
                assessment=new,
                dimension=key,
                target=target if target in matrix.stage_by_number else None,
                weight=setting.weight if setting else Decimal(1),
                baseline=None if score is None else _cut(score),
            )
        )
    DimensionSetting.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "dimension"],
        update_fields=["target", "weight", "baseline"],
    )


def _first_result(new: Assessment, model_key: str) -> Placement | None:
    """Return the placement of the organisation's first result with a model."""
    results = without_superseded(
        [
            each
            for each in results_of_organisation(new.organisation)
            if matrix_of_version(each.model_version_id).key == model_key
        ]
    )
    found = figures_of(results[:1])
    return next((figures.placement for figures in found.values()), None)


def _cut(score: Fraction) -> Decimal:
    """Return a score with four decimals, cut and not rounded: 2.99999 is not yet 3."""
    return Decimal(floor(score * 10_000)).scaleb(-4)
