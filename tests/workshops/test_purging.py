"""What is ended and what is forgotten when its time is over."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.models import Assessment
from assessments.workshops.models import Participant, Round, Sending, Vote, Workshop
from assessments.workshops.services.purging import purge_workshops
from assessments.workshops.services.sending import ask_sending
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.scopes import no_workspace
from tests.assessments.closed import House, begin
from tests.workshops.held import BY, END, hold
from tests.workshops.room import NOW, add_participant, make_workshop

pytestmark = pytest.mark.django_db
TWELVE = timedelta(hours=12)


@pytest.fixture
def assessment(house: House) -> Assessment:
    return begin(house)


def test_workshop_whose_time_is_over_is_ended_at_that_moment(assessment: Assessment) -> None:
    held = hold(assessment, voices="anonymous")
    make_workshop(assessment)
    late = NOW + timedelta(days=2)

    with no_workspace():
        early = purge_workshops(now=NOW + TWELVE - timedelta(seconds=1))
        purged = purge_workshops(now=late)
        again = purge_workshops(now=late)

    assert (early.ended, purged.ended, again.ended) == (0, 1, 0)
    held.workshop.refresh_from_db()
    assert held.workshop.ended_at == NOW + TWELVE
    assert (held.workshop.code, held.workshop.token_hash) == (None, None)
    assert not Vote.objects.filter(participant__isnull=False).exists()
    assert set(Participant.objects.values_list("name", flat=True)) == {""}
    assert Round.objects.get(pk=held.rounds["unseen"].pk).state == "skipped"
    assert not Vote.objects.filter(note="A secret note").exists()
    (event,) = AuditEvent.objects.filter(verb="workshop.ended")
    assert event.actor == "purge"


def test_workshop_that_runs_or_was_ended_is_left_alone(assessment: Assessment) -> None:
    running = hold(assessment).workshop
    ended = hold(assessment, code="BCD347", token_hash="i" * 64).end()

    assert purge_workshops(now=NOW + timedelta(hours=3)).ended == 0

    running.refresh_from_db()
    assert running.ended_at is None
    assert Workshop.objects.get(pk=ended.pk).ended_at == END


def test_address_is_forgotten_30_days_after_the_end(assessment: Assessment) -> None:
    held = hold(assessment)
    Participant.objects.filter(pk=held.people[0].pk).update(email="anabel@example.org")
    held.end()
    month = timedelta(days=30)

    early = purge_workshops(now=END + month - timedelta(seconds=1))
    late = purge_workshops(now=END + month)

    assert (early.addresses, late.addresses) == (0, 1)
    assert set(Participant.objects.values_list("email", flat=True)) == {""}
    assert Participant.objects.filter(name="Zoë Zimmer").exists()


def test_address_whose_mail_went_out_is_forgotten_within_the_hour(assessment: Assessment) -> None:
    workshop = hold(assessment).end()
    add_participant(workshop, email="sent@example.org", result_sent_at=END)
    add_participant(workshop, email="waits@example.org")

    assert purge_workshops(now=END + timedelta(minutes=59)).addresses == 0
    assert purge_workshops(now=END + timedelta(minutes=60)).addresses == 1

    kept = Participant.objects.exclude(email="").values_list("email", flat=True)
    assert list(kept) == ["waits@example.org"]


def test_command_says_what_it_did_and_takes_up_what_died(assessment: Assessment) -> None:
    now = timezone.now()
    old = now - timedelta(days=60)
    expired = hold(assessment, opened_at=old, expires_at=old + TWELVE)
    Participant.objects.filter(pk=expired.people[0].pk).update(email="anabel@example.org")
    ended = make_workshop(assessment, opened_at=now, expires_at=now + TWELVE, ended_at=now)
    add_participant(ended, email="waits@example.org")
    ask_sending(ended, now=now, by=BY)
    Sending.objects.update(moved_at=timezone.now() - timedelta(minutes=10))
    out, again = StringIO(), StringIO()

    call_command("purge", stdout=out)
    call_command("purge", stdout=again)

    assert out.getvalue() == (
        "Deleted for good: addresses left in workshops 1.\n"
        "Ended because their time was over: workshops 1.\n"
    )
    assert again.getvalue() == ""
    assert timezone.now() - Sending.objects.get().moved_at < timedelta(minutes=1)
