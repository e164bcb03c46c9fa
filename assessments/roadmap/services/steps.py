"""Steps an organisation decides on: decide, change, begin, finish, take up again, drop, reorder.

A suggestion becomes a decision when somebody gives it an owner or a date; the two are never mixed.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from assessments.models import Assessment, Step
from assessments.roadmap.queries.steps import skipped_by, steps_of, suggestions_of
from assessments.roadmap.services.step_mails import ask_telling, note_owner
from assessments.scoring.workload import DAYS_OF_EFFORT
from assessments.webhooks.services.webhooks import tell_finished
from maturity.catalogue.matrix import Descriptor
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Organisation

WORDS_LENGTH = 400
OWNER_LENGTH = 200
REASON_LENGTH = 400
NOTES_LENGTH = 4000
LINK_LENGTH = 500
MOST_DAYS = 999
MOST_OPEN = 300
TOO_MANY = f"{MOST_OPEN} steps are open already. Finish or drop some of them first."


class AlreadyDecided(Exception):
    """The organisation has an open step on this descriptor."""


class NotSuggested(Exception):
    """The latest figures do not suggest this step."""


class MissingPrerequisites(Exception):
    """The step builds on others that are neither decided nor done; `steps` words them."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__(", ".join(steps))
        self.steps = steps


class TooManySteps(Exception):
    """There are MOST_OPEN open steps already."""


@dataclass(frozen=True, slots=True)
class StepPlan:
    """Who does a step, when, and how much work it is.

    `member_id` is whose account the owner's name belongs to. Without `days` it is what the
    descriptor's effort says.
    """

    owner: str = ""
    due: dt.date | None = None
    start: dt.date | None = None
    days: int | None = None
    member_id: int | None = None
    notes: str = ""
    evidence: str = ""


def plan_problems(plan: StepPlan) -> dict[str, str]:
    """Return what is wrong with a plan, by field."""
    problems = {}
    if plan.evidence and not _is_link(plan.evidence):
        problems["evidence"] = "Please give an address that begins with https://"
    if plan.start and plan.due and plan.start > plan.due:
        problems["start"] = "It would begin after it should be done."
    if not plan.owner and plan.due is None:
        problems[NON_FIELD_ERRORS] = (
            "Please say who takes it on, or by when it should be done; one is enough."
        )
    return problems


def decide_suggested_step(
    organisation: Organisation,
    *,
    descriptor_id: str,
    plan: StepPlan,
    words: str = "",
    anyway: bool = False,
    now: dt.datetime,
    by: Actor,
) -> Step:
    """Decide on a step that the latest figures suggest; `anyway` skips what it builds on.

    Raises: NotSuggested, MissingPrerequisites, and what `decide_step` raises.
    """
    found = suggestions_of(organisation)
    if found is None or descriptor_id not in found.descriptors:
        raise NotSuggested
    skipped = skipped_by(descriptor_id, steps_of(organisation), found)
    if skipped and not anyway:
        raise MissingPrerequisites(skipped)
    return decide_step(
        organisation,
        assessment=found.assessment,
        model_version_id=found.model_version_id,
        descriptor=matrix_of_version(found.model_version_id).descriptors[descriptor_id],
        plan=plan,
        words=words,
        now=now,
        by=by,
    )


def decide_own_step(
    organisation: Organisation,
    *,
    words: str,
    dimension: str,
    plan: StepPlan,
    now: dt.datetime,
    by: Actor,
) -> Step:
    """Decide on a step of the organisation's own; `dimension` may be empty.

    Raises: what `decide_step` raises.
    """
    found = suggestions_of(organisation)
    matrix = matrix_of_version(found.model_version_id) if found else None
    if dimension and (matrix is None or dimension not in matrix.dimension_by_key):
        wrong = {"dimension": "The model has no dimension with this key."}
        _check(plan, words=words, also=wrong)
    return decide_step(
        organisation,
        assessment=found.assessment if found else None,
        model_version_id=found.model_version_id if found else None,
        descriptor=None,
        dimension=dimension,
        words=words,
        plan=plan,
        now=now,
        by=by,
    )


def decide_step(
    organisation: Organisation,
    *,
    assessment: Assessment | None,
    model_version_id: int | None,
    descriptor: Descriptor | None,
    plan: StepPlan,
    words: str = "",
    dimension: str = "",
    now: dt.datetime,
    by: Actor,
) -> Step:
    """Decide on a step; without `words` it reads as the model words its descriptor.

    Without a descriptor it is the organisation's own, and `dimension` may say what it belongs to.
    It goes to the end of the list. The organisation's workspace must be loaded.
    Raises: ValidationError, by field; AlreadyDecided, TooManySteps. Costs: 4 queries, and 1 where
    the member is told by mail.
    """
    words = words or (descriptor.as_step[:WORDS_LENGTH] if descriptor else "")
    _check(plan, words=words)
    step = Step(
        organisation=organisation,
        assessment=assessment,
        model_version_id=model_version_id,
        dimension=descriptor.dimension if descriptor else dimension,
        descriptor_id=descriptor.id if descriptor else "",
        words=words,
        created_at=now,
    )
    _fill(step, plan)
    if step.days is None and descriptor is not None:
        step.days = DAYS_OF_EFFORT.get(descriptor.effort)
    note_owner(step, was=None, now=now, by=by)
    with transaction.atomic():
        there = Step.objects.filter(organisation=organisation)
        if there.filter(status__in=Step.OPEN).count() >= MOST_OPEN:
            raise TooManySteps
        step.rank = (there.aggregate(last=Max("rank"))["last"] or 0) + 1
        _save(step)
        _record("step.decided", step, now=now, by=by)
        ask_telling(step, now=now)
    return step


