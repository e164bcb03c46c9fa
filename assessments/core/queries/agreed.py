"""What the group agreed on."""

from dataclasses import dataclass
from datetime import datetime

from assessments.models import AgreedAnswer, Assessment
from assessments.scoring.sheets import Answer, answer_in


@dataclass(frozen=True, slots=True)
class Decision:
    """One agreed answer with its reason, the dissent beside it, and who recorded it when.

    `value` is a step or a word for a rating, a stage for a pick; None once it was taken back.
    """

    what: str
    key: str
    value: Answer | None
    reason: str
    dissent: str
    version: int
    by: str
    at: datetime

    @property
    def is_in_force(self) -> bool:
        """Say whether it counts: it was not taken back."""
        return self.value is not None


def agreed_of(assessment: Assessment) -> tuple[dict[str, Answer], dict[str, int]]:
    """Return agreed ratings by descriptor and agreed picks by dimension. Costs: 1 query."""
    ratings: dict[str, Answer] = {}
    picks: dict[str, int] = {}
    rows = AgreedAnswer.objects.filter(assessment=assessment).order_by("pk")
    for what, key, number, word in rows.values_list("what", "key", "number", "word"):
        if what == AgreedAnswer.What.PICK and number is not None:
            picks[key] = number
        elif what == AgreedAnswer.What.RATING and (answer := answer_in(word, number)) is not None:
            ratings[key] = answer
    return ratings, picks


def decisions_of(assessment: Assessment, *, also_taken_back: bool = False) -> list[Decision]:
    """Return what was agreed, oldest question first, with reason and dissent.

    Costs: 1 query.
    """
    rows = (
        AgreedAnswer.objects.filter(assessment=assessment)
        .select_related("decided_by")
        .order_by("pk")
    )
    decisions = [decision_of(row) for row in rows]
    return [each for each in decisions if also_taken_back or each.is_in_force]


def decision_of(row: AgreedAnswer) -> Decision:
    """Return one row as a value; whoever recorded it must be loaded."""
    return Decision(
        what=row.what,
        key=row.key,
        value=answer_in(row.word, row.number),
        reason=row.reason,
        dissent=row.dissent,
        version=row.version,
        by=str(row.decided_by) if row.decided_by else "",
        at=row.decided_at,
    )
