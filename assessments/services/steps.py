"""Steps an organisation decides on: decide, change, finish, take up again, drop.

A suggestion becomes a decision when somebody gives it an owner or a date; the two are never mixed.
"""

import datetime as dt

from django.db import IntegrityError, transaction

from assessments.models import Assessment, Step
from maturity.catalogue.matrix import Descriptor
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Organisation
from maturity.workspaces.services.trail import record_event

WORDS_LENGTH = 400
OWNER_LENGTH = 200


class AlreadyDecided(Exception):
    """The organisation has an open step on this descriptor."""


class NobodyAndNoDay(ValueError):
    """A decided step needs an owner or a date."""


def decide_step(
    organisation: Organisation,
    *,
    assessment: Assessment | None,
    model_version_id: int,
    descriptor: Descriptor,
    words: str = "",
    owner: str,
    due: dt.date | None,
    now: dt.datetime,
    by: Actor,
) -> Step:
    """Decide on a suggested step; without `words` it reads as the model words it.

    The organisation's workspace must be loaded. Raises: AlreadyDecided, NobodyAndNoDay.
    Costs: 2 queries.
    """
    _check(owner, due)
    step = Step(
        organisation=organisation,
        assessment=assessment,
        model_version_id=model_version_id,
        dimension=descriptor.dimension,
        descriptor_id=descriptor.id,
        words=words or descriptor.as_step[:WORDS_LENGTH],
        owner=owner,
        due=due,
        created_at=now,
    )
    with transaction.atomic():
        _save(step)
        _record("step decided", step, now=now, by=by)
    return step


@transaction.atomic
def change_step(
    step: Step,
    *,
    words: str,
    owner: str,
    due: dt.date | None,
    now: dt.datetime,
    by: Actor,
) -> None:
    """Change what a step says, who owns it and until when. Raises: NobodyAndNoDay."""
    _check(owner, due)
    step.words, step.owner, step.due = words, owner, due
    step.save(update_fields=["words", "owner", "due"])
    _record("step changed", step, now=now, by=by)


@transaction.atomic
def finish_step(step: Step, *, now: dt.datetime, by: Actor) -> None:
    """Note that a step is done; one that is done stays as it is."""
    if Step.objects.filter(pk=step.pk, done_at=None).update(done_at=now):
        step.done_at = now
        _record("step done", step, now=now, by=by)


def reopen_step(step: Step, *, now: dt.datetime, by: Actor) -> None:
    """Take a step up again that was done; an open one stays as it is.

    Raises: AlreadyDecided, when another step on the same descriptor is open meanwhile.
    """
    if step.done_at is None:
        return
    was = step.done_at
    step.done_at = None
    try:
        with transaction.atomic():
            step.save(update_fields=["done_at"])
            _record("step taken up again", step, now=now, by=by)
    except IntegrityError:
        step.done_at = was
        raise AlreadyDecided from None


@transaction.atomic
def drop_step(step: Step, *, now: dt.datetime, by: Actor) -> None:
    """Remove a step; the suggestion it came from is shown again."""
    if Step.objects.filter(pk=step.pk).delete()[0]:
        _record("step dropped", step, now=now, by=by)


def _check(owner: str, due: dt.date | None) -> None:
    if not owner and due is None:
        raise NobodyAndNoDay


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
        detail={"descriptor": step.descriptor_id},
    )
