"""A file of data brought in again: the same bytes come out, and nothing wrong comes in."""

import json
from datetime import date, datetime

import pytest

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.consensus.services import agree
from assessments.core.queries.standing import standing_of
from assessments.lifecycle.services.closing import close_assessment, end_answers
from assessments.models import Assessment, Rating, Respondent, Result
from assessments.roadmap.queries.outcomes import done_steps
from assessments.workshops.queries.protocol import protocols_for_report
from maturity.workspaces.models import AuditEvent, Organisation
from reports.core.services.documents import document_of
from reports.exports.json import json_report
from reports.importing.file import InvalidReport
from reports.importing.services import take_in
from tests.assessments.closed import BY, NOW, answered_by, begin, closed, make_house
from tests.people import make_organisation, make_workspace
from tests.reports.sheets import journey_matrix, spread
from tests.roles_cast import make_step
from tests.workshops.held import END

NAME = "Fernhill Outdoor"
TODAY = date(2026, 11, 26)


# --- out of one database, into another ------------------------------------------------------------


@pytest.fixture
def house(version):
    return make_house(version, NAME)


@pytest.fixture
def elsewhere() -> Organisation:
    """Return an organisation of the same name in another workspace."""
    return make_organisation(make_workspace(), NAME)


def data_of(assessment: Assessment, result: Result | None = None, **options) -> bytes:
    """Return the file of data, as the report page makes it."""
    standing = standing_of(assessment, result=result)
    workshops = protocols_for_report(assessment, result=standing.result, now=END)
    done = done_steps(assessment, standing)
    return json_report(document_of(standing, workshops=workshops, done=done), **options)


def brought_in(organisation: Organisation, data: bytes, **options):
    return take_in(organisation, data, now=NOW, by=BY, **options)


def assert_comes_back(data: bytes, organisation: Organisation) -> Assessment:
    taken = brought_in(organisation, data)

    assert data_of(taken.assessment).decode() == data.decode()
    return taken.assessment


def full(house) -> Assessment:
    """Return an open assessment with everything in it that a file of data holds."""
    assessment = begin(house, date(2026, 3, 3))
    answered_by(assessment, "Zoë", spread((3, 3, 2, 1, 0)), notes={"metrics.2.01": "A\nnote."})
    bo = answered_by(assessment, "Bo", {"strategy.1.02": "unknown", "strategy.1.01": 2})
    answered_by(assessment, "", {"metrics.1.01": "not_applicable"})
    record_changes(bo, [AnswerChange("rating", "metrics.4.01", "note", "Only a note")], now=NOW)
    # What a guest may do who answers as they like.
    bo.picks.create(dimension="strategy", stage=4, updated_at=NOW)
    bo.picks.create(dimension="metrics", note="=1+1", updated_at=NOW)
    assessment.settings.create(dimension="metrics", target=5, weight="2.25", baseline="1.3333")
    assessment.settings.create(dimension="strategy", target=None, weight="0.5")
    for what, key, value in (("pick", "crisis-management", 2), ("rating", "metrics.1.02", 3)):
        agree(
            assessment,
            what=what,
            key=key,
            value=value,
            reason="We saw it",
            dissent="",
            seen_version=0,
            user=house.people["lead"],
            now=NOW,
            by=BY,
        )
    return assessment


