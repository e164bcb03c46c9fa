"""A new assessment that begins from the last one's answers."""

import copy
from datetime import date, timedelta
from decimal import Decimal

import pytest

from assessments.answering.services.answers import AnswerChange, record_change
from assessments.core.queries.standing import standing_of
from assessments.lifecycle.services.carrying_over import carry_over
from assessments.lifecycle.services.closing import close_assessment
from assessments.models import DimensionSetting, Pick, Rating, Respondent
from maturity.workspaces.models import Membership
from tests.assessments.closed import BY, NOW, answered_by, begin, closed, make_house
from tests.assessments.conftest import publish, version
from tests.reports.sheets import spread

__all__ = ["publish", "version"]

pytestmark = pytest.mark.django_db
KEY = "metrics.3.01"
LATER = NOW + timedelta(days=365)


@pytest.fixture
def house(version):
    return make_house(version)


@pytest.fixture
def last(house):
    """Return a closed assessment that the lead answered, and a guest."""
    groups = [{"name": "Function", "options": ["Service", "IT"]}]
    assessment = begin(house, date(2025, 11, 22), groups=groups, asked="free")
    lead = answered_by(
        assessment, "Lea", user=house.people["lead"], notes={KEY: "A note of last year"}
    )
    lead.groups = {"Function": "IT", "Site": "Leeds"}
    lead.save()
    record_change(lead, AnswerChange("pick", "metrics", "value", 3), now=NOW)
    answered_by(assessment, "Guest")
    DimensionSetting.objects.create(
        assessment=assessment, dimension="metrics", target=4, weight=Decimal(2)
    )
    close_assessment(assessment, user=None, now=NOW, by=BY)
    return assessment


def following(house, last, **changes):
    new = begin(house, **({"follows": last, "now": LATER} | changes))
    carry_over(new, last, now=LATER)
    return new


def test_members_are_asked_again_with_their_answers_to_confirm(house, last):
    new = following(house, last, groups=[{"name": "Function", "options": ["IT"]}])

    respondent = Respondent.objects.get(assessment=new)
    assert respondent.user == house.people["lead"]
    assert respondent.groups == {"Function": "IT"}
    assert respondent.finished_at is None
    ratings = Rating.objects.filter(respondent=respondent)
    assert ratings.count() == len(spread())
    assert set(ratings.values_list("is_from_before", flat=True)) == {True}
    assert ratings.get(descriptor_id=KEY).note == "A note of last year"


def test_they_count_for_nothing_until_confirmed(house, last):
    new = following(house, last)
    before = standing_of(new)

    record_change(
        Respondent.objects.get(assessment=new), AnswerChange("rating", KEY, "value", 1), now=LATER
    )

    assert before.placement.overall.score is None
    (person,) = standing_of(new).sheet.respondents
    assert person.ratings == {KEY: 1}
    assert Rating.objects.get(respondent__assessment=new, descriptor_id=KEY).is_from_before is False


def test_targets_weights_and_the_first_result_come_along(house, last):
    # Before the last one there was a first one, and it is from there that progress is counted.
    first = closed(house, date(2024, 1, 10), (3, 0, 0, 0, 0))

    new = following(house, last)

    setting = DimensionSetting.objects.get(assessment=new, dimension="metrics")
    assert (setting.target, setting.weight) == (4, Decimal(2))
    assert float(setting.baseline) == pytest.approx(first.scores["metrics"][1], abs=0.0001)
    assert standing_of(new).counts_from_first


def test_who_no_longer_belongs_is_not_asked(house, last):
    Membership.objects.filter(user=house.people["lead"]).delete()

    assert not Respondent.objects.filter(assessment=following(house, last)).exists()


@pytest.mark.parametrize(
    ("before", "now", "carried"),
    [("anonymous", "named", False), ("anonymous", "anonymous", True), ("named", "anonymous", True)],
)
def test_no_anonymous_answer_becomes_a_named_one(house, before, now, carried):
    last = begin(house, date(2025, 1, 1), voices=before)
    answered_by(last, "Lea", user=house.people["lead"])

    new = following(house, last, voices=now)

    assert Respondent.objects.filter(assessment=new).count() == 1
    assert Rating.objects.filter(respondent__assessment=new).exists() is carried


def test_what_the_new_version_no_longer_asks_stays_behind(house, last, publish, journey):
    newer = copy.deepcopy(journey)
    newer["version"] = "2.0.0"
    dropped = newer["dimensions"].pop(0)
    gone = {d["id"] for cell in dropped["cells"] for d in cell["descriptors"]}
    for dimension in newer["dimensions"]:
        for cell in dimension["cells"]:
            for descriptor in cell["descriptors"]:
                descriptor["requires"] = [
                    each for each in descriptor.get("requires", []) if each not in gone
                ]
    version = publish(newer)

    new = following(house, last, model_version_id=version.pk)

    carried = Rating.objects.filter(respondent__assessment=new)
    assert set(carried.values_list("descriptor_id", flat=True)) == set(spread()) - gone


def test_of_another_model_only_the_people_come_along(house, last, publish, journey):
    other = publish({**journey, "key": "another-model"})

    new = following(house, last, model_version_id=other.pk)

    assert Respondent.objects.filter(assessment=new).count() == 1
    assert not Rating.objects.filter(respondent__assessment=new).exists()
    assert not new.settings.exists()


def test_frozen_result_of_the_last_one_stays(house, last):
    before = standing_of(last)

    following(house, last)

    assert standing_of(last) == before


def test_only_what_the_new_one_asks_is_carried_over(house, last):
    new = following(house, last, asked="picks")

    assert not Rating.objects.filter(respondent__assessment=new).exists()
    pick = Pick.objects.get(respondent__assessment=new)
    assert (pick.stage, pick.is_from_before) == (3, True)
