"""Record ratings, picks and notes: one row an answer, and only the field that changed.

A sender may say what it saw before (`was`). Then nothing is overwritten that somebody changed in
the meantime, in another tab or on another device. Without it the newest change wins. A value that
was carried over from the assessment before is nobody's answer yet: any change replaces it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import QuerySet

from assessments.core.services.locking import NotAsked, gone_is_told, take_for_answers
from assessments.models import Assessment, Pick, Rating, Respondent
from assessments.scoring.asked import asked_of
from assessments.scoring.sheets import Answer, AnswerKind
from maturity.catalogue.queries import matrix_of_version

Part = Literal["value", "note"]


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One field that somebody changed.

    `key` is a descriptor id or, with `what` "pick", a dimension key. `value` is an `Answer`,
    None for no answer, or the text of a note. `was` holds what the sender may have seen before;
    empty means: do not ask.
    """

    what: AnswerKind
    key: str
    part: Part
    value: Answer | str | None
    was: tuple[Answer | str | None, ...] = ()


class ChangedMeanwhile(Exception):
    """The field holds something the sender has not seen; `current` is what it holds."""

    def __init__(self, change: AnswerChange, current: Answer | str | None) -> None:
        super().__init__(change.key)
        self.change = change
        self.current = current


def record_change(respondent: Respondent, change: AnswerChange, *, now: datetime) -> None:
    """Record one changed field; the assessment's revision grows by one.

    The respondent's assessment must be loaded. Who had said that they are done is so no more.
    Raises: ChangedMeanwhile (only with `was`), NotAsked, AnswersEnded and AssessmentGone; nothing
    is written then. Costs: 2 queries in a transaction, 3 with `was`; 1 to 3 more where several are
    asked the same.
    """
    _check_asked(respondent, [change])
    with gone_is_told(respondent), transaction.atomic():
        # First of all, because it also locks the row: whoever saves to the same assessment waits
        # here, in one order, so that what is read next stays true and no two savers block each
        # other.
        take_for_answers(respondent)
        if change.was:
            (current,) = _current(respondent, [change])
            if current != change.value and current not in change.was:
                raise ChangedMeanwhile(change, current)
        _upsert(respondent, [change], now=now)
        _finish_when_complete(respondent, now=now)


def record_changes(
    respondent: Respondent, changes: Sequence[AnswerChange], *, now: datetime
) -> list[ChangedMeanwhile]:
    """Record the changed fields of a whole page in one transaction.

    Returns what was not recorded, because somebody changed it meanwhile.
    Raises: NotAsked, AnswersEnded and AssessmentGone; nothing is written then.
    Costs: 1 to 12 queries, however many changes there are.
    """
    if not changes:
        return []
    _check_asked(respondent, changes)
    with gone_is_told(respondent), transaction.atomic():
        take_for_answers(respondent)
        refused = [
            ChangedMeanwhile(change, current)
            for change, current in zip(changes, _current(respondent, changes), strict=True)
            if change.was and current != change.value and current not in change.was
        ]
        not_to_write = {id(each.change) for each in refused}
        _upsert(respondent, [c for c in changes if id(c) not in not_to_write], now=now)
        _finish_when_complete(respondent, now=now)
    return refused


def _check_asked(respondent: Respondent, changes: Iterable[AnswerChange]) -> None:
    assessment = respondent.assessment
    if assessment.asked == Assessment.Asked.FREE:
        return
    matrix = matrix_of_version(assessment.model_version_id)
    asked = asked_of(matrix, assessment.asked, assessment.asked_up_to)
    if not all(asked.is_asked(change.what, change.key) for change in changes):
        raise NotAsked


def _finish_when_complete(respondent: Respondent, *, now: datetime) -> None:
    """Take somebody as done who answered everything that is asked.

    Where one person answers as they like there is no such thing. Costs: 1 query, 2 the last time.
    """
    assessment = respondent.assessment
    if assessment.asked == Assessment.Asked.FREE:
        return
    matrix = matrix_of_version(assessment.model_version_id)
    asked = asked_of(matrix, assessment.asked, assessment.asked_up_to)
    given: QuerySet[Rating] | QuerySet[Pick]
    if asked.kind == "picks":
        given = Pick.objects.filter(dimension__in=asked.picks).exclude(stage=None, word="")
    else:
        given = Rating.objects.filter(descriptor_id__in=asked.ratings).exclude(step=None, word="")
    if given.filter(respondent=respondent, is_from_before=False).count() < asked.size:
        return
    Respondent.objects.filter(pk=respondent.pk).update(finished_at=now)


def _current(respondent: Respondent, changes: Sequence[AnswerChange]) -> list[Answer | str | None]:
    """Return what is stored for each change's field. Costs: a query for ratings, one for picks."""
    stored: dict[tuple[str, str, str], Answer | str | None] = {}
    ratings = [change.key for change in changes if change.what == "rating"]
    picks = [change.key for change in changes if change.what == "pick"]
    if ratings:
        rated = Rating.objects.filter(respondent=respondent, descriptor_id__in=ratings)
        for key, step, word, note, is_before in rated.values_list(
            "descriptor_id", "step", "word", "note", "is_from_before"
        ):
            stored["rating", key, "value"] = None if is_before else word or step
            stored["rating", key, "note"] = note
    if picks:
        picked = Pick.objects.filter(respondent=respondent, dimension__in=picks)
        for key, stage, word, note, is_before in picked.values_list(
            "dimension", "stage", "word", "note", "is_from_before"
        ):
            stored["pick", key, "value"] = None if is_before else word or stage
            stored["pick", key, "note"] = note
    empty = {"value": None, "note": ""}
    return [stored.get((c.what, c.key, c.part), empty[c.part]) for c in changes]


def _upsert(respondent: Respondent, changes: Sequence[AnswerChange], *, now: datetime) -> None:
    """Write each field without touching the others. Costs: one query for each kind of field."""
    if respondent.finished_at is not None and changes:
        Respondent.objects.filter(pk=respondent.pk).update(finished_at=None)
    for what, part in (
        ("rating", "value"),
        ("rating", "note"),
        ("pick", "value"),
        ("pick", "note"),
    ):
        wanted = [change for change in changes if (change.what, change.part) == (what, part)]
        if not wanted:
            continue
        # Both have `respondent`, `word`, `note` and the like; the names of two fields differ.
        model: Any
        model, key_field, number_field = (
            (Rating, "descriptor_id", "step") if what == "rating" else (Pick, "dimension", "stage")
        )
        rows = []
        for change in wanted:
            fields = (
                {"note": change.value}
                if part == "note"
                else {
                    number_field: change.value if isinstance(change.value, int) else None,
                    "word": change.value if isinstance(change.value, str) else "",
                    # Whatever was carried over is confirmed, or replaced, by giving it anew.
                    "is_from_before": False,
                }
            )
            rows.append(
                model(respondent=respondent, updated_at=now, **{key_field: change.key}, **fields)
            )
        model.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["respondent", key_field],
            update_fields=["note", "updated_at"]
            if part == "note"
            else [number_field, "word", "is_from_before", "updated_at"],
        )
