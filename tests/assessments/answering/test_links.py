"""The secret link: what it opens, for whom, and when it stops."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments.access import MOST_GRANTS
from assessments.core.services.links import LIFETIME, make_link, renew_link, token_of
from assessments.core.services.mailing import send_link
from assessments.lifecycle.services.starting import start_assessment
from assessments.models import Assessment, SecretLink
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import AuditEvent
from tests.assessments.conftest import DAY, NOW, Guest, guest_of


def test_token_is_256_bits_and_only_its_hash_is_kept(link: SecretLink) -> None:
    token = token_of(link)

    assert token is not None
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in (link.nonce, link.token_hash)


def test_tokens_differ(link: SecretLink) -> None:
    tokens = {token_of(make_link(link.respondent, now=NOW)) for _ in range(50)}

    assert len(tokens) == 50


def test_public_id_is_twelve_plain_characters(link: SecretLink) -> None:
    assert re.fullmatch(r"[2-9a-hjkmnp-z]{12}", link.respondent.assessment.public_id)


def test_link_lets_in_and_leaves_no_token_in_the_address(link: SecretLink) -> None:
    client = Client()

    response = client.get(f"/link/{token_of(link)}/", follow=True)

    (first, _), *_ = response.redirect_chain
    assert first == f"/assessments/{link.respondent.assessment.public_id}/"
    assert response.status_code == 200
    assert (token_of(link) or "").encode() not in response.content
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"


def test_opening_puts_the_end_off(link: SecretLink) -> None:
    guest_of(link)

    link.refresh_from_db()
    assert link.last_used_at is not None
    assert link.expires_at - link.last_used_at == LIFETIME == timedelta(days=400)


def test_opening_again_on_the_same_day_writes_nothing(link: SecretLink) -> None:
    guest_of(link)
    link.refresh_from_db()
    before = link.last_used_at

    guest_of(link)

    link.refresh_from_db()
    assert link.last_used_at == before


def test_unknown_expired_and_revoked_links_read_the_same(link: SecretLink) -> None:
    expired = make_link(link.respondent, now=timezone.now() - LIFETIME - timedelta(days=1))
    revoked = make_link(link.respondent, now=NOW)
    revoked.revoked_at = NOW
    revoked.save()

    pages = [
        Client().get(f"/link/{token}/")
        for token in ("A" * 43, "x", token_of(expired), token_of(revoked), link.token_hash)
    ]

    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert b"This link does not open anything" in pages[0].content
    assert all(not page.cookies for page in pages)


@pytest.mark.parametrize("content", [{"planted": True}, {"grants": {"aaaaaaaaaaaa": 1}}])
def test_session_id_changes_when_a_grant_comes(
    link: SecretLink, content: dict[str, object]
) -> None:
    client = Client()
    session = client.session
    session.update(content)
    session.save()
    planted = session.session_key

    client.get(f"/link/{token_of(link)}/")

    assert client.session.session_key != planted
    intruder = Client()
    intruder.cookies["waymark-session"] = planted
    page = f"/assessments/{link.respondent.assessment.public_id}/link/"
    assert client.get(page).status_code == 200
    assert intruder.get(page).status_code == 404


def test_session_id_stays_when_a_link_is_opened_again(guest: Guest) -> None:
    before = guest.client.session.session_key

    guest.client.get(f"/link/{token_of(guest.link)}/")

    assert guest.client.session.session_key == before


def test_fifty_first_grant_drops_the_oldest(version: MaturityModel, link: SecretLink) -> None:
    guest = guest_of(link)
    session = guest.client.session
    session["grants"] = {f"filler{number}": number for number in range(MOST_GRANTS - 1)} | {
        guest.assessment.public_id: link.pk
    }
    session.save()
    other = start_assessment(
        organisation_name="Birch Bank", model_version_id=version.pk, date=DAY, now=NOW
    )

    guest.client.get(f"/link/{token_of(other)}/")

    grants = guest.client.session["grants"]
    assert len(grants) == MOST_GRANTS
    assert "filler0" not in grants
    assert list(grants)[-2:] == [guest.assessment.public_id, other.respondent.assessment.public_id]


def test_link_page_shows_the_link(guest: Guest) -> None:
    page = guest.get("link/").content.decode()

    assert f"http://testserver/link/{token_of(guest.link)}/" in page
    assert "Send the link" not in page


def test_new_link_ends_the_old_one_and_what_it_opened(guest: Guest) -> None:
    other_device = guest_of(guest.link)

    response = guest.post("link/new/", {}, follow=True)

    newest = SecretLink.objects.latest("pk")
    assert response.status_code == 200
    assert (token_of(newest) or "?").encode() in response.content
    assert (token_of(guest.link) or "?").encode() not in response.content
    assert guest.get("link/").status_code == 200
    assert other_device.get("link/").status_code == 404
    assert Client().get(f"/link/{token_of(guest.link)}/").status_code == 404
    assert Client().get(f"/link/{token_of(newest)}/").status_code == 302


def test_link_made_with_a_lost_key_is_not_shown(
    guest: Guest, settings: pytest.FixtureRequest
) -> None:
    token = token_of(guest.link)
    session = dict(guest.client.session)
    settings.SECRET_KEY = "another key of this installation, and a long one as well, 1234567890"
    fresh = guest.client.session
    fresh.update(session)
    fresh.save()

    page = guest.get("link/").content.decode()

    assert "cannot be shown any more" in page
    assert token is not None
    assert token not in page
    assert token_of(guest.link) is None


def test_link_made_with_an_earlier_key_is_shown(link: SecretLink, settings: object) -> None:
    token = token_of(link)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of this installation, and a long one as well, 1234567890"

    assert token_of(link) == token


# --- mail ----------------------------------------------------------------------------------------


@pytest.fixture
def mailing(settings: object) -> None:
    """Let mail go out, at once."""
    settings.CAN_SEND_EMAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.mark.usefixtures("mailing")
def test_link_is_mailed(guest: Guest, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = guest.post("link/mail/", {"address": "ann@example.org"})

    (message,) = mail.outbox
    assert response.status_code == 302
    assert message.to == ["ann@example.org"]
    assert f"http://testserver/link/{token_of(guest.link)}/" in message.body
    assert message.alternatives == []
    (event,) = AuditEvent.objects.filter(verb="link.emailed")
    assert (event.subject, event.detail) == (guest.assessment.public_id, {})


def test_address_is_not_left_with_the_task(
    guest: Guest, settings: object, django_capture_on_commit_callbacks: object
) -> None:
    settings.CAN_SEND_EMAIL = True
    with django_capture_on_commit_callbacks(execute=True):
        guest.post("link/mail/", {"address": "ann@example.org"})

    (handed_over,) = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    assert set(handed_over["kwargs"]) == {"link_id", "address_key", "link_base"}
    assert cache.get(handed_over["kwargs"]["address_key"]) == "ann@example.org"
    assert "ann@example.org" not in json.dumps(handed_over)
    send_link.func(**handed_over["kwargs"])

    assert mail.outbox[0].to == ["ann@example.org"]
    assert cache.get(handed_over["kwargs"]["address_key"]) is None


@pytest.mark.usefixtures("mailing")
def test_sixth_mail_within_an_hour_waits(
    guest: Guest, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        codes = [
            guest.post("link/mail/", {"address": "ann@example.org"}).status_code for _ in range(6)
        ]

    assert codes == [302] * 5 + [429]
    assert len(mail.outbox) == 5


@pytest.mark.usefixtures("mailing")
@pytest.mark.parametrize(
    "address", ["", "ann", "a@b.c\nBcc: eve@example.org", "x" * 300 + "@a.org"]
)
def test_mail_needs_an_address(guest: Guest, address: str) -> None:
    response = guest.post("link/mail/", {"address": address})

    assert response.status_code == 422
    assert b"invalid-feedback" in response.content
    assert mail.outbox == []


def test_no_mail_where_none_can_be_sent(guest: Guest) -> None:
    assert guest.post("link/mail/", {"address": "ann@example.org"}).status_code == 422
    assert mail.outbox == []


# --- who may, and leaving ------------------------------------------------------------------------

PAGES = [
    "", "answer/", "question/", "progress/quick/", "quick/", "quick/strategy/", "guided/",
    "guided/strategy/", "guided/strategy/gates/", "everything/", "everything/strategy/",
    "targets/", "link/", "link/new/", "link/mail/", "forget/", "delete/",
]  # fmt: skip


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_is_nothing_for_a_stranger(
    guest: Guest, stranger: Guest, rest: str, method: str
) -> None:
    answers = [
        getattr(client, method)(f"/assessments/{public_id}/{rest}")
        for client, public_id in [
            (stranger.client, guest.assessment.public_id),
            (stranger.client, "aaaaaaaaaaaa"),
            (Client(), guest.assessment.public_id),
        ]
    ]

    assert {answer.status_code for answer in answers} in ({404}, {405})
    assert len({answer.content for answer in answers}) == 1
    assert Assessment.objects.count() == 2


def test_forgetting_ends_access_on_this_device_alone(guest: Guest) -> None:
    other_device = guest_of(guest.link)

    response = guest.post("forget/", {}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("assessments:home")
    assert guest.get("link/").status_code == 404
    assert other_device.get("link/").status_code == 200


def test_expired_link_takes_its_grants_with_it(guest: Guest) -> None:
    assert guest.get("link/").status_code == 200
    SecretLink.objects.update(expires_at=NOW - timedelta(seconds=1))

    assert guest.get("link/").status_code == 404
    saving = guest.post("answer/", {"descriptor": "strategy.1.01", "value": "3"})
    assert saving.status_code == 404
    assert b"Your assessments on this device" not in guest.client.get("/").content


def test_deleting_asks_first(guest: Guest) -> None:
    assert b"Delete for good" in guest.get("delete/").content
    assert Assessment.objects.count() == 1


def test_deleting_leaves_nothing_but_the_trail(guest: Guest) -> None:
    guest.post("answer/", {"descriptor": "strategy.1.01", "note": "a secret"})

    response = guest.post("delete/", {}, follow=True)

    assert b"Alder Books" in response.content
    assert Assessment.objects.count() == 0
    assert SecretLink.objects.count() == 0
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "assessment.started",
        "link.opened",
        "assessment.deleted",
    ]
    assert "Alder" not in repr(list(AuditEvent.objects.values()))


def test_renewing_keeps_a_trail(link: SecretLink) -> None:
    renew_link(link.respondent, now=NOW)

    assert AuditEvent.objects.filter(verb="link.renewed").count() == 1
