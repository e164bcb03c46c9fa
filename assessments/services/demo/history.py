"""Live one organisation's story: each day's doing through the service that does it anywhere.

The days are the plan's own, whatever the clock says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from assessments.models import Assessment, Respondent
from assessments.scoring.asked import Asked, asked_of
from assessments.services.agreeing import agree
from assessments.services.answers import Change, record_changes
from assessments.services.assessments import new_assessment
from assessments.services.carrying_over import carry_over
from assessments.services.closing import close_assessment, end_answers
from assessments.services.demo.accounts import account_of
from assessments.services.demo.answering import answers_of
from assessments.services.demo.plans import (
    DIMENSIONS,
    AssessmentPlan,
    OrganisationPlan,
    StepPlan,
    Voice,
)
from assessments.services.open_links import join, make_open_link
from assessments.services.respondents import (
    NewGuest,
    add_guests,
    add_members,
    begin_answering,
    finish,
)
from assessments.services.settings import SettingChange, change_settings
from assessments.services.steps import Plan, decide_step, finish_step
from maturity.catalogue.matrix import Matrix
from maturity.workspaces.actors import LINK, Actor
from maturity.workspaces.models import Organisation, User, Workspace
from maturity.workspaces.roles import Role
from maturity.workspaces.services.members import add_member
from maturity.workspaces.services.organisations import add_organisation


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a story takes place: the model, the workspace, and who carries its clients."""

    matrix: Matrix
    model_version_id: int
    workspace: Workspace
    consultant: User


def live(setting: Setting, plan: OrganisationPlan) -> Organisation:
    """Make an organisation with its people, assessments and steps; return it.

    The workspace must be in scope.
    """
    by = actor_of(setting.consultant)
    organisation = add_organisation(
        setting.workspace,
        name=plan.name,
        sector=plan.sector,
        size=plan.size,
        country=plan.country,
        tags=plan.tags,
        months_between=plan.months_between,
        now=at(plan.since, 9),
        by=by,
    )
    members: dict[str, User] = {}
    for person in plan.people:
        members[person.email] = account_of(person.email, person.name)
        add_member(
            setting.workspace,
            user=members[person.email],
            role=person.role,
            organisation=organisation,
            now=at(plan.since, 10),
            by=by,
        )
    leads = [members[person.email] for person in plan.people if person.role == Role.LEAD]
    lead = leads[0] if leads else setting.consultant
    story = _Story(setting, plan, organisation, members, lead)
    last: Assessment | None = None
    for assessment in plan.assessments:
        last = _assess(story, assessment, last)
    return organisation


