"""What respondents were promised holds, however its lead goes about it."""

from datetime import timedelta
from typing import Any

import pytest

from assessments.answering.services.answers import AnswerChange, record_change
from assessments.answering.services.claiming import claim_into_new_team
from assessments.core.services.assessments import SetupLocked, change_setup
from assessments.core.services.links import NoLinkForMembers, make_link
from assessments.lifecycle.services.carrying_over import carry_over
from assessments.lifecycle.services.closing import close_assessment
from assessments.lifecycle.services.starting import start_assessment
from assessments.models import Assessment, Pick, Respondent, SecretLink
from assessments.own_account.services import delete_account
from assessments.respondents.services.respondents import LinkIsTheirs, new_personal_link
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import Membership, User
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
from tests.assessments.conftest import DAY, NOW
from tests.assessments.lifecycle.test_setup import SEVERAL, setup_of
from tests.assessments.reading import text_of

LATER = NOW + timedelta(days=365)
NOTE = "Only we in Kirkwall do it so."


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


def _last(place: Place, version: MaturityModel, voices: str) -> Assessment:
    """Return a closed one in which the contributor picked, noted, and chose a group."""
    last = make_assessment(place, version, voices=voices, groups=GROUPS)
    respondent = ask_member(last, place.contributor, has_begun=True)
    record_change(respondent, AnswerChange("pick", "strategy", "value", 2), now=NOW)
    record_change(respondent, AnswerChange("pick", "strategy", "note", NOTE), now=NOW)
    record_change(respondent, AnswerChange("pick", "metrics", "note", NOTE), now=NOW)
    respondent.groups = {"Function": "IT"}
    respondent.save()
    close_assessment(last, user=None, now=NOW, by=place.by)
    return last


def _next(place: Place, version: MaturityModel, before: str, voices: str) -> Assessment:
    last = _last(place, version, before)
    new = make_assessment(place, version, voices=voices, groups=GROUPS, follows=last, now=LATER)
    carry_over(new, last, now=LATER)
    return new


def _change(place: Place, assessment: Assessment, **changes: Any) -> None:
    change_setup(assessment, **setup_of(assessment, **changes), now=LATER, by=place.by)
    assessment.refresh_from_db()


def _carried(assessment: Assessment) -> list[Any]:
    rows = Pick.objects.filter(respondent__assessment=assessment).order_by("pk")
    return list(rows.values_list("dimension", "stage", "note", "is_from_before"))


# --- anonymous stays anonymous -------------------------------------------------------------------


def test_a_note_alone_locks_like_an_answer(place: Place, version: MaturityModel) -> None:
    assessment = _next(place, version, "anonymous", "anonymous")
    respondent = Respondent.objects.get(assessment=assessment)
    _change(place, assessment, fewest_answers=6)

    record_change(respondent, AnswerChange("pick", "strategy", "note", NOTE), now=LATER)

    for changes in ({"voices": "named"}, {"fewest_answers": 3}, {"groups": GROUPS[:1]}):
        with pytest.raises(SetupLocked):
            _change(place, assessment, **changes)
    page = signed_in(place.lead).get(url(assessment, "setup/"))
    assert "or to write notes" in text_of(page)


