"""Record what the group agreed on, with its reason, and with the dissent beside it.

Whoever edits says which version they saw. The second of two editors is told what the first one
recorded, and chooses; nothing is overwritten in silence.
"""

from datetime import datetime

from django.db import transaction

from assessments.core.services.locking import AssessmentClosed, take
from assessments.models import AgreedAnswer, Assessment
from assessments.scoring.sheets import Answer, AnswerKind
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import User


class AgreedMeanwhile(Exception):
    """Somebody recorded something the sender has not seen; `current` is the row as it is."""

    def __init__(self, current: AgreedAnswer) -> None:
        super().__init__(current.key)
        self.current = current


class StillCollecting(Exception):
    """Answers given anonymously are settled once no more come in."""


@transaction.atomic
def agree(
    assessment: Assessment,
    *,
    what: AnswerKind,
    key: str,
    value: Answer | None,
    reason: str,
    dissent: str,
    seen_version: int,
    user: User | None,
    now: datetime,
    by: Actor,
) -> AgreedAnswer:
    """Record an agreed answer, or take it back with the value None; the revision grows by one.

    `key` is a descriptor id or a dimension, `value` a step or one of the two words, or a stage;
    `seen_version` the version the sender saw, 0 for none. Sending the same again changes nothing.
    Raises: AgreedMeanwhile, AssessmentClosed, StillCollecting, AssessmentGone; nothing is written
    then. Costs: 5 queries in a transaction.
    """
    current = take(assessment.pk)
    if current.is_closed:
        raise AssessmentClosed
    if current.is_anonymous and current.takes_answers:
        raise StillCollecting
    agreed = AgreedAnswer.objects.filter(assessment=assessment, what=what, key=key).first()
    number, word = (value, "") if isinstance(value, int) else (None, value or "")
    if value is None:
        reason = dissent = ""
    wanted = (number, word, reason, dissent)
    if agreed is None:
        if value is None and not seen_version:
            return AgreedAnswer(assessment=assessment, what=what, key=key, version=0)
        agreed = AgreedAnswer(assessment=assessment, what=what, key=key, version=0)
        verb = "agreed_answer.recorded"
    elif wanted == (agreed.number, agreed.word, agreed.reason, agreed.dissent):
        return agreed
    elif agreed.version != seen_version:
        raise AgreedMeanwhile(agreed)
    elif value is None:
        verb = "agreed_answer.withdrawn"
    else:
        was_taken_back = agreed.number is None and not agreed.word
        verb = "agreed_answer.recorded" if was_taken_back else "agreed_answer.changed"
    agreed.number, agreed.word, agreed.reason, agreed.dissent = wanted
    agreed.version += 1
    agreed.decided_by, agreed.decided_at = user, now
    agreed.save()
    record_event(
        verb,
        by=by,
        subject=assessment.public_id,
        workspace=assessment.workspace.public_id,
        at=now,
        detail={"what": what, "key": key, "version": agreed.version},
    )
    return agreed
