"""Two results side by side: the figures, and the page."""

import copy
from datetime import date
from fractions import Fraction

import pytest

from assessments.lifecycle.services.closing import close_assessment, reopen_assessment
from assessments.models import Result
from assessments.scoring.frozen import frozen_values
from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet
from reports.charts.radar import radar as draw_radar
from reports.comparing.results import Moment, compare_results, progress_since, why_not
from tests.assessments.closed import BY, NOW, answered_by, begin, closed, make_house
from tests.reports.sheets import journey_matrix, sheet, spread
from tests.scoring.models import WORKED, WORKED_RATINGS, model, one

DAYS = (date(2024, 3, 1), date(2025, 3, 1), date(2026, 3, 1))


def moment(name, answers, matrix=WORKED):
    return Moment(
        name,
        matrix,
        score(matrix, answers).placement,
        frozen_values(score(matrix, answers).settled),
    )


class TestFigures:
    def test_each_dimension_says_how_far_it_moved(self):
        before = moment("1 March 2025", one(WORKED_RATINGS | {"a.2.3": 1}))
        now = moment("1 March 2026", one(WORKED_RATINGS | {"a.2.3": 3, "a.3.2": 3}))

        found = compare_results(before, now)

        (row,) = found.dimensions
        assert (row.before, row.now, row.change, row.words) == ("2.5", "3.0", "+0.5", "up 0.5")
        assert (row.stage_before.number, row.stage_now.number) == (2, 3)
        assert found.summary == (
            "From 1 March 2025 to 1 March 2026 the overall score rose from 2.5 to 3.0;"
            " Row a went up."
        )

    def test_what_no_longer_applies_has_no_change(self):
        before = moment("1 March 2025", one(WORKED_RATINGS))
        now = moment("1 March 2026", one(dict.fromkeys(WORKED_RATINGS, "not_applicable")))

        found = compare_results(before, now)

        (row,) = found.dimensions
        assert (row.before, row.now, row.change) == ("2.3", "does not apply", "")
        assert found.radar.axes[0].now is None
        assert "Row a 2.3, then does not apply" in found.radar.description

    @pytest.mark.parametrize(
        ("before", "now", "change", "words"),
        [
            ({"a": 2}, {"a": 2}, "±0.0", "same"),
            ({"a": 3}, {"a": 2}, "−1.0", "down 1.0"),
            ({"a": 1}, {"a": 3}, "+2.0", "up 2.0"),
            ({}, {"a": 3}, "", ""),
            ({"a": 3}, {}, "", ""),
        ],
    )
    def test_change_has_a_sign_and_words(self, before, now, change, words):
        matrix = model({"a": ("c", "p", "p")})
        then, today = (
            moment(name, one({}, picks=picks), matrix)
            for name, picks in (("Then", before), ("Today", now))
        )

        (row,) = compare_results(then, today).dimensions

        assert (row.change, row.words) == (change, words)

    def test_small_change_is_not_called_none(self):
        before = moment("Then", one(WORKED_RATINGS))
        now = moment("Today", one(WORKED_RATINGS))
        placed = now.placement.dimensions[0]
        nudged = type(placed)(
            **{f: getattr(placed, f) for f in placed.__slots__}
            | {"score": placed.score + Fraction(1, 1000)}
        )
        now = Moment(
            now.name,
            now.matrix,
            type(now.placement)("m", "1", now.placement.overall, (nudged,)),
            {},
        )

        (row,) = compare_results(before, now).dimensions

        assert (row.before, row.now) == ("2.3", "2.3")
        assert (row.change, row.words) == ("+<0.1", "up less than 0.1")

    def test_statements_that_moved_say_from_where_to_where(self):
        before = moment(
            "Then", one({"a.1.1": 3, "a.2.1": 1, "a.2.2": 3, "a.3.1": "not_applicable"})
        )
        now = moment("Today", one({"a.1.1": 1, "a.2.1": 2, "a.2.2": 3, "a.3.1": 2, "a.3.2": 3}))

        (group,) = compare_results(before, now).statements

        assert [(m.id, m.before, m.now) for m in group.up] == [
            ("a.2.1", "33\u00a0% in place", "67\u00a0% in place")
        ]
        assert [(m.id, m.now) for m in group.down] == [("a.1.1", "33\u00a0% left behind")]
        assert group.others == "One statement answered only in the later result."
        assert group.counts == "1 up, 1 down"

    def test_radar_lies_over_radar(self):
        low = moment("Then", sheet(spread((3, 0, 0, 0, 0))), journey_matrix())
        high = moment("Now", sheet(spread((3, 3, 3, 0, 0))), journey_matrix())

        radar = compare_results(low, high).radar

        assert radar.is_comparison
        assert (radar.before_name, radar.now_name) == ("Then", "Now")
        for axis, then, now in zip(
            radar.axes, low.placement.dimensions, high.placement.dimensions, strict=True
        ):
            assert axis.before == pytest.approx(float(then.score), abs=0.0001)
            assert axis.now == pytest.approx(float(now.score), abs=0.0001)
            assert axis.lowest is None
        svg = draw_radar(radar, name="r")
        # Told apart by line and by point, not by colour alone.
        assert svg.count("radar-hollow") == len(radar.axes)
        assert svg.count('class="radar-dot"') == len(radar.axes)
        assert 'stroke-dasharray="2 4"' in svg

    def test_different_models_are_not_compared(self):
        other = model({"a": ("c", "p", "p")})
        other = type(other)(**{f: getattr(other, f) for f in _fields(other)} | {"key": "another"})

        reason = why_not(moment("Then", AnswerSheet(), other), moment("Now", AnswerSheet()))

        assert "no figure of one says anything about the other" in reason

    def test_another_version_is_compared_with_a_word_of_warning(self):
        newer = type(WORKED)(
            **{f: getattr(WORKED, f) for f in _fields(WORKED)} | {"version": "9.0.0"}
        )
        before, now = moment("Then", one(WORKED_RATINGS)), moment("Now", AnswerSheet(), newer)

        assert why_not(before, now) == ""
        assert "version 9.0.0" in compare_results(before, now).remarks[0]

    @pytest.mark.parametrize(
        ("first", "now", "target", "words"),
        [
            (1, 3, 5, "50\u00a0% of the way that was left to the targets is done"),
            (1, 5, 3, "100\u00a0% of the way that was left to the targets is done"),
            (3, 2, 5, "the scores have moved away from the targets"),
            (3, 3, 5, "the scores have not moved towards the targets"),
            (3, 4, 3, ""),
            (3, 4, None, ""),
        ],
    )
    def test_progress_is_counted_from_the_first(self, first, now, target, words):
        matrix = model({"a": ("p",) * 5})
        targets = {} if target is None else {"a": target}
        then = moment("First", one({}, picks={"a": first}), matrix)
        today = moment("Now", one({}, picks={"a": now}, targets=targets), matrix)

        assert progress_since(then, today) == words


