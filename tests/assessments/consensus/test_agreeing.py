"""What the group agreed on: recorded, changed, taken back, and never overwritten in silence."""

from typing import Any

import pytest

from assessments.consensus.services import AgreedMeanwhile, StillCollecting, agree
from assessments.core.queries.agreed import agreed_of, decisions_of
from assessments.core.services.locking import AssessmentClosed
from assessments.models import AgreedAnswer
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import AuditEvent
from tests.assessments.voices import KEY, make_assessment
from tests.people import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(version):
    return make_assessment(version)


@pytest.fixture
def ada():
    return make_user("ada@example.org", "Ada Byron")


def _agree(assessment: Any, user: Any, value: Any = 2, **other: Any) -> AgreedAnswer:
    fields = {"what": "rating", "key": KEY, "reason": "", "dissent": "", "seen_version": 0}
    by = Actor(f"user:{user.pk}")
    return agree(assessment, value=value, user=user, now=NOW, by=by, **fields | other)


def _trail() -> list[tuple[str, dict]]:
    events = AuditEvent.objects.filter(verb__startswith="agreed_answer.")
    return list(events.values_list("verb", "detail"))


def test_an_agreed_answer_is_kept_with_reason_and_dissent(assessment, ada):
    before = assessment.revision

    _agree(assessment, ada, 2, reason="The list is used.", dissent="Bo: not in the north.")

    (decision,) = decisions_of(assessment)
    assert (decision.what, decision.key, decision.value) == ("rating", KEY, 2)
    assert (decision.reason, decision.dissent) == ("The list is used.", "Bo: not in the north.")
    assert (decision.by, decision.at, decision.version) == ("Ada Byron", NOW, 1)
    assessment.refresh_from_db()
    assert assessment.revision == before + 1


@pytest.mark.parametrize(
    ("what", "key", "value", "ratings", "picks"),
    [
        ("rating", KEY, 0, {KEY: 0}, {}),
        ("rating", KEY, "unknown", {KEY: "unknown"}, {}),
        ("rating", KEY, "not_applicable", {KEY: "not_applicable"}, {}),
        ("pick", "strategy", 4, {}, {"strategy": 4}),
    ],
)
def test_every_kind_of_answer_can_be_agreed(assessment, ada, what, key, value, ratings, picks):
    _agree(assessment, ada, value, what=what, key=key)

    assert agreed_of(assessment) == (ratings, picks)


def test_it_is_changed_by_whoever_saw_it(assessment, ada):
    first = _agree(assessment, ada, 2)

    _agree(assessment, ada, 3, seen_version=first.version)

    assert agreed_of(assessment)[0] == {KEY: 3}


def test_it_can_be_taken_back_and_recorded_again(assessment, ada):
    _agree(assessment, ada, 2, reason="So it is.")

    _agree(assessment, ada, None, seen_version=1)

    assert agreed_of(assessment) == ({}, {})
    assert decisions_of(assessment) == []
    (gone,) = decisions_of(assessment, also_taken_back=True)
    assert (gone.value, gone.reason, gone.version) == (None, "", 2)
    _agree(assessment, ada, 1, seen_version=2)
    assert agreed_of(assessment)[0] == {KEY: 1}


def test_taking_back_what_was_never_agreed_writes_nothing(assessment, ada):
    _agree(assessment, ada, None)

    assert not AgreedAnswer.objects.exists()
    assert _trail() == []


@pytest.mark.parametrize("value", [3, "unknown", None])
def test_the_second_editor_is_told_and_nothing_is_written(assessment, ada, value):
    grace = make_user("grace@example.org", "Grace Hopper")
    _agree(assessment, ada, 2)
    _agree(assessment, ada, 1, seen_version=1)
    assessment.refresh_from_db()
    before = assessment.revision

    with pytest.raises(AgreedMeanwhile) as refused:
        _agree(assessment, grace, value, seen_version=1)

    assert refused.value.current.number == 1
    assert refused.value.current.decided_by == ada
    assert agreed_of(assessment)[0] == {KEY: 1}
    assessment.refresh_from_db()
    assert assessment.revision == before


def test_two_who_record_the_same_are_of_one_mind(assessment, ada):
    _agree(assessment, ada, 2, reason="Yes")

    again = _agree(assessment, ada, 2, reason="Yes")

    assert again.version == 1
    assert len(_trail()) == 1


def test_a_closed_assessment_stays_as_it_is(assessment, ada):
    assessment.answers_ended_at = assessment.closed_at = NOW
    assessment.save()

    with pytest.raises(AssessmentClosed):
        _agree(assessment, ada)

    assert not AgreedAnswer.objects.exists()


def test_anonymous_answers_are_settled_once_no_more_come_in(version, ada):
    assessment = make_assessment(version, voices="anonymous")

    with pytest.raises(StillCollecting):
        _agree(assessment, ada)

    assessment.answers_ended_at = NOW
    assessment.save()
    _agree(assessment, ada)
    assert agreed_of(assessment)[0] == {KEY: 2}


def test_the_trail_names_keys_and_no_answers(assessment, ada):
    _agree(assessment, ada, 2, reason="Because of Bo.")
    _agree(assessment, ada, 3, seen_version=1)
    _agree(assessment, ada, None, seen_version=2)

    assert _trail() == [
        ("agreed_answer.recorded", {"what": "rating", "key": KEY, "version": 1}),
        ("agreed_answer.changed", {"what": "rating", "key": KEY, "version": 2}),
        ("agreed_answer.withdrawn", {"what": "rating", "key": KEY, "version": 3}),
    ]
    event = AuditEvent.objects.filter(verb="agreed_answer.recorded").get()
    assert event.subject == assessment.public_id
    assert event.workspace == assessment.workspace.public_id


def test_somebody_who_left_is_no_longer_named(assessment, ada):
    _agree(assessment, ada)
    ada.delete()

    (decision,) = decisions_of(assessment)

    assert (decision.by, decision.value) == ("", 2)
