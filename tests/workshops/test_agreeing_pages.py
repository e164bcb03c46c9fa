"""What the room agreed on, and hands that were counted, as the facilitator types them in."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.consensus.services import agree as agree_elsewhere
from assessments.models import AgreedAnswer
from assessments.workshops.models import Round, Workshop
from assessments.workshops.services.agreeing import stamp_of
from maturity.workspaces.actors import Actor
from tests.assessments.voices import make_assessment
from tests.workshops.facilitating import press, state, url
from tests.workshops.room import add_round, make_live

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}
BY = Actor("user:1")


# --- agreeing ------------------------------------------------------------------------------------


def agree(lead: Client, room: Workshop, round_: Round, expect: int = 302, **data: Any) -> str:
    response = lead.post(url(room, f"rounds/{round_.pk}/agree/"), data)
    assert response.status_code == expect, response.content.decode()[:3000]
    text: str = response.content.decode()
    return text


@pytest.fixture
def shown(room: Workshop, matrix: Any) -> Round:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    Workshop.objects.update(current=round_)
    return round_


def test_nothing_chosen_is_told_and_what_was_typed_stays(lead, room, shown) -> None:
    text = agree(lead, room, shown, 422, reason="My reason", dissent="My dissent")

    assert "Please choose what the room agreed on." in text
    assert "My reason" in text
    assert "My dissent" in text


def test_a_reason_that_is_too_long_is_told_and_kept(lead, room, shown) -> None:
    text = agree(lead, room, shown, 422, **{"v-strategy": "2", "reason": "y" * 5001})

    assert "Please shorten this to 5,000 characters" in text
    assert "y" * 5001 in text
    assert state(shown) == "revealed"


def test_the_second_of_two_is_shown_both(lead, room, shown) -> None:
    agree(lead, room, shown, **{"v-strategy": "3", "reason": "Theirs", "seen": ""})

    text = agree(lead, room, shown, 409, **{"v-strategy": "2", "reason": "Mine", "seen": ""})

    assert "Somebody else recorded another answer meanwhile" in text
    assert "Theirs" in text
    assert "Mine" in text
    shown.refresh_from_db()
    assert shown.decision == {"strategy": 3}
    sent = {"v-strategy": "2", "seen": stamp_of(shown), "version-strategy": "1"}
    agree(lead, room, shown, **sent)
    shown.refresh_from_db()
    assert shown.decision == {"strategy": 2}


def test_what_the_consensus_page_has_is_not_overwritten(lead, lena, room, shown, assessment):
    agree_elsewhere(
        assessment,
        what="pick",
        key="strategy",
        value=5,
        reason="",
        dissent="",
        seen_version=0,
        user=lena,
        now=timezone.now(),
        by=BY,
    )

    text = agree(lead, room, shown, 409, **{"v-strategy": "2", "version-strategy": "0"})

    assert "Lena Lead recorded another answer on the consensus page meanwhile." in text
    assert AgreedAnswer.objects.get().number == 5
    assert 'name="version-strategy" value="1"' in text


def test_an_assessment_that_collects_anonymously_says_what_to_do(lead, version, matrix) -> None:
    from maturity.workspaces.models import User
    from maturity.workspaces.roles import Role
    from tests.people import give_role

    assessment = make_assessment(version, voices="anonymous")
    lena = User.objects.get(email="lena@example.org")
    give_role(lena, Role.LEAD, assessment.workspace, assessment.organisation)
    room = make_live(assessment, now=timezone.now())
    round_ = add_round(room, "stage", "strategy", state="revealed")
    Workshop.objects.update(current=round_)

    text = agree(lead, room, round_, 409, **{"v-strategy": "2", "reason": "Kept"})

    assert "still collects anonymous answers" in text
    assert "Kept" in text


def test_an_agreement_is_taken_back(lead, room, shown) -> None:
    agree(lead, room, shown, **{"v-strategy": "3"})
    shown.refresh_from_db()

    press(lead, room, "take-back", round=shown.pk, seen=stamp_of(shown))

    assert state(shown) == "revealed"
    assert AgreedAnswer.objects.get().number is None


# --- hands ---------------------------------------------------------------------------------------


def test_hands_are_typed_in_and_kept(lead, room, shown) -> None:
    page = lead.get(url(room, f"rounds/{shown.pk}/hands/"))
    assert "Type how many hands went up for each." in page.content.decode()

    response = lead.post(
        url(room, f"rounds/{shown.pk}/hands/"), {"h-strategy-2": "4", "h-strategy-3": "2"}
    )

    assert response["Location"] == url(room)
    shown.refresh_from_db()
    assert shown.hands == {"strategy": {"2": 4, "3": 2}}
    assert "Most see Experimental (4 of 6)" in lead.get(url(room)).content.decode()


def test_a_wrong_count_is_told_at_its_place(lead, room, shown) -> None:
    response = lead.post(
        url(room, f"rounds/{shown.pk}/hands/"), {"h-strategy-2": "many", "h-strategy-3": "2"}
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert "Please give a whole number from 0 to 1,000." in text
    assert 'value="many"' in text


def test_hands_before_the_voting_is_open_are_refused(lead, room, matrix) -> None:
    round_ = add_round(room, "stage", "strategy")
    place = url(room, f"rounds/{round_.pk}/hands/")

    assert "Open the voting on this question first" in lead.get(place).content.decode()
    assert lead.post(place, {"h-strategy-2": "4"}).status_code == 409


# --- a closed assessment -------------------------------------------------------------------------


def test_on_a_closed_assessment_it_is_looked_at_and_nothing_is_agreed(
    lead, room, shown, assessment
) -> None:
    assessment.answers_ended_at = assessment.closed_at = timezone.now()
    assessment.save()

    assert lead.get(url(room)).status_code == 200
    text = agree(lead, room, shown, 409, **{"v-strategy": "2"})
    assert "The assessment is closed" in text