def test_anonymous_stays_so_once_somebody_has_begun(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    ask_member(assessment, place.contributor, has_begun=True)
    client = signed_in(place.lead)

    with pytest.raises(SetupLocked) as refusal:
        _change(place, assessment, voices="named")
    page = text_of(client.get(url(assessment, "setup/")))
    client.post(url(assessment, "setup/"), SEVERAL | {"voices": "named"})

    assessment.refresh_from_db()
    assert refusal.value.fields == ("voices",)
    assert "It stays anonymous." in page
    # Nothing was answered, so the rest of it can still change.
    assert (assessment.voices, assessment.asked, assessment.fewest_answers) == (
        "anonymous",
        "gates",
        4,
    )


def test_anonymous_can_become_named_while_nobody_has_begun(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    ask_member(assessment, place.contributor)

    _change(place, assessment, voices="named")

    assert assessment.voices == "named"


# --- what comes along ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "voices", "carried", "groups"),
    [
        ("anonymous", "named", [], {}),
        ("anonymous", "anonymous", [("strategy", 2, "", True)], {"Function": "IT"}),
        ("named", "anonymous", [("strategy", 2, "", True)], {"Function": "IT"}),
        (
            "named",
            "named",
            [("strategy", 2, NOTE, True), ("metrics", None, NOTE, True)],
            {"Function": "IT"},
        ),
    ],
)
def test_notes_and_groups_leave_no_anonymous_one(
    place: Place,
    version: MaturityModel,
    before: str,
    voices: str,
    carried: list[Any],
    groups: dict[str, str],
) -> None:
    new = _next(place, version, before, voices)

    assert _carried(new) == carried
    assert Respondent.objects.get(assessment=new).groups == groups


def test_anonymous_answers_go_when_a_new_one_becomes_named(
    place: Place, version: MaturityModel
) -> None:
    new = _next(place, version, "anonymous", "anonymous")
    page = text_of(signed_in(place.lead).get(url(new, "setup/")))

    _change(place, new, voices="named")

    assert "If you choose named, they are dropped here" in page
    assert _carried(new) == []
    assert Respondent.objects.get(assessment=new).groups == {}


def test_they_go_as_well_when_the_last_one_is_deleted(place: Place, version: MaturityModel) -> None:
    new = _next(place, version, "anonymous", "anonymous")
    Assessment.objects.exclude(pk=new.pk).delete()
    new.refresh_from_db()

    _change(place, new, voices="named")

    assert _carried(new) == []


def test_named_answers_stay_and_their_notes_go_with_the_names(
    place: Place, version: MaturityModel
) -> None:
    new = _next(place, version, "named", "named")

    _change(place, new, voices="anonymous")
    once = _carried(new)
    _change(place, new, voices="named")

    assert once == _carried(new) == [("strategy", 2, "", True)]
    assert "dropped here" not in text_of(signed_in(place.lead).get(url(new, "setup/")))


def test_a_note_that_came_along_is_shown_once_it_is_confirmed(
    place: Place, version: MaturityModel
) -> None:
    new = _next(place, version, "named", "named")
    client = signed_in(place.lead)
    pages = [url(new, "result/"), url(new, "consensus/strategy/")]
    before = [NOTE in text_of(client.get(each)) for each in pages]

    record_change(
        Respondent.objects.get(assessment=new),
        AnswerChange("pick", "strategy", "value", 2),
        now=LATER,
    )

    assert before == [False, False]
    assert [NOTE in text_of(client.get(each)) for each in pages] == [True, True]


# --- who had an account --------------------------------------------------------------------------


def _leave(user: User, place: Place) -> None:
    delete_account(user, with_answers=False, with_workspaces=False, now=LATER, by=place.by)


def _holds_no_key(place: Place, assessment: Assessment, respondent: Respondent) -> bool:
    """Return whether its lead gets no link to these answers in any way there is."""
    client = signed_in(place.lead)
    respondent.refresh_from_db()
    with pytest.raises(LinkIsTheirs):
        new_personal_link(respondent, now=LATER, by=place.by)
    with pytest.raises(NoLinkForMembers):
        make_link(respondent, now=LATER)
    client.post(url(assessment, f"respondents/{respondent.pk}/link/"))
    page = text_of(client.get(url(assessment, "respondents/")))
    return "/link/" not in page and not SecretLink.objects.exists()


@pytest.mark.parametrize("voices", ["named", "anonymous"])
def test_nobody_gets_a_link_to_answers_of_a_deleted_account(
    place: Place, version: MaturityModel, voices: str
) -> None:
    new = _next(place, version, voices, voices)
    respondent = Respondent.objects.get(assessment=new)
    record_change(respondent, AnswerChange("pick", "metrics", "value", 3), now=LATER)
    # What was told has changed since, so they have not begun, as it stands.
    Respondent.objects.update(begun_at=None)

    _leave(place.contributor, place)

    assert Respondent.objects.get(pk=respondent.pk).user is None
    assert _holds_no_key(place, new, respondent)
    # What they never confirmed has gone, and what they answered has stayed.
    assert [row[:2] for row in _carried(new)] == [("metrics", 3)]
    page = text_of(signed_in(place.lead).get(url(new, "respondents/")))
    assert "Somebody who left" in page


def test_who_leaves_without_an_answer_is_asked_no_more(
    place: Place, version: MaturityModel
) -> None:
    new = _next(place, version, "anonymous", "anonymous")

    _leave(place.contributor, place)

    assert not Respondent.objects.filter(assessment=new).exists()


def test_a_note_of_somebody_who_leaves_stays_without_the_value(
    place: Place, version: MaturityModel
) -> None:
    new = _next(place, version, "anonymous", "anonymous")
    respondent = Respondent.objects.get(assessment=new)
    record_change(respondent, AnswerChange("pick", "strategy", "note", "new"), now=LATER)

    _leave(place.contributor, place)

    assert _carried(new) == [("strategy", None, "new", False)]


def test_nobody_gets_a_link_to_answers_of_a_removed_member(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version)
    respondent = ask_member(assessment, place.contributor)
    Membership.objects.filter(user=place.contributor).delete()

    assert _holds_no_key(place, assessment, respondent)


def test_an_account_deleted_by_hand_leaves_no_way_in_either(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version)
    respondent = ask_member(assessment, place.contributor)
    place.contributor.delete()

    assert _holds_no_key(place, assessment, respondent)


def test_who_claimed_an_assessment_has_an_account(version: MaturityModel, place: Place) -> None:
    link = start_assessment(
        organisation_name="Ours", model_version_id=version.pk, date=DAY, now=NOW
    )
    respondent = link.respondent

    claim_into_new_team(
        respondent.assessment,
        respondent=respondent,
        user=place.lead,
        now=NOW,
        by=place.by,
    )

    respondent.refresh_from_db()
    with pytest.raises(NoLinkForMembers):
        make_link(respondent, now=LATER)


def test_a_guests_link_is_theirs_also_after_the_set_up_changed(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version, voices="anonymous", groups=GROUPS)
    link = ask(assessment)
    guest = opened(link)
    guest.post(url(assessment, "answer/"), {"dimension": "strategy", "note": NOTE})

    with pytest.raises(SetupLocked):
        _change(place, assessment, groups=[])

    respondent = Respondent.objects.get()
    assert respondent.begun_at is not None
    with pytest.raises(LinkIsTheirs):
        new_personal_link(respondent, now=LATER, by=place.by)
