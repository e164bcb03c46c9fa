"""Who of the respondents can still answer: guests, and members whose role still allows it.

Who was removed, or may only look by now, is waited for no more, and gets no mail. What they
answered stays.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from assessments.models import Assessment
from maturity.workspaces.models import Membership
from maturity.workspaces.roles import Action, Role, may

ANY = [role.value for role in Role]
ANSWERING = [role.value for role in Role if may(role, Action.ANSWER)]


def is_asked(path: str = "") -> Q:
    """Return the condition on respondents; `path` leads to them from their assessment.

    The workspaces of the rows must be in scope when it is made.
    """
    guests = Q(**{f"{path}user": None, f"{path}had_account": False})
    return guests | holds_role(ANSWERING, path)


def is_asked_in(assessment: Assessment) -> Q:
    """Return the same condition on the respondents of one assessment, for which it is quicker."""
    guests = Q(user=None, had_account=False)
    held = Membership.objects.filter(
        Q(organisation=None) | Q(organisation=assessment.organisation_id),
        workspace=assessment.workspace_id,
        role__in=ANSWERING,
    )
    return guests | Q(user__in=held.values("user"))


def holds_role(roles: Sequence[str], path: str = "") -> Q:
    """Return the condition that a respondent's account holds one of the roles there."""
    above = "" if path else "assessment__"
    held = Membership.objects.filter(
        Q(organisation=None) | Q(organisation=OuterRef(f"{above}organisation")),
        user=OuterRef(f"{path}user"),
        workspace=OuterRef(f"{above}workspace"),
        role__in=roles,
    )
    return Q(Exists(held))
