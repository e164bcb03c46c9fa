"""One organisation of the demo: each day's doing through the service that does it anywhere.

The days are the story's own, whatever the clock says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assessments.answering.services.answers import record_changes
from assessments.consensus.services import agree
from assessments.core.services.assessments import new_assessment
from assessments.demo.accounts import account_of
from assessments.demo.answers import changes_of, settings_of
from assessments.demo.checks import kind_of
from assessments.demo.stories import DemoAssessment, DemoOrganisation, DemoStep
from assessments.lifecycle.services.carrying_over import carry_over
from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.lifecycle.services.targets import change_settings
from assessments.models import Assessment, Respondent
from assessments.respondents.services.open_links import join, make_open_link
from assessments.respondents.services.respondents import (
    NewGuest,
    add_guests,
    add_members,
    begin_answering,
)
from assessments.roadmap.services.steps import StepPlan, decide_step, finish_step
from maturity.catalogue.matrix import Matrix
from maturity.workspaces.actors import LINK, Actor
from maturity.workspaces.models import Organisation, User, Workspace
from maturity.workspaces.organisations.services import add_organisation
from maturity.workspaces.people.services.members import add_member
from maturity.workspaces.roles import Role


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a story takes place: the model, the workspace, and who carries its clients."""

    matrix: Matrix
    model_version_id: int
    workspace: Workspace
    consultant: User


@dataclass(frozen=True, slots=True)
class _Cast:
    """The organisation made, its members by e-mail address, and who leads its assessments."""

    setting: Setting
    organisation: Organisation
    members: Mapping[str, User]
    lead: User


def make_organisation(setting: Setting, story: DemoOrganisation) -> Organisation:
    """Make an organisation with its members, assessments and steps; return it.

    The workspace must be in scope.
    """
    by = actor_of(setting.consultant)
    organisation = add_organisation(
        setting.workspace,
        name=story.name,
        sector=story.sector,
        size=story.size,
        country=story.country,
        tags=story.tags,
        months_between=story.months_between,
        now=at(story.since, 9),
        by=by,
    )
    members: dict[str, User] = {}
    for member in story.members:
        members[member.email] = account_of(member.email, member.name)
        add_member(
            setting.workspace,
            user=members[member.email],
            role=member.role,
            organisation=organisation,
            now=at(story.since, 10),
            by=by,
        )
    leads = [members[member.email] for member in story.members if member.role == Role.LEAD]
    cast = _Cast(setting, organisation, members, leads[0] if leads else setting.consultant)
    last: Assessment | None = None
    for assessment in story.assessments:
        last = _assess(cast, assessment, last)
    return organisation


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day."""
    return datetime.combine(day, time(hour, minute), UTC)


def actor_of(user: User) -> Actor:
    """Return the account as an actor, at an address that is kept free for examples."""
    return Actor(f"user:{user.pk}", f"192.0.2.{user.pk % 250 + 1}")


def _assess(cast: _Cast, plan: DemoAssessment, last: Assessment | None) -> Assessment:
    by = actor_of(cast.lead)
    follows = last if plan.follows_last else None
    begun = at(plan.begun, 9)
    assessment = new_assessment(
        cast.organisation,
        model_version_id=cast.setting.model_version_id,
        date=plan.date,
        purpose=plan.purpose,
        scope=plan.scope,
        voices=plan.voices,
        fewest_answers=5,
        asked=plan.asked,
        asked_up_to=plan.asked_up_to,
        groups=[{"name": name, "options": list(opts)} for name, opts in plan.groups.items()],
        follows=follows,
        now=begun,
        by=by,
    )
    if follows is not None:
        carry_over(assessment, follows, now=begun)
    change_settings(
        assessment,
        organisation_name=None,
        date=None,
        changes=settings_of(plan.settings),
        now=at(plan.begun, 9, 20),
        by=by,
    )
    _collect(cast, plan, assessment)
    if plan.closed is not None:
        _close(cast, plan, assessment, day=plan.closed)
        for step in plan.steps:
            _decide(cast, step, assessment, decided=at(plan.closed, 16))
    return assessment


def _collect(cast: _Cast, plan: DemoAssessment, assessment: Assessment) -> None:
    """Ask everybody, and let those answer who do."""
    people = (
        _joined(cast, plan, assessment)
        if assessment.is_anonymous
        else _asked(cast, plan, assessment)
    )
    for respondent, given in zip(people, plan.respondents, strict=True):
        if given.begun is None:
            continue
        if not assessment.is_anonymous:
            respondent, _ = begin_answering(
                assessment,
                respondent=respondent,
                user=respondent.user,
                groups=given.groups,
                now=given.begun,
                by=LINK if respondent.user is None else actor_of(respondent.user),
            )
        record_changes(
            respondent,
            changes_of(given, cast.setting.matrix),
            now=given.begun + timedelta(minutes=35),
        )


def _asked(cast: _Cast, plan: DemoAssessment, assessment: Assessment) -> list[Respondent]:
    """Ask members and guests; return them in the story's order."""
    now, by = at(plan.begun, 9, 40), actor_of(cast.lead)
    members = [each for each in plan.respondents if each.email in cast.members]
    guests = [each for each in plan.respondents if each.email not in cast.members]
    asked = add_members(
        assessment, users=[cast.members[each.email] for each in members], now=now, by=by
    )
    if guests:
        new = [NewGuest(each.name, each.email) for each in guests]
        links = add_guests(assessment, guests=new, groups={}, now=now, by=by)
        asked += [link.respondent for link in links]
    by_name = {respondent.name: respondent for respondent in asked}
    return [by_name[each.name] for each in plan.respondents]


def _joined(cast: _Cast, plan: DemoAssessment, assessment: Assessment) -> list[Respondent]:
    """Return those who came by the open link, in the story's order."""
    link = make_open_link(
        assessment, most_respondents=40, now=at(plan.begun, 9, 40), by=actor_of(cast.lead)
    )
    return [
        join(link, name="", groups=each.groups, address="", now=each.begun).respondent
        for each in plan.respondents
        if each.begun
    ]


def _close(cast: _Cast, plan: DemoAssessment, assessment: Assessment, *, day: date) -> None:
    by = actor_of(cast.lead)
    end_answers(assessment, now=at(plan.date, 9), by=by)
    for number, each in enumerate(plan.agreed):
        agree(
            assessment,
            what=kind_of(each.key, cast.setting.matrix),
            key=each.key,
            value=each.value,
            reason=each.reason,
            dissent=each.dissent,
            seen_version=0,
            user=cast.lead,
            now=at(plan.date, 10, 12 * number),
            by=by,
        )
    close_assessment(assessment, user=cast.lead, now=at(day, 15), by=by)


def _decide(cast: _Cast, plan: DemoStep, assessment: Assessment, *, decided: datetime) -> None:
    by = actor_of(cast.lead)
    step = decide_step(
        cast.organisation,
        assessment=assessment,
        model_version_id=cast.setting.model_version_id,
        descriptor=cast.setting.matrix.descriptors[plan.descriptor],
        words=plan.words,
        plan=StepPlan(owner=plan.owner, due=plan.due),
        now=decided,
        by=by,
    )
    if plan.done is not None:
        finish_step(step, now=at(plan.done, 11), by=by)
