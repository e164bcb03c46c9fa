"""What a tenant of the world holds, made through the services, as its people would."""

import datetime as dt
from typing import Any

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.consensus.services import agree
from assessments.core.services.assessments import new_assessment
from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.lifecycle.services.targets import SettingChange, change_settings
from assessments.models import Respondent, Step
from assessments.respondents.services.open_links import make_open_link
from assessments.respondents.services.respondents import (
    add_guest,
    add_member_respondent,
    begin_answering,
    finish,
)
from assessments.roadmap.services.calendar_feeds import make_feed
from assessments.scoring.asked import asked_of
from assessments.scoring.sheets import AnswerKind
from assessments.webhooks.services.webhooks import add_webhook, send_test
from assessments.workshops.models import Round, Sending, Workshop
from assessments.workshops.queries.rounds import question_of_round
from assessments.workshops.services.doors import end_workshop, open_doors
from assessments.workshops.services.joining import join
from assessments.workshops.services.rounds import open_round, reveal_round
from assessments.workshops.services.voting import cast_vote
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.branding.services import change_branding, set_logo
from maturity.workspaces.lifecycle.services import create_workspace
from maturity.workspaces.models import Invitation
from maturity.workspaces.organisations.services import add_organisation, archive_organisation
from maturity.workspaces.people.services.invitations import accept, invite, revoke
from maturity.workspaces.people.services.members import add_member
from maturity.workspaces.roles import Role
from maturity.workspaces.tokens.api_scopes import SCOPES
from maturity.workspaces.tokens.services import make_token
from reports.models import Report
from reports.sharing.services import make_share
from tests.people import make_user

# The real time: views take theirs from the clock.
NOW = dt.datetime.now(dt.UTC)
DAY = NOW.date()
A_YEAR = dt.timedelta(days=365)
PDF = b"%PDF-1.7 "
# One white pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)

# Name: organisation, voices, what is asked, how far it has come, years ago.
ASSESSMENTS = {
    "before": ("main", "named", "gates", "closed", 1),
    "closed": ("main", "named", "gates", "closed", 0),
    "open": ("main", "named", "gates", "collecting", 0),
    "settling": ("main", "named", "picks", "settling", 0),
    "anonymous": ("main", "anonymous", "gates", "collecting", 0),
    "anonymous-settling": ("main", "anonymous", "picks", "settling", 0),
    "other": ("other", "named", "gates", "collecting", 0),
    "other-closed": ("other", "named", "gates", "closed", 0),
    "archived": ("archived", "named", "gates", "closed", 0),
}
# Who answers beside the contributor: five, so that an anonymous result can be shown at all.
GUESTS = ("guest", "second", "third", "fourth", "fifth")
MEMBERS = (Role.CONSULTANT, Role.LEAD, Role.CONTRIBUTOR, Role.VIEWER)


def fill(tenant: Any) -> None:
    """Make everything a tenant holds."""
    _workspace(tenant)
    for name, (organisation, voices, asked, state, years) in ASSESSMENTS.items():
        add_assessment(tenant, name, organisation, voices, asked, state, years)
    archive_organisation(tenant.organisations["archived"], now=NOW, by=tenant.actor)
    _invitations(tenant)
    _steps(tenant)
    _tokens(tenant)
    record_event(
        "report.downloaded",
        by=tenant.actor,
        subject=tenant.organisations["main"].public_id,
        workspace=tenant.workspace.public_id,
        at=NOW,
        detail={"key": tenant.say("audit-detail")},
    )


