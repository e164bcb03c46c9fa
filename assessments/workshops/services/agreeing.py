"""What the room decided on a round, kept with it and written into the assessment.

A stage and the steps of a gate become agreed answers, a target and an importance become the
dimension's settings; which steps come first stays with the round. Of a rehearsal all stays with
the round. Whoever decides says what they saw: the second of two is shown what the first one wrote.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from assessments.consensus.services import agree
from assessments.lifecycle.services.targets import SettingChange, change_settings
from assessments.scoring.sheets import NOT_STEPS, UNKNOWN, Answer
from assessments.workshops.models import Round, Workshop
from assessments.workshops.rules.kinds import DOTS, Question, RoundKind, State
from assessments.workshops.services.doors import record
from assessments.workshops.services.locking import MovedOn, take_live
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User

_SETTING = {RoundKind.TARGET: "target", RoundKind.IMPORTANCE: "weight"}


class WrongDecision(ValueError):
    """What was sent is no decision on this question; the message says why, in a sentence."""


class DecidedMeanwhile(Exception):
    """Somebody else decided on this round since the sender looked; `current` is the round now."""

    def __init__(self, current: Round) -> None:
        super().__init__(current.pk)
        self.current = current


def checked_decision(question: Question, sent: Mapping[str, str]) -> dict[str, Answer]:
    """Return a decision as it is kept, in the question's order; keys left empty are not decided.

    Raises: WrongDecision.
    """
    found: dict[str, Answer] = {}
    for key in question.keys:
        text = sent.get(key, "")
        if not text:
            continue
        word = NOT_STEPS.get(text)
        if word in question.words and word != UNKNOWN:
            found[key] = word
        elif text in [str(each) for each in question.values]:
            found[key] = int(text)
        else:
            raise WrongDecision("One of the answers is not on offer. Please choose again.")
    if not found:
        raise WrongDecision("Please choose what the room agreed on.")
    if question.kind is RoundKind.STEPS and len(found) > DOTS:
        raise WrongDecision("Please choose three steps at most.")
    return found


@transaction.atomic
def agree_round(
    workshop: Workshop,
    *,
    round_id: int,
    question: Question,
    decision: Mapping[str, Answer],
    reason: str,
    dissent: str,
    seen: str,
    seen_versions: Mapping[str, int],
    user: User | None,
    now: datetime,
    by: Actor,
) -> None:
    """Keep what the room agreed on, or changes it; every screen shows it.

    `seen` is the `stamp_of` the round the sender saw, `seen_versions` the versions of the
    assessment's agreed answers by key, 0 for none.
    Raises: DecidedMeanwhile; MovedOn, of a round that is not shown; NotLive, WorkshopGone; and from
    the assessment AgreedMeanwhile, AssessmentClosed, StillCollecting. Nothing is written then.
    Costs: 6 queries, and 5 for each agreed answer.
    """
    current = take_live(workshop.pk, now=now)
    found = _shown_round(current, round_id)
    wanted = (dict(decision), reason, dissent)
    if (found.decision, found.reason, found.dissent) == wanted and found.agreed_at:
        return
    if stamp_of(found) != seen:
        raise DecidedMeanwhile(found)
    if not current.is_rehearsal:
        taken_back = [key for key in found.decision if key not in decision]
        _write(
            current,
            question,
            {**dict.fromkeys(taken_back), **decision},
            reason=reason,
            dissent=dissent,
            seen_versions=seen_versions,
            user=user,
            now=now,
            by=by,
        )
    found.decision, found.reason, found.dissent = wanted
    found.state = State.AGREED.value
    found.agreed_at, found.decided_by = now, user
    found.save(update_fields=["decision", "reason", "dissent", "state", "agreed_at", "decided_by"])
    record(current, "round.agreed", now=now, by=by, round=found.pk)


@transaction.atomic
def take_back(
    workshop: Workshop,
    *,
    round_id: int,
    question: Question,
    seen: str,
    seen_versions: Mapping[str, int],
    user: User | None,
    now: datetime,
    by: Actor,
) -> None:
    """Let a round be undecided again; the votes stay shown. Raises: as `agree_round`.

    A target that was written stays as it is: what was set before the workshop is not known.
    """
    current = take_live(workshop.pk, now=now)
    found = _shown_round(current, round_id)
    if found.state == State.REVEALED.value:
        return
    if stamp_of(found) != seen:
        raise DecidedMeanwhile(found)
    if not current.is_rehearsal and question.kind not in _SETTING:
        _write(
            current,
            question,
            dict.fromkeys(found.decision),
            reason="",
            dissent="",
            seen_versions=seen_versions,
            user=user,
            now=now,
            by=by,
        )
    found.decision, found.reason, found.dissent = {}, "", ""
    found.state = State.REVEALED.value
    found.agreed_at = found.decided_by = None
    found.save(update_fields=["decision", "reason", "dissent", "state", "agreed_at", "decided_by"])
    record(current, "round.agreement_withdrawn", now=now, by=by, round=found.pk)


def stamp_of(round_: Round) -> str:
    """Return what tells whether a round was decided on anew; empty while it is undecided."""
    return round_.agreed_at.isoformat() if round_.agreed_at else ""


def _shown_round(workshop: Workshop, round_id: int) -> Round:
    found: Round | None = Round.objects.filter(workshop=workshop, pk=round_id).first()
    if found is None or not found.is_shown:
        raise MovedOn
    return found


def _write(
    workshop: Workshop,
    question: Question,
    decision: Mapping[str, Answer | None],
    *,
    reason: str,
    dissent: str,
    seen_versions: Mapping[str, int],
    user: User | None,
    now: datetime,
    by: Actor,
) -> None:
    assessment = workshop.assessment
    if question.kind is RoundKind.STEPS:
        return
    if question.kind in _SETTING:
        value = decision[question.dimension]
        if value is None:
            return
        field = _SETTING[question.kind]
        written = int(value) if field == "target" else Decimal(value)
        change_settings(
            assessment,
            organisation_name=None,
            date=None,
            changes=[SettingChange(question.dimension, {field: written})],
            now=now,
            by=by,
        )
        return
    for key, answer in decision.items():
        agree(
            assessment,
            what="pick" if question.kind is RoundKind.STAGE else "rating",
            key=key,
            value=answer,
            reason=reason,
            dissent=dissent,
            seen_version=seen_versions.get(key, 0),
            user=user,
            now=now,
            by=by,
        )
