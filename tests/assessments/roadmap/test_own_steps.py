"""The page of one's own steps, and the switch for mails about them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.roadmap.services.steps import finish_step
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import AuditEvent, Membership, Organisation, User
from maturity.workspaces.roles import Role
from tests.assessments.reading import text_of
from tests.assessments.roadmap.test_step_mails import DAY, queued, told
from tests.assessments.roadmaps import make_contributor, make_place, own, url
from tests.people import give_role, make_user
from tests.roles_cast import NOW, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mailing(settings: Any) -> None:
    settings.CAN_SEND_EMAIL = True


@pytest.fixture
def place(version: Any) -> Organisation:
    return make_place(version)


@pytest.fixture
def ines(place: Organisation) -> User:
    return make_contributor(place)


def test_page_lists_own_open_steps_by_organisation(place, ines, django_assert_num_queries):
    own(place, "Late", member_id=ines.pk, due=DAY - timedelta(days=1))
    own(place, "Any time", member_id=ines.pk)
    own(place, "Not mine", member_id=None)
    finish_step(own(place, "Finished", member_id=ines.pk), now=timezone.now(), by=Actor("user:1"))
    client = client_of(ines)

    # session, account; roles, steps, those done
    with django_assert_num_queries(5):
        response = client.get("/my/steps/")

    text = text_of(response)
    assert "2 open steps are yours; one of them is overdue." in text
    assert text.index("Late") < text.index("Any time")
    assert "overdue by one day" in text
    assert "Not mine" not in text
    assert text.index("Done in the last two weeks") > text.index("Any time")


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.VIEWER])
def test_owner_of_a_step_says_how_far_it_is(place, version, role):
    user = make_user("eve@example.org", "Eve")
    give_role(user, role, place.workspace, place)
    client = client_of(user)
    step = own(place, "Mine", member_id=user.pk)

    def act(what: str) -> str:
        address = url(place, f"{step.pk}/{what}/")
        response = client.post(address, {"back": "my-steps"}, follow=True)
        assert response.redirect_chain == [("/my/steps/", 302)]
        step.refresh_from_db()
        return text_of(response)

    assert "The step is under way." in act("begin")
    assert step.status == "doing"
    text = act("done")
    assert (step.status, "No open step is yours" in text) == ("done", True)
    assert "Mine" in text.partition("Done in the last two weeks")[2]
    assert "The step is open again." in act("reopen")
    assert step.status == "planned"


def test_owner_of_a_step_may_do_no_more_and_nobody_else_that(place, ines):
    mine, other = own(place, "Mine", member_id=ines.pk), own(place, "Not mine")
    client = client_of(ines)

    for step, what in [
        *((other, what) for what in ("begin", "done", "reopen", "drop", "move")),
        *((mine, what) for what in ("drop", "move")),
    ]:
        response = client.post(url(place, f"{step.pk}/{what}/"), {"reason": "x", "before": "0"})
        assert response.status_code == 403, (step, what)
    place.archived_at = NOW
    place.save()
    assert client.post(url(place, f"{mine.pk}/done/")).status_code == 404
    place.archived_at = None
    place.save()
    Membership.objects.filter(user=ines).delete()
    assert client.post(url(place, f"{mine.pk}/done/")).status_code == 404
    mine.refresh_from_db()
    assert mine.status == "planned"


def test_what_was_done_long_ago_is_not_listed(place, ines):
    step = own(place, "Long ago", member_id=ines.pk)
    finish_step(step, now=timezone.now() - timedelta(days=15), by=Actor("user:1"))

    assert "Long ago" not in text_of(client_of(ines).get("/my/steps/"))


def test_page_says_when_nothing_is_one_s_own(db):
    assert "No open step is yours" in text_of(client_of(make_user()).get("/my/steps/"))


def test_page_asks_who_is_not_signed_in_to_sign_in(db):
    response = Client().get("/my/steps/?a=b")

    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=%2Fmy%2Fsteps%2F%3Fa%3Db"


@pytest.mark.parametrize(
    ("sent_from", "question"),
    [
        ("http://testserver/my/steps/?a=b#mails", "?next=%2Fmy%2Fsteps%2F%3Fa%3Db"),
        ("http://testserver", "?next=%2F"),
        ("https://example.org/my/steps/", "?next=%2Fmy%2Fsteps%2Fmails%2F"),
        ("http://testserver.example.org/", "?next=%2Fmy%2Fsteps%2Fmails%2F"),
        ("", "?next=%2Fmy%2Fsteps%2Fmails%2F"),
    ],
)
def test_form_that_was_sent_signed_out_leads_back_to_its_page(sent_from, question):
    response = Client().post("/my/steps/mails/", {"mails": "off"}, headers={"Referer": sent_from})

    assert (response.status_code, response["Location"]) == (302, f"/account/login/{question}")


def test_mails_are_turned_off_and_on_by_oneself(place, ines):
    client = client_of(ines)
    assert "Turn these mails off" in text_of(client.get("/my/steps/"))

    response = client.post("/my/steps/mails/", {"mails": "off"}, follow=True)
    assert "You get no more mails about your steps." in text_of(response)
    assert "Turn these mails on" in text_of(response)
    own(place, "New", member_id=ines.pk)
    assert told(place, ines) == []

    client.post("/my/steps/mails/", {"mails": "on"})
    client.post("/my/steps/mails/", {"mails": "on"})
    assert len(told(place, ines)) == 1
    verbs = AuditEvent.objects.filter(verb__startswith="account.step_emails").values_list(
        "verb", "workspace"
    )
    assert list(verbs) == [
        (f"account.step_emails_turned_{word}", place.workspace.public_id) for word in ("off", "on")
    ]


def test_a_step_given_on_the_board_tells_its_member(place, ines):
    lead = make_user("lead@example.org", "Lena Lead")
    give_role(lead, Role.LEAD, place.workspace, place)

    client_of(lead).post(url(place, "add/"), {"words": "Call back", "owner": "Ines"})
    client_of(lead).post(url(place, "add/"), {"words": "Write it up", "owner": "Lena Lead"})

    assert [kwargs["user_id"] for kwargs, _ in queued()] == [ines.pk]
    assert len(told(place, ines)) == 1
    assert told(place, lead) == []
