"""Mails to owners: who is told what, when, how often, and what is never sent."""

from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django_tasks_db.models import DBTaskResult

from assessments.models import Step
from assessments.roadmap.services.step_mails import TOGETHER, mail_owner, mail_owners, tell
from assessments.roadmap.services.steps import (
    StepPlan,
    change_step,
    drop_step,
    finish_step,
    reopen_step,
)
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Membership, Organisation, User
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import no_workspace, scope_of
from tests.assessments.roadmaps import make_contributor, make_place, own
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import NOW

pytestmark = pytest.mark.django_db
DAY = NOW.date()
MORNING = NOW.replace(hour=6, minute=5)
NOON_TOMORROW = NOW.replace(hour=12) + timedelta(days=1)
SOON = DAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def _mailing(settings: Any) -> None:
    settings.CAN_SEND_EMAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = "https://waymark.example.org/"


@pytest.fixture
def place(version: Any) -> Organisation:
    return make_place(version)


@pytest.fixture
def ines(place: Organisation) -> User:
    return make_contributor(place)


def told(place: Organisation, user: User, now: datetime = MORNING) -> list[Any]:
    """Return the mails that telling somebody sends now."""
    before = len(mail.outbox)
    with no_workspace(), scope_of(place.workspace_id):
        tell(user.pk, now=now)
    return mail.outbox[before:]


def change(step: Step, now: datetime = NOW, by: int = 1, **plan: Any) -> None:
    step.refresh_from_db()
    values = {"owner": step.owner, "member_id": step.member_id, "due": step.due} | plan
    change_step(step, words=step.words, plan=StepPlan(**values), now=now, by=Actor(f"user:{by}"))


def queued() -> list[tuple[dict[str, int], datetime | None]]:
    return [(row.args_kwargs["kwargs"], row.run_after) for row in DBTaskResult.objects.all()]


# --- a step becomes somebody's -------------------------------------------------------------------


def test_steps_given_within_a_short_while_are_one_mail(place, ines):
    own(place, "Answer within a day", member_id=ines.pk, due=date(2031, 12, 31))
    own(place, "Name one owner", member_id=ines.pk)

    (first, second) = queued()
    assert first == ({"user_id": ines.pk, "workspace_id": place.workspace_id}, NOW + TOGETHER)
    assert second == first
    (message,) = told(place, ines)
    assert message.to == ["ines@example.org"]
    assert message.subject == "Fernhill Outdoor: 2 steps are yours"
    assert message.body == (
        "Hello Ines,\n\nthese steps are yours now.\n\n"
        "Fernhill Outdoor\n"
        "- Answer within a day\n  due on 31 December 2031\n"
        "- Name one owner\n  no day is set\n\n"
        "Sign in to see all your steps:\n\nhttps://waymark.example.org/my/steps/\n\n"
        "You want no such mails? Turn them off here:\n\n"
        "https://waymark.example.org/my/steps/#mails\n"
    )
    assert told(place, ines) == []


def test_task_sends_by_two_keys_and_starts_without_a_workspace(place, ines):
    own(place, "Answer within a day", member_id=ines.pk)

    with no_workspace():
        mail_owner.call(user_id=ines.pk, workspace_id=place.workspace_id)

    assert [each.subject for each in mail.outbox] == ["Fernhill Outdoor: a step is yours"]


def test_nobody_is_told_of_what_they_gave_themselves(place, ines):
    step = own(place, "Mine", member_id=None)
    change(step, by=ines.pk, member_id=ines.pk, owner="Ines")

    assert queued() == []
    assert told(place, ines) == []


def test_another_owner_is_told_and_the_one_before_is_not_told_again(place, ines):
    step = own(place, "Answer within a day", member_id=ines.pk)
    other = make_user("otto@example.org", "Otto")
    give_role(other, Role.LEAD, place.workspace, place)
    assert len(told(place, ines)) == 1

    change(step, member_id=other.pk, owner="Otto")
    change(step, member_id=ines.pk, owner="Ines")
    assert told(place, other) == []
    assert told(place, ines) == []

    change(step, member_id=other.pk, owner="Otto")
    assert len(told(place, other)) == 1
    change(step, member_id=ines.pk, owner="Ines")
    assert len(told(place, ines)) == 1