def _fields(value):
    return [each for each in value.__dataclass_fields__ if value.__dataclass_fields__[each].init]


# --- the page -------------------------------------------------------------------------------------


@pytest.fixture
def house(version):
    return make_house(version)


def results(house, count=3):
    steps = ((3, 1, 0, 0, 0), (3, 3, 1, 0, 0), (3, 3, 3, 1, 0))
    return [closed(house, day, steps[n]) for n, day in enumerate(DAYS[:count])]


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
class TestPage:
    @pytest.mark.parametrize("who", ["owner", "consultant", "lead", "contributor", "viewer"])
    def test_shows_the_last_two_to_everybody_of_the_organisation(self, house, who):
        results(house)

        page = text(house.client(who).get(house.url("compare/")))

        assert "From 1 March 2025 to 1 March 2026 the overall score rose from" in page
        assert page.partition("<main")[2].count('role="img"') == 1
        assert page.count('data-way="up"') > 8
        assert "Since the first result, of 1 March 2024" not in page
        assert "The first result is of 1 March 2024." in page

    def test_any_two_can_be_chosen_the_older_is_then(self, house):
        first, _, last = results(house)

        page = text(
            house.client("viewer").get(house.url("compare/"), {"from": last.pk, "to": first.pk})
        )

        assert "From 1 March 2024 to 1 March 2026 the overall score rose" in page

    def test_same_twice_asks_for_another(self, house):
        first, *_ = results(house)

        page = text(
            house.client("lead").get(house.url("compare/"), {"from": first.pk, "to": first.pk})
        )

        assert "Choose two different results." in page

    def test_stranger_and_unknown_id_are_told_the_same(self, house):
        results(house)
        client = house.client("stranger")

        for path in ("compare/", "history/"):
            theirs = client.get(house.url(path))
            unknown = client.get(f"/organisations/doesnotexist/{path}")
            assert (theirs.status_code, unknown.status_code) == (404, 404)
            assert theirs.content == unknown.content

    def test_result_of_another_organisation_is_not_found(self, house, version):
        other = make_house(version, "Canary Bank")
        results(house)
        theirs = closed(other, DAYS[0])
        their_open = begin(other)

        for value in (theirs.pk, f"now-{their_open.public_id}", "0", "x", "now-"):
            for name in ("from", "to"):
                response = house.client("owner").get(house.url("compare/"), {name: value})
                assert response.status_code == 404

    def test_lead_can_compare_with_how_it_stands_now(self, house):
        (result,) = results(house, 1)
        assessment = begin(house)
        answered_by(assessment, "Ana", spread((3, 3, 3, 3, 0)))
        value = f"now-{assessment.public_id}"

        page = text(house.client("lead").get(house.url("compare/")))
        viewer = house.client("viewer").get(house.url("compare/"), {"from": result.pk, "to": value})

        assert "From 1 March 2024 to now the overall score rose" in page
        assert viewer.status_code == 404

    def test_anonymous_one_that_collects_is_not_offered(self, house):
        results(house, 2)
        assessment = begin(house, voices="anonymous")
        for name in "Abcdef":
            answered_by(assessment, name)
        value = f"now-{assessment.public_id}"
        client = house.client("lead")

        assert value not in text(client.get(house.url("compare/")))
        assert client.get(house.url("compare/"), {"to": value}).status_code == 404

    def test_anonymous_result_with_too_few_says_why(self, house):
        results(house, 1)
        closed(house, DAYS[1], voices="anonymous", fewest_answers=3)

        page = text(house.client("viewer").get(house.url("compare/")))

        assert "These two cannot be compared." in page
        assert "1 of at least 3 people answered" in page

    def test_results_of_different_models_say_why_not(self, house, publish, journey):
        results(house, 1)
        other = publish({**copy.deepcopy(journey), "key": "another", "title": "Another model"})
        closed(house, DAYS[1], model_version_id=other.pk)

        page = text(house.client("viewer").get(house.url("compare/")))

        assert "These two cannot be compared." in page
        assert "Another model" in page
        assert "<figure" not in page

    @pytest.mark.parametrize(("count", "words"), [(0, "No result yet"), (1, "One result so far")])
    def test_too_few_results_say_what_comes(self, house, count, words):
        results(house, count)

        page = text(house.client("viewer").get(house.url("compare/")))

        assert words in page
        assert "<select" not in page

    def test_progress_counts_from_the_first_result(self, house):
        closed(house, DAYS[0], (3, 0, 0, 0, 0))
        assessment = begin(house, DAYS[1])
        answered_by(assessment, "Ana", spread((3, 3, 3, 0, 0)))
        assessment.settings.create(dimension="metrics", target=5)

        page = text(house.client("lead").get(house.url("compare/")))

        assert "Since the first result, of 1 March 2024:" in page

    def test_costs_the_same_with_two_and_three_results(self, house, django_assert_num_queries):
        results(house, 2)
        client = house.client("viewer")
        for count in (2, 3):
            assert Result.objects.count() == count
            # Two frozen results are compared, and drawn, once in a process.
            client.get(house.url("compare/"))
            # Session, account, access, results.
            with django_assert_num_queries(4):
                client.get(house.url("compare/"))
            if count == 2:
                closed(house, DAYS[2])

    def test_superseded_result_is_chosen_only_when_asked_for(self, house):
        first, last = results(house, 2)
        reopen_assessment(last.assessment, now=NOW, by=BY)
        last.assessment.settings.create(dimension="metrics", target=5)
        again = close_assessment(last.assessment, user=None, now=NOW, by=BY)
        client = house.client("viewer")

        page = text(client.get(house.url("compare/")))
        asked = text(client.get(house.url("compare/"), {"from": last.pk, "to": again.pk}))

        assert "From 1 March 2024 to 1 March 2025 (2) the overall score rose" in page
        assert "From 1 March 2025 (1) to 1 March 2025 (2) the overall score stayed" in asked
        assert "Since the first result, of 1 March 2024:" in asked

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    @pytest.mark.parametrize("path", ["compare/", "history/"])
    def test_only_shows(self, house, method, path):
        assert getattr(house.client("lead"), method)(house.url(path)).status_code == 405