@transaction.atomic
def change_step(step: Step, *, words: str, plan: StepPlan, now: dt.datetime, by: Actor) -> None:
    """Change what a step says, who does it and when. Raises: ValidationError, by field."""
    _check(plan, words=words)
    was = step.member_id
    step.words, step.changed_at = words, now
    _fill(step, plan)
    telling = note_owner(step, was=was, now=now, by=by)
    step.save(update_fields=["words", "changed_at", *_PLANNED, *telling])
    _record("step.changed", step, now=now, by=by)
    ask_telling(step, now=now)


@transaction.atomic
def begin_step(step: Step, *, now: dt.datetime, by: Actor) -> None:
    """Note that a planned step is being done; any other stays as it is."""
    planned = Step.objects.filter(pk=step.pk, status=Step.Status.PLANNED)
    if planned.update(status=Step.Status.DOING):
        step.status = Step.Status.DOING
        _record("step.started", step, now=now, by=by)


@transaction.atomic
def finish_step(step: Step, *, now: dt.datetime, by: Actor) -> None:
    """Note that an open step is done; any other stays as it is."""
    done = {"status": Step.Status.DONE, "done_at": now}
    if Step.objects.filter(pk=step.pk, status__in=Step.OPEN).update(**done):
        step.status, step.done_at = Step.Status.DONE, now
        _record("step.finished", step, now=now, by=by)
        tell_finished(step, now=now)


@transaction.atomic
def drop_step(step: Step, *, reason: str, now: dt.datetime, by: Actor) -> None:
    """Drop an open step and say why; the suggestion it came from is shown again.

    Raises: ValidationError, without a reason.
    """
    if not reason:
        raise ValidationError({"reason": "Please say why it is dropped."})
    dropped = {"status": Step.Status.DROPPED, "dropped_at": now, "reason": reason}
    if Step.objects.filter(pk=step.pk, status__in=Step.OPEN).update(**dropped):
        step.status, step.dropped_at, step.reason = Step.Status.DROPPED, now, reason
        _record("step.dropped", step, now=now, by=by)


def reopen_step(step: Step, *, now: dt.datetime, by: Actor) -> None:
    """Take a step up again that was done or dropped; an open one stays as it is.

    Raises: AlreadyDecided, when another step on the same descriptor is open meanwhile.
    """
    if step.is_open:
        return
    was = step.status, step.done_at, step.dropped_at, step.reason
    step.status, step.done_at, step.dropped_at, step.reason = Step.Status.PLANNED, None, None, ""
    try:
        with transaction.atomic():
            step.save(update_fields=["status", "done_at", "dropped_at", "reason"])
            _record("step.reopened", step, now=now, by=by)
    except IntegrityError:
        step.status, step.done_at, step.dropped_at, step.reason = was
        raise AlreadyDecided from None


@transaction.atomic
def move_step(step: Step, *, before: int | None, now: dt.datetime, by: Actor) -> None:
    """Put an open step in front of another of the organisation, or at the end.

    `before` is the other one's key; one that is not an open step of it any more means the end.
    Costs: 3 queries, and one more when anything changes.
    """
    rows = list(
        Step.objects.select_for_update()
        .filter(organisation=step.organisation, status__in=Step.OPEN)
        .order_by("rank", "pk")
        .only("pk", "rank", "organisation_id")
    )
    moved = next((row for row in rows if row.pk == step.pk), None)
    if moved is None or before == step.pk:
        return
    others = [row for row in rows if row is not moved]
    at = next((n for n, row in enumerate(others) if row.pk == before), len(others))
    changed = []
    for rank, row in enumerate([*others[:at], moved, *others[at:]], start=1):
        if row.rank != rank:
            row.rank = rank
            changed.append(row)
    if changed:
        Step.objects.bulk_update(changed, ["rank"])
        _record("step.moved", step, now=now, by=by)


_PLANNED = ("owner", "member", "start", "due", "days", "notes", "evidence")


def _check(plan: StepPlan, *, words: str, also: Mapping[str, str] | None = None) -> None:
    """Raise ValidationError for what is wrong; a missing owner only where nothing else is."""
    problems = plan_problems(plan) | dict(also or {})
    if not words:
        problems["words"] = "Please say what is to be done."
    if len(problems) > 1:
        problems.pop(NON_FIELD_ERRORS, None)
    if problems:
        raise ValidationError(dict(problems))


def _is_link(text: str) -> bool:
    """Return whether it is an address of the web, and nothing a browser would run."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in text


def _fill(step: Step, plan: StepPlan) -> None:
    step.owner, step.member_id = plan.owner, plan.member_id
    step.start, step.due, step.days = plan.start, plan.due, plan.days
    step.notes, step.evidence = plan.notes, plan.evidence


def _save(step: Step) -> None:
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except IntegrityError:
        raise AlreadyDecided from None


def _record(verb: str, step: Step, *, now: dt.datetime, by: Actor) -> None:
    organisation = step.organisation
    record_event(
        verb,
        by=by,
        subject=organisation.public_id,
        workspace=organisation.workspace.public_id,
        at=now,
        detail={"descriptor": step.descriptor_id} if step.descriptor_id else {"step": step.pk},
    )
