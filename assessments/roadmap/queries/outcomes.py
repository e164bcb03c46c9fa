"""Steps that were done since the result before, and what their descriptors say then and now."""

from dataclasses import asdict, replace
from typing import Any

from assessments.core.queries.results import figures_of
from assessments.core.queries.standing import Standing
from assessments.models import Assessment, Result, Step
from assessments.scoring.frozen import DoneStep, frozen_values
from assessments.scoring.scored import Scored
from maturity.catalogue.matrix import Matrix


def done_steps(assessment: Assessment, standing: Standing) -> tuple[DoneStep, ...]:
    """Return the steps done between the result before and this standing, the first one first.

    Of a frozen result they are those it froze; of an assessment that was made from a file those
    that stood in it, and what was done since. None of a first result, of a hidden one, and of steps
    that are no descriptor's. Costs: none for a frozen one, else 1 or 3 queries.
    """
    if standing.result is not None:
        frozen: list[dict[str, Any]] = standing.result.frozen.get("steps", [])
        return tuple(DoneStep(**each) for each in frozen)
    if standing.is_hidden:
        return ()
    return _since_last_result(assessment, standing.scored)


def steps_to_freeze(assessment: Assessment, standing: Standing) -> list[dict[str, Any]]:
    """Return the same as JSON values, for the result that is about to be frozen."""
    return [asdict(step) for step in done_steps(assessment, standing)]


def _since_last_result(assessment: Assessment, scored: Scored) -> tuple[DoneStep, ...]:
    told = assessment.told["steps"] if assessment.told else []
    found = [DoneStep(**each) for each in told]
    found += _done_here(assessment, scored.matrix)
    now = frozen_values(scored.settled) if found else {}
    return tuple(replace(each, now=now.get(each.descriptor_id)) for each in found)


def _done_here(assessment: Assessment, matrix: Matrix) -> list[DoneStep]:
    """Return what is known of the steps but what their descriptors say now."""
    previous = (
        Result.objects.filter(
            assessment__organisation=assessment.organisation_id, model_version__key=matrix.key
        )
        .exclude(assessment=assessment)
        .defer("frozen")
        .order_by("-date", "-closed_at", "-pk")
        .first()
    )
    if previous is None:
        return []
    # What was done by the time of the file stands in it, if it was done for this organisation.
    since = previous.closed_at
    if assessment.told:
        since = max(since, assessment.created_at)
    rows = Step.objects.filter(
        organisation=assessment.organisation_id,
        status=Step.Status.DONE,
        done_at__gte=since,
        model_version__key=matrix.key,
    ).exclude(descriptor_id="")
    steps = [step for step in rows.order_by("done_at", "pk") if _is_of(matrix, step)]
    if not steps:
        return []
    before = figures_of([previous], with_values=True)[previous.pk].values
    return [
        DoneStep(
            descriptor_id=step.descriptor_id,
            words=step.words,
            done=step.done_at.date().isoformat() if step.done_at else "",
            before=before.get(step.descriptor_id),
            now=None,
        )
        for step in steps
    ]


def _is_of(matrix: Matrix, step: Step) -> bool:
    # A later version of the model may have left the descriptor out.
    return step.descriptor_id in matrix.descriptors
