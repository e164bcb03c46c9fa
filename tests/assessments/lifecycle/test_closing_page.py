"""The page that closes an assessment: for whom, what it says, what its buttons do."""

import pytest

from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.models import Assessment, Result
from tests.assessments.closed import BY, NOW, answered_by, begin, make_house
from tests.assessments.conftest import guest_of, link, publish, version

__all__ = ["link", "publish", "version"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(version):
    return make_house(version)


@pytest.fixture
def assessment(house):
    assessment = begin(house)
    answered_by(assessment, "Ana", {"strategy.1.01": 3})
    return assessment


def url(assessment, rest="close/"):
    return f"/assessments/{assessment.public_id}/{rest}"


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("who", ["lead", "consultant", "owner"])
def test_lead_ends_closes_and_reopens(house, assessment, who):
    client = house.client(who)
    page = text(client.get(url(assessment)))
    assert "Answers are being collected" in page
    assert "Not finished: Ana." in page

    for do, heading in (
        ("end", "The answers are in"),
        ("collect", "Answers are being collected"),
        ("close", "This assessment is closed"),
        ("reopen", "The answers are in"),
    ):
        response = client.post(url(assessment), {"do": do})
        to_result = do == "close"
        assert response["Location"] == url(assessment, "result/" if to_result else "close/")
        assert heading in text(client.get(url(assessment)))

    assert Result.objects.get().closed_by == house.people[who]


def test_double_post_closes_once(house, assessment):
    client = house.client("lead")

    for _ in range(2):
        assert client.post(url(assessment), {"do": "close"}).status_code == 302

    assert Result.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("contributor", 403), ("viewer", 403), ("stranger", 404)]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_may_not(house, assessment, who, status, method):
    response = getattr(house.client(who), method)(url(assessment), {"do": "close"})

    assert response.status_code == status
    assert not Result.objects.exists()


def test_holder_of_a_guest_assessment_cannot_close(link):
    guest = guest_of(link)

    assert guest.post("close/", {"do": "close"}).status_code == 403
    assert not Assessment.objects.get().is_closed


@pytest.mark.parametrize("sent", [{}, {"do": "explode"}])
def test_unknown_button_changes_nothing(house, assessment, sent):
    response = house.client("lead").post(url(assessment), sent)

    assert response.status_code == 422
    assert "Nothing was changed." in text(response)


def test_anonymous_one_tells_no_figure_while_it_collects(house):
    assessment = begin(house, voices="anonymous", fewest_answers=3)
    for name in ("Ana", "Bo", "Cy"):
        answered_by(assessment, name)
    client = house.client("lead")

    page = text(client.get(url(assessment)))
    assert "Dimensions people differ on" not in page
    assert "at least 3 needed" in page

    end_answers(assessment, now=NOW, by=BY)
    page = text(client.get(url(assessment)))
    assert "Not any more: 3 people answered anonymously" in page
    response = client.post(url(assessment), {"do": "collect"}, follow=True)
    assert "somebody could be recognised" in text(response)
    assert not Assessment.objects.get().takes_answers


def test_closed_one_keeps_its_targets(house, assessment):
    close_assessment(assessment, user=None, now=NOW, by=BY)
    client = house.client("lead")

    for response in (
        client.get(url(assessment, "targets/")),
        client.post(url(assessment, "targets/"), {"organisation": "Other"}),
    ):
        assert response["Location"] == url(assessment, "result/")

    house.organisation.refresh_from_db()
    assert house.organisation.name == "Fernhill Outdoor"


def test_costs_the_same_with_one_and_three_people(house, assessment, django_assert_num_queries):
    client = house.client("lead")
    client.get(url(assessment))
    # Session, account, access, the sheet 5, who finished, results.
    with django_assert_num_queries(10):
        client.get(url(assessment))
    answered_by(assessment, "Bo")
    answered_by(assessment, "Cy")
    with django_assert_num_queries(10):
        client.get(url(assessment))