@pytest.mark.django_db
class TestRoundTrip:
    def test_open_one(self, house, elsewhere):
        back = assert_comes_back(data_of(full(house)), elsewhere)

        assert (back.purpose, back.scope, back.voices) == ("Yearly review", "All channels", "named")
        assert (back.is_closed, back.takes_answers) == (False, False)

    def test_empty_one(self, house, elsewhere):
        assert_comes_back(data_of(begin(house)), elsewhere)

    def test_closed_one(self, house, elsewhere):
        assessment = full(house)
        at = datetime(2026, 3, 4, 9, tzinfo=NOW.tzinfo)
        end_answers(assessment, now=at, by=BY)
        close_assessment(assessment, user=house.people["lead"], now=at, by=BY)

        back = assert_comes_back(data_of(assessment), elsewhere)

        (result,) = Result.objects.filter(assessment=back)
        assert (result.number, result.closed_at.date()) == (1, date(2026, 3, 4))
        assert (result.people, result.date) == (3, date(2026, 3, 3))

    def test_anonymous_one_stays_a_heap(self, house, elsewhere):
        result = closed(house, date(2026, 3, 3), voices="anonymous", fewest_answers=3)
        assessment = begin(house, date(2026, 5, 5), voices="anonymous", fewest_answers=3)
        for n in range(4):
            answered_by(assessment, f"Person {n}", spread((3, n % 4, 1, 0, 0)))
        end_answers(assessment, now=NOW, by=BY)
        opened = data_of(assessment)
        close_assessment(assessment, user=None, now=NOW, by=BY)
        data = data_of(assessment)

        assert standing_of(result.assessment).is_hidden
        for each in (opened, data):
            back = assert_comes_back(each, elsewhere)
            assert back.is_anonymous
            assert standing_of(back).ids is None
            assert set(Respondent.objects.filter(assessment=back).values_list("name")) == {("",)}

    def test_what_a_viewer_was_given_stays_a_heap(self, house, elsewhere):
        assessment = full(house)
        close_assessment(assessment, user=None, now=NOW, by=BY)
        data = data_of(assessment, names_people=False)

        back = brought_in(elsewhere, data).assessment

        assert back.is_anonymous
        assert "Zoë" not in json.dumps(Result.objects.get(assessment=back).frozen)

    def test_steps_done_since_the_result_before(self, house, elsewhere, version):
        closed(house, date(2025, 3, 3))
        step = make_step(house.organisation, version, descriptor_id="metrics.3.01")
        step.status, step.done_at = "done", datetime(2025, 6, 1, tzinfo=NOW.tzinfo)
        step.save()
        result = closed(house, date(2026, 3, 3), (3, 3, 3, 0, 0))
        data = data_of(result.assessment)
        assert b'"share_before"' in data

        assert_comes_back(data, elsewhere)

    def test_second_result_of_a_reopened_one(self, house, elsewhere):
        result = closed(house, date(2026, 3, 3))
        Result.objects.filter(pk=result.pk).update(number=7)
        result.refresh_from_db()

        back = assert_comes_back(data_of(result.assessment, result), elsewhere)

        assert Result.objects.get(assessment=back).number == 7

    def test_steps_done_in_an_open_one(self, house, elsewhere, version):
        closed(house, date(2025, 3, 3))
        step = make_step(house.organisation, version, descriptor_id="metrics.3.01")
        step.status, step.done_at = "done", datetime(2025, 6, 1, tzinfo=NOW.tzinfo)
        step.save()
        assessment = full(house)
        data = data_of(assessment)
        assert b'"share_before"' in data

        back = assert_comes_back(data, elsewhere)

        # Its answers change still, and so does what is said of the step; and that is frozen.
        agreed = {
            "reason": "",
            "dissent": "",
            "seen_version": 0,
            "user": None,
            "now": NOW,
            "by": BY,
        }
        agree(back, what="rating", key="metrics.3.01", value=3, **agreed)
        (now,) = done_steps(back, standing_of(back))
        assert (now.words, now.now) == (step.words, "1")
        result = close_assessment(back, user=None, now=NOW, by=BY)
        assert [each["now"] for each in result.frozen["steps"]] == ["1"]

    def test_steps_done_here_since_then_are_told_as_well(self, house, elsewhere, version):
        closed(house, date(2025, 3, 3))
        steps = [
            make_step(house.organisation, version, descriptor_id=key)
            for key in ("metrics.3.01", "metrics.3.02")
        ]
        steps[0].status, steps[0].done_at = "done", datetime(2025, 6, 1, tzinfo=NOW.tzinfo)
        steps[0].save()
        data = data_of(full(house))

        # Into the organisation it came from, where the step is a row: it is told once.
        back = assert_comes_back(data, house.organisation)

        steps[1].status, steps[1].done_at = "done", NOW
        steps[1].save()
        told = done_steps(back, standing_of(back))
        assert [each.descriptor_id for each in told] == ["metrics.3.01", "metrics.3.02"]

    def test_one_that_followed_another(self, house, elsewhere):
        before = closed(house, date(2025, 3, 3)).assessment
        assessment = full(house)
        assessment.follows = before
        assessment.save()
        data = data_of(assessment)
        assert b'"counts_from_first": true' in data

        assert_comes_back(data, elsewhere)

    def test_nothing_but_one_event_tells_who_brought_it(self, house, elsewhere):
        back = brought_in(elsewhere, data_of(full(house))).assessment

        event = AuditEvent.objects.get(verb="assessment.imported")
        assert (event.subject, event.actor) == (back.public_id, BY.label)
        assert event.detail == {"organisation": elsewhere.public_id, "closed": False}
        people = Respondent.objects.filter(assessment=back)
        assert {(each.user, each.email, each.links.count()) for each in people} == {(None, "", 0)}

    def test_another_name_has_to_be_meant(self, house, version):
        other = make_organisation(make_workspace(), "Another")
        data = data_of(full(house))

        with pytest.raises(InvalidReport, match=f'organisation: is "{NAME}", and this is'):
            brought_in(other, data)
        assert Assessment.objects.count() == 1
        taken = brought_in(other, data, takes_any_name=True)

        assert taken.assessment.organisation == other

    def test_model_that_is_not_here_is_said(self, house):
        data = json.loads(data_of(full(house)))
        data["model"]["version"] = "9.9.9"

        with pytest.raises(InvalidReport, match="model: .*9.9.9 is not published here"):
            brought_in(house.organisation, json.dumps(data).encode())
        assert Assessment.objects.count() == 1

    def test_half_of_it_is_never_there(self, house, elsewhere):
        data = json.loads(data_of(full(house)))
        data["answers"]["respondents"][2]["ratings"]["strategy.1.01"] = 9

        with pytest.raises(InvalidReport):
            brought_in(elsewhere, json.dumps(data).encode())
        assert Respondent.objects.exclude(assessment__organisation=house.organisation).count() == 0

    def test_costs_little_for_many_answers(self, house, elsewhere, django_assert_max_num_queries):
        assessment = begin(house)
        for n in range(6):
            answered_by(assessment, f"Person {n}")
        data = data_of(assessment)

        with django_assert_max_num_queries(25):
            brought_in(elsewhere, data)
        assert Rating.objects.count() == 2 * 6 * len(journey_matrix().descriptors)
