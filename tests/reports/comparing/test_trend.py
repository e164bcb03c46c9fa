"""All results in a row: the lines, their pictures, the page."""

import copy
from datetime import date
from xml.etree import ElementTree

import pytest

from assessments.scoring.scored import score
from reports.charts.trend import trend
from reports.comparing.results import Moment
from reports.comparing.trend import trend_of
from tests.assessments.closed import closed, make_house
from tests.reports.sheets import journey_matrix, sheet, spread
from tests.scoring.models import WORKED, WORKED_RATINGS, one

STEPS = ((3, 1, 0, 0, 0), (3, 3, 1, 0, 0), (3, 3, 3, 1, 0))
DAYS = ("2024-03-01", "2025-03-01", "2026-03-01")


def moments(answers=None):
    matrix = journey_matrix()
    sheets = answers or [sheet(spread(steps)) for steps in STEPS]
    return [
        (day, Moment(f"Day {n}", matrix, score(matrix, each).placement, {}))
        for n, (day, each) in enumerate(zip(DAYS, sheets, strict=False))
    ]


def words(svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own
    return [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]


def classes(svg):
    return [element.get("class") for element in ElementTree.fromstring(svg).iter()]  # noqa: S314


def test_lines_hold_every_result():
    found = trend_of(moments())

    assert found.days == ("Day 0", "Day 1", "Day 2")
    assert [p.figure for p in found.overall.points] == sorted(
        p.figure for p in found.overall.points
    )
    assert [line.name for line in found.dimensions] == [
        each.name for each in journey_matrix().dimensions
    ]
    assert found.left_out == 0
    assert found.overall.description.startswith("1 March 2024: ")


def test_a_dimension_of_which_nothing_applies_has_no_point_and_says_so():
    excused = {key: "not_applicable" for key in spread() if key.startswith("strategy.")}

    line, *_ = trend_of(moments([sheet(spread() | excused), sheet(spread())])).dimensions

    assert [(p.value, p.figure) for p in line.points][0] == (None, "does not apply")
    assert line.points[1].value is not None


def test_result_of_another_model_is_left_out_and_counted():
    other = ("2023-01-01", Moment("Old", WORKED, score(WORKED, one(WORKED_RATINGS)).placement, {}))

    found = trend_of([other, *moments()])

    assert found.left_out == 1
    assert len(found.overall.points) == 3


def test_picture_shows_every_point_and_names_the_ends():
    svg = trend(trend_of(moments()).overall, name="here")

    assert classes(svg).count("radar-dot") == 3
    assert classes(svg).count("radar-now") == 2
    assert {"Mar 2024", "Mar 2025", "Mar 2026"} <= set(words(svg))
    assert "style=" not in svg
    root = ElementTree.fromstring(svg)  # noqa: S314
    assert root.get("aria-labelledby") == "here-title here-desc"


def test_missing_score_interrupts_the_line():
    sheets = [sheet(spread(STEPS[0])), sheet({"strategy.1.01": 3}), sheet(spread(STEPS[2]))]
    line = next(each for each in trend_of(moments(sheets)).dimensions if each.name != "Strategy")

    svg = trend(line, name="r")

    assert classes(svg).count("radar-dot") == 2
    assert classes(svg).count("radar-now") == 0


@pytest.mark.parametrize("days", [("2026-03-01",) * 3, ("2026-03-01", "2026-03-02", "2026-03-03")])
def test_days_close_together_do_not_run_into_each_other(days):
    points = [(day, each) for day, (_, each) in zip(days, moments(), strict=True)]

    labels = [
        word for word in words(trend(trend_of(points).dimensions[0], name="r")) if "2026" in word
    ]

    assert 1 <= len(labels) <= 3


# --- the page -------------------------------------------------------------------------------------


@pytest.fixture
def house(version):
    return make_house(version)


def results(house, count=3):
    return [
        closed(house, date.fromisoformat(day), steps)
        for day, steps in list(zip(DAYS, STEPS, strict=True))[:count]
    ]


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
class TestPage:
    @pytest.mark.parametrize("who", ["owner", "consultant", "lead", "contributor", "viewer"])
    def test_lists_every_result_with_pictures_and_figures(self, house, who):
        rows = results(house)

        page = text(house.client(who).get(house.url("history/"))).partition("<main")[2]

        assert page.count('role="img"') == 10
        for row in rows:
            assert f"/assessments/{row.assessment.public_id}/results/1/" in page
        assert page.index("1 March 2026</a>") < page.index("1 March 2024</a>")
        assert page.count("<tr>") == 1 + 9

    def test_one_result_says_what_comes(self, house):
        results(house, 1)

        page = text(house.client("viewer").get(house.url("history/"))).partition("<main")[2]

        assert "One result so far." in page
        assert "<svg" not in page
        assert page.count("/results/1/") == 1

    def test_no_result_says_what_comes(self, house):
        assert "No result yet" in text(house.client("viewer").get(house.url("history/")))

    def test_hidden_result_is_listed_without_a_figure(self, house):
        results(house, 2)
        closed(house, date(2026, 5, 1), voices="anonymous", fewest_answers=3)

        page = text(house.client("viewer").get(house.url("history/")))

        assert "No figure: too few people answered." in page
        assert page.count('role="img"') == 10

    def test_other_model_is_listed_and_left_out_of_the_line(self, house, publish, journey):
        other = publish({**copy.deepcopy(journey), "key": "another"})
        closed(house, date(2023, 1, 1), model_version_id=other.pk)
        results(house, 2)

        page = text(house.client("viewer").get(house.url("history/")))

        assert "One earlier result was made with another model" in page
        assert page.count("/results/1/") == 3

    def test_costs_the_same_with_one_and_three_results(self, house, django_assert_num_queries):
        client = house.client("viewer")
        for rows in (DAYS[:1], DAYS[1:]):
            for day in rows:
                closed(house, date.fromisoformat(day))
            client.get(house.url("history/"))
            # Session, account, access, results, figures.
            with django_assert_num_queries(5):
                client.get(house.url("history/"))