def test_a_change_of_something_else_tells_nobody(place, ines):
    step = own(place, "Answer within a day", member_id=ines.pk)
    told(place, ines)

    change(step, notes="Ask Otto", due=date(2031, 1, 1))

    assert told(place, ines) == []
    assert len(queued()) == 1


# --- a step falls due ----------------------------------------------------------------------------


def test_a_day_is_told_of_three_days_before_and_once(place, ines):
    step = own(place, "Answer within a day", member_id=ines.pk, due=SOON + timedelta(days=1))
    told(place, ines)
    assert told(place, ines) == []

    tomorrow = MORNING + timedelta(days=1)
    assert mail_owners(now=tomorrow) == 1
    (message,) = told(place, ines, tomorrow)

    assert message.subject == "Fernhill Outdoor: a step is due soon"
    assert "this step is due soon." in message.body
    assert mail_owners(now=tomorrow) == 0
    assert told(place, ines, tomorrow + timedelta(days=1)) == []

    change(step, due=SOON + timedelta(days=4))
    assert told(place, ines, tomorrow) == []
    assert len(told(place, ines, tomorrow + timedelta(days=3))) == 1


def test_no_day_is_told_of_before_the_morning_nor_when_it_has_passed(place, ines):
    own(place, "Late", member_id=ines.pk, due=SOON)
    Step.objects.update(tell_at=None)
    night, after = MORNING.replace(hour=5), MORNING + timedelta(days=4)

    for now in (night, after):
        assert mail_owners(now=now) == 0
        assert told(place, ines, now) == []
    assert mail_owners(now=MORNING) == 1


def test_the_mail_that_gives_a_step_says_its_day_and_no_other_does(place, ines):
    own(place, "Soon", member_id=ines.pk, due=SOON)

    (message,) = told(place, ines)

    assert f"due on {SOON.day} " in message.body
    assert mail_owners(now=MORNING) == 0


def test_a_day_one_set_oneself_within_three_days_is_not_told_of(place, ines):
    step = own(place, "Mine", member_id=None, due=date(2031, 1, 1))

    change(step, by=ines.pk, member_id=ines.pk, due=SOON)

    assert mail_owners(now=MORNING) == 0
    assert told(place, ines) == []


def test_a_day_is_told_once_though_the_step_was_somebody_elses_for_a_moment(place, ines):
    other = make_user("otto@example.org", "Otto")
    give_role(other, Role.LEAD, place.workspace, place)
    step = own(place, "Soon", member_id=ines.pk, due=SOON)
    assert len(told(place, ines)) == 1

    change(step, member_id=other.pk, owner="Otto")
    change(step, member_id=ines.pk, owner="Ines")
    assert mail_owners(now=NOON_TOMORROW) == 0
    assert told(place, ines, NOON_TOMORROW) == []

    change(step, member_id=other.pk, owner="Otto")
    assert len(told(place, other)) == 1
    assert mail_owners(now=NOON_TOMORROW) == 0


def test_who_changes_a_step_of_their_own_need_not_be_told_of_it(place, ines):
    step = own(place, "Soon", member_id=ines.pk)

    change(step, by=ines.pk, notes="On it")

    assert told(place, ines) == []


def test_new_and_due_are_one_mail(place, ines):
    due = own(place, "Due", member_id=ines.pk, due=SOON)
    Step.objects.filter(pk=due.pk).update(tell_at=None, told=ines)
    own(place, "New", member_id=ines.pk)

    (message,) = told(place, ines)

    assert message.subject == "Fernhill Outdoor: a step is yours"
    assert "this step is yours now.\n\nFernhill Outdoor\n- New" in message.body
    assert "And this step is due soon.\n\nFernhill Outdoor\n- Due" in message.body


def test_steps_of_several_organisations_stand_below_their_names(place, ines):
    other = make_organisation(place.workspace, "Birch Bank")
    give_role(ines, Role.VIEWER, place.workspace, other)
    own(place, "One", member_id=ines.pk)
    own(other, "Two", member_id=ines.pk)

    (message,) = told(place, ines)

    assert message.subject == f"{place.workspace.name}: 2 steps are yours"
    assert "Birch Bank\n- Two" in message.body
    assert "Fernhill Outdoor\n- One" in message.body


