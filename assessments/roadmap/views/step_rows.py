"""Steps as the roadmap board shows them: their words, what they wait for, and their rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string

from assessments.models import Step
from assessments.roadmap.queries.step_words import decided_words
from assessments.roadmap.queries.steps import Suggestions

# What falls due within these many days is now, and within those next. Ours: a quarter, and two.
NOW_DAYS, NEXT_DAYS = 91, 182
VIEWS = {"": "In order", "when": "Now, next, later", "owner": "By owner"}
_KEPT = 5000
_LABELS = {status.value: str(status.label) for status in Step.Status}


class Row(NamedTuple):
    """Everything the row of a step shows; equal rows look the same.

    `up` and `down` are the keys of the steps it would be put in front of, 0 for the end; None where
    it cannot move that way. `warnings` say what it skips.
    """

    place: str
    pk: int
    words: str
    status: str
    status_words: str
    owner: str
    dimension: str
    start: date | None
    due: date | None
    when: str
    is_overdue: bool
    days: int | None
    ended: date | None
    reason: str
    notes: str
    evidence: str
    warnings: tuple[str, ...]
    may_change: bool
    up: int | None
    down: int | None

    @property
    def is_open(self) -> bool:
        return self.status in Step.OPEN

    @property
    def html(self) -> str:
        """Return the row; the same row is laid out once in a process."""
        return _laid_out(self)


@lru_cache(maxsize=_KEPT)
def _laid_out(row: Row) -> str:
    return render_to_string("roadmap/_step_row.html", {"row": row})


@lru_cache(maxsize=100)
def rows_html(rows: tuple[Row, ...]) -> str:
    """Return rows one after the other; the same ones are put together once in a process."""
    return render_to_string("roadmap/_step_rows.html", {"rows": rows})


def rows_of(
    steps: Sequence[Step], found: Suggestions | None, *, place: str, today: date, may_change: bool
) -> list[Row]:
    """Return the rows of an organisation's steps, in their order; open ones come first.

    `found` is what is suggested, by which is known what a step builds on; `place` is the public id
    of the organisation.
    """
    warnings = warnings_of(steps, found)
    opened = [step.pk for step in steps if step.is_open]
    positions = {pk: at for at, pk in enumerate(opened)}
    return [
        _row(
            step,
            place=place,
            today=today,
            warnings=warnings.get(step.pk, ()),
            may_change=may_change,
            neighbours=_neighbours(opened, positions.get(step.pk)) if may_change else (None, None),
        )
        for step in steps
    ]


def _neighbours(opened: Sequence[int], at: int | None) -> tuple[int | None, int | None]:
    """Return before which step it stands when moved up, and when moved down."""
    if at is None:
        return None, None
    up = opened[at - 1] if at else None
    if at == len(opened) - 1:
        return up, None
    return up, opened[at + 2] if at + 2 < len(opened) else 0


def _row(
    step: Step,
    *,
    place: str,
    today: date,
    warnings: tuple[str, ...],
    may_change: bool,
    neighbours: tuple[int | None, int | None],
) -> Row:
    decided = decided_words(step, today)
    ended = step.done_at or step.dropped_at
    return Row(
        place=place,
        pk=step.pk,
        words=step.words,
        status=step.status,
        status_words=_LABELS[step.status],
        owner=step.owner,
        dimension=decided.dimension,
        start=step.start,
        due=step.due,
        when=decided.when,
        is_overdue=decided.is_overdue,
        days=step.days,
        ended=ended.date() if ended else None,
        reason=step.reason,
        notes=step.notes,
        evidence=step.evidence,
        warnings=warnings,
        may_change=may_change,
        up=neighbours[0],
        down=neighbours[1],
    )


def warnings_of(steps: Iterable[Step], found: Suggestions | None) -> dict[int, tuple[str, ...]]:
    """Return for each open step what it builds on and what of that is skipped.

    A step builds on what its descriptor requires and what is not in place by the latest figures.
    """
    if found is None:
        return {}
    suggested = {step.descriptor_id: step for step in found.steps}
    done, seen = set(), set()
    opened = [step for step in steps if step.is_open]
    planned = {step.descriptor_id for step in opened if step.descriptor_id}
    for step in steps:
        if step.status == Step.Status.DONE:
            done.add(step.descriptor_id)
    warnings = {}
    for step in opened:
        needs = suggested[step.descriptor_id].requires if step.descriptor_id in suggested else ()
        lines = []
        for need in needs:
            if need in done or need in seen:
                continue
            words = suggested[need].action if need in suggested else need
            skipped = "stands after it" if need in planned else "is not decided"
            lines.append(f"It builds on “{words.rstrip('.')}”, which {skipped}.")
        seen.add(step.descriptor_id)
        if lines:
            warnings[step.pk] = tuple(lines)
    return warnings


def by_when(rows: Iterable[Row], today: date) -> list[tuple[str, list[Row]]]:
    """Return open rows as now, next and later: by their day, and what is being done is now."""
    groups: Mapping[str, list[Row]] = {"Now": [], "Next": [], "Later": [], "Without a date": []}
    for row in rows:
        if row.status == "doing" or (row.due and row.due <= today + timedelta(NOW_DAYS)):
            groups["Now"].append(row)
        elif row.due is None:
            groups["Without a date"].append(row)
        elif row.due <= today + timedelta(NEXT_DAYS):
            groups["Next"].append(row)
        else:
            groups["Later"].append(row)
    return [(name, found) for name, found in groups.items() if found]


def by_owner(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Return open rows by who does them, by name; what nobody does comes last."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.owner, []).append(row)
    names = sorted((name for name in groups if name), key=str.casefold)
    found = [(name, groups[name]) for name in names]
    return [*found, ("Nobody named", groups[""])] if "" in groups else found
