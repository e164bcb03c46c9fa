"""The page of respondents: who is asked, who is finished, and never what they said."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.answering.services.answers import AnswerChange, record_change, record_changes
from assessments.core.services.links import token_of
from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.models import Pick, Respondent, SecretLink
from assessments.respondents.services.respondents import (
    CannotRemove,
    LinkIsTheirs,
    finish,
    new_personal_link,
    remove_respondent,
)
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.people.services.members import remove_member
from tests.assessments.asking import (
    GROUPS,
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


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


def page_of(place: Place, assessment: Any) -> str:
    return text_of(signed_in(place.lead).get(url(assessment, "respondents/")))


def states(page: str) -> dict[str, str]:
    return dict(
        re.findall(
            r'<strong><bdi>([^<]+)</bdi></strong>.*?<span class="person__state">([^<]+)<',
            page,
            re.S,
        )
    )


# --- who sees what -------------------------------------------------------------------------------


def test_page_shows_how_far_everybody_is_and_nothing_said(
    place: Place, version: MaturityModel, matrix: Matrix
) -> None:
    assessment = make_assessment(place, version)
    for name in ("Ann", "Bob", "Cid", "Dee"):
        ask(assessment, name)
    ann, bob, cid, _ = Respondent.objects.select_related("assessment").order_by("pk")
    record_change(ann, AnswerChange("pick", "strategy", "note", "my secret note"), now=NOW)
    record_change(ann, AnswerChange("pick", "strategy", "value", 4), now=NOW)
    record_change(bob, AnswerChange("pick", "strategy", "value", 4), now=NOW)
    finish(bob, now=NOW)
    changes = [AnswerChange("pick", row.key, "value", 2) for row in matrix.dimensions]
    record_changes(cid, changes, now=NOW)

    page = page_of(place, assessment)

    assert states(page) == {
        "Ann": "Answering",
        "Bob": "Finished",
        "Cid": "Finished",
        "Dee": "Not begun",
    }
    assert "<strong>2 of 4</strong> finished" in page
    assert "my secret note" not in page


def test_anonymous_page_shows_finished_or_not_and_no_time(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    for name in ("Zoe", "Ann", "Bob"):
        ask(assessment, name)
    zoe, ann, _ = Respondent.objects.select_related("assessment").order_by("pk")
    record_change(ann, AnswerChange("pick", "strategy", "value", 4), now=NOW)
    record_change(zoe, AnswerChange("pick", "strategy", "value", 4), now=NOW)
    finish(zoe, now=NOW)

    page = page_of(place, assessment)

    # By name, so that no order tells when somebody came or answered.
    assert list(states(page).items()) == [
        ("Ann", "Not finished"),
        ("Bob", "Not finished"),
        ("Zoe", "Finished"),
    ]
    assert "<time" not in page


def test_page_is_for_leads_alone(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    other = make_assessment(place, version)
    guest = opened(ask(assessment))
    respondent = Respondent.objects.get()
    base = url(assessment, "respondents/")
    rests = [
        "", "members/", "guests/", "remind/", "open-link/", f"{respondent.pk}/send/",
        f"{respondent.pk}/link/", f"{respondent.pk}/remove/",
    ]  # fmt: skip

    for rest in rests:
        method = "get" if rest in ("", f"{respondent.pk}/remove/") else "post"
        codes = [
            getattr(client, method)(base + rest).status_code
            for client in (guest, signed_in(place.contributor), signed_in(place.viewer))
        ]
        assert codes == [403, 403, 403], rest
    for rest in (f"{respondent.pk}/link/", f"{respondent.pk}/remove/", "999999/remove/"):
        found = signed_in(place.lead).post(url(other, "respondents/") + rest)
        assert found.status_code == 404
    assert Respondent.objects.count() == 1


# --- asking --------------------------------------------------------------------------------------


def test_members_are_asked_by_a_tick(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    client = signed_in(place.lead)
    page = page_of(place, assessment)
    assert "Contributor Person (contributor@example.org)" in page
    assert "Viewer Person" not in page

    ticked = {"members": [place.contributor.pk, place.consultant.pk]}
    response = client.post(url(assessment, "respondents/members/"), ticked, follow=True)
    again = client.post(url(assessment, "respondents/members/"), ticked)

    assert set(Respondent.objects.values_list("user", flat=True)) == {
        place.contributor.pk,
        place.consultant.pk,
    }
    assert "2 people are asked now" in text_of(response)
    assert again.status_code == 422
    assert client.post(url(assessment, "respondents/members/"), {}).status_code == 422
    viewer = client.post(url(assessment, "respondents/members/"), {"members": [place.viewer.pk]})
    assert viewer.status_code == 422
    assert Respondent.objects.count() == 2


def test_guests_are_asked_several_at_once(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, groups=GROUPS)
    text = "Ann Lee, Ann@example.org\r\nBob Low <bob@example.org>\ncid@example.org\n\nLee, Dee"

    response = signed_in(place.lead).post(
        url(assessment, "respondents/guests/"), {"guests": text, "group-1": "North"}
    )

    assert response.status_code == 302
    rows = Respondent.objects.order_by("pk").values_list("name", "email", "groups")
    assert list(rows) == [
        ("Ann Lee", "ann@example.org", {"Site": "North"}),
        ("Bob Low", "bob@example.org", {"Site": "North"}),
        ("", "cid@example.org", {"Site": "North"}),
        ("Lee, Dee", "", {"Site": "North"}),
    ]
    page = page_of(place, assessment)
    assert all((token_of(link) or "?") in page for link in SecretLink.objects.all())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "at least one person"),
        ("Ann, ann@", "is no e-mail address"),
        ("ann@example.org\nAnn, ANN@example.org", "One address stands there twice"),
        ("\n".join(f"Guest {n}" for n in range(51)), "At most 50"),
        ("x" * 201, "is too long"),
    ],
)
def test_guests_need_a_sound_list(
    place: Place, version: MaturityModel, text: str, words: str
) -> None:
    assessment = make_assessment(place, version)

    response = signed_in(place.lead).post(url(assessment, "respondents/guests/"), {"guests": text})

    assert response.status_code == 422
    assert words in text_of(response)
    assert Respondent.objects.count() == 0


def test_nobody_is_added_to_a_free_one_and_the_way_out_is_said(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version, asked="free")
    ask_member(assessment, place.lead)
    client = signed_in(place.lead)

    guests = client.post(url(assessment, "respondents/guests/"), {"guests": "Ann"})
    link = client.post(
        url(assessment, "respondents/open-link/"), {"do": "make", "most_respondents": "5"}
    )

    assert (guests.status_code, link.status_code) == (409, 409)
    assert "first choose on the page" in text_of(guests)
    assert url(assessment, "setup/") in text_of(client.get(url(assessment, "respondents/")))
    assert Respondent.objects.count() == 1


def test_nobody_is_asked_after_the_end(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    end_answers(assessment, now=NOW, by=place.by)
    client = signed_in(place.lead)

    response = client.post(url(assessment, "respondents/guests/"), {"guests": "Ann"})

    assert response.status_code == 409
    assert "No more answers are taken" in text_of(response)
    assert Respondent.objects.count() == 0


# --- links ---------------------------------------------------------------------------------------


def test_new_link_ends_the_old_one(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    link = ask(assessment)
    guest = opened(link)

    signed_in(place.lead).post(url(assessment, f"respondents/{link.respondent_id}/link/"))

    assert guest.get(url(assessment, "quick/strategy/")).status_code == 404
    newest = SecretLink.objects.latest("pk")
    assert opened(newest).get(url(assessment, "quick/strategy/")).status_code == 200


def test_lead_gets_no_key_to_anonymous_answers(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    link = ask(assessment)
    assert (token_of(link) or "?") in page_of(place, assessment)
    guest = opened(link)

    page = page_of(place, assessment)
    response = signed_in(place.lead).post(
        url(assessment, f"respondents/{link.respondent_id}/link/"), follow=True
    )

    guest.post(url(assessment, "link/new/"))
    renewed = AuditEvent.objects.get(verb="link.renewed")
    assert (renewed.actor, renewed.address) == ("link", None)
    assert all((token_of(each) or "?") not in page for each in SecretLink.objects.all())
    assert "theirs alone" in text_of(response)
    assert guest.get(url(assessment, "quick/strategy/")).status_code == 200
    with pytest.raises(LinkIsTheirs):
        new_personal_link(
            Respondent.objects.select_related("assessment").get(), now=NOW, by=place.by
        )


def test_member_answers_by_account_alone(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    ask_member(assessment, place.contributor, has_begun=True)
    client = signed_in(place.contributor)

    page = text_of(client.get(url(assessment, "link/")))

    assert "You answer with your account" in page
    assert client.post(url(assessment, "link/new/")).status_code == 404
    assert SecretLink.objects.count() == 0


def test_guest_sees_their_link_and_nothing_to_manage(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    link = ask(assessment)
    guest = opened(link)

    page = text_of(guest.get(url(assessment, "link/")))

    assert (token_of(link) or "?") in page
    assert "Forget on this device" in page
    assert url(assessment, "delete/") not in page
    for rest in ("targets/", "result/", "setup/", "delete/", "claim/", "close/"):
        assert guest.get(url(assessment, rest)).status_code == 403, rest


def test_removed_member_loses_the_answers_page_at_once(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version)
    ask_member(assessment, place.contributor, has_begun=True)
    client = signed_in(place.contributor)
    assert client.get(url(assessment, "quick/strategy/")).status_code == 200

    remove_member(place.contributor.memberships.get(), now=NOW, by=place.by)

    assert client.get(url(assessment, "quick/strategy/")).status_code == 404


# --- removing ------------------------------------------------------------------------------------


def test_removing_asks_and_takes_the_answers_along(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    link = ask(assessment)
    guest = opened(link)
    guest.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})
    client, at = signed_in(place.lead), url(assessment, f"respondents/{link.respondent_id}/remove/")

    assert "Remove with all answers" in text_of(client.get(at))
    assert Respondent.objects.count() == 1
    response = client.post(at, follow=True)

    assert "Gina Guest is removed" in text_of(response)
    assert (Respondent.objects.count(), Pick.objects.count()) == (0, 0)
    assert guest.get(url(assessment, "quick/strategy/")).status_code == 404
    event = AuditEvent.objects.get(verb="respondent.removed")
    assert event.subject == assessment.public_id
    assert "Gina" not in repr(list(AuditEvent.objects.values()))


def test_anonymous_ones_stay_once_collecting_ended(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    ask(assessment)
    respondent = Respondent.objects.select_related("assessment").get()
    end_answers(assessment, now=NOW, by=place.by)

    response = signed_in(place.lead).post(url(assessment, f"respondents/{respondent.pk}/remove/"))

    assert response.status_code == 409
    with pytest.raises(CannotRemove):
        remove_respondent(respondent, now=NOW, by=place.by)
    assert Respondent.objects.count() == 1


def test_nobody_is_removed_from_a_closed_one(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    ask(assessment)
    respondent = Respondent.objects.get()
    close_assessment(assessment, user=place.lead, now=NOW, by=place.by)

    at = url(assessment, f"respondents/{respondent.pk}/remove/")
    assert signed_in(place.lead).post(at).status_code == 409
    assert Respondent.objects.count() == 1


# --- what it costs -------------------------------------------------------------------------------


@pytest.mark.parametrize("voices", ["named", "anonymous"])
def test_page_costs_the_same_for_one_and_for_three(
    place: Place, version: MaturityModel, voices: str
) -> None:
    costs = []
    for people in (1, 3):
        assessment = make_assessment(place, version, voices=voices)
        for number in range(people):
            link = ask(assessment, f"Guest {number}", f"g{number}@example.org")
            record_change(link.respondent, AnswerChange("pick", "strategy", "value", 1), now=NOW)
        client = signed_in(place.lead)
        client.get("/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(assessment, "respondents/")).status_code == 200
        costs.append(len(captured))

    # session, account, assessment with roles; people, picks, links, members, open link
    assert costs == [8, 8]


def test_expired_personal_link_is_not_offered(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    link = ask(assessment)
    SecretLink.objects.update(expires_at=timezone.now() - timedelta(days=1))

    assert (token_of(link) or "?") not in page_of(place, assessment)