@dataclass(frozen=True, slots=True)
class _Story:
    setting: Setting
    plan: OrganisationPlan
    organisation: Organisation
    members: Mapping[str, User]
    lead: User


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day."""
    return datetime.combine(day, time(hour, minute), UTC)


def actor_of(user: User) -> Actor:
    """Return the account as an actor, at an address that is kept free for examples."""
    return Actor(f"user:{user.pk}", f"192.0.2.{user.pk % 250 + 1}")


def _assess(story: _Story, plan: AssessmentPlan, last: Assessment | None) -> Assessment:
    setting, by = story.setting, actor_of(story.lead)
    kind = Assessment.Asked.PICKS if plan.asks_picks else Assessment.Asked.GATES
    voices = Assessment.Voices.ANONYMOUS if plan.is_anonymous else Assessment.Voices.NAMED
    follows = last if plan.goes_on else None
    begun = at(plan.begun, 9)
    assessment = new_assessment(
        story.organisation,
        model_version_id=setting.model_version_id,
        date=plan.day,
        purpose=plan.purpose,
        scope=plan.scope,
        voices=voices.value,
        fewest_answers=5,
        asked=kind.value,
        asked_up_to=plan.up_to,
        groups=[{"name": name, "options": list(opts)} for name, opts in plan.groups.items()],
        follows=follows,
        now=begun,
        by=by,
    )
    if follows is not None:
        carry_over(assessment, follows, now=begun)
    _set(assessment, plan, now=at(plan.begun, 9, 20), by=by)
    asked = asked_of(setting.matrix, kind.value, plan.up_to)
    _collect(story, plan, assessment, asked)
    if plan.closed is not None:
        _close(story, plan, assessment, day=plan.closed)
        for step in plan.steps:
            _decide(story, step, assessment, decided=at(plan.closed, 16))
    return assessment


def _set(assessment: Assessment, plan: AssessmentPlan, *, now: datetime, by: Actor) -> None:
    changes: dict[str, dict[str, int | Decimal | None]] = {
        key: {"target": target} for key, target in zip(DIMENSIONS, plan.targets, strict=True)
    }
    for key, weight in plan.weights.items():
        changes.setdefault(key, {})["weight"] = Decimal(weight)
    change_settings(
        assessment,
        organisation_name=None,
        date=None,
        changes=[SettingChange(key, fields) for key, fields in changes.items()],
        now=now,
        by=by,
    )


def _collect(story: _Story, plan: AssessmentPlan, assessment: Assessment, asked: Asked) -> None:
    """Ask everybody, and let those answer who do."""
    if plan.is_anonymous:
        people = _by_open_link(story, plan, assessment)
    else:
        people = _asked(story, plan, assessment, now=at(plan.begun, 9, 40))
    for number, (voice, changes) in enumerate(
        answers_of(story.setting.matrix, asked, story.plan, plan)
    ):
        respondent = people[voice.name]
        now = _answered_at(plan, number)
        if not plan.is_anonymous:
            respondent, _ = begin_answering(
                assessment,
                respondent=respondent,
                user=respondent.user,
                groups=voice.groups,
                now=now,
                by=LINK if respondent.user is None else actor_of(respondent.user),
            )
        now += timedelta(minutes=35)
        record_changes(respondent, [*changes, *_old_notes(story, plan, voice, changes)], now=now)
        if voice.share == 1:
            finish(respondent, now=now)


def _asked(
    story: _Story, plan: AssessmentPlan, assessment: Assessment, *, now: datetime
) -> dict[str, Respondent]:
    """Ask members and guests, and return them by name."""
    by = actor_of(story.lead)
    users = [story.members[each.email] for each in plan.voices if each.email in story.members]
    guests = [
        NewGuest(each.name, each.email) for each in plan.voices if each.email not in story.members
    ]
    asked = add_members(assessment, users=users, now=now, by=by)
    if guests:
        links = add_guests(assessment, guests=guests, groups={}, now=now, by=by)
        asked += [link.respondent for link in links]
    return {respondent.name: respondent for respondent in asked}


def _by_open_link(
    story: _Story, plan: AssessmentPlan, assessment: Assessment
) -> dict[str, Respondent]:
    link = make_open_link(
        assessment, most_respondents=40, now=at(plan.begun, 9, 40), by=actor_of(story.lead)
    )
    return {
        voice.name: join(
            link,
            name="",
            groups=voice.groups,
            address="",
            now=_answered_at(plan, number),
        ).respondent
        for number, voice in enumerate(plan.voices)
    }


def _answered_at(plan: AssessmentPlan, number: int) -> datetime:
    """Return when the so manieth voice sits down to answer: within nine days, at any hour."""
    days = min(9, (plan.day - plan.begun).days - 1)
    day = plan.begun + timedelta(days=1 + number * 2 % days)
    return at(day, 10 + number * 5 % 9, number * 17 % 60)


def _old_notes(
    story: _Story, plan: AssessmentPlan, voice: Voice, changes: list[Change]
) -> list[Change]:
    """Return the notes of last time taken away where this voice answered anew."""
    if not plan.goes_on or voice.email not in story.members:
        return []
    before = story.plan.assessments[story.plan.assessments.index(plan) - 1]
    noted = {change.key for change in changes if change.part == "note"}
    answered = {change.key: change.what for change in changes if change.part == "value"}
    return [
        Change(answered[note.key], note.key, "note", "")
        for note in before.notes
        if note.who == voice.name and note.key in answered and note.key not in noted
    ]


def _close(story: _Story, plan: AssessmentPlan, assessment: Assessment, *, day: date) -> None:
    by = actor_of(story.lead)
    end_answers(assessment, now=at(plan.day, 9), by=by)
    for number, each in enumerate(plan.agreed):
        agree(
            assessment,
            what="pick" if each.key in story.setting.matrix.dimension_by_key else "rating",
            key=each.key,
            value=each.value,
            reason=each.reason,
            dissent=each.dissent,
            seen_version=0,
            user=story.lead,
            now=at(plan.day, 10, 12 * number),
            by=by,
        )
    close_assessment(assessment, user=story.lead, now=at(day, 15), by=by)


def _decide(story: _Story, plan: StepPlan, assessment: Assessment, *, decided: datetime) -> None:
    by = actor_of(story.lead)
    step = decide_step(
        story.organisation,
        assessment=assessment,
        model_version_id=story.setting.model_version_id,
        descriptor=story.setting.matrix.descriptors[plan.descriptor],
        words=plan.words,
        plan=Plan(owner=plan.owner, due=plan.due),
        now=decided,
        by=by,
    )
    if plan.done is not None:
        finish_step(step, now=at(plan.done, 11), by=by)
