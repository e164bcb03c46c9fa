"""The page of one's own steps, and the switch for mails about them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from assessments.services.steps import finish_step
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import AuditEvent, Organisation, User
from maturity.workspaces.roles import Role
from tests.assessments.reading import text_of
from tests.assessments.roadmaps import make_contributor, make_place, own, url
from tests.assessments.test_step_mails import DAY, queued, told
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
    finish_step(own(place, "Done", member_id=ines.pk), now=NOW, by=Actor("user:1"))
    client = client_of(ines)

    # session, account; roles, steps
    with django_assert_num_queries(4):
        response = client.get("/my/steps/")

    text = text_of(response)
    assert "2 open steps are yours; one of them is overdue." in text
    assert text.index("Late") < text.index("Any time")
    assert "overdue by one day" in text
    assert "Not mine" not in text
    assert "Done" not in text


def test_page_says_when_nothing_is_one_s_own(db):
    assert "No open step is yours" in text_of(client_of(make_user()).get("/my/steps/"))


def test_page_asks_who_is_not_signed_in_to_sign_in(db):
    for response in (Client().get("/my/steps/"), Client().post("/my/steps/mails/")):
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/?next=%2Fmy%2Fsteps%2F")


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
    verbs = AuditEvent.objects.filter(verb__startswith="mails").values_list("verb", "workspace")
    assert list(verbs) == [
        (f"mails about steps turned {word}", place.workspace.public_id) for word in ("off", "on")
    ]


def test_a_step_given_on_the_board_tells_its_member(place, ines):
    lead = make_user("lead@example.org", "Lena Lead")
    give_role(lead, Role.LEAD, place.workspace, place)

    client_of(lead).post(url(place, "add/"), {"words": "Call back", "owner": "Ines"})
    client_of(lead).post(url(place, "add/"), {"words": "Write it up", "owner": "Lena Lead"})

    assert [kwargs["user_id"] for kwargs, _ in queued()] == [ines.pk]
    assert len(told(place, ines)) == 1
    assert told(place, lead) == []
