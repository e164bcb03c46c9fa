"""Delete one's own account."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from assessments.core.queries.answers import GIVEN_HERE
from assessments.lifecycle.services.purging import delete_workspace
from assessments.models import Assessment, Pick, Rating, Respondent, SecretLink, Step
from assessments.own_account.queries import Ownership, ownership_of
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Membership, User, Workspace
from maturity.workspaces.scopes import every_workspace

NOBODY = "Deleted account"


class WorkspacesInTheWay(Exception):
    """Workspaces would be left without an owner, or go without having been asked for."""

    def __init__(self, ownership: Ownership) -> None:
        super().__init__()
        self.ownership = ownership


@transaction.atomic
def delete_account(
    user: User, *, with_answers: bool, with_workspaces: bool, now: datetime, by: Actor
) -> None:
    """Delete the account: sign-in, roles, and its name wherever it answered.

    Answers stay as part of their group's, without account, name and address; what came along and
    was never confirmed goes, and who gave nothing is asked no more. `with_answers` deletes
    those in open assessments. An anonymous one keeps them once its collecting has ended: what goes
    from a figure that was seen would tell what it was. `with_workspaces` deletes at once the
    workspaces nobody else is in.
    Raises: WorkspacesInTheWay.
    """
    with every_workspace():
        # Whoever accepts an invitation to one of them waits, so that "nobody else" stays true.
        owned = Membership.objects.filter(user=user).values("workspace")
        list(Workspace.objects.select_for_update().filter(pk__in=owned).order_by("pk"))
        ownership = ownership_of(user)
        if ownership.shared or (ownership.alone and not with_workspaces):
            raise WorkspacesInTheWay(ownership)
        for workspace in ownership.alone:
            delete_workspace(workspace, now=now, by=by)
        _leave_assessments(user, with_answers=with_answers)
        left = list(
            Workspace.objects.filter(pk__in=owned)
            .order_by("pk")
            .values_list("public_id", flat=True)
        )
        for public_id in left or [""]:
            record_event(
                "account.deleted",
                by=by,
                subject=f"user:{user.pk}",
                workspace=public_id,
                at=now,
            )
        user.delete()


def _leave_assessments(user: User, *, with_answers: bool) -> None:
    mine = Respondent.objects.filter(user=user)
    if with_answers:
        still_free = Q(assessment__answers_ended_at=None) | Q(
            assessment__voices=Assessment.Voices.NAMED, assessment__closed_at=None
        )
        going = mine.filter(still_free)
        # First, because it also locks the rows: what is computed from answers knows they changed.
        touched = Assessment.objects.filter(pk__in=list(going.values_list("assessment", flat=True)))
        touched.update(revision=F("revision") + 1)
        going.delete()
    # Who gave nothing was only asked, and what came along was never confirmed: neither stays.
    came_along: Any
    for model, number in ((Rating, "step"), (Pick, "stage")):
        came_along = model.objects.filter(respondent__in=mine, is_from_before=True)
        came_along.exclude(GIVEN_HERE).delete()
        came_along.update(**{number: None, "word": "", "is_from_before": False})
    ratings = Rating.objects.filter(respondent=OuterRef("pk"))
    picks = Pick.objects.filter(respondent=OuterRef("pk"))
    mine.filter(~Exists(ratings), ~Exists(picks), begun_at=None).delete()
    # A finished PDF may show the name; it can be made again at any time, without it.
    named = Assessment.objects.filter(respondents__in=mine, voices=Assessment.Voices.NAMED)
    for assessment in named.distinct():
        assessment.reports.all().delete()
    SecretLink.objects.filter(respondent__in=mine).delete()
    mine.update(user=None, name="", email="")
    # What was to be done stays to be done; whose it was is forgotten.
    Step.objects.filter(member=user).update(member=None, owner=NOBODY)