def add_assessment(
    tenant: Any, name: str, organisation: str, voices: str, asked: str, state: str, years: int
) -> None:
    """Make an assessment with its people and their answers, as far as its state says."""
    _assessment(tenant, name, organisation, voices, asked, years)
    _answers(tenant, name)
    _workshop(tenant, name, is_over=state == "closed")
    if state != "collecting":
        _settle(tenant, name, state)
    tenant.shares[name] = make_share(
        tenant.assessments[name],
        result=None,
        shows=["matrix", "reasons", "steps"],
        label=tenant.say(f"share-{name}"),
        days=3650,
        password="",
        now=NOW,
        by=tenant.actor,
    )
    # Of anonymous answers that are still collected there is no report to be had.
    if (voices, state) != ("anonymous", "collecting"):
        _report(tenant, name)


def _user(tenant: Any, name: str) -> Any:
    tenant.users[name] = make_user(tenant.email(name), tenant.say(f"user-{name}"))
    return tenant.users[name]


def _workspace(tenant: Any) -> None:
    owner = _user(tenant, "owner")
    tenant.actor = by = Actor(f"user:{owner.pk}", "192.0.2.1")
    tenant.workspace = create_workspace(
        user=owner, kind="clients", name=tenant.say("workspace-name"), now=NOW, by=by
    )
    tenant.memberships["owner"] = tenant.workspace.memberships.get()
    change_branding(
        tenant.workspace, accent="", second="", footer=tenant.say("footer"), now=NOW, by=by
    )
    # Its words stand after the end of the picture, where a reader of pictures does not look.
    png = PNG + tenant.say("logo").encode()
    set_logo(tenant.workspace, png=png, width=1, height=1, now=NOW, by=by)
    for name in ("main", "other", "archived"):
        tenant.organisations[name] = add_organisation(
            tenant.workspace,
            name=tenant.say(f"organisation-{name}"),
            sector="education",
            size="10-49",
            country=tenant.say("country"),
            tags=[tenant.say("tag")],
            now=NOW,
            by=by,
        )
    # The leads elsewhere hold a role that must lead nowhere but to where it is held.
    places = [(role.value, role, "main") for role in MEMBERS]
    places += [(f"lead-{name}", Role.LEAD, name) for name in ("other", "archived")]
    for name, role, place in places:
        tenant.memberships[name] = add_member(
            tenant.workspace,
            user=_user(tenant, name),
            role=role,
            organisation=None if role == Role.CONSULTANT else tenant.organisations[place],
            now=NOW,
            by=by,
        )


def _assessment(
    tenant: Any, name: str, organisation: str, voices: str, asked: str, years: int
) -> None:
    by = tenant.actor
    groups = {tenant.say("group"): tenant.say("option")}
    assessment = tenant.assessments[name] = new_assessment(
        tenant.organisations[organisation],
        model_version_id=tenant.version.pk,
        date=DAY - years * A_YEAR,
        purpose=tenant.say(f"purpose-{name}"),
        scope=tenant.say(f"scope-{name}"),
        voices=voices,
        fewest_answers=5,
        asked=asked,
        asked_up_to=None,
        groups=[
            {"name": tenant.say("group"), "options": [tenant.say("option"), tenant.say("choice")]}
        ],
        now=NOW - years * A_YEAR,
        by=by,
    )
    change_settings(
        assessment,
        organisation_name=None,
        date=None,
        changes=[SettingChange(tenant.matrix.dimensions[0].key, {"target": 4})],
        now=NOW,
        by=by,
    )
    tenant.open_links[name] = make_open_link(assessment, most_respondents=50, now=NOW, by=by)
    if organisation == "main":
        tenant.people[f"contributor-{name}"] = add_member_respondent(
            assessment, user=tenant.users["contributor"], groups=groups, now=NOW, by=by
        )
    for who in GUESTS:
        link = tenant.links[f"{who}-{name}"] = add_guest(
            assessment,
            name=tenant.say(f"respondent-{who}-{name}"),
            email=tenant.email(f"{who}-{name}"),
            groups=groups,
            now=NOW,
            by=by,
        )
        tenant.people[f"{who}-{name}"] = link.respondent


