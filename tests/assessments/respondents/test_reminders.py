"""Mails that ask and remind: to whom, how often, with which link."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.core.services.links import token_of
from assessments.lifecycle.services.closing import end_answers
from assessments.models import Respondent, SecretLink
from assessments.respondents.services import reminders as reminding
from assessments.respondents.services.reminders import TooManyEmails, remind, send_asking
from assessments.respondents.services.respondents import finish
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.scopes import every_workspace, no_workspace
from tests.assessments.answering.test_answers_service import in_threads
from tests.assessments.asking import (
    Place,
    ask,
    ask_member,
    make_assessment,
    make_place,
    opened,
    signed_in,
    url,
)
from tests.assessments.conftest import NOW
from tests.assessments.reading import text_of

Commits = Callable[..., AbstractContextManager[Any]]
SITE = "http://testserver/"


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


@pytest.fixture
def mailing(settings: Any) -> None:
    """Let mail go out, at once; a task starts with no workspace in scope."""
    settings.CAN_SEND_EMAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def remind_all(place: Place, assessment: Any, commits: Commits) -> str:
    with commits(execute=True):
        response = signed_in(place.lead).post(url(assessment, "respondents/remind/"), follow=True)
    return text_of(response)


@pytest.mark.usefixtures("mailing")
def test_those_not_finished_are_reminded_once_a_day(
    place: Place,
    version: MaturityModel,
    matrix: Matrix,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    assessment = make_assessment(place, version)
    slow = ask(assessment, "Slow", "slow@example.org")
    ask(assessment, "No address")
    done = ask(assessment, "Done", "done@example.org").respondent
    complete = ask(assessment, "Complete", "complete@example.org").respondent
    ask_member(assessment, place.contributor)
    record_changes(done, [AnswerChange("pick", "strategy", "value", 2)], now=NOW)
    finish(done, now=NOW)
    record_changes(
        complete, [AnswerChange("pick", row.key, "value", 1) for row in matrix.dimensions], now=NOW
    )

    first = remind_all(place, assessment, django_capture_on_commit_callbacks)
    second = remind_all(place, assessment, django_capture_on_commit_callbacks)

    by_address = {message.to[0]: message for message in mail.outbox}
    assert sorted(by_address) == ["contributor@example.org", "slow@example.org"]
    assert len(mail.outbox) == 2
    assert f"{SITE}link/{token_of(slow)}/" in by_address["slow@example.org"].body
    assert "/link/" not in by_address["contributor@example.org"].body
    assert url(assessment, "begin/") in by_address["contributor@example.org"].body
    assert by_address["slow@example.org"].subject == "Still open: Fernhill Outdoor"
    assert "2 reminders are on the way" in first
    assert "Nobody to remind" in second
    Respondent.objects.update(reminded_at=NOW - timedelta(days=2))
    remind_all(place, assessment, django_capture_on_commit_callbacks)
    assert len(mail.outbox) == 4


@pytest.mark.usefixtures("mailing")
def test_asking_mails_each_their_own_link(
    place: Place, version: MaturityModel, django_capture_on_commit_callbacks: Commits
) -> None:
    assessment = make_assessment(place, version)
    sent = {"guests": "Ann, ann@example.org\nBob, bob@example.org\nCid", "is_mailed": "on"}

    with django_capture_on_commit_callbacks(execute=True):
        signed_in(place.lead).post(url(assessment, "respondents/guests/"), sent)

    links = {link.respondent.email: token_of(link) for link in SecretLink.objects.all()}
    assert {message.to[0] for message in mail.outbox} == {"ann@example.org", "bob@example.org"}
    for message in mail.outbox:
        mine = links[message.to[0]] or "?"
        assert mine in message.body
        assert not any(token in message.body for token in links.values() if token != mine)
        assert message.subject == "Your view is asked for: Fernhill Outdoor"


@pytest.mark.usefixtures("mailing")
def test_anonymous_reminder_holds_no_key_once_somebody_began(
    place: Place, version: MaturityModel, django_capture_on_commit_callbacks: Commits
) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    opened(ask(assessment, "Ann", "ann@example.org"))

    remind_all(place, assessment, django_capture_on_commit_callbacks)

    (message,) = mail.outbox
    assert "/link/" not in message.body
    assert "go on in the browser you began in" in message.body
    assert "nobody sees who said what" in message.body


def test_task_keeps_no_address_and_finds_its_row_itself(
    place: Place,
    version: MaturityModel,
    settings: Any,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    settings.CAN_SEND_EMAIL = True
    assessment = make_assessment(place, version)
    link = ask(assessment, "Ann Lee", "ann@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(place.lead).post(url(assessment, f"respondents/{link.respondent_id}/send/"))

    (handed_over,) = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    assert "ann" not in json.dumps(handed_over).lower()
    assert (token_of(link) or "?") not in json.dumps(handed_over)
    with no_workspace():
        send_asking.func(**handed_over["kwargs"])
    assert mail.outbox[0].to == ["ann@example.org"]
    assert "Ann" not in repr(list(AuditEvent.objects.values()))


@pytest.mark.usefixtures("mailing")
@pytest.mark.parametrize("what", ["ended", "removed", "finished"])
def test_mail_that_makes_no_sense_any_more_is_not_sent(
    place: Place, version: MaturityModel, what: str
) -> None:
    assessment = make_assessment(place, version)
    respondent = ask(assessment, "Ann", "ann@example.org").respondent
    pk = respondent.pk
    if what == "ended":
        end_answers(assessment, now=NOW, by=place.by)
    elif what == "removed":
        respondent.delete()
    else:
        record_changes(respondent, [AnswerChange("pick", "strategy", "value", 2)], now=NOW)
        finish(respondent, now=NOW)

    send_asking.func(respondent_id=pk, site=SITE, is_reminder=True)

    assert mail.outbox == []


def test_without_mail_the_page_says_what_to_do(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    link = ask(assessment, "Ann", "ann@example.org")
    client = signed_in(place.lead)

    page = text_of(client.get(url(assessment, "respondents/")))

    assert "This installation sends no e-mail" in page
    assert (token_of(link) or "?") in page
    assert client.post(url(assessment, "respondents/remind/")).status_code == 404
    at = url(assessment, f"respondents/{link.respondent_id}/send/")
    assert client.post(at).status_code == 404


@pytest.mark.usefixtures("mailing")
def test_mails_are_limited_in_a_day(
    place: Place, version: MaturityModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "MOST_A_DAY", 2)
    assessment = make_assessment(place, version)
    for name in ("ann", "bob", "cid"):
        ask(assessment, name, f"{name}@example.org")

    page = text_of(signed_in(place.lead).post(url(assessment, "respondents/remind/"), follow=True))

    assert "as many mails as it may in one day" in page
    assert mail.outbox == []
    with pytest.raises(TooManyEmails):
        remind(
            assessment,
            respondents=list(Respondent.objects.all()),
            site=SITE,
            now=NOW,
            by=place.by,
        )
    assert Respondent.objects.filter(reminded_at=None).count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_reminders_at_once_remind_once(
    place: Place, version: MaturityModel, settings: Any
) -> None:
    settings.CAN_SEND_EMAIL = True
    assessment = make_assessment(place, version)
    people = [ask(assessment, f"g{n}", f"g{n}@example.org").respondent for n in range(3)]
    sent: list[int] = []

    def press(number: int) -> None:
        with every_workspace():
            sent.append(remind(assessment, respondents=people, site=SITE, now=NOW, by=place.by))

    assert in_threads(3, press) == []
    assert sorted(sent) == [0, 0, 3]
    assert DBTaskResult.objects.count() == 3


def test_guest_cannot_remind(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    guest: Client = opened(ask(assessment))

    assert guest.post(url(assessment, "respondents/remind/")).status_code == 403
