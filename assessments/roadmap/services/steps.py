"""Steps an organisation decides on: decide, change, begin, finish, take up again, drop, reorder.

A suggestion becomes a decision when somebody gives it an owner or a date; the two are never mixed.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max

from assessments.models import Assessment, Step
from assessments.roadmap.services.step_mails import ask_telling, note_owner
from assessments.scoring.workload import DAYS_OF_EFFORT
from assessments.webhooks.services.webhooks import tell_finished
from maturity.catalogue.matrix import Descriptor
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Organisation

WORDS_LENGTH = 400
OWNER_LENGTH = 200
REASON_LENGTH = 400
NOTES_LENGTH = 4000
LINK_LENGTH = 500
MOST_OPEN = 300
TOO_MANY = f"{MOST_OPEN} steps are open already. Finish or drop some of them first."


class AlreadyDecided(Exception):
    """The organisation has an open step on this descriptor."""


class NobodyAndNoDay(ValueError):
    """A decided step needs an owner or a date."""


class TooManySteps(Exception):
    """There are MOST_OPEN open steps already."""


@dataclass(frozen=True, slots=True)
class Plan:
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


def decide_step(
    organisation: Organisation,
    *,
    assessment: Assessment | None,
    model_version_id: int | None,
    descriptor: Descriptor | None,
    plan: Plan,
    words: str = "",
    dimension: str = "",
    now: dt.datetime,
    by: Actor,
) -> Step:
    """Decide on a step; without `words` it reads as the model words its descriptor.

    Without a descriptor it is the organisation's own, and `dimension` may say what it belongs to.
    It goes to the end of the list. The organisation's workspace must be loaded.
    Raises: AlreadyDecided, NobodyAndNoDay, TooManySteps. Costs: 4 queries, and 1 where the member
    is told by mail.
    """
    _check(plan)
    step = Step(
        organisation=organisation,
        assessment=assessment,
        model_version_id=model_version_id,
        dimension=descriptor.dimension if descriptor else dimension,
        descriptor_id=descriptor.id if descriptor else "",
        words=words or (descriptor.as_step[:WORDS_LENGTH] if descriptor else ""),
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
def change_step(step: Step, *, words: str, plan: Plan, now: dt.datetime, by: Actor) -> None:
    """Change what a step says, who does it and when. Raises: NobodyAndNoDay."""
    _check(plan)
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
    """Drop an open step and say why; the suggestion it came from is shown again."""
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


def _check(plan: Plan) -> None:
    if not plan.owner and plan.due is None:
        raise NobodyAndNoDay


def _fill(step: Step, plan: Plan) -> None:
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