def _answers(tenant: Any, name: str) -> None:
    """Everybody who is asked begins, answers the first two dimensions, and leaves a note."""
    assessment = tenant.assessments[name]
    for at, who in enumerate(("contributor", *GUESTS), start=1):
        key = f"{who}-{name}"
        if key not in tenant.people:
            continue
        respondent, link = begin_answering(
            assessment,
            respondent=tenant.people[key],
            user=None,
            groups=tenant.people[key].groups,
            now=NOW,
            by=tenant.actor,
        )
        tenant.links[key] = link or tenant.links.get(key)
        tenant.people[key] = respondent
        record_changes(respondent, _changes(tenant, respondent, at, key), now=NOW)
        if who == "second":
            finish(respondent, now=NOW)


def _changes(tenant: Any, respondent: Respondent, at: int, key: str) -> list[AnswerChange]:
    assessment = respondent.assessment
    asked = asked_of(tenant.matrix, assessment.asked, assessment.asked_up_to)
    changes = []
    for row in tenant.matrix.dimensions[:2]:
        if row.key in asked.picks:
            note = tenant.say(f"note-pick-{row.key}-{key}")
            changes.append(AnswerChange("pick", row.key, "value", 1 + at % 3))
            changes.append(AnswerChange("pick", row.key, "note", note))
            continue
        for index, each in enumerate(asked.descriptors_of(row)[:8]):
            changes.append(AnswerChange("rating", each.id, "value", (at + index) % 4))
        note = tenant.say(f"note-rating-{row.key}-{key}")
        changes.append(AnswerChange("rating", row.descriptors[0].id, "note", note))
    return changes


def _workshop(tenant: Any, name: str, *, is_over: bool) -> None:
    """A workshop with three people: one round they have seen, one they vote on, one planned."""
    by = tenant.actor
    workshop = tenant.workshops[name] = Workshop.objects.create(
        assessment=tenant.assessments[name],
        title=tenant.say(f"workshop-{name}"),
        voices=Workshop.Voices.NAMED,
        takes_addresses=True,
        created_at=NOW,
        created_by=tenant.users["lead"],
    )
    keys = [row.key for row in tenant.matrix.dimensions[:3]]
    for position, key in enumerate(keys, start=1):
        Round.objects.create(workshop=workshop, position=position, kind="stage", dimension=key)
    shown, voted_on, planned = rounds = list(workshop.rounds.order_by("position"))
    tenant.rounds[name] = dict(zip(("shown", "voted-on", "planned"), rounds, strict=True))
    tenant.workshops[name] = workshop = open_doors(workshop, now=NOW, by=by)
    for who in ("first", "second", "third"):
        tenant.phones[f"{who}-{name}"] = join(
            workshop, name=tenant.say(f"phone-{who}-{name}"), groups={}, now=NOW
        )
    for each in (shown, voted_on):
        open_round(workshop, round_id=each.pk, now=NOW, by=by)
        for at, who in enumerate(("first", "second", "third"), start=1):
            participant, _ = tenant.phones[f"{who}-{name}"]
            cast_vote(
                participant,
                round_id=each.pk,
                question=question_of_round(tenant.matrix, each),
                answers={each.dimension: at},
                note=tenant.say(f"vote-{'shown' if each is shown else 'unseen'}-{who}-{name}"),
            )
        if each is shown:
            reveal_round(workshop, round_id=each.pk, now=NOW, by=by)
    if is_over:
        end_workshop(workshop, now=NOW, by=by)
        Sending.objects.create(
            workshop=workshop, status=Sending.Status.DONE, left=0, asked_at=NOW, moved_at=NOW
        )
    tenant.workshops[name] = Workshop.objects.get(pk=workshop.pk)