# --- what is never sent --------------------------------------------------------------------------


def _ended(place: Organisation, user: User, step: Step) -> None:
    Membership.objects.filter(user=user).delete()


def _elsewhere(place: Organisation, user: User, step: Step) -> None:
    other = make_organisation(place.workspace, "Birch Bank")
    Membership.objects.filter(user=user).update(organisation=other)


def _going(place: Organisation, user: User, step: Step) -> None:
    place.workspace.deletion_asked_at = NOW
    place.workspace.save()


def _archived(place: Organisation, user: User, step: Step) -> None:
    place.archived_at = NOW
    place.save()


def _shut(place: Organisation, user: User, step: Step) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _turned_off(place: Organisation, user: User, step: Step) -> None:
    User.objects.filter(pk=user.pk).update(step_mails=False)


def _done(place: Organisation, user: User, step: Step) -> None:
    finish_step(step, now=NOW, by=Actor("user:1"))


def _dropped(place: Organisation, user: User, step: Step) -> None:
    drop_step(step, reason="Another way", now=NOW, by=Actor("user:1"))


@pytest.mark.parametrize(
    "ending", [_ended, _elsewhere, _going, _archived, _shut, _turned_off, _done, _dropped]
)
def test_nothing_is_sent_for_what_has_ended(place, ines, ending):
    new = own(place, "New", member_id=ines.pk)
    due = own(place, "Due", member_id=ines.pk, due=SOON)
    for step in (new, due):
        ending(place, ines, step)

    assert mail_owners(now=NOON_TOMORROW) == 0
    assert told(place, ines, NOON_TOMORROW) == []


def test_a_done_step_taken_up_again_is_not_told_twice(place, ines):
    step = own(place, "Due", member_id=ines.pk, due=SOON)
    assert len(told(place, ines)) == 1
    finish_step(step, now=NOW, by=Actor("user:1"))
    reopen_step(step, now=NOW, by=Actor("user:1"))

    assert told(place, ines) == []


def test_nothing_is_sent_where_no_mail_goes_out(place, ines, settings):
    settings.CAN_SEND_EMAIL = False
    own(place, "Due", member_id=ines.pk, due=SOON)

    assert mail_owners(now=MORNING) == 0
    mail_owner.call(user_id=ines.pk, workspace_id=place.workspace_id)

    assert mail.outbox == []


def test_nothing_of_another_workspace_is_in_a_mail(place, ines):
    elsewhere = make_organisation(make_workspace(name="Elsewhere"), "Secret Client")
    give_role(ines, Role.LEAD, elsewhere.workspace, elsewhere)
    own(elsewhere, "Secret step", member_id=ines.pk)
    own(place, "Ours", member_id=ines.pk)

    (message,) = told(place, ines)

    assert "Secret" not in message.subject + message.body
    assert len(told(elsewhere, ines)) == 1


# --- when it does not get through ----------------------------------------------------------------


class Refusing(EmailBackend):
    """A mail server that is away, or that does not take the address."""

    failure: OSError = SMTPServerDisconnected("away")

    def send_messages(self, messages: Any) -> int:
        raise self.failure


@pytest.fixture
def refusing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    def refuse(failure: OSError) -> None:
        monkeypatch.setattr(Refusing, "failure", failure)
        settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    return refuse


def test_what_no_server_took_is_told_an_hour_later(place, ines, refusing, settings):
    own(place, "New", member_id=ines.pk)
    refusing(SMTPServerDisconnected("away"))
    assert told(place, ines) == []

    later = max(MORNING, NOW) + timedelta(hours=2)
    assert mail_owners(now=later) == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert len(told(place, ines, later)) == 1
    assert mail_owners(now=later) == 0


def test_what_could_not_be_told_for_days_is_given_up(place, ines):
    own(place, "New", member_id=ines.pk)

    assert mail_owners(now=NOW + timedelta(days=2)) == 1
    assert mail_owners(now=NOW + timedelta(days=4)) == 0


def test_an_address_that_is_not_taken_is_not_tried_again(place, ines, refusing, settings):
    own(place, "New", member_id=ines.pk)
    refusing(SMTPRecipientsRefused({"ines@example.org": (550, b"no")}))
    told(place, ines)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert told(place, ines) == []
