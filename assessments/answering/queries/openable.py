"""The assessments a browser can open, for the home page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q

from assessments.models import Pick, Rating, Respondent
from maturity.workspaces.models import Workspace
from maturity.workspaces.scopes import every_workspace


@dataclass(frozen=True, slots=True)
class Openable:
    """One assessment with its progress: how many statements and dimensions were answered.

    `is_held`: it belongs to no account, so that its link does not only let somebody answer.
    """

    url_id: str
    organisation: str
    date: date
    model_version_id: int
    rated: int
    picked: int
    asked: str
    asked_up_to: int | None
    is_held: bool


def openable_by(links: Mapping[int, str], *, now: datetime) -> list[Openable]:
    """Return what these links open, the newest first.

    `links` are link ids with the `url_id` of each. Costs: 3 queries, 1 when there is none.
    """
    with every_workspace():
        return _openable_by(links, now=now)


def _openable_by(links: Mapping[int, str], *, now: datetime) -> list[Openable]:
    people = list(
        Respondent.objects.select_related("assessment__organisation", "assessment__workspace")
        .filter(links__in=links, links__revoked_at=None, links__expires_at__gt=now)
        .annotate(link_id=F("links"))
        # A link leads to nothing there, so nothing there is spoken of.
        .filter(
            assessment__organisation__archived_at=None,
            assessment__workspace__deletion_asked_at=None,
        )
        .order_by("-assessment__date", "-assessment__pk")
    )
    if not people:
        return []
    pks = [person.pk for person in people]
    rated = dict(
        Rating.objects.filter(respondent__in=pks, is_from_before=False)
        .exclude(Q(step=None) & Q(word=""))
        .values_list("respondent_id")
        .annotate(n=Count("pk"))
    )
    picked = dict(
        Pick.objects.filter(respondent__in=pks, is_from_before=False)
        .exclude(Q(stage=None) & Q(word=""))
        .values_list("respondent_id")
        .annotate(n=Count("pk"))
    )
    return [
        Openable(
            url_id=links[person.link_id],
            organisation=person.assessment.organisation.name,
            date=person.assessment.date,
            model_version_id=person.assessment.model_version_id,
            rated=rated.get(person.pk, 0),
            picked=picked.get(person.pk, 0),
            asked=person.assessment.asked,
            asked_up_to=person.assessment.asked_up_to,
            is_held=person.assessment.workspace.kind == Workspace.Kind.GUEST,
        )
        for person in people
    ]
