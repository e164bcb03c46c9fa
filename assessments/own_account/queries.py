"""Everything Waymark holds about an account, and what stands in the way of deleting it.

Both look across every workspace, and only at rows of the one account.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from assessments.models import AgreedAnswer, Pick, Rating, Respondent, Step, StepFeed
from maturity.workspaces.audit.words import verb_in_words
from maturity.workspaces.models import (
    ApiToken,
    AuditEvent,
    Invitation,
    Membership,
    User,
    Workspace,
)
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import every_workspace

FORMAT = "waymark-own-data/1"


@dataclass(frozen=True, slots=True)
class Ownership:
    """The workspaces that have no other owner.

    `shared` ones have other people in them and stand in the way; nobody else is in `alone` ones.
    """

    shared: tuple[Workspace, ...]
    alone: tuple[Workspace, ...]


def ownership_of(user: User) -> Ownership:
    """Return the workspaces that would be left without an owner. Costs: 1 query."""
    with every_workspace():
        owned = Workspace.objects.filter(
            pk__in=Membership.objects.filter(user=user, role=Role.OWNER.value).values("workspace")
        ).annotate(
            others=Count("memberships", filter=~Q(memberships__user=user)),
            other_owners=Count(
                "memberships",
                filter=Q(memberships__role=Role.OWNER.value) & ~Q(memberships__user=user),
            ),
        )
        rows = list(owned.filter(other_owners=0).order_by("name", "pk"))
    # One that waits to be deleted needs nobody any more.
    shared = (row for row in rows if row.others and row.deletion_asked_at is None)
    return Ownership(tuple(shared), tuple(row for row in rows if not row.others))


def own_data_of(user: User, *, now: datetime) -> dict[str, Any]:
    """Return everything held about the account, ready for JSON. Costs: 13 queries."""
    with every_workspace():
        return {
            "format": FORMAT,
            "made_at": _moment(now),
            "account": _account(user),
            "roles": _roles(user),
            "invitations_sent": _invitations(user),
            "tokens": _tokens(user),
            "assessments": _assessments(user),
            "agreed_answers_recorded": _agreed(user),
            "steps": _steps(user),
            "calendar_addresses": _feeds(user),
            "audit_events": _events(user),
        }


def _account(user: User) -> dict[str, Any]:
    return {
        "id": user.pk,
        "email": user.email,
        "name": user.name,
        "has_password": user.has_usable_password(),
        "step_mails": user.step_mails,
        "made_at": _moment(user.date_joined),
        "last_signed_in_at": _moment(user.last_login),
        "addresses": list(user.emailaddress_set.values("email", "verified", "primary")),
        "second_factors": [
            {
                "kind": kind,
                "made_at": _moment(made_at),
                "last_used_at": _moment(used_at),
            }
            for kind, made_at, used_at in user.authenticator_set.values_list(
                "type", "created_at", "last_used_at"
            )
        ],
        "other_accounts": list(user.socialaccount_set.values("provider", "uid", "extra_data")),
    }


def _roles(user: User) -> list[dict[str, Any]]:
    rows = Membership.objects.select_related("workspace", "organisation").filter(user=user)
    return [
        {
            "workspace": row.workspace.name,
            "organisation": row.organisation.name if row.organisation else None,
            "role": row.role,
            "since": _moment(row.created_at),
        }
        for row in rows.order_by("pk")
    ]


def _invitations(user: User) -> list[dict[str, Any]]:
    rows = Invitation.objects.select_related("workspace", "organisation").filter(invited_by=user)
    return [
        {
            "workspace": row.workspace.name,
            "organisation": row.organisation.name if row.organisation else None,
            "role": row.role,
            "email": row.email,
            "made_at": _moment(row.created_at),
            "expires_at": _moment(row.expires_at),
            "accepted_at": _moment(row.accepted_at),
            "revoked_at": _moment(row.revoked_at),
        }
        for row in rows.order_by("pk")
    ]


def _tokens(user: User) -> list[dict[str, Any]]:
    rows = ApiToken.objects.select_related("workspace").filter(made_by=user)
    return [
        {
            "workspace": row.workspace.name,
            "name": row.name,
            "scopes": row.scopes,
            "made_at": _moment(row.created_at),
            "expires_at": _moment(row.expires_at),
            "revoked_at": _moment(row.revoked_at),
            "last_used_at": _moment(row.last_used_at),
        }
        for row in rows.order_by("pk")
    ]


def _assessments(user: User) -> list[dict[str, Any]]:
    people = list(
        Respondent.objects.select_related(
            "assessment__organisation", "assessment__workspace", "assessment__model_version"
        )
        .filter(user=user)
        .order_by("assessment__date", "pk")
    )
    ratings = _by_respondent(Rating.objects.filter(respondent__in=people).order_by("pk"))
    picks = _by_respondent(Pick.objects.filter(respondent__in=people).order_by("pk"))
    return [
        {
            "workspace": person.assessment.workspace.name,
            "organisation": person.assessment.organisation.name,
            "assessment": person.assessment.public_id,
            "date": person.assessment.date.isoformat(),
            "model": person.assessment.model_version.key,
            "model_version": person.assessment.model_version.version,
            "is_anonymous": person.assessment.is_anonymous,
            "is_closed": person.assessment.is_closed,
            "name": person.name,
            "email": person.email,
            "groups": person.groups,
            "invited_at": _moment(person.invited_at),
            "reminded_at": _moment(person.reminded_at),
            "finished_at": _moment(person.finished_at),
            "ratings": [
                {"descriptor": row.descriptor_id, **_answer(row, row.step)}
                for row in ratings.get(person.pk, ())
            ],
            "picks": [
                {"dimension": row.dimension, **_answer(row, row.stage)}
                for row in picks.get(person.pk, ())
            ],
        }
        for person in people
    ]


def _answer(row: Rating | Pick, number: int | None) -> dict[str, Any]:
    return {
        "answer": row.word or number,
        "note": row.note,
        "is_from_before": row.is_from_before,
        "answered_at": _moment(row.updated_at),
    }


def _by_respondent(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.respondent_id, []).append(row)
    return found


def _agreed(user: User) -> list[dict[str, Any]]:
    rows = AgreedAnswer.objects.select_related("assessment__organisation").filter(decided_by=user)
    return [
        {
            "organisation": row.assessment.organisation.name,
            "assessment": row.assessment.public_id,
            row.what: row.key,
            "answer": row.word or row.number,
            "reason": row.reason,
            "dissent": row.dissent,
            "decided_at": _moment(row.decided_at),
        }
        for row in rows.order_by("pk")
    ]


def _steps(user: User) -> list[dict[str, Any]]:
    rows = Step.objects.select_related("organisation__workspace").filter(member=user)
    return [
        {
            "workspace": row.organisation.workspace.name,
            "organisation": row.organisation.name,
            "step": row.words,
            "owner": row.owner,
            "due": row.due.isoformat() if row.due else None,
            "status": row.status,
        }
        for row in rows.order_by("pk")
    ]


def _feeds(user: User) -> list[dict[str, Any]]:
    return [
        {
            "workspace": row.workspace.name,
            "shows": row.shows,
            "made_at": _moment(row.created_at),
            "last_used_at": _moment(row.last_used_at),
        }
        for row in StepFeed.objects.select_related("workspace").filter(user=user).order_by("pk")
    ]


def _events(user: User) -> list[dict[str, Any]]:
    rows = AuditEvent.objects.filter(actor=f"user:{user.pk}").order_by("at", "pk")
    return [
        {
            "at": _moment(row.at),
            "verb": row.verb,
            "what": verb_in_words(row.verb),
            "subject": row.subject,
            "workspace": row.workspace,
            "address": row.address,
            "detail": row.detail,
        }
        for row in rows
    ]


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
