"""A new assessment in an organisation, and changing how one is set up."""

import contextlib
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from assessments.answering.services.answers import AnswerChange, record_change
from assessments.core.services.assessments import (
    AsksOnePersonOnly,
    SetupLocked,
    change_setup,
)
from assessments.core.services.locking import AssessmentClosed, NotAsked
from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.models import Assessment, Pick, Rating, Respondent
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.scopes import every_workspace
from tests.assessments.asking import (
    GROUPS,
    Place,
    ask,
    ask_member,
    make_assessment,
    make_place,
    signed_in,
    url,
)
from tests.assessments.conftest import NOW
from tests.assessments.reading import text_of

SEVERAL = {
    "date": "2026-11-22",
    "purpose": "Plan",
    "scope": "Shops",
    "who": "several",
    "asked": "gates_up_to",
    "asked_up_to": "3",
    "voices": "anonymous",
    "fewest_answers": "4",
    "groups": "Function: Service, IT, Marketing\nSite: North, South",
}


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


def new_url(place: Place) -> str:
    return f"/organisations/{place.organisation.public_id}/assessments/new/"


def setup_of(assessment: Assessment, **changes: Any) -> dict[str, Any]:
    names = (
        "date", "purpose", "scope", "voices", "fewest_answers", "asked", "asked_up_to", "groups",
    )  # fmt: skip
    return {name: getattr(assessment, name) for name in names} | changes


# --- a new one -----------------------------------------------------------------------------------


def test_new_one_for_several_people(place: Place, version: MaturityModel) -> None:
    client = signed_in(place.lead)

    response = client.post(new_url(place), SEVERAL)

    assessment = Assessment.objects.get()
    assert response.url == url(assessment, "respondents/")
    assert (assessment.organisation, assessment.workspace) == (place.organisation, place.workspace)
    assert (assessment.purpose, assessment.scope) == ("Plan", "Shops")
    assert (assessment.voices, assessment.fewest_answers) == ("anonymous", 4)
    assert (assessment.asked, assessment.asked_up_to) == ("gates", 3)
    assert assessment.groups == GROUPS
    assert Respondent.objects.count() == 0
    event = AuditEvent.objects.get(verb="assessment.started")
    assert (event.workspace, event.actor) == (place.workspace.public_id, f"user:{place.lead.pk}")


def test_new_one_for_me_goes_to_the_first_question(place: Place, version: MaturityModel) -> None:
    client = signed_in(place.lead)

    page = client.post(new_url(place), {"date": "2026-11-22", "who": "me"}, follow=True)

    assessment = Assessment.objects.get()
    assert (assessment.asked, assessment.voices, assessment.groups) == ("free", "named", [])
    assert Respondent.objects.get().user == place.lead
    assert page.redirect_chain[-1][0] == url(assessment, "quick/strategy/")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date": ""}, "Please give the day"),
        ({"who": ""}, "This field is required"),
        ({"voices": ""}, "Please choose named or anonymous"),
        ({"asked": ""}, "Please choose what everybody is asked"),
        ({"asked_up_to": ""}, "one of this model’s stages"),
        ({"asked_up_to": "1"}, "Select a valid choice"),
        ({"fewest_answers": "2"}, "At least 3"),
        ({"fewest_answers": "101"}, "100 at most"),
        ({"fewest_answers": ""}, "whole number from 3 to 100"),
        ({"groups": "Function"}, "a name, a colon, and at least two choices"),
        ({"groups": "Function: IT"}, "at least two choices"),
        ({"groups": "A: x, y\na: z, w"}, "Two groups have the same name"),
        ({"groups": "A: x, X"}, "stands there twice"),
        ({"groups": "\n".join(f"G{n}: a, b" for n in range(6))}, "At most 5 groups"),
        ({"groups": "A: " + ",".join(f"o{n}" for n in range(21))}, "at most 20 choices"),
        ({"groups": "A: b, " + "c" * 61}, "60 characters at most"),
        ({"scope": "x" * 201}, "shorten"),
    ],
)
def test_new_one_says_what_is_wrong(
    place: Place, version: MaturityModel, changes: dict[str, str], words: str
) -> None:
    response = signed_in(place.lead).post(new_url(place), SEVERAL | changes)

    assert response.status_code == 422
    assert words in text_of(response)
    assert "Nothing was started yet" in text_of(response)
    assert Assessment.objects.count() == 0


