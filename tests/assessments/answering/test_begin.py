"""Before the first question, what everybody is asked, and after the last answer."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.answering.services.answers import AnswerChange, record_change, record_changes
from assessments.core.services.links import token_of
from assessments.core.services.locking import AnswersEnded, AssessmentGone, NotAsked
from assessments.lifecycle.services.closing import end_answers
from assessments.models import Pick, Rating, Respondent, SecretLink
from assessments.respondents.services.respondents import finish, remove_respondent
from assessments.scoring.asked import asked_of
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
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
from tests.assessments.reading import form_of, text_of

KEY = "strategy.1.01"


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


# --- begin ---------------------------------------------------------------------------------------


def test_guest_is_told_before_the_first_question(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, purpose="Plan for next year")
    client = opened(ask(assessment), has_begun=False)

    first = client.get(url(assessment), follow=True)

    page = text_of(first)
    assert first.redirect_chain[-1][0] == url(assessment, "begin/")
    assert "Plan for next year" in page
    assert "Your name stands beside your answers" in page
    assert "For each of 8 dimensions" in page
    assert client.get(url(assessment, "quick/strategy/")).url == url(assessment, "begin/")


def test_beginning_leads_to_the_first_question(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, groups=GROUPS)
    client = opened(ask(assessment), has_begun=False)

    response = client.post(url(assessment, "begin/"), {"group-0": "IT"}, follow=True)

    assert response.redirect_chain[-1][0] == url(assessment, "quick/strategy/")
    assert Respondent.objects.get().groups == {"Function": "IT"}
    assert Respondent.objects.get().begun_at is not None


def test_begin_refuses_a_group_there_is_not(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, groups=GROUPS)
    client = opened(ask(assessment), has_begun=False)

    response = client.post(url(assessment, "begin/"), {"group-0": "Sales"})

    assert response.status_code == 422
    assert Respondent.objects.get().begun_at is None


def test_contributor_becomes_a_respondent_by_beginning(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version)
    client = signed_in(place.contributor)

    assert client.get(url(assessment)).url == url(assessment, "begin/")
    assert Respondent.objects.count() == 0
    client.post(url(assessment, "begin/"))
    client.post(url(assessment, "begin/"))

    (respondent,) = Respondent.objects.all()
    assert (respondent.user, respondent.name) == (place.contributor, "Contributor Person")
    assert client.get(url(assessment, "quick/strategy/")).status_code == 200


def test_viewer_answers_only_when_asked_by_link(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    client = signed_in(place.viewer)

    assert client.get(url(assessment, "begin/")).status_code == 403
    client.get(f"/link/{token_of(ask(assessment, 'Viewer Person'))}/")
    assert client.get(url(assessment, "begin/")).status_code == 200


def test_anonymous_guests_link_is_theirs_from_the_beginning(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version, voices="anonymous", fewest_answers=4)
    link = ask(assessment)
    client = opened(link, has_begun=False)
    told = text_of(client.get(url(assessment, "begin/")))

    client.post(url(assessment, "begin/"))

    assert "only what at least 4 people answered is shown" in told
    assert "the link you came with stops working" in told
    assert client.get(url(assessment, "quick/strategy/")).status_code == 200
    assert Client().get(f"/link/{token_of(link)}/").status_code == 404
    mine = SecretLink.objects.latest("pk")
    assert (token_of(mine) or "?") in text_of(client.get(url(assessment, "link/")))
    respondents = signed_in(place.lead).get(url(assessment, "respondents/"))
    assert (token_of(mine) or "?") not in text_of(respondents)


def test_second_person_cannot_join_a_free_assessment(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, asked="free")
    ask_member(assessment, place.lead)

    response = signed_in(place.contributor).post(url(assessment, "begin/"))

    assert response.status_code == 409
    assert "One person answers this assessment" in text_of(response)
    assert Respondent.objects.count() == 1


# --- what is asked -------------------------------------------------------------------------------


def test_picks_are_asked_quick_alone(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, asked="picks")
    client = opened(ask(assessment))

    page = text_of(client.get(url(assessment, "quick/strategy/")))

    assert "mode-switch" not in page
    for rest in ("guided/strategy/", "everything/", "everything/strategy/", "guided/"):
        again = client.get(url(assessment, rest), follow=True)
        assert again.redirect_chain[-1][0] == url(assessment, "quick/strategy/")
    assert client.get(url(assessment, "progress/everything/")).status_code == 404
    assert client.get(url(assessment, f"question/?descriptor={KEY}")).status_code == 404


def test_gates_are_asked_without_skipping(
    place: Place, version: MaturityModel, matrix: Matrix
) -> None:
    assessment = make_assessment(place, version, asked="gates", asked_up_to=3)
    client = opened(ask(assessment))

    page = text_of(client.get(url(assessment, "everything/")))
    row = text_of(client.get(url(assessment, "everything/strategy/")))

    wanted = asked_of(matrix, "gates", 3)
    assert set(re.findall(r'data-descriptor="([^"]+)"', page)) == wanted.ratings
    assert f"0 of {wanted.size} statements answered" in page
    assert set(re.findall(r'data-descriptor="([^"]+)"', row)) == {
        d.id for d in wanted.descriptors_of(matrix.dimension_by_key["strategy"])
    }
    assert client.get(url(assessment, "quick/strategy/")).url == url(assessment) + "?answers"


@pytest.mark.parametrize(
    ("asked", "up_to", "data"),
    [
        ("picks", None, {"descriptor": KEY, "value": "1"}),
        ("gates", None, {"dimension": "strategy", "value": "1"}),
        ("gates", 2, {"descriptor": "strategy.3.01", "value": "1"}),
        ("gates", 2, {"descriptor": "strategy.3.01", "note": "a note"}),
    ],
)
def test_what_is_not_asked_is_refused(
    place: Place, version: MaturityModel, asked: str, up_to: int | None, data: dict[str, str]
) -> None:
    assessment = make_assessment(place, version, asked=asked, asked_up_to=up_to)
    client = opened(ask(assessment))

    response = client.post(url(assessment, "answer/"), data)

    assert response.status_code == 422
    assert response["Content-Type"].startswith("text/plain")
    assert (Rating.objects.count(), Pick.objects.count()) == (0, 0)


def test_service_refuses_what_is_asked_no_more(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, asked="gates")
    respondent = ask_member(assessment, place.lead)
    type(assessment).objects.update(asked="picks")

    with pytest.raises(NotAsked):
        record_change(respondent, AnswerChange("rating", KEY, "value", 1), now=NOW)


# --- the end -------------------------------------------------------------------------------------


def test_answer_after_the_end_is_final(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    client = opened(ask(assessment))
    page = form_of(client.get(url(assessment, "quick/strategy/")))
    end_answers(assessment, now=NOW, by=place.by)

    by_script = client.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})
    by_page = client.post(url(assessment, "quick/strategy/"), page | {"r-strategy": "2"})

    assert (by_script.status_code, by_page.status_code) == (410, 302)
    assert by_script["Content-Type"].startswith("text/plain")
    assert b"takes no more answers" in by_script.content
    assert by_page.url == url(assessment, "begin/")
    assert Pick.objects.count() == 0


def test_service_refuses_answers_after_the_end(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    respondent = ask_member(assessment, place.lead)
    end_answers(assessment, now=NOW, by=place.by)
    respondent.assessment.answers_ended_at = None  # as a request saw it a moment before
    change = AnswerChange("pick", "strategy", "value", 1)

    with pytest.raises(AnswersEnded):
        record_change(respondent, change, now=NOW)
    with pytest.raises(AnswersEnded):
        record_changes(respondent, [change], now=NOW)
    with pytest.raises(AnswersEnded):
        finish(respondent, now=NOW)
    assert Pick.objects.count() == 0


def test_service_refuses_answers_of_somebody_removed(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    respondent = ask_member(assessment, place.lead)
    remove_respondent(Respondent.objects.get(), now=NOW, by=place.by)

    with pytest.raises(AssessmentGone) as refusal:
        record_change(respondent, AnswerChange("pick", "strategy", "value", 1), now=NOW)
    assert type(refusal.value) is AssessmentGone


def test_after_the_end_the_page_says_what_is_kept(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    client = opened(ask(assessment))
    silent = opened(ask(assessment, "Silent"))
    client.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})
    end_answers(assessment, now=NOW, by=place.by)

    spoke, said_nothing = (
        text_of(each.get(url(assessment), follow=True)) for each in (client, silent)
    )
    lead = text_of(signed_in(place.lead).get(url(assessment, "begin/")))

    assert "What you answered is kept and counts." in spoke
    assert "you gave no answer" in said_nothing
    assert url(assessment, "result/") not in spoke
    assert url(assessment, "result/") in lead


# --- finished ------------------------------------------------------------------------------------


def test_finish_names_what_is_open_and_is_undone_by_answering(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version)
    client = opened(ask(assessment))
    client.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})

    before = text_of(client.get(url(assessment, "finish/")))
    after = text_of(client.post(url(assessment, "finish/"), follow=True))
    assert Respondent.objects.get().finished_at is not None
    client.post(url(assessment, "answer/"), {"dimension": "metrics", "value": "2"})

    assert "7 dimensions are still open" in before
    assert url(assessment, "quick/metrics/") in before
    assert "Thank you, you are finished" in after
    assert Respondent.objects.get().finished_at is None


def test_last_question_leads_to_the_end(
    place: Place, version: MaturityModel, matrix: Matrix
) -> None:
    assessment = make_assessment(place, version)
    link = ask(assessment)
    client = opened(link)
    record_changes(
        link.respondent,
        [AnswerChange("pick", row.key, "value", 2) for row in matrix.dimensions],
        now=NOW,
    )

    assert client.get(url(assessment)).url == url(assessment, "finish/")
    page = text_of(client.get(url(assessment, f"quick/{matrix.dimensions[-1].key}/")))
    assert f'data-next-url="{url(assessment, "finish/")}"' in page
    assert "Thank you, you are finished" in text_of(client.get(url(assessment, "finish/")))


def test_home_leads_a_guest_on_and_not_to_a_result(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    client = opened(ask(assessment))
    client.post(url(assessment, "answer/"), {"dimension": "strategy", "value": "2"})

    page = text_of(client.get("/"))

    assert "1 of 8 dimensions chosen" in page
    assert f'href="{url(assessment)}"' in page
    assert url(assessment, "result/") not in page


# --- values from before --------------------------------------------------------------------------


@pytest.fixture
def carried(place: Place, version: MaturityModel) -> Any:
    """Return an assessment of the lead with two ratings and a pick from before."""
    assessment = make_assessment(place, version, asked="free")
    respondent = ask_member(assessment, place.lead, has_begun=True)
    fields = {"respondent": respondent, "is_from_before": True, "updated_at": NOW}
    Rating.objects.create(descriptor_id=KEY, step=2, note="noted", **fields)
    Rating.objects.create(descriptor_id="strategy.1.02", word="unknown", **fields)
    Pick.objects.create(dimension="strategy", stage=3, **fields)
    return assessment


def test_values_from_before_are_shown_and_count_for_nothing(place: Place, carried: Any) -> None:
    client = signed_in(place.lead)

    page = text_of(client.get(url(carried, "everything/strategy/")))
    quick = text_of(client.get(url(carried, "quick/strategy/")))

    assert " checked" not in page.replace("type=checkbox", "")
    assert "0 of 31" in page
    assert page.count("Last time: <strong>") == 2
    assert "Last time: <strong>3 Integrated</strong>" in quick or "Last time: <strong>3 " in quick
    assert "2 answers on this page" in page
    assert "All still so" in page
    assert client.get(url(carried)).url == url(carried, "quick/strategy/")


def test_still_so_records_the_value_without_a_script(place: Place, carried: Any) -> None:
    client = signed_in(place.lead)
    fields = form_of(client.get(url(carried, "everything/strategy/")))

    client.post(url(carried, "everything/strategy/"), fields | {"still": KEY})

    assert list(
        Rating.objects.order_by("pk").values_list("descriptor_id", "step", "note", "is_from_before")
    ) == [(KEY, 2, "noted", False), ("strategy.1.02", None, "", True)]


def test_all_still_so_leaves_what_was_answered_anew(place: Place, carried: Any) -> None:
    client = signed_in(place.lead)
    fields = form_of(client.get(url(carried, "everything/strategy/")))

    client.post(url(carried, "everything/strategy/"), fields | {f"r-{KEY}": "0", "still": "all"})

    rows = Rating.objects.order_by("pk").values_list("descriptor_id", "step", "is_from_before")
    assert list(rows) == [(KEY, 0, False), ("strategy.1.02", None, False)]


def test_saving_a_note_leaves_the_value_from_before(place: Place, carried: Any) -> None:
    client = signed_in(place.lead)

    client.post(url(carried, "answer/"), {"descriptor": KEY, "note": "new", "was": "noted"})
    client.post(url(carried, "answer/"), {"dimension": "strategy", "value": "4", "was": ""})

    assert Rating.objects.get(descriptor_id=KEY).is_from_before
    pick = Pick.objects.get()
    assert (pick.stage, pick.is_from_before) == (4, False)


# --- what it costs -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("people", [1, 3])
def test_answering_costs_the_same_however_many_answer(
    place: Place, version: MaturityModel, people: int
) -> None:
    assessment = make_assessment(place, version, asked="gates")
    clients = [opened(ask(assessment, f"Guest {number}")) for number in range(people)]
    data = {"descriptor": KEY, "value": "1"}
    for client in clients:
        client.post(url(assessment, "answer/"), data)

    with CaptureQueriesContext(connection) as page:
        clients[0].get(url(assessment, "everything/strategy/"))
    with CaptureQueriesContext(connection) as saving:
        clients[0].post(url(assessment, "answer/"), data)

    # session, access, ratings
    assert len(page) == 3
    words = [query["sql"].split()[0] for query in saving.captured_queries]
    assert words == ["SELECT", "SELECT", "BEGIN", "UPDATE", "INSERT", "SELECT", "COMMIT"]
