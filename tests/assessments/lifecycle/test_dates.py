"""Which days can be given, and that no stored day takes a page down."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assessments.models import Assessment, Step
from assessments.portfolio.queries.portfolio import months_after
from assessments.roadmap.queries.step_words import due_words
from maturity.catalogue.models import MaturityModel
from tests.assessments.asking import make_assessment, make_place, signed_in, url
from tests.assessments.closed import closed, make_house
from tests.assessments.reading import text_of
from tests.roles_cast import make_result, make_step

TODAY = datetime.now(UTC).date()
LATEST = TODAY + timedelta(days=364)
TOO_LATE = TODAY + timedelta(days=367)
EXTREMES = [date(1, 1, 1), date(1900, 2, 28), date.max]


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), TOO_LATE, date.max])
def test_new_assessment_refuses_a_day_that_cannot_be_meant(
    day: date, version: MaturityModel
) -> None:
    place = make_place()
    where = f"/organisations/{place.organisation.public_id}/assessments/new/"

    response = signed_in(place.lead).post(where, {"date": day.isoformat(), "who": "me"})

    assert response.status_code == 422
    assert "Please give a day from 1 January 2000 to " in text_of(response)
    assert not Assessment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2000, 1, 1), LATEST])
def test_new_assessment_takes_the_first_day_and_next_year(
    day: date, version: MaturityModel
) -> None:
    place = make_place()
    where = f"/organisations/{place.organisation.public_id}/assessments/new/"

    response = signed_in(place.lead).post(where, {"date": day.isoformat(), "who": "me"})

    assert response.status_code == 302
    assert Assessment.objects.get().date == day


@pytest.mark.django_db
@pytest.mark.parametrize("rest", ["setup/", "targets/"])
def test_other_pages_refuse_it_too(rest: str, version: MaturityModel) -> None:
    place = make_place()
    assessment = make_assessment(place, version)

    response = signed_in(place.lead).post(url(assessment, rest), {"date": "9999-12-31"})

    assert response.status_code == 422
    assert "Please give a day from 1 January 2000 to " in text_of(response)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "is_taken"), [("1999-12-31", 0), ("2101-01-01", 0), ("2100-12-31", 1)]
)
def test_step_is_due_in_this_century(day: str, is_taken: bool, version: MaturityModel) -> None:
    place = make_place()
    step = make_step(place.organisation, version)
    where = f"/organisations/{place.organisation.public_id}/steps/{step.pk}/"

    response = signed_in(place.lead).post(where, {"words": "Do it", "due": day})

    assert response.status_code == (302 if is_taken else 422)
    assert (Step.objects.get().due is not None) == bool(is_taken)


@pytest.mark.parametrize("months", [1, 12, 60, 120])
def test_months_after_any_day(months: int) -> None:
    assert months_after("9999-12-31", months) == "9999-12-31"
    assert months_after("9998-12-31", 12) == "9999-12-31"
    assert months_after("0001-01-31", 1) == "0001-02-28"
    for day in EXTREMES:
        assert date.fromisoformat(months_after(day.isoformat(), months)) >= day


@pytest.mark.parametrize("day", EXTREMES)
def test_due_words_of_any_day(day: date) -> None:
    assert due_words(day, TODAY).startswith(("overdue by ", "due in "))


@pytest.mark.django_db
@pytest.mark.parametrize("day", EXTREMES)
def test_stored_day_takes_no_page_down(day: date, version: MaturityModel) -> None:
    house = make_house(version)
    closed(house, date(2025, 3, 14))
    result = make_result(house.organisation, version, day=day)
    make_step(house.organisation, version, due=day)
    client = house.client("owner")
    pages = [
        f"/workspaces/{house.workspace.public_id}/",
        f"/workspaces/{house.workspace.public_id}/?sort=due&state=soon",
        f"/workspaces/{house.workspace.public_id}/trail/",
        house.url(""),
        house.url("steps/"),
        house.url("compare/"),
        house.url("history/"),
        f"/assessments/{result.assessment.public_id}/result/",
        f"/assessments/{result.assessment.public_id}/close/",
    ]
    assert [page for page in pages if client.get(page).status_code != 200] == []
