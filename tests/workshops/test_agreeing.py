"""What the room agreed on: into the assessment, changed, taken back, never overwritten silently."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.utils import timezone

from assessments.consensus.services import AgreedMeanwhile, StillCollecting, agree
from assessments.core.queries.agreed import agreed_of
from assessments.core.queries.standing import standing_of
from assessments.core.services.locking import AssessmentClosed
from assessments.models import AgreedAnswer, DimensionSetting
from assessments.workshops.models import Round, Workshop
from assessments.workshops.queries.rounds import agreed_versions, question_of_round
from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.services.agreeing import (
    DecidedMeanwhile,
    WrongDecision,
    agree_round,
    checked_decision,
    stamp_of,
    take_back,
)
from assessments.workshops.services.locking import MovedOn
from maturity.workspaces.actors import Actor
from tests.assessments.voices import make_assessment
from tests.workshops.room import add_round, make_live
from tests.workshops.rounds import ask

pytestmark = pytest.mark.django_db
BY = Actor("user:1")


def decide(
    room: Workshop, round_: Round, matrix: Any, decision: Mapping[str, Any], **more: Any
) -> None:
    question = question_of_round(matrix, round_)
    fields = {"reason": "", "dissent": "", "seen": stamp_of(round_), "user": None} | more
    fields.setdefault("seen_versions", agreed_versions(room, question))
    agree_round(
        room,
        round_id=round_.pk,
        question=question,
        decision=decision,
        now=timezone.now(),
        by=BY,
        **fields,
    )
    round_.refresh_from_db()


def undo(room: Workshop, round_: Round, matrix: Any) -> None:
    question = question_of_round(matrix, round_)
    take_back(
        room,
        round_id=round_.pk,
        question=question,
        seen=stamp_of(round_),
        seen_versions=agreed_versions(room, question),
        user=None,
        now=timezone.now(),
        by=BY,
    )
    round_.refresh_from_db()


def test_a_stage_becomes_the_agreed_pick_with_reason_and_dissent(room, matrix, assessment) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")

    decide(room, round_, matrix, {"strategy": 3}, reason="We saw it.", dissent="Bo: not yet.")

    assert (round_.state, round_.decision) == ("agreed", {"strategy": 3})
    (row,) = AgreedAnswer.objects.all()
    assert (row.what, row.key, row.number) == ("pick", "strategy", 3)
    assert (row.reason, row.dissent) == ("We saw it.", "Bo: not yet.")
    placed = standing_of(assessment).placement.dimensions[0]
    assert (placed.basis, placed.stage) == ("agreed", 3)


def test_a_gate_becomes_agreed_ratings(room, matrix, assessment) -> None:
    round_ = add_round(room, "gate", "strategy", gate_to=2, state="revealed")
    first, second, *_ = question_of_round(matrix, round_).keys

    decide(room, round_, matrix, {first: 3, second: "not_applicable"})

    assert agreed_of(assessment) == ({first: 3, second: "not_applicable"}, {})


@pytest.mark.parametrize(
    ("kind", "value", "field"), [("target", 4, "target"), ("importance", 2, "weight")]
)
def test_target_and_importance_become_settings(kind, value, field, room, matrix, assessment):
    round_ = add_round(room, kind, "metrics", state="revealed")

    decide(room, round_, matrix, {"metrics": value})

    (row,) = DimensionSetting.objects.all()
    assert (row.dimension, getattr(row, field)) == ("metrics", value)


def test_first_steps_stay_with_the_round(room, matrix, assessment) -> None:
    round_ = add_round(
        room, "steps", candidates=["strategy.2.01", "strategy.2.02"], state="revealed"
    )

    decide(room, round_, matrix, {"strategy.2.02": 1})

    assert round_.decision == {"strategy.2.02": 1}
    assert not AgreedAnswer.objects.exists()


def test_a_rehearsal_keeps_everything_to_itself(assessment, matrix) -> None:
    room = make_live(assessment, now=timezone.now(), is_rehearsal=True)
    for kind, value in (("stage", 3), ("target", 4), ("importance", 2)):
        round_ = add_round(room, kind, "strategy", state="revealed")
        decide(room, round_, matrix, {"strategy": value})
        assert round_.state == "agreed"
        undo(room, round_, matrix)

    assert not AgreedAnswer.objects.exists()
    assert not DimensionSetting.objects.exists()


def test_an_agreement_is_changed_by_who_saw_it(room, matrix, assessment) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    decide(room, round_, matrix, {"strategy": 3})

    decide(room, round_, matrix, {"strategy": 4}, reason="On second thoughts.")

    assert agreed_of(assessment) == ({}, {"strategy": 4})
    assert round_.reason == "On second thoughts."


def test_a_statement_left_out_of_the_change_is_agreed_no_longer(room, matrix, assessment) -> None:
    round_ = add_round(room, "gate", "strategy", gate_to=2, state="revealed")
    first, second, *_ = question_of_round(matrix, round_).keys
    decide(room, round_, matrix, {first: 3, second: 1})

    decide(room, round_, matrix, {second: 1})

    assert agreed_of(assessment) == ({second: 1}, {})


def test_the_second_of_two_facilitators_is_told(room, matrix, assessment) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    decide(room, round_, matrix, {"strategy": 3})

    with pytest.raises(DecidedMeanwhile) as refused:
        decide(room, round_, matrix, {"strategy": 2}, seen="")

    assert refused.value.current.decision == {"strategy": 3}
    assert agreed_of(assessment) == ({}, {"strategy": 3})


def test_the_same_sent_twice_changes_nothing(room, matrix, assessment) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    decide(room, round_, matrix, {"strategy": 3})
    at = round_.agreed_at

    decide(room, round_, matrix, {"strategy": 3}, seen="")

    assert round_.agreed_at == at
    assert AgreedAnswer.objects.get().version == 1


def test_what_the_consensus_page_recorded_meanwhile_is_not_overwritten(
    room, matrix, assessment
) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    agree(
        assessment,
        what="pick",
        key="strategy",
        value=2,
        reason="",
        dissent="",
        seen_version=0,
        user=None,
        now=timezone.now(),
        by=BY,
    )

    with pytest.raises(AgreedMeanwhile):
        decide(room, round_, matrix, {"strategy": 4}, seen_versions={})

    round_.refresh_from_db()
    assert round_.state == "revealed"
    decide(room, round_, matrix, {"strategy": 4})
    assert agreed_of(assessment) == ({}, {"strategy": 4})


def test_taking_back_leaves_the_votes_shown(room, matrix, assessment) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    decide(room, round_, matrix, {"strategy": 3}, reason="We saw it.")

    undo(room, round_, matrix)

    assert (round_.state, round_.decision, round_.reason) == ("revealed", {}, "")
    assert agreed_of(assessment) == ({}, {})


@pytest.mark.parametrize("state", ["planned", "open", "closed", "skipped"])
def test_only_what_was_revealed_is_agreed_on(state, room, matrix) -> None:
    with pytest.raises(MovedOn):
        decide(room, add_round(room, "stage", "strategy", state=state), matrix, {"strategy": 3})


def test_an_anonymous_assessment_that_collects_is_settled_later(version, matrix) -> None:
    assessment = make_assessment(version, voices="anonymous")
    room = make_live(assessment, now=timezone.now())
    round_ = add_round(room, "stage", "strategy", state="revealed")

    with pytest.raises(StillCollecting):
        decide(room, round_, matrix, {"strategy": 3})

    round_.refresh_from_db()
    assert (round_.state, round_.decision) == ("revealed", {})


def test_a_closed_assessment_takes_no_agreement(room, matrix, assessment) -> None:
    round_ = add_round(room, "stage", "strategy", state="revealed")
    assessment.answers_ended_at = assessment.closed_at = timezone.now()
    assessment.save()

    with pytest.raises(AssessmentClosed):
        decide(room, round_, matrix, {"strategy": 3})


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (RoundKind.STAGE, {}),
        (RoundKind.STAGE, {"a": ""}),
        (RoundKind.STAGE, {"a": "9"}),
        (RoundKind.STAGE, {"a": "unknown"}),
        (RoundKind.IMPORTANCE, {"a": "-1"}),
    ],
)
def test_what_is_no_decision_is_refused(kind, sent) -> None:
    with pytest.raises(WrongDecision):
        checked_decision(ask(kind), sent)


def test_three_steps_are_the_most() -> None:
    keys = ["a.2.1", "a.2.2", "a.3.1", "a.3.2"]
    question = ask(RoundKind.STEPS, candidates=keys)

    assert checked_decision(question, dict.fromkeys(keys[:3], "1")) == dict.fromkeys(keys[:3], 1)
    with pytest.raises(WrongDecision):
        checked_decision(question, dict.fromkeys(keys, "1"))
