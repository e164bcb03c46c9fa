"""What the page of respondents shows."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from assessments.core.queries.respondents import (
    Asking,
    RespondentStatus,
    asking_of,
    members_to_ask,
    open_link_of,
)
from assessments.core.services.assessments import is_answered
from assessments.core.services.links import token_of
from assessments.core.services.mailing import can_send_mail
from assessments.models import Assessment
from assessments.respondents.forms import GuestsForm, MembersForm, OpenLinkForm
from assessments.respondents.services.open_links import open_token_of
from assessments.respondents.services.reminders import may_be_reminded
from assessments.respondents.services.respondents import may_hold_link_of, may_remove_from
from assessments.scoring.asked import QuestionSet

_STATES = {"asked": "Not begun", "begun": "Answering", "done": "Finished"}


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """One person of the list; `link` is the address to copy, empty when there is none to show."""

    pk: int
    name: str
    email: str
    kind: str
    groups: str
    state: str
    is_done: bool
    link: str
    may_renew: bool
    may_mail: bool


def page_of(
    request: HttpRequest,
    assessment: Assessment,
    *,
    asked: QuestionSet,
    members_form: MembersForm | None,
    guests_form: GuestsForm | None,
    link_form: OpenLinkForm | None,
) -> dict[str, object]:
    """Return the page's context. Costs: 6 queries; up to 2 more where one person answers."""
    now, can_mail = timezone.now(), can_send_mail()
    asking = asking_of(assessment, asked, now=now)
    members = members_to_ask(assessment) if assessment.takes_answers else []
    link = open_link_of(assessment)
    shown = asking.people if assessment.is_anonymous else asking.everybody
    waiting = asking.waiting
    token = open_token_of(link) if link else None
    return {
        "assessment": assessment,
        "part": "respondents",
        "rows": [_row(request, assessment, each, can_mail=can_mail) for each in shown],
        "total": len(asking.counted),
        "gone": len(asking.everybody) - len(asking.counted),
        "done": asking.done,
        "waiting": len(waiting),
        "to_remind": sum(may_be_reminded(each.respondent, now=now) for each in waiting),
        "came_by_link": len(asking.by_open_link),
        "done_by_link": _done(asking),
        "can_mail": can_mail,
        "may_ask": assessment.takes_answers and not asked.is_free,
        "may_remove": may_remove_from(assessment),
        "is_for_one": asked.is_free,
        "is_answered": asked.is_free and is_answered(assessment),
        "open_link": link,
        "open_address": _absolute(request, "assessments:open", token) if token else "",
        "members_form": members_form or MembersForm(members=members, can_mail=can_mail),
        "has_members": bool(members),
        "guests_form": guests_form or GuestsForm(groups=assessment.groups, can_mail=can_mail),
        "link_form": link_form
        or OpenLinkForm(initial={"most_respondents": link.most_respondents if link else 50}),
    }


def site_of(request: HttpRequest) -> str:
    """Return the absolute address of the home page."""
    return request.build_absolute_uri(reverse("assessments:home"))


def _row(
    request: HttpRequest, assessment: Assessment, person: RespondentStatus, *, can_mail: bool
) -> RespondentRow:
    respondent = person.respondent
    is_theirs = may_hold_link_of(assessment, respondent)
    token = token_of(person.link) if person.link and is_theirs else None
    if person.is_done:
        state = _STATES["done"]
    elif person.is_gone:
        state = "May not answer any more"
    else:
        state = "Not finished" if assessment.is_anonymous else _STATES[person.state]
    return RespondentRow(
        pk=respondent.pk,
        name=person.name,
        email="" if person.email == person.name else person.email,
        kind="No longer a member"
        if person.was_member
        else "Member"
        if person.is_member
        else "Open link"
        if respondent.came_by_open_link
        else "Guest",
        # What somebody chose for themselves is theirs, like every answer.
        groups="" if assessment.is_anonymous else ", ".join(respondent.groups.values()),
        state=state,
        is_done=person.is_done,
        link=_absolute(request, "assessments:open-link", token) if token else "",
        may_renew=is_theirs and assessment.takes_answers,
        may_mail=can_mail
        and bool(person.email)
        and not person.is_done
        and not person.is_gone
        and assessment.takes_answers
        and (person.is_member or is_theirs),
    )


def _done(asking: Asking) -> int:
    return sum(each.is_done for each in asking.by_open_link)


def _absolute(request: HttpRequest, name: str, token: str) -> str:
    return request.build_absolute_uri(reverse(name, args=[token]))