def test_new_one_is_for_leads(place: Place, version: MaturityModel) -> None:
    codes = {
        name: signed_in(getattr(place, name)).post(new_url(place), SEVERAL).status_code
        for name in ("contributor", "viewer", "consultant")
    }

    assert codes == {"contributor": 403, "viewer": 403, "consultant": 302}


def test_new_one_starts_from_the_last_ones_answers(place: Place, version: MaturityModel) -> None:
    last = make_assessment(place, version, asked="free")
    respondent = ask_member(last, place.lead)
    record_change(respondent, AnswerChange("pick", "strategy", "value", 2), now=NOW)
    client = signed_in(place.lead)
    assert "Start from the answers of" not in text_of(client.get(new_url(place)))
    close_assessment(last, user=place.lead, now=NOW, by=place.by)

    assert "Start from the answers of 22 November 2026" in text_of(client.get(new_url(place)))
    client.post(new_url(place), {"date": "2027-11-22", "who": "me", "from_last": "on"})

    new = Assessment.objects.exclude(pk=last.pk).get()
    assert new.follows == last
    pick = Pick.objects.get(respondent__assessment=new)
    assert (pick.stage, pick.is_from_before, pick.respondent.user) == (2, True, place.lead)


# --- changing it ---------------------------------------------------------------------------------


def test_setup_changes_everything_before_the_first_answer(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version)
    ask_member(assessment, place.contributor, has_begun=True)
    client = signed_in(place.lead)
    assert 'value="picks"' in text_of(client.get(url(assessment, "setup/")))

    response = client.post(url(assessment, "setup/"), SEVERAL)

    assessment.refresh_from_db()
    assert response.status_code == 302
    assert (assessment.voices, assessment.fewest_answers) == ("anonymous", 4)
    assert (assessment.asked, assessment.asked_up_to) == ("gates", 3)
    # What was told has changed, so it is told again.
    assert Respondent.objects.get().begun_at is None


def test_setup_is_locked_after_the_first_answer(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous", groups=GROUPS)
    respondent = ask_member(assessment, place.contributor, has_begun=True)
    record_change(respondent, AnswerChange("pick", "strategy", "value", 2), now=NOW)
    client = signed_in(place.lead)

    page = text_of(client.get(url(assessment, "setup/")))
    client.post(
        url(assessment, "setup/"),
        SEVERAL
        | {
            "groups": "Function: Service, IT, Marketing, Legal\nSite: North, South",
            "fewest_answers": "6",
            "voices": "named",
            "asked": "picks",
        },
    )

    assessment.refresh_from_db()
    assert "People have begun to answer, or to write notes." in page
    assert (assessment.voices, assessment.asked, assessment.purpose) == (
        "anonymous",
        "picks",
        "Plan",
    )
    assert assessment.groups[0]["options"][-1] == "Legal"
    assert assessment.fewest_answers == 6
    assert Respondent.objects.get().begun_at is not None


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"voices": "named"}, ("voices",)),
        ({"fewest_answers": 4}, ("fewest_answers",)),
        ({"asked": "gates"}, ("asked",)),
        ({"asked": "gates", "asked_up_to": 2, "voices": "named"}, ("voices", "asked")),
        ({"groups": GROUPS[:1]}, ("groups",)),
        ({"groups": [GROUPS[0] | {"options": ["IT"]}, GROUPS[1]]}, ("groups",)),
        ({"groups": [*GROUPS, {"name": "Level", "options": ["a", "b"]}]}, ("groups",)),
    ],
)
def test_service_holds_what_was_promised(
    place: Place, version: MaturityModel, changes: dict[str, Any], held: tuple[str, ...]
) -> None:
    assessment = make_assessment(place, version, voices="anonymous", groups=GROUPS)
    respondent = ask_member(assessment, place.contributor)
    record_change(respondent, AnswerChange("pick", "strategy", "value", 2), now=NOW)

    with pytest.raises(SetupLocked) as refusal:
        change_setup(assessment, **setup_of(assessment, **changes), now=NOW, by=place.by)
    assert refusal.value.fields == held


