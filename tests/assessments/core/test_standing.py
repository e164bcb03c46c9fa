"""How an assessment stands: open, agreed, anonymous, closed."""

import pytest

from assessments.core.queries.hidden_words import hidden_words
from assessments.core.queries.results import figures_of
from assessments.core.queries.standing import standing_of, who_finished
from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.models import AgreedAnswer, Pick, Rating, Respondent
from assessments.scoring.confidential import Hidden
from tests.assessments.closed import BY, NOW, answered_by, begin, make_house
from tests.assessments.conftest import publish, version
from tests.reports.sheets import spread

__all__ = ["publish", "version"]

pytestmark = pytest.mark.django_db
KEY = "metrics.3.01"


@pytest.fixture
def house(version):
    return make_house(version)


def test_open_one_is_placed_from_answers_and_agreed(house, django_assert_num_queries):
    assessment = begin(house)
    answered_by(assessment, "Ana")
    AgreedAnswer.objects.create(
        assessment=assessment, what="rating", key=KEY, number=3, decided_at=NOW
    )
    AgreedAnswer.objects.create(
        assessment=assessment, what="pick", key="metrics", number=4, decided_at=NOW
    )
    taken_back = AgreedAnswer(assessment=assessment, what="pick", key="strategy", decided_at=NOW)
    taken_back.save()

    # Notes on statements, respondents, ratings, picks, settings, agreed answers.
    with django_assert_num_queries(6):
        standing = standing_of(assessment)

    assert standing.result is None
    assert not standing.is_hidden
    assert standing.people == 1
    assert standing.sheet.agreed_ratings == {KEY: 3}
    assert standing.sheet.agreed_picks == {"metrics": 4}
    assert standing.placement.of("metrics").basis == "agreed"
    assert standing.placement.of("strategy").basis == "derived"


def test_answer_from_before_counts_for_nothing_until_it_is_confirmed(house):
    assessment = begin(house)
    respondent = answered_by(assessment, "Ana", {"strategy.1.01": 3}, notes={KEY: "Written now"})
    Rating.objects.filter(descriptor_id=KEY).update(is_from_before=True, step=2)
    Rating.objects.create(
        respondent=respondent,
        descriptor_id="metrics.2.01",
        step=3,
        note="Written last year",
        is_from_before=True,
        updated_at=NOW.replace(year=2025),
    )
    Pick.objects.create(
        respondent=respondent, dimension="metrics", stage=4, is_from_before=True, updated_at=NOW
    )

    (person,) = standing_of(assessment).sheet.respondents

    assert person.ratings == {"strategy.1.01": 3}
    assert person.picks == {}
    assert person.notes == {KEY: "Written now"}


def test_anonymous_one_shows_nothing_while_it_collects(house):
    assessment = begin(house, voices="anonymous", fewest_answers=3)
    for name in ("Ana", "Bo", "Cy", "Di"):
        answered_by(assessment, name, notes={KEY: f"{name} wrote this"})

    standing = standing_of(assessment)

    assert standing.hidden == Hidden("collecting", people=4, fewest=3)
    assert standing.sheet.respondents == ()
    assert standing.placement.overall.score is None
    assert standing.ids is None


def test_anonymous_one_shows_what_enough_people_answered_once_it_is_over(house):
    assessment = begin(house, voices="anonymous", fewest_answers=3)
    for name in ("Ana", "Bo"):
        answered_by(assessment, name)
    answered_by(assessment, "Cy", {k: v for k, v in spread().items() if "metrics" not in k})
    end_answers(assessment, now=NOW, by=BY)

    standing = standing_of(assessment)

    assert not standing.is_hidden
    assert standing.placement.of("metrics").basis == "none"
    assert standing.placement.of("strategy").basis == "derived"
    assert {each.name for each in standing.sheet.respondents} == {""}


def test_anonymous_one_with_too_few_stays_hidden_and_says_so(house):
    assessment = begin(house, voices="anonymous", fewest_answers=3)
    answered_by(assessment, "Ana")
    answered_by(assessment, "Bo")
    end_answers(assessment, now=NOW, by=BY)

    standing = standing_of(assessment)
    result = close_assessment(assessment, user=None, now=NOW, by=BY)

    assert standing.hidden == Hidden("below_floor", people=2, fewest=3)
    assert "2 of at least 3 people answered" in hidden_words(standing.hidden)
    assert standing.sheet.respondents == ()
    # What is frozen holds nothing either.
    assert result.frozen["sheet"]["respondents"] == []
    assert set(result.scores.values()) == {None}
    assert result.frozen["hidden"] == {"code": "below_floor", "people": 2, "fewest": 3}
    assert standing_of(assessment).hidden == standing.hidden


def test_closed_one_shows_what_was_frozen(house, django_assert_num_queries):
    assessment = begin(house)
    answered_by(assessment, "Ana", notes={KEY: "A note"})
    before = standing_of(assessment)
    result = close_assessment(assessment, user=None, now=NOW, by=BY)

    # The newest result, and the names of its people.
    with django_assert_num_queries(2):
        standing = standing_of(assessment)

    assert standing.result == result
    assert standing.placement == before.placement
    assert standing.sheet == before.sheet
    assert (standing.purpose, standing.scope) == ("Yearly review", "All channels")


@pytest.mark.parametrize("typed", ["2026", "null", "true", '{"a": 1}', '"quoted"', "Spring", ""])
def test_what_was_typed_comes_back_as_it_was(house, typed):
    assessment = begin(house, purpose=typed, scope=typed)
    answered_by(assessment, "Ana", {KEY: 3})
    result = close_assessment(assessment, user=None, now=NOW, by=BY)

    (figures,) = figures_of([result], with_values=True).values()

    assert (figures.purpose, figures.scope, figures.hidden) == (typed, typed, None)
    assert figures.values == {KEY: "1"}
    assert figures.placement == standing_of(assessment).placement


def test_who_has_finished_names_those_who_have_not(house):
    assessment = begin(house)
    answered_by(assessment, "Ana", {KEY: 3})
    answered_by(assessment, "Bo")
    answered_by(assessment, "", {KEY: 3}, user=house.people["lead"])
    unnamed = answered_by(assessment, "", {})
    Respondent.objects.create(assessment=assessment, name="Cy", came_by_open_link=True)

    found = who_finished(assessment)

    assert (found.asked, found.finished, found.waiting_by_link) == (5, 1, 1)
    assert found.waiting_for == ("lead person", f"Guest {unnamed.pk}", "Ana")
