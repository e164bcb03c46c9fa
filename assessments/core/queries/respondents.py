"""Who is asked and how far they are; never what they said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Q, When

from assessments.core.queries.answers import GIVEN_HERE
from assessments.core.queries.still_asked import ANSWERING, ANY, holds_role, is_asked, is_asked_in
from assessments.models import Assessment, OpenLink, Pick, Rating, Respondent, SecretLink
from assessments.scoring.asked import QuestionSet
from maturity.workspaces.models import Membership, User


@dataclass(frozen=True, slots=True)
class RespondentStatus:
    """One respondent as their lead sees them.

    `state` is "asked", "begun" or "done"; of an anonymous assessment "asked" or "done" alone.
    `is_member` means that they sign in, and need no link; `is_gone`, that their role does not let
    them answer any more; `was_member`, that they hold none at all.
    """

    respondent: Respondent
    name: str
    email: str
    is_member: bool
    is_gone: bool
    was_member: bool
    state: str
    link: SecretLink | None

    @property
    def is_done(self) -> bool:
        """Whether they said so, or answered everything that is asked."""
        return self.state == "done"


@dataclass(frozen=True, slots=True)
class Asking:
    """Everybody who was asked; `by_open_link` are those who came by it, the others are `people`.

    Those who are gone are listed and not counted: nobody waits for them.
    """

    people: Sequence[RespondentStatus]
    by_open_link: Sequence[RespondentStatus]

    @property
    def everybody(self) -> list[RespondentStatus]:
        """All of them, also those who are gone."""
        return [*self.people, *self.by_open_link]

    @property
    def counted(self) -> list[RespondentStatus]:
        """Those who are asked as things stand."""
        return [person for person in self.everybody if not person.is_gone]

    @property
    def waiting(self) -> list[RespondentStatus]:
        """Those of them who are not done."""
        return [person for person in self.counted if not person.is_done]

    @property
    def done(self) -> int:
        """How many of those who are counted are done."""
        return sum(person.is_done for person in self.counted)


def asking_of(assessment: Assessment, asked: QuestionSet, *, now: datetime) -> Asking:
    """Return who is asked, by name, and how far they are. Costs: 4 queries."""
    rows = list(
        Respondent.objects.select_related("user")
        .filter(assessment=assessment)
        .annotate(is_asked=_flag(is_asked()), has_role=_flag(holds_role(ANY)))
        .order_by("pk")
    )
    answered = answered_counts(assessment, asked)
    links = _links_of(assessment, now=now)
    people = [
        RespondentStatus(
            respondent=row,
            name=name_of(row),
            email=row.user.email if row.user else row.email,
            is_member=row.user_id is not None,
            is_gone=not row.is_asked,
            was_member=row.had_account and not row.has_role,
            state=_state_of(assessment, row, answered.get(row.pk, 0)),
            link=links.get(row.pk),
        )
        for row in rows
    ]
    people.sort(key=lambda each: (each.name.casefold(), each.email))
    return Asking(
        people=[each for each in people if not each.respondent.came_by_open_link],
        by_open_link=[each for each in people if each.respondent.came_by_open_link],
    )


def answered_counts(assessment: Assessment, asked: QuestionSet) -> Mapping[int, int]:
    """Return how many answers of those asked each respondent gave. Costs: 2 queries, or 1."""
    counts: dict[int, int] = {}
    mine = {"respondent__assessment": assessment, "is_from_before": False}
    if asked.kind != "picks":
        ratings = Rating.objects.filter(**mine).exclude(Q(step=None) & Q(word=""))
        if not asked.is_free:
            ratings = ratings.filter(descriptor_id__in=asked.ratings)
        for pk, number in ratings.values_list("respondent_id").annotate(n=Count("pk")):
            counts[pk] = counts.get(pk, 0) + number
    if asked.kind != "gates":
        picks = Pick.objects.filter(**mine).exclude(Q(stage=None) & Q(word=""))
        for pk, number in picks.values_list("respondent_id").annotate(n=Count("pk")):
            counts[pk] = counts.get(pk, 0) + number
    return counts


def open_link_of(assessment: Assessment) -> OpenLink | None:
    """Return the assessment's open link, if it has one. Costs: 1 query."""
    return OpenLink.objects.filter(assessment=assessment).first()


def respondent_of(assessment: Assessment, respondent_id: int) -> Respondent | None:
    """Return one of the assessment's respondents. Costs: 1 query."""
    found = Respondent.objects.select_related("user").filter(
        assessment=assessment, pk=respondent_id
    )
    respondent: Respondent | None = found.first()
    if respondent is not None:
        respondent.assessment = assessment
    return respondent


def members_to_ask(assessment: Assessment) -> list[User]:
    """Return who may answer by their role and is not asked yet, by name. Costs: 1 query."""
    rows = (
        Membership.objects.select_related("user")
        .filter(workspace=assessment.workspace_id, role__in=ANSWERING, user__is_active=True)
        .filter(Q(organisation=None) | Q(organisation=assessment.organisation_id))
        .exclude(user__respondents__assessment=assessment)
    )
    people: dict[int, Any] = {row.user_id: row.user for row in rows}
    return sorted(people.values(), key=lambda each: (str(each).casefold(), each.pk))


def has_answered(respondent: Respondent) -> bool:
    """Say whether the respondent gave any answer or note. Costs: 1 or 2 queries."""
    ratings = Rating.objects.filter(GIVEN_HERE, respondent=respondent)
    if ratings.exclude(step=None, word="", note="").exists():
        return True
    picks = Pick.objects.filter(GIVEN_HERE, respondent=respondent)
    return picks.exclude(stage=None, word="", note="").exists()


@dataclass(frozen=True, slots=True)
class HowMany:
    """How many people are asked, and how many of them come by a link, without an account."""

    people: int
    by_link: int


def how_many_asked(assessment: Assessment) -> HowMany:
    """Return how many people are asked so far. Costs: 1 query."""
    rows = Respondent.objects.filter(is_asked_in(assessment), assessment=assessment)
    found = rows.aggregate(people=Count("pk"), by_link=Count("pk", filter=Q(had_account=False)))
    return HowMany(**found)


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False)


def _links_of(assessment: Assessment, *, now: datetime) -> dict[int, SecretLink]:
    """Return each respondent's newest link that still opens the assessment."""
    rows = SecretLink.objects.filter(
        respondent__assessment=assessment, revoked_at=None, expires_at__gt=now
    )
    return {row.respondent_id: row for row in rows.order_by("created_at", "pk")}


def name_of(row: Respondent) -> str:
    """Return what a lead calls a respondent, whose user is loaded."""
    if row.user is not None:
        return str(row.user)
    if row.had_account and not row.name:
        return f"Somebody who left, {row.pk}"
    return row.name or row.email or f"Guest {row.pk}"


def _state_of(assessment: Assessment, row: Respondent, answered: int) -> str:
    if row.finished_at is not None:
        return "done"
    if assessment.is_anonymous:
        return "asked"
    return "begun" if answered else "asked"