def test_fewest_answers_stand_still_once_figures_show(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    respondent = ask_member(assessment, place.contributor)
    record_change(respondent, AnswerChange("pick", "strategy", "value", 2), now=NOW)
    end_answers(assessment, now=NOW, by=place.by)

    with pytest.raises(SetupLocked):
        change_setup(assessment, **setup_of(assessment, fewest_answers=9), now=NOW, by=place.by)


def test_values_from_before_lock_nothing(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    respondent = ask_member(assessment, place.contributor)
    Rating.objects.create(
        respondent=respondent,
        descriptor_id="strategy.1.01",
        step=1,
        is_from_before=True,
        updated_at=NOW - timedelta(days=365),
    )

    change_setup(assessment, **setup_of(assessment, voices="anonymous"), now=NOW, by=place.by)

    assessment.refresh_from_db()
    assert assessment.voices == "anonymous"


def test_several_people_cannot_become_one(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    ask(assessment)
    ask(assessment, "Another")

    with pytest.raises(AsksOnePersonOnly):
        change_setup(assessment, **setup_of(assessment, asked="free"), now=NOW, by=place.by)
    response = signed_in(place.lead).post(
        url(assessment, "setup/"), {"date": "2026-11-22", "who": "me"}
    )
    assert response.status_code == 422
    assert "Remove the others first" in text_of(response)


def test_closed_one_does_not_change(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    close_assessment(assessment, user=place.lead, now=NOW, by=place.by)

    with pytest.raises(AssessmentClosed):
        change_setup(assessment, **setup_of(assessment, purpose="x"), now=NOW, by=place.by)
    client = signed_in(place.lead)
    assert client.post(url(assessment, "setup/"), SEVERAL).status_code == 422
    assert "nothing of this changes" in text_of(client.get(url(assessment, "setup/")))


@pytest.mark.django_db(transaction=True)
def test_no_answer_is_saved_under_another_promise(place: Place, version: MaturityModel) -> None:
    for turn in range(6):
        assessment = make_assessment(place, version)
        respondent = ask_member(assessment, place.contributor, has_begun=True)
        ready = threading.Barrier(2)
        found: list[str] = []

        def answer(respondent: Respondent = respondent, ready: Any = ready) -> None:
            ready.wait()
            with contextlib.suppress(NotAsked):
                record_change(respondent, AnswerChange("pick", "strategy", "value", 1), now=NOW)

        def change(
            assessment: Assessment = assessment, ready: Any = ready, found: Any = found
        ) -> None:
            ready.wait()
            try:
                setup = setup_of(assessment, voices="anonymous", fewest_answers=3)
                change_setup(assessment, **setup, now=NOW, by=place.by)
            except SetupLocked:
                found.append("locked")

        def scoped(work: Any) -> None:
            with every_workspace():
                try:
                    work()
                finally:
                    connection.close()

        threads = [threading.Thread(target=scoped, args=[work]) for work in (answer, change)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assessment.refresh_from_db()
        respondent.refresh_from_db()
        picks = respondent.picks.count()
        # Changed first: nothing is saved, and the respondent is told again.
        expected = ("named", True, 1) if found else ("anonymous", False, 0)
        assert (assessment.voices, respondent.begun_at is not None, picks) == expected, turn
