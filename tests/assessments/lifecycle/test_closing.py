"""Stop collecting, close, reopen: what is frozen stays, and nothing slips in."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from assessments.answering.services.answers import AnswerChange, record_change
from assessments.consensus.services import agree
from assessments.core.queries.standing import standing_of
from assessments.core.services.locking import AnswersEnded, AssessmentClosed
from assessments.lifecycle.services.closing import (
    ResultWasSeen,
    close_assessment,
    collect_again,
    end_answers,
    reopen_assessment,
)
from assessments.lifecycle.services.targets import SettingChange, change_settings
from assessments.models import Assessment, Rating, Respondent, Result
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.scopes import every_workspace
from tests.assessments.closed import BY, NOW, answered_by, begin, make_house
from tests.assessments.conftest import publish, version

__all__ = ["publish", "version"]

KEY = "metrics.3.01"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def house(version):
    return make_house(version)


@pytest.fixture
def assessment(house):
    assessment = begin(house)
    answered_by(assessment, "Ana")
    return assessment


def shut(assessment, **changes):
    return close_assessment(assessment, **({"user": None, "now": NOW, "by": BY} | changes))


def verbs() -> list[str]:
    return list(AuditEvent.objects.values_list("verb", flat=True))


@pytest.mark.django_db
class TestStates:
    def test_closing_freezes_figures_people_and_model(self, house, assessment):
        result = shut(assessment, user=house.people["lead"])

        standing = standing_of(assessment)
        overall = standing.placement.overall
        assert (result.number, result.date, result.people) == (1, assessment.date, 1)
        assert (result.closed_at, result.closed_by) == (NOW, house.people["lead"])
        assert result.model_version_id == house.version.pk
        assert result.overall_stage == overall.stage
        assert float(result.overall_score) == pytest.approx(float(overall.score), abs=0.0001)
        placed = standing.placement.of("metrics")
        assert result.scores["metrics"] == [placed.stage, pytest.approx(float(placed.score))]
        assert assessment.is_closed
        assert not assessment.takes_answers

    def test_closing_twice_closes_once(self, assessment):
        first = shut(assessment)
        second = shut(Assessment.objects.get())

        assert first == second
        assert Result.objects.count() == 1
        assert verbs().count("assessment.closed") == 1

    def test_reopening_keeps_the_milestone_and_closing_adds_another(self, assessment):
        first = shut(assessment)
        reopen_assessment(assessment, now=LATER, by=BY)
        frozen = Result.objects.get().frozen
        change_settings(
            assessment,
            organisation_name=None,
            date=date(2026, 12, 1),
            changes=[SettingChange("metrics", {"target": 4})],
            now=LATER,
            by=BY,
        )
        second = shut(Assessment.objects.get(), now=LATER)

        assert (first.number, second.number) == (1, 2)
        assert Result.objects.get(number=1).frozen == frozen
        assert frozen["sheet"]["targets"] == {}
        assert second.frozen["sheet"]["targets"] == {"metrics": 4}
        assert (first.date, second.date) == (date(2026, 11, 22), date(2026, 12, 1))

    def test_reopened_one_takes_no_answers_until_told_to(self, assessment):
        shut(assessment)
        reopen_assessment(assessment, now=LATER, by=BY)
        assert not assessment.is_closed
        assert not assessment.takes_answers

        collect_again(assessment, now=LATER, by=BY)

        assert assessment.takes_answers

    def test_every_way_is_in_the_trail_once(self, assessment):
        for _ in range(2):
            end_answers(assessment, now=NOW, by=BY)
        for _ in range(2):
            collect_again(assessment, now=NOW, by=BY)
        shut(assessment)
        for _ in range(2):
            reopen_assessment(assessment, now=NOW, by=BY)

        assert [each for each in verbs() if "started" not in each] == [
            "assessment.answers_ended",
            "assessment.answers_reopened",
            "assessment.closed",
            "assessment.reopened",
        ]
        event = AuditEvent.objects.get(verb="assessment.closed")
        assert event.detail == {"result": 1}
        assert event.workspace == assessment.workspace.public_id

    def test_closed_one_is_not_collected_into(self, assessment):
        shut(assessment)

        with pytest.raises(AssessmentClosed):
            collect_again(assessment, now=LATER, by=BY)

    @pytest.mark.parametrize(("people", "may"), [(2, True), (3, False)])
    def test_anonymous_one_collects_again_only_while_nothing_was_seen(self, house, people, may):
        assessment = begin(house, voices="anonymous", fewest_answers=3)
        for n in range(people):
            answered_by(assessment, f"Person {n}")
        end_answers(assessment, now=NOW, by=BY)

        if may:
            collect_again(assessment, now=LATER, by=BY)
        else:
            with pytest.raises(ResultWasSeen):
                collect_again(assessment, now=LATER, by=BY)

        assert Assessment.objects.get().takes_answers is may

    def test_anonymous_result_holds_no_name_and_no_id(self, house):
        assessment = begin(house, voices="anonymous", fewest_answers=3)
        people = [answered_by(assessment, f"Canary {n}") for n in range(3)]
        result = shut(assessment)

        assert "Canary" not in str(result.frozen)
        assert all("id" not in each for each in result.frozen["sheet"]["respondents"])
        assert len(people) == result.people

    def test_name_that_is_deleted_is_gone_from_the_result(self, assessment):
        shut(assessment)

        Respondent.objects.update(name="")

        assert [each.name for each in standing_of(assessment).sheet.respondents] == [""]


@pytest.mark.django_db
class TestNothingChanges:
    def test_no_answer_after_collecting_ended(self, assessment):
        respondent = Respondent.objects.get()
        end_answers(assessment, now=NOW, by=BY)

        with pytest.raises(AnswersEnded):
            record_change(respondent, AnswerChange("rating", KEY, "value", 3), now=LATER)

    def test_no_target_and_no_date_after_closing(self, assessment):
        shut(assessment)

        with pytest.raises(AssessmentClosed):
            change_settings(
                assessment,
                organisation_name="Other name",
                date=date(2027, 1, 1),
                changes=[SettingChange("metrics", {"target": 4})],
                now=LATER,
                by=BY,
            )

        kept = Assessment.objects.select_related("organisation").get()
        assert (kept.date, kept.organisation.name) == (date(2026, 11, 22), "Fernhill Outdoor")
        assert not kept.settings.exists()

    def test_no_agreed_answer_after_closing(self, house, assessment):
        shut(assessment)

        with pytest.raises(AssessmentClosed):
            agree(
                assessment,
                what="pick",
                key="metrics",
                value=5,
                reason="",
                dissent="",
                seen_version=0,
                user=house.people["lead"],
                now=LATER,
                by=BY,
            )

        assert not assessment.agreed.exists()

    def test_new_version_of_the_model_changes_nothing(self, house, assessment, publish, journey):
        shut(assessment)
        before = standing_of(assessment)
        newer = {**journey, "version": "2.0.0", "rule": {"name": "every", "threshold": 1}}
        newer["dimensions"] = journey["dimensions"][1:]
        publish(newer)
        Rating.objects.all().delete()

        after = standing_of(Assessment.objects.select_related("organisation").get())

        assert after == before
        assert after.matrix.version == "1.0.0"


@pytest.mark.django_db(transaction=True)
def test_no_answer_slips_in_between_freezing_and_closing(house, assessment):
    respondents = [answered_by(assessment, f"P{n}", {KEY: 0}) for n in range(4)]
    start = threading.Barrier(len(respondents) + 2)
    accepted: list[int] = []

    def save(respondent):
        with every_workspace():
            start.wait()
            for step in range(40):
                try:
                    record_change(
                        respondent, AnswerChange("rating", KEY, "value", step % 4), now=NOW
                    )
                except AnswersEnded:
                    break
                accepted.append(respondent.pk)
        connection.close()

    def close():
        with every_workspace():
            start.wait()
            shut(Assessment.objects.get())
        connection.close()

    threads = [threading.Thread(target=save, args=[each]) for each in respondents]
    threads += [threading.Thread(target=close) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    result = Result.objects.get()
    frozen = {
        each["id"]: each["ratings"].get(KEY) for each in result.frozen["sheet"]["respondents"]
    }
    stored = dict(Rating.objects.filter(descriptor_id=KEY).values_list("respondent_id", "step"))
    assert frozen == stored