def _settle(tenant: Any, name: str, state: str) -> None:
    assessment, lead, by = tenant.assessments[name], tenant.users["lead"], tenant.actor
    end_answers(assessment, now=NOW, by=by)
    row = tenant.matrix.dimensions[0]
    asked: tuple[tuple[AnswerKind, str], ...] = (
        ("pick", row.key),
        ("rating", row.descriptors[0].id),
    )
    for what, key in asked:
        tenant.agreed[f"{what}-{name}"] = agree(
            assessment,
            what=what,
            key=key,
            value=2,
            reason=tenant.say(f"reason-{what}-{name}"),
            dissent=tenant.say(f"dissent-{what}-{name}"),
            seen_version=0,
            user=lead,
            now=NOW,
            by=by,
        )
    if state == "closed":
        tenant.results[name] = close_assessment(assessment, user=lead, now=NOW, by=by)
        _report(tenant, name, result=tenant.results[name])


def _report(tenant: Any, name: str, result: Any = None) -> None:
    """Write down a finished report; the text in it tells it from every other."""
    key = f"result-{name}" if result else name
    tenant.reports[key] = Report.objects.create(
        assessment=tenant.assessments[name],
        result=result,
        digest=f"{key} {tenant.mark}",
        paper=Report.Paper.A4,
        file_name=f"{tenant.say(f'file-{key}')}.pdf",
        status=Report.Status.READY,
        content=PDF + tenant.say(f"content-{key}").encode(),
        size=100,
        asked_at=NOW,
        queued_at=NOW,
        finished_at=NOW,
    )


def _invitations(tenant: Any) -> None:
    main, by = tenant.organisations["main"], tenant.actor
    for name, organisation, role in (
        ("waiting", main, Role.VIEWER),
        ("other", tenant.organisations["other"], Role.VIEWER),
        ("of-workspace", None, Role.CONSULTANT),
        ("taken", main, Role.LEAD),
        ("revoked", main, Role.LEAD),
        ("expired", main, Role.LEAD),
    ):
        (tenant.invitations[name],) = invite(
            tenant.workspace,
            emails=[tenant.email(f"invited-{name}")],
            role=role,
            organisation=organisation,
            invited_by=tenant.users["owner"],
            now=NOW - dt.timedelta(days=20) if name == "expired" else NOW,
            by=by,
        )
    accept(tenant.invitations["taken"], user=_user(tenant, "taken"), now=NOW, by=by)
    revoke(tenant.invitations["revoked"], now=NOW, by=by)
    assert Invitation.objects.filter(workspace=tenant.workspace).count() == 6


def _steps(tenant: Any) -> None:
    row = tenant.matrix.dimensions[0]
    for at, (name, organisation, done_at) in enumerate(
        (("open", "main", None), ("done", "main", NOW), ("other", "other", None))
    ):
        tenant.steps[name] = Step.objects.create(
            organisation=tenant.organisations[organisation],
            assessment=tenant.assessments["closed" if organisation == "main" else "other"],
            model_version=tenant.version,
            dimension=row.key,
            descriptor_id=row.descriptors[at].id,
            words=tenant.say(f"step-{name}"),
            owner=tenant.say(f"step-owner-{name}"),
            due=DAY,
            done_at=done_at,
            status="done" if done_at else "planned",
            created_at=NOW,
        )
    tenant.webhooks["one"], _ = add_webhook(
        tenant.workspace,
        url=f"https://hook.example.org/{tenant.say('webhook')}",
        events=["step.finished"],
        now=NOW,
        by=tenant.actor,
    )
    send_test(tenant.webhooks["one"], now=NOW, by=tenant.actor)
    for who in ("owner", "lead", "contributor"):
        tenant.feeds[who] = make_feed(
            tenant.workspace, user=tenant.users[who], shows="all", now=NOW, by=tenant.actor
        )


def _tokens(tenant: Any) -> None:
    """Each who has a role made a token with every scope while they were an owner."""
    for name, user in tenant.users.items():
        tenant.tokens[name] = make_token(
            tenant.workspace,
            user=user,
            name=tenant.say(f"token-{name}"),
            scopes=SCOPES,
            days=3650,
            now=NOW,
            by=tenant.actor,
        )
