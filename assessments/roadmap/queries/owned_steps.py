"""The steps an account owns, wherever it may still see them."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from assessments.models import Step
from maturity.workspaces.models import Membership
from maturity.workspaces.scopes import scope_of


def owned_steps(user_id: int) -> QuerySet[Step]:
    """Return the open steps of an account in the workspaces in scope, each with its organisation.

    What it holds no role for any more, what is archived, and what is about to be deleted is left
    out. Costs: nothing until it is read.
    """
    steps = _of_member(user_id, Q(status__in=Step.OPEN))
    return steps.order_by(F("due").asc(nulls_last=True), "organisation__name", "rank", "pk")


def done_steps_of(user_id: int, *, since: datetime) -> QuerySet[Step]:
    """Return the steps of an account that were done since a moment, the latest first; as above."""
    steps = _of_member(user_id, Q(status=Step.Status.DONE, done_at__gte=since))
    return steps.order_by("-done_at", "-pk")


def owned_in(user_id: int, workspaces: Collection[int], *, today: date) -> tuple[int, int]:
    """Return how many open steps an account owns in workspaces it belongs to, how many are overdue.

    Costs: 1 query.
    """
    with scope_of(*workspaces):
        days = list(owned_steps(user_id).order_by().values_list("due", flat=True))
    return len(days), sum(day is not None and day < today for day in days)


def members_to_mail(
    *, due_from: date, due_until: date, untold_before: datetime, untold_since: datetime
) -> list[tuple[int, int]]:
    """Return whom to mail about steps, as pairs of an account's key and a workspace's.

    Those whose open step falls due within the days and who were not told of that day yet; and those
    who have waited to be told that one is theirs for some time, but not for days. Costs: 1 query.
    """
    falls_due = Q(due__gte=due_from, due__lte=due_until) & ~Q(
        reminded_of__isnull=False, told__isnull=False, reminded_of=F("due"), told=F("member")
    )
    untold = Q(tell_at__lte=untold_before, tell_at__gt=untold_since)
    wanted = _with_a_role(Step.objects.filter(falls_due | untold, status__in=Step.OPEN)).filter(
        member__is_active=True, member__step_mails=True
    )
    pairs = wanted.values_list("member_id", "organisation__workspace_id").distinct()
    return list(pairs.order_by("member_id", "organisation__workspace_id"))


def _of_member(user_id: int, which: Q) -> QuerySet[Step]:
    found: QuerySet[Step] = _with_a_role(Step.objects.filter(which, member=user_id))
    return found.select_related("organisation__workspace")


def _with_a_role(steps: QuerySet[Step]) -> QuerySet[Step]:
    """Leave out steps whose member holds no role that lets them see the organisation."""
    held = Membership.objects.filter(
        Q(organisation=None) | Q(organisation=OuterRef("organisation")),
        user=OuterRef("member"),
        workspace=OuterRef("organisation__workspace"),
    )
    return steps.filter(
        Exists(held),
        organisation__archived_at=None,
        organisation__workspace__deletion_asked_at=None,
    )
